"""WhisperX: words that belong to another speaker than their segment, numbers that are not aligned."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

A, B = "SPEAKER_00", "SPEAKER_01"


def word(written: str, speaker: str | None = None, start: float | None = None, **more: Any) -> dict[str, Any]:
    times = {} if start is None else {"start": start, "end": start + 0.5, "score": 0.5}
    return {"word": written, **times, **({} if speaker is None else {"speaker": speaker}), **more}


def segment(
    said: str, speaker: str | None, start: float, end: float, *words: dict[str, Any]
) -> dict[str, Any]:
    row = {"start": start, "end": end, "text": f" {said}", "words": list(words)}
    return row if speaker is None else {**row, "speaker": speaker}


def document(*segments: dict[str, Any]) -> dict[str, Any]:
    return {"segments": list(segments), "word_segments": [], "language": "en"}


READ: list[tuple[str, dict[str, Any], list[tuple[str, str, float | None, float | None]]]] = [
    (
        "segments joined and ordered",
        document(segment("Ivy Rent,", A, 0, 1), segment("hello.", A, 1, 2), segment("Hi.", B, 2, 3)),
        [(A, "Ivy Rent, hello.", 0, 2), (B, "Hi.", 2, 3)],
    ),
    (
        "words of another speaker than the segment's",
        document(
            segment("Ivy Rent. Hi.", A, 0, 3, word("Ivy", A, 0.0), word("Rent.", A, 0.5), word("Hi.", B, 2.0))
        ),
        [(A, "Ivy Rent.", 0.0, 1.0), (B, "Hi.", 2.0, 2.5)],
    ),
    (
        "speakers of the words alone",
        {"segments": [segment("Ivy Rent.", None, 0, 3, word("Ivy", B, 0.0), word("Rent.", B, 0.5))]},
        [(B, "Ivy Rent.", 0, 3)],
    ),
    (
        "a number has neither times nor a speaker",
        document(segment("Room 12. Hi.", A, 0, 3, word("Room", A, 0.0), word("12."), word("Hi.", B, 2.0))),
        [(A, "Room 12.", 0.0, 0.5), (B, "Hi.", 2.0, 2.5)],
    ),
    (
        "words of one speaker keep the text as written",
        document(
            segment("It's 5%, okay?", A, 0, 3, word("It's", B, 0.0), word("5%,"), word("okay?", B, 1.0))
        ),
        [(B, "It's 5%, okay?", 0, 3)],
    ),
    (
        "silence dropped",
        document(segment("Ivy Rent.", A, 0, 1), segment("[Music]", B, 1, 2), segment("Hello?", A, 2, 3)),
        [(A, "Ivy Rent. Hello?", 0, 3)],
    ),
    (
        "other tools that add speakers",
        {"text": "x", "language": "en", "segments": [{"start": 0, "end": 1, "text": "Ivy.", "speaker": 0}]},
        [("speaker 0", "Ivy.", 0, 1)],
    ),
]


@pytest.mark.parametrize(("given", "expected"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_turns(given: dict[str, Any], expected: list[tuple[str, str, float, float]]) -> None:
    call = call_of(given)
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == expected
    assert (call.format, call.channel, call.warnings) == ("whisperx", "voice", ())
    assert {t.role for t in call.turns} == {"unknown"}


def test_confidence_is_the_mean_score() -> None:
    given = document(segment("Ivy Rent.", A, 0, 1, word("Ivy", A, 0.0), word("Rent.", A, 0.5, score=1.0)))
    assert [t.confidence for t in call_of(given).turns] == [0.75]


def test_a_segment_without_speaker_is_given_to_the_one_before_it_and_warned_of() -> None:
    call = call_of(document(segment("Ivy Rent.", A, 0, 1), segment("Hello?", None, 1, 2)))
    assert [(t.speaker, t.text) for t in call.turns] == [(A, "Ivy Rent. Hello?")]
    assert call.warnings[0].startswith("1 of 2 recognised pieces have no speaker label")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (document(segment("Ivy Rent.", None, 0, 1)), "this WhisperX output has no speakers"),
        (document(segment("...", A, 0, 1)), "no words were found"),
        (document({**segment("Hi", A, 0, 1), "words": 3}), "segments[0].words: expected a list of objects"),
        (
            document(segment("Hi", A, 0, 1, word("Hi", A, 0.0, score=[]))),
            "segments[0].words[0].score: expected",
        ),
        (document(segment("Hi", A, 0, 1), 3), "segments[1]: expected an object, found int"),  # type: ignore[arg-type]
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize("given", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_spoiled(given: dict[str, Any]) -> None:
    assert_only_transcript_errors(given, "Rent")


def test_bug_the_id_of_a_call_beside_its_segments_was_lost() -> None:
    told = {"call_id": "ivy-7", "agent_name": "Maren", **document(segment("Ivy Rent.", A, 0, 1))}
    call = call_of(told)
    assert (call.format, call.call_id, call.agent) == ("whisperx", "ivy-7", "Maren")


def test_bug_chunks_given_to_speakers_were_refused_for_their_times() -> None:
    chunks = [
        {"speaker": A, "text": " Ivy Rent.", "timestamp": [0.0, 1.5]},
        {"speaker": B, "text": " Hi.", "timestamp": [1.5, None]},
    ]
    call = call_of({"speakers": chunks, "chunks": chunks, "text": " Ivy Rent. Hi."})
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == [
        (A, "Ivy Rent.", 0.0, 1.5),
        (B, "Hi.", 1.5, None),
    ]
