"""Speechmatics: json-v2 of jobs and sessions, punctuation that attaches, channels, and json v1."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def word(written: str, speaker: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    best = {"content": written, "confidence": 0.5, "language": "en", "speaker": speaker}
    return {"type": "word", "alternatives": [best], "start_time": start, "end_time": end, **more}


def mark(written: str, speaker: str, at: float, **more: Any) -> dict[str, Any]:
    """Punctuation, with the confidence of 1.0 that it always has."""
    best = {"content": written, "confidence": 1.0, "speaker": speaker}
    return {"type": "punctuation", "alternatives": [best], "start_time": at, "end_time": at, **more}


def job(*results: Any) -> dict[str, Any]:
    return {
        "format": "2.9",
        "job": {"id": "j-1"},
        "metadata": {"type": "transcription"},
        "results": list(results),
    }


ENTITY = {
    **word("12th", "S2", 3.0, 3.5),
    "type": "entity",
    "written_form": [word("12th", "S2", 3.0, 3.5)],
    "spoken_form": [word("twelfth", "S2", 3.0, 3.5)],
}
SPEAKERS = [
    word("Quill", "S1", 0.5, 0.9),
    word("Pens", "S1", 0.9, 1.4),
    mark(".", "S1", 1.4, attaches_to="previous"),
    word("The", "S2", 2.5, 3.0),
    ENTITY,
    mark("!", "S2", 3.5),
]
TURNS = [("S1", "Quill Pens.", 0.5, 1.4), ("S2", "The 12th!", 2.5, 3.5)]


def session(*batches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages of a real-time session: only final ones count."""
    final = [
        {"message": "AddTranscript", "format": "2.9", "metadata": {}, "results": batch} for batch in batches
    ]
    partial = {"message": "AddPartialTranscript", "results": [word("Quilt", "S1", 0.5, 0.9)]}
    return [{"message": "RecognitionStarted", "id": "x"}, partial, *final, {"message": "EndOfTranscript"}]


V1: dict[str, Any] = {
    "job": {"id": 77, "lang": "en"},
    "format": "1.0",
    "speakers": [
        {"name": "F1", "time": "2.400", "duration": "1.1"},
        {"name": "M1", "time": "0.400", "duration": "1.0"},
    ],
    "words": [
        {"name": "Quill", "time": "0.500", "duration": "0.4", "confidence": "0.500"},
        {"name": "Pens", "time": "0.900", "duration": "0.5", "confidence": "0.500"},
        {"name": ".", "time": "1.400", "duration": "0.0", "confidence": "NaN"},
        {"name": "Hello", "time": "2.500", "duration": "0.5", "confidence": "NaN"},
    ],
}

