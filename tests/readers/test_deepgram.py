"""Deepgram: words before utterances, channels that overlap, and no speakers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

Row = tuple[str, int | None, float, float]


def word(written: str, speaker: int | None, start: float, end: float) -> dict[str, Any]:
    row = {"word": written.lower().strip(".,?"), "start": start, "end": end, "confidence": 0.5}
    return {**row, "punctuated_word": written, **({} if speaker is None else {"speaker": speaker})}


def document(*channels: list[Row], **results: Any) -> dict[str, Any]:
    rows = [
        {"alternatives": [{"transcript": "x", "words": [word(*row) for row in rows]}]} for rows in channels
    ]
    return {
        "metadata": {"request_id": "r-5", "created": "2031-05-06T10:00:00Z"},
        "results": {"channels": rows, **results},
    }


DIARIZED = [
    ("Tarn", 0, 0.5, 0.9),
    ("Bikes.", 0, 0.9, 1.4),
    ("Yes,", 1, 2.0, 2.3),
    ("hello?", 1, 2.3, 2.8),
    ("Hi.", 0, 3.0, 3.2),
]
ONE_VOICE = [(written, None, start, end) for written, _, start, end in DIARIZED]
UTTERANCES = [
    {"transcript": "Tarn Bikes. Yes,", "start": 0.5, "end": 2.3, "speaker": 0, "confidence": 0.9},
    {"transcript": "hello?", "start": 2.3, "end": 2.8, "speaker": 1, "confidence": 0.9},
]
ON_CHANNELS = [{**UTTERANCES[n], "channel": n, "speaker": None} for n in (1, 0)]
NOBODY = [{"transcript": "Hi.", "start": 0, "end": 1, "channel": 0}]
BY_WORD = [
    ("speaker 0", "Tarn Bikes.", 0.5, 1.4),
    ("speaker 1", "Yes, hello?", 2.0, 2.8),
    ("speaker 0", "Hi.", 3.0, 3.2),
]
STEREO = (
    [("Tarn", None, 0.5, 0.9), ("Bikes.", None, 0.9, 3.0), ("Right.", None, 5.0, 5.4)],
    [("mhm", None, 1.5, 1.9), ("My", None, 3.5, 3.9), ("bike", None, 3.9, 4.6)],
)
PARAGRAPHS = document([])
PARAGRAPHS["results"]["channels"][0]["alternatives"][0]["paragraphs"] = {
    "paragraphs": [
        {"speaker": 0, "sentences": [{"text": "Tarn Bikes.", "start": 0.5, "end": 1.4}]},
        {
            "speaker": 1,
            "sentences": [
                {"text": "Yes.", "start": 2.0, "end": 2.3},
                {"text": "Hello?", "start": 2.3, "end": 2.8},
            ],
        },
    ]
}

READ: list[tuple[str, dict[str, Any], list[tuple[str, str, float, float]]]] = [
    ("words by speaker", document(DIARIZED), BY_WORD),
    ("words even where utterances lump speakers", document(DIARIZED, utterances=UTTERANCES), BY_WORD),
    (
        "utterances where words were stripped",
        document([], utterances=UTTERANCES),
        [("speaker 0", "Tarn Bikes. Yes,", 0.5, 2.3), ("speaker 1", "hello?", 2.3, 2.8)],
    ),
    (
        "paragraphs where only they have speakers",
        PARAGRAPHS,
        [("speaker 0", "Tarn Bikes.", 0.5, 1.4), ("speaker 1", "Yes. Hello?", 2.0, 2.8)],
    ),
    (
        "channels, merged by start, their overlap kept",
        document(*STEREO),
        [
            ("channel 0", "Tarn Bikes.", 0.5, 3.0),
            ("channel 1", "mhm My bike", 1.5, 4.6),
            ("channel 0", "Right.", 5.0, 5.4),
        ],
    ),
    (
        "speakers within channels",
        document(DIARIZED[:2], [("Hm.", 0, 2.0, 2.3), ("Me", 1, 3.0, 3.3)]),
        [
            ("channel 0 speaker 0", "Tarn Bikes.", 0.5, 1.4),
            ("channel 1 speaker 0", "Hm.", 2.0, 2.3),
            ("channel 1 speaker 1", "Me", 3.0, 3.3),
        ],
    ),
    (
        "utterances of channels",
        document([], [], utterances=ON_CHANNELS),
        [("channel 0", "Tarn Bikes. Yes,", 0.5, 2.3), ("channel 1", "hello?", 2.3, 2.8)],
    ),
]


@pytest.mark.parametrize(("given", "expected"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_turns(given: dict[str, Any], expected: list[tuple[str, str, float, float]]) -> None:
    call = call_of(given)
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == expected
    assert (call.call_id, call.format, call.channel, call.started) == ("r-5", "deepgram", "voice", None)
    assert {t.role for t in call.turns} == {"unknown"}


def test_confidence() -> None:
    assert [t.confidence for t in call_of(document(DIARIZED)).turns] == [0.5, 0.5, 0.5]
    assert [t.confidence for t in call_of(document([], utterances=UTTERANCES)).turns] == [0.9, 0.9]


def test_words_without_punctuation() -> None:
    given = document(DIARIZED)
    for row in given["results"]["channels"][0]["alternatives"][0]["words"]:
        del row["punctuated_word"]
    assert [t.text for t in call_of(given).turns] == ["tarn bikes", "yes hello", "hi"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (document(ONE_VOICE), "has no speakers"),
        (document(ONE_VOICE, utterances=NOBODY), "diarize=true"),
        (document([]), "no words were found"),
        (document([("Hi", 0, "x", 1)]), "results.channels[0].words[0].start: expected a number, found str"),
        (document([("Hi", [], 0, 1)]), "results.channels[0].words[0].speaker: expected text, found list"),
        (document(ONE_VOICE, utterances="x"), "results.utterances: expected a list of objects"),
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize("given", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_spoiled(given: dict[str, Any]) -> None:
    assert_only_transcript_errors(given, "Bikes")


def _rows(given: Any) -> list[tuple[str, str, float | None, float | None]]:
    return [(turn.speaker, turn.text, turn.start, turn.end) for turn in call_of(given).turns]


def test_bug_one_alternative_was_refused_as_if_it_had_no_speakers() -> None:
    alternative = document(DIARIZED)["results"]["channels"][0]["alternatives"][0]
    assert _rows({**alternative, "confidence": 0.9, "detected_language": "en"}) == BY_WORD
    paragraphs = PARAGRAPHS["results"]["channels"][0]["alternatives"][0]
    rows = _rows({**paragraphs, "words": [], "confidence": 0.9})
    assert [row[:2] for row in rows] == [("speaker 0", "Tarn Bikes."), ("speaker 1", "Yes. Hello?")]


def _message(words: list[Row], *, final: bool = True, channel: int = 0, channels: int = 1) -> dict[str, Any]:
    said = {"transcript": "x", "confidence": 0.9, "words": [word(*row) for row in words]}
    return {
        "type": "Results",
        "channel_index": [channel, channels],
        "is_final": final,
        "channel": {"alternatives": [said]},
        "metadata": {"request_id": "r-6"},
    }


def test_bug_the_messages_of_a_stream_were_refused_one_by_one() -> None:
    draft = _message([("Torn", 0, 0.5, 0.9)], final=False)
    stream = [draft, _message(DIARIZED[:2]), {"type": "UtteranceEnd"}, _message(DIARIZED[2:])]
    assert _rows(stream) == BY_WORD
    assert call_of(stream).call_id == "r-6"
    lines = "\n".join(map(json.dumps, stream))
    (call,) = transcripts(Source.from_text(lines, "live.jsonl"))
    assert isinstance(call, Transcript)
    assert call.turns == call_of(stream).turns
    two = [_message(rows, channel=n, channels=2) for n, rows in enumerate(STEREO)]
    assert _rows(two) == _rows(document(*STEREO))
    assert_only_transcript_errors(stream)
    assert "no speakers" in refusal_of([_message(ONE_VOICE)])
