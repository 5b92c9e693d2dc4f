"""Genesys Cloud: sides joined to participants by time, epoch and offset ms, IVR and transfers."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

BEGAN = 1_930_000_000_000


def phrase(side: str | None, text: str, ms: float, length: int | None = 900) -> dict[str, Any]:
    row: dict[str, Any] = {"text": text.lower(), "decoratedText": text, "startTimeMs": ms, "confidence": 0.7}
    if side is not None:
        row["participantPurpose"] = side
    return row if length is None else {**row, "duration": {"totalMilliseconds": length}}


def person(purpose: str, start: int, end: int | None, user: str | None = None) -> dict[str, Any]:
    return {"participantPurpose": purpose, "startTimeMs": start, "endTimeMs": end, "userId": user}


PEOPLE = [
    person("customer", 0, 60_000),
    person("ivr", 0, 5_000),
    person("acd", 5_000, 9_000),
    person("agent", 8_000, 30_000, "rolf"),
    person("agent", 30_000, None, "uma"),
]
PHRASES = [
    phrase("internal", "Welcome to Tarn Pumps.", 500),
    phrase("external", "Agent, please.", 4_000),
    phrase("internal", "Tarn Pumps,", 8_500),
    phrase("internal", "Rolf here.", 9_500),
    phrase("external", "My pump leaks.", 12_000),
    phrase("internal", "Uma here.", 31_000),
]
SAID = [
    ("ivr", "bot", "joined", 0.5, "Welcome to Tarn Pumps."),
    ("external", "customer", "told", 4.0, "Agent, please."),
    ("rolf", "agent", "joined", 8.5, "Tarn Pumps, Rolf here."),
    ("external", "customer", "told", 12.0, "My pump leaks."),
    ("uma", "agent", "joined", 31.0, "Uma here."),
]


def shifted(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{**row, **{key: row[key] + BEGAN for key in keys if row.get(key) is not None}} for row in rows]


LATE_PHRASES = shifted(PHRASES, ("startTimeMs",))
LATE_PEOPLE = shifted(PEOPLE, ("startTimeMs", "endTimeMs"))


def document(
    phrases: list[dict[str, Any]], people: list[dict[str, Any]] | None, **more: Any
) -> dict[str, Any]:
    base = {"conversationId": "g-1", "mediaType": "call", "transcripts": [{"phrases": phrases}]}
    return {**base, **({} if people is None else {"participants": people}), **more}


@pytest.mark.parametrize(
    "whole",
    [
        document(PHRASES, PEOPLE),
        document(LATE_PHRASES, LATE_PEOPLE, conversationStartTime=BEGAN),
        document(PHRASES, LATE_PEOPLE, conversationStartTime=BEGAN),
        document(LATE_PHRASES, LATE_PEOPLE, startTime="2031-02-27T23:06:40Z"),
        document(PHRASES[3:], PEOPLE, transcripts=[{"phrases": PHRASES[4:]}, {"phrases": PHRASES[:4]}]),
    ],
    ids=["offsets", "epoch", "mixed", "ISO start", "two transcripts"],
)
def test_a_conversation(whole: dict[str, Any]) -> None:
    call = call_of(whole)
    assert (call.format, call.call_id, call.channel, call.agent) == ("genesys", "g-1", "voice", "rolf")
    assert [(t.speaker, t.role, t.role_source, t.start, t.text) for t in call.turns] == SAID
    assert call.turns[2].end == pytest.approx(10.4)
    assert "several agents (rolf, uma)" in call.warnings[0]


def test_epoch_times_without_a_start_count_from_the_first_phrase() -> None:
    assert call_of(document(LATE_PHRASES, LATE_PEOPLE)).turns[1].start == 3.5


def test_without_participants_the_companys_side_is_the_agent_with_a_warning() -> None:
    call = call_of(document(PHRASES, None))
    assert [turn.role for turn in call.turns] == ["agent", "customer", "agent", "customer", "agent"]
    assert "an IVR's too" in call.warnings[0]
    assert call.agent is None


def test_a_phrase_when_no_participant_was_there_stays_unknown() -> None:
    call = call_of(document([phrase("internal", "Hello?", 90_000)], PEOPLE[:4]))
    assert [(t.speaker, t.role) for t in call.turns] == [("internal", "unknown")]


def test_messages_stay_apart() -> None:
    call = call_of(document(PHRASES, PEOPLE, mediaType="message"))
    assert (call.channel, len(call.turns)) == ("chat", 6)


@pytest.mark.parametrize(
    ("whole", "sentence"),
    [
        (document([phrase(None, "Hello.", 1)], PEOPLE), "no speakers"),
        (document(PHRASES, PEOPLE * 200), "at most 200"),
    ],
)
def test_refusals(whole: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(whole)


def test_spoiled_documents_raise_nothing_else() -> None:
    whole = document(LATE_PHRASES, LATE_PEOPLE, conversationStartTime=BEGAN)
    assert_only_transcript_errors(whole, "My pump leaks", "Rolf here")
