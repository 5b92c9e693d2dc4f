"""OpenAI diarized_json: letters, or the names that were given."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def segment(speaker: Any, said: str, start: Any, end: Any) -> dict[str, Any]:
    return {
        "type": "transcript.text.segment",
        "id": f"seg_{start}",
        "start": start,
        "end": end,
        "text": said,
        "speaker": speaker,
    }


def document(*segments: Any) -> dict[str, Any]:
    return {"task": "transcribe", "duration": 9.0, "text": "x", "segments": list(segments), "usage": {}}


CALL = document(
    segment("A", " Onyx Ink,", 0.5, 1.0),
    segment("A", " hello.", 1.0, 2.0),
    segment("B", "Hi.", 1.8, 2.2),
)


def test_turns() -> None:
    call = call_of(CALL)
    assert [(t.speaker, t.role, t.text, t.start, t.end, t.confidence) for t in call.turns] == [
        ("A", "unknown", "Onyx Ink, hello.", 0.5, 2.0, None),
        ("B", "unknown", "Hi.", 1.8, 2.2, None),
    ]
    assert (call.format, call.channel) == ("openai-diarized", "voice")


@pytest.mark.parametrize(
    ("name", "role", "source"),
    [("agent", "agent", "told"), ("Customer", "customer", "told"), ("Rosa", "unknown", "unknown")],
)
def test_known_names_tell_the_role_where_they_name_one(name: str, role: str, source: str) -> None:
    (turn,) = call_of(document(segment(name, "Hello.", 0, 1))).turns
    assert (turn.speaker, turn.role, turn.role_source) == (name, role, source)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (document(segment(None, "Hi.", 0, 1)), "has no speakers"),
        (document(segment("A", "", 0, 1)), "no words were found"),
        (document(segment("A", "Hi.", "x", 1)), "segments[0].start: expected a number, found str"),
        (document(segment("A", "Hi.", 0, 1), "x"), "segments[1]: expected an object, found str"),
        (document(segment("A", {}, 0, 1)), "segments[0].text: expected text, found dict"),
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


def test_spoiled() -> None:
    assert_only_transcript_errors(CALL, "Onyx")
