"""whisper.cpp: two channels by loudness, marks of tinydiarize, or no speakers."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def segment(said: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    """A segment with offsets in ms and the same times as clocks."""
    return {
        "timestamps": {"from": f"00:00:{start // 1000:02},{start % 1000:03}", "to": "00:00:09,000"},
        "offsets": {"from": start, "to": end},
        "text": said,
        **more,
    }


def document(*segments: dict[str, Any]) -> dict[str, Any]:
    return {
        "systeminfo": "x",
        "model": {},
        "params": {},
        "result": {"language": "en"},
        "transcription": list(segments),
    }


TOKENS = [{"text": "[_BEG_]", "p": 0.1}, {"text": " Elm", "p": 0.5}, {"text": " Gas", "p": 1.0}]
PLAIN = document(segment(" Elm Gas.", 0, 1500), segment(" Hi.", 2000, 3000))
STEREO = document(
    segment(" Elm Gas.", 0, 1500, speaker="0", tokens=TOKENS),
    segment(" [BLANK_AUDIO]", 1500, 2000, speaker="?"),
    segment(" Hi,", 2000, 2500, speaker="1"),
    segment(" it smells.", 2500, 3000, speaker="?"),
    segment(" Gas?", 3000, 3500, speaker="0"),
)
MARKED = document(
    segment(" Elm Gas.", 0, 1500, speaker_turn_next=True),
    segment(" Hi,", 2000, 2500, speaker_turn_next=False),
    segment(" it smells.", 2500, 3000, speaker_turn_next=True),
    segment(" Gas?", 3000, 3500, speaker_turn_next=False),
)
TURNS = [
    ("speaker 0", "Elm Gas.", 0.0, 1.5),
    ("speaker 1", "Hi, it smells.", 2.0, 3.0),
    ("speaker 0", "Gas?", 3.0, 3.5),
]


@pytest.mark.parametrize(
    ("given", "warning"),
    [(STEREO, "1 of 4 recognised pieces have no speaker label"), (MARKED, "Tinydiarize marks where")],
    ids=["stereo", "marked"],
)
def test_turns(given: dict[str, Any], warning: str) -> None:
    call = call_of(given)
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == TURNS
    assert [text.startswith(warning) for text in call.warnings] == [True]
    assert (call.format, call.channel) == ("whisper-cpp", "voice")


def test_marks_of_the_program_have_no_part_in_the_confidence() -> None:
    assert [t.confidence for t in call_of(STEREO).turns] == [0.75, None, None]


def test_clocks_where_offsets_are_missing() -> None:
    rows = [{**row, "offsets": {}} for row in STEREO["transcription"]]
    assert [(t.start, t.end) for t in call_of(document(*rows)).turns] == [(0.0, 9.0), (2.0, 9.0), (3.0, 9.0)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (PLAIN, "this whisper.cpp output has no speakers"),
        (document(segment(" [BLANK_AUDIO]", 0, 1)), "no words were found"),
        (document(segment("Hi", 0, 1, speaker=[])), "transcription[0].speaker: expected text, found list"),
        (document({**segment("Hi", 0, 1), "offsets": 4}), "transcription[0].offsets: expected an object"),
        (
            document(segment("Hi", 0, 1, tokens=[4])),
            "transcription[0].tokens[0]: expected an object, found int",
        ),
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize("given", [STEREO, MARKED], ids=["stereo", "marked"])
def test_spoiled(given: dict[str, Any]) -> None:
    assert_only_transcript_errors(given, "smells")
