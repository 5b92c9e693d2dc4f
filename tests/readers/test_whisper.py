"""Whisper in its shapes: refused without speakers, read where tinydiarize marks turns."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

VERBOSE: dict[str, Any] = {
    "task": "transcribe",
    "language": "english",
    "duration": 3.0,
    "text": " Reed Tea, hello. Hi.",
    "segments": [
        {"id": 0, "start": 0.0, "end": 1.5, "text": " Reed Tea, hello.", "tokens": [1], "avg_logprob": -0.2},
        {"id": 1, "start": 2.0, "end": 3.0, "text": " Hi.", "tokens": [2], "avg_logprob": -0.4},
    ],
}
TIMESTAMPED: dict[str, Any] = {
    "text": " Reed Tea.",
    "language": "en",
    "segments": [{"start": 0.1, "end": 0.9, "text": " Reed Tea.", "confidence": 0.9, "words": []}],
}


def segment(said: str, start: float, end: float, turns: bool, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": said, "speaker_turn_next": turns, **more}


MARKED: dict[str, Any] = {
    "text": "x",
    "language": "en",
    "segments": [
        segment(" Reed Tea,", 0.0, 1.0, False, words=[{"probability": 0.5}, {"probability": 1.0}]),
        segment(" hello.", 1.0, 1.5, True),
        segment(" [BLANK_AUDIO]", 1.5, 2.0, False),
        segment(" My tea is cold.", 2.0, 3.0, True, confidence=0.8),
        segment(" Oh no.", 3.0, 4.0, True),
    ],
}


@pytest.mark.parametrize(
    "given", [VERBOSE, TIMESTAMPED, {"result": VERBOSE}], ids=["verbose", "stamped", "wrapped"]
)
def test_without_speakers_it_is_refused(given: dict[str, Any]) -> None:
    sentence = refusal_of(given)
    assert "this Whisper output has no speakers" in sentence
    assert "--diarize" in sentence


def test_marks_of_tinydiarize_make_two_speakers_who_take_turns() -> None:
    call = call_of(MARKED)
    assert [(t.speaker, t.text, t.start, t.end, t.confidence) for t in call.turns] == [
        ("speaker 0", "Reed Tea, hello.", 0.0, 1.5, 0.75),
        ("speaker 1", "My tea is cold.", 2.0, 3.0, 0.8),
        ("speaker 0", "Oh no.", 3.0, 4.0, None),
    ]
    assert (call.format, call.channel) == ("whisper", "voice")
    assert "read as two people taking turns" in call.warnings[0]


def test_marks_written_into_the_text() -> None:
    rows = [
        {"start": 0, "end": 1, "text": " Reed Tea. [SPEAKER_TURN]"},
        {"start": 1, "end": 2, "text": " Hi."},
    ]
    assert [(t.speaker, t.text) for t in call_of({"text": "x", "segments": rows}).turns] == [
        ("speaker 0", "Reed Tea."),
        ("speaker 1", "Hi."),
    ]


def test_marks_that_never_come_are_no_speakers() -> None:
    rows = [{**row, "speaker_turn_next": False} for row in MARKED["segments"]]
    assert "has no speakers" in refusal_of({**MARKED, "segments": rows})


@pytest.mark.parametrize(
    ("segments", "sentence"),
    [
        ([segment("Hi.", 0, 1, True), 5], "segments[1]: expected an object, found int"),
        ([{**segment("Hi.", 0, 1, True), "start": "x"}], "segments[0].start: expected a number, found str"),
        ([{**segment("...", 0, 1, True)}], "no words were found"),
    ],
)
def test_malformed(segments: list[Any], sentence: str) -> None:
    assert sentence in refusal_of({**MARKED, "segments": segments})


@pytest.mark.parametrize("given", [VERBOSE, MARKED], ids=["verbose", "marked"])
def test_spoiled(given: dict[str, Any]) -> None:
    assert_only_transcript_errors(given, "Reed", "cold")


def test_bug_chunks_of_pipelines_were_refused_without_the_reason() -> None:
    chunks = [{"text": " Ivy Rent.", "timestamp": [0.0, 1.5]}, {"text": " Hi.", "timestamp": [1.5, None]}]
    assert "has no speakers" in refusal_of({"text": " Ivy Rent. Hi.", "chunks": chunks})