READ: list[tuple[str, Any, list[tuple[str, str, float, float]], str]] = [
    ("a job", job(*SPEAKERS), TURNS, "j-1"),
    ("a message", session(SPEAKERS)[2], TURNS, "text"),
    ("a session", session(SPEAKERS[:2], SPEAKERS[2:]), TURNS, "text"),
    ("json v1", V1, [("M1", "Quill Pens.", 0.5, 1.4), ("F1", "Hello", 2.5, 3.0)], "77"),
    (
        "somebody unknown among speakers",
        job(word("Quill", "S1", 0.5, 0.9), word("Hm", "UU", 1.0, 1.2), word("Yes", "S2", 2.0, 2.2)),
        [("S1", "Quill Hm", 0.5, 1.2), ("S2", "Yes", 2.0, 2.2)],
        "j-1",
    ),
    (
        "channels, with overlap",
        job(
            word("Quill", "UU", 0.5, 0.9, channel="channel_1"),
            word("Pens", "UU", 0.9, 3.0, channel="channel_1"),
            word("Right", "UU", 9.0, 9.3, channel="channel_1"),
            word("mhm", "UU", 1.0, 1.5, channel="channel_2"),
            word("Hi", "UU", 8.0, 8.5, channel="channel_2"),
        ),
        [
            ("channel_1", "Quill Pens", 0.5, 3.0),
            ("channel_2", "mhm Hi", 1.0, 8.5),
            ("channel_1", "Right", 9.0, 9.3),
        ],
        "j-1",
    ),
    (
        "channels and speakers",
        job(
            word("Quill", "S1", 0.5, 0.9, channel="channel_1"),
            word("Yes", "S1", 1.0, 1.5, channel="channel_2"),
        ),
        [("channel_1 S1", "Quill", 0.5, 0.9), ("channel_2 S1", "Yes", 1.0, 1.5)],
        "j-1",
    ),
    (
        "marks that attach to the next word, or to nothing",
        job(
            mark("¿", "S1", 0.5, attaches_to="next"),
            word("Sí", "S1", 0.5, 0.9),
            mark("&", "S1", 0.9, attaches_to="none"),
            word("no", "S1", 1.0, 1.2),
            mark("/", "S1", 1.2, attaches_to="both"),
            word("sí", "S1", 1.2, 1.4),
            mark("-", "S1", 1.4, attaches_to="next"),
            word("Ja", "S2", 2.0, 2.2),
        ),
        [("S1", "¿Sí & no/sí -", 0.5, 1.4), ("S2", "Ja", 2.0, 2.2)],
        "j-1",
    ),
]


@pytest.mark.parametrize(
    ("given", "expected", "call_id"), [case[1:] for case in READ], ids=[case[0] for case in READ]
)
def test_turns(given: Any, expected: list[tuple[str, str, float, float]], call_id: str) -> None:
    call = call_of(given)
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == expected
    assert (call.format, call.channel) == ("speechmatics", "voice")
    assert call.call_id == (call_id if call_id != "text" else "call.json")
    assert {t.role for t in call.turns} == {"unknown"}


@pytest.mark.parametrize(("given", "expected"), [(job(*SPEAKERS), [0.5, 0.5]), (V1, [0.5, None])])
def test_punctuation_has_no_part_in_the_confidence(given: Any, expected: list[float | None]) -> None:
    assert [t.confidence for t in call_of(given).turns] == expected


def test_channels_named_by_role_tell_it() -> None:
    given = job(word("Hello", "UU", 0, 1, channel="Agent"), word("Hi", "UU", 1, 2, channel="Customer"))
    assert [(t.speaker, t.role, t.role_source) for t in call_of(given).turns] == [
        ("Agent", "agent", "told"),
        ("Customer", "customer", "told"),
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (job(word("Quill", "UU", 0, 1), word("Pens", "UU", 1, 2)), "has no speakers"),
        ({**V1, "speakers": []}, "has no speakers"),
        (job(word("", "S1", 0, 1)), "no words were found"),
        (job(word("Hi", "S1", 0, 1), 3), "results[1]: expected an object, found int"),
        (
            job({**word("Hi", "S1", 0, 1), "start_time": {}}),
            "results[0].start_time: expected a number, found dict",
        ),
        ({**V1, "speakers": {"name": "x"}}, "speakers: expected a list of objects, found dict"),
        ({**V1, "words": [{"name": "Hi", "time": "soon"}]}, "words[0].time: expected a number, found str"),
    ],
)
def test_refused(given: Any, sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize("given", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_spoiled(given: Any) -> None:
    assert_only_transcript_errors(given, "Quill")


def test_bug_channels_named_by_role_did_not_tell_it_where_speakers_are_told_as_well() -> None:
    said = [("S1", "Agent"), ("S2", "Customer"), ("S2", "Agent")]
    words = (word("Hello", who, n, n + 1, channel=channel) for n, (who, channel) in enumerate(said))
    call = call_of(job(*words))
    assert [(turn.speaker, turn.role, turn.role_source) for turn in call.turns] == [
        ("Agent S1", "agent", "told"),
        ("Customer S2", "customer", "told"),
        ("Agent S2", "agent", "told"),
    ]
