"""Rev.ai: elements put together as they are, monologues of channels in order of start."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

from carescore.errors import TranscriptError


def word(value: str, start: float, end: float) -> dict[str, Any]:
    return {"type": "text", "value": value, "ts": start, "end_ts": end, "confidence": 0.5}


def mark(value: str) -> dict[str, Any]:
    return {"type": "punct", "value": value}


def document(*monologues: Any, **more: Any) -> dict[str, Any]:
    return {"monologues": list(monologues), **more}


FIRST = {
    "speaker": 0,
    "elements": [
        word("Wren", 0.5, 0.9),
        mark(" "),
        word("Cafe", 0.9, 1.4),
        mark(", "),
        word("hi", 2.0, 2.2),
        mark("."),
    ],
}
SECOND = {"speaker": 1, "elements": [word("Um", 1.5, 1.8), word("yes", 1.9, 2.1), mark("?")]}
THIRD = {"speaker": 1, "elements": [{"type": "unknown", "value": "<affirmative>"}, mark(".")]}
CALL = document(SECOND, THIRD, FIRST)


def test_turns() -> None:
    call = call_of(CALL)
    assert [(t.speaker, t.role, t.text, t.start, t.end, t.confidence) for t in call.turns] == [
        ("speaker 0", "unknown", "Wren Cafe, hi.", 0.5, 2.2, 0.5),
        ("speaker 1", "unknown", "Um yes? <affirmative>.", 1.5, 2.1, 0.5),
    ]
    assert (call.format, call.channel, call.call_id) == ("revai", "voice", "call.json")


def test_neighbouring_monologues_of_one_speaker_are_joined() -> None:
    assert [t.text for t in call_of(document(SECOND, THIRD)).turns] == ["Um yes? <affirmative>."]


@pytest.mark.parametrize(
    ("given", "label", "role"),
    [
        (document({**FIRST, "speaker_info": {"id": "0", "display_name": "Mina"}}), "Mina", "unknown"),
        (document(FIRST, speakers=[{"id": 0, "name": "Agent"}]), "Agent", "agent"),
    ],
)
def test_names(given: dict[str, Any], label: str, role: str) -> None:
    (turn,) = call_of(given).turns
    assert (turn.speaker, turn.role) == (label, role)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (document({"elements": FIRST["elements"]}), "has no speakers"),
        (document({"speaker": 0, "elements": []}), "no words were found"),
        (document(FIRST, 4), "monologues[1]: expected an object, found int"),
        (document({"speaker": 0, "elements": "Hi"}), "monologues[0].elements: expected a list of objects"),
        (document({"speaker": [], "elements": []}), "monologues[0].speaker: expected text, found list"),
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


def test_a_look_alike_is_not_taken_for_it() -> None:
    (found,) = calls_of({"job_id": "x", "monologue": [{"speaker": 0, "elements": []}]})
    assert isinstance(found, TranscriptError)
    assert "no transcript was recognised" in str(found)


def test_spoiled() -> None:
    assert_only_transcript_errors(document(*CALL["monologues"], speakers=[{"id": 0, "name": "Mina"}]), "Wren")
