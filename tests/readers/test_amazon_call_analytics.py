"""Call Analytics: roles told, times in milliseconds, turns that overlap."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def turn(role: str, content: str, start: int, end: int, *confidences: float) -> dict[str, Any]:
    """A turn whose last item is punctuation, which is written with a confidence of 0.0."""
    items = [{"Type": "pronunciation", "Confidence": value, "Content": "x"} for value in confidences]
    return {
        "ParticipantRole": role,
        "Content": content,
        "BeginOffsetMillis": start,
        "EndOffsetMillis": end,
        "Items": [*items, {"Type": "punctuation", "Confidence": 0.0, "Content": "."}],
        "Sentiment": "NEUTRAL",
    }


def document(*turns: dict[str, Any]) -> dict[str, Any]:
    return {
        "JobName": "lamp-3.wav",
        "JobStatus": "COMPLETED",
        "Channel": "VOICE",
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
        "ConversationCharacteristics": {},
        "Transcript": list(turns),
    }


TURNS = (
    turn("AGENT", "Lumen Lamps, hello.", 40, 2000, 1.0, 0.5),
    turn("CUSTOMER", "My lamp hums", 1500, 3000, 0.9),
    turn("CUSTOMER", "all night.", 3100, 4000, 0.7),
    turn("AGENT", "Mhm.", 2500, 2600),
)


def test_turns() -> None:
    call = call_of(document(*TURNS))
    assert [(t.speaker, t.role, t.role_source, t.text, t.start, t.end) for t in call.turns] == [
        ("AGENT", "agent", "told", "Lumen Lamps, hello.", 0.04, 2.0),
        ("CUSTOMER", "customer", "told", "My lamp hums", 1.5, 3.0),
        ("AGENT", "agent", "told", "Mhm.", 2.5, 2.6),
        ("CUSTOMER", "customer", "told", "all night.", 3.1, 4.0),
    ]
    assert (call.call_id, call.format, call.channel) == ("lamp-3.wav", "amazon-call-analytics", "voice")


def test_pieces_of_one_speaker_are_joined() -> None:
    call = call_of(document(*TURNS[:3]))
    assert [(t.text, t.start, t.end) for t in call.turns][1] == ("My lamp hums all night.", 1.5, 4.0)


def test_punctuation_has_no_part_in_the_confidence() -> None:
    assert [t.confidence for t in call_of(document(*TURNS)).turns] == [0.75, 0.9, None, 0.7]


def test_a_turn_without_role_is_given_to_the_one_before_it_and_warned_of() -> None:
    call = call_of(document(*TURNS[:2], {**TURNS[2], "ParticipantRole": None}))
    assert [t.role for t in call.turns] == ["agent", "customer"]
    assert call.warnings[0].startswith("1 of 3 recognised pieces have no speaker label")


def test_roles_are_needed() -> None:
    rows = [{**row, "ParticipantRole": ""} for row in TURNS]
    assert "has no speakers" in refusal_of(document(*rows))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"BeginOffsetMillis": "soon"}, "Transcript[0].BeginOffsetMillis: expected a number, found str"),
        ({"Content": ["x"]}, "Transcript[0].Content: expected text, found list"),
        ({"Items": {}}, "Transcript[0].Items: expected a list of objects, found dict"),
        ({"ParticipantRole": True}, "Transcript[0].ParticipantRole: expected text, found bool"),
    ],
)
def test_malformed(change: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(document({**TURNS[0], **change}))


def test_spoiled() -> None:
    assert_only_transcript_errors(document(*TURNS), "hums")


def test_bug_marks_without_a_type_lowered_the_confidence() -> None:
    said = turn("AGENT", "Lumen Lamps.", 0, 900, 1.0, 0.5)
    untyped = {**said, "Items": [{k: v for k, v in item.items() if k != "Type"} for item in said["Items"]]}
    assert call_of(document(untyped)).turns[0].confidence == 0.75
