"""Google Speech-to-Text: words repeated in the last result, two encodings of durations, 0 as unset."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

from carescore.errors import TranscriptError
from carescore.transcript import Transcript

Row = tuple[str, Any, float, float]

CALL: list[Row] = [
    ("Pine", 1, 0.5, 0.9),
    ("Toys.", 1, 0.9, 1.4),
    ("Hi,", 2, 2.0, 2.3),
    ("you.", 2, 2.3, 2.8),
    ("Yes?", 1, 3.0, 3.2),
]
TURNS = [
    ("speaker 1", "Pine Toys.", 0.5, 1.4),
    ("speaker 2", "Hi, you.", 2.0, 2.8),
    ("speaker 1", "Yes?", 3.0, 3.2),
]
Style = dict[str, Any]
REST: Style = {"start": "startTime", "end": "endTime", "speaker": "speakerTag", "dump": False}
DUMP: Style = {**REST, "dump": True}
SNAKE: Style = {"start": "start_time", "end": "end_time", "speaker": "speaker_tag", "dump": True}
SNAKE_V2: Style = {"start": "start_offset", "end": "end_offset", "speaker": "speaker_label", "dump": True}
V2: Style = {"start": "startOffset", "end": "endOffset", "speaker": "speakerLabel", "dump": False}


def duration(seconds: float, dump: bool) -> Any:
    whole = int(seconds)
    return {"seconds": str(whole), "nanos": round((seconds - whole) * 1e9)} if dump else f"{seconds:.3f}s"


def result(rows: list[Row], style: Style, *, tags: bool = True, **more: Any) -> dict[str, Any]:
    words = []
    for written, speaker, start, end in rows:
        word = {
            "word": written,
            style["start"]: duration(start, style["dump"]),
            style["end"]: duration(end, style["dump"]),
            "confidence": 0.0 if written == "Yes?" else 0.5,
        }
        if tags and speaker is not None:
            word[style["speaker"]] = str(speaker) if style is V2 else speaker
        words.append(word)
    best = {"transcript": " ".join(row[0] for row in rows), "confidence": 0.9, "words": words}
    return {"alternatives": [best], "languageCode": "en-us", **more}


def document(*results: Any) -> dict[str, Any]:
    return {"results": list(results)}


def v1(style: Style) -> dict[str, Any]:
    """Results without tags, then one that repeats every word with its tag."""
    plain = (result(CALL[:2], style, tags=False), result(CALL[2:], style, tags=False))
    return document(*plain, result(CALL, style))


READ: list[tuple[str, dict[str, Any]]] = [
    ("v1 in REST", v1(REST)),
    ("v1 of a client library", v1(DUMP)),
    ("v1 of the Python library", v1(SNAKE)),
    (
        "v1, unset tags written as 0",
        document(result([(w, 0, s, e) for w, _, s, e in CALL], REST), result(CALL, REST)),
    ),
    (
        "results that repeat all so far",
        document(result(CALL[:2], REST), result(CALL[:4], REST), result(CALL, REST)),
    ),
    ("v2, each result with its own words", document(result(CALL[:2], V2), result(CALL[2:], V2))),
    ("one result", document(result(CALL, REST))),
    ("wrapped in an operation", {"name": "1", "response": v1(REST)}),
]


@pytest.mark.parametrize("given", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_turns(given: dict[str, Any]) -> None:
    call = call_of(given)
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == TURNS
    assert [t.confidence for t in call.turns] == [0.5, 0.5, None]
    assert (call.format, call.channel, call.warnings) == ("google-speech", "voice", ())
    assert {t.role for t in call.turns} == {"unknown"}


def test_repeated_words_without_times_are_read_once() -> None:
    given = v1(REST)
    for row in given["results"]:
        for word in row["alternatives"][0]["words"]:
            del word["startTime"], word["endTime"]
    assert [(t.speaker, t.text, t.start) for t in call_of(given).turns] == [
        (s, x, None) for s, x, _, _ in TURNS
    ]


def on_channel(tag: int, *rows: Row) -> dict[str, Any]:
    return result(list(rows), REST, tags=False, channelTag=tag)


def test_channels_overlap() -> None:
    given = document(
        on_channel(1, ("Pine", None, 0.5, 0.9), ("Toys.", None, 0.9, 3.0)),
        on_channel(2, ("mhm", None, 1.0, 1.5)),
        on_channel(1, ("Right.", None, 4.0, 4.4)),
        on_channel(2, ("Hi.", None, 3.2, 3.6)),
    )
    assert [(t.speaker, t.text, t.start, t.end) for t in call_of(given).turns] == [
        ("channel 1", "Pine Toys.", 0.5, 3.0),
        ("channel 2", "mhm Hi.", 1.0, 3.6),
        ("channel 1", "Right.", 4.0, 4.4),
    ]


@pytest.mark.parametrize(
    ("tag_key", "end_key"),
    [
        ("channelTag", "resultEndTime"),
        ("channelTag", "resultEndOffset"),
        ("channel_tag", "result_end_time"),
        ("channel_tag", "result_end_offset"),
    ],
)
def test_channels_without_words_keep_their_results(tag_key: str, end_key: str) -> None:
    rows = [(1, "Pine Toys.", "1.4s"), (2, "Hi.", "2.8s"), (1, "Yes?", "3.2s")]
    given = document(
        *(
            {"alternatives": [{"transcript": x, "confidence": 0.0}], tag_key: tag, end_key: end}
            for tag, x, end in rows
        )
    )
    assert [(t.speaker, t.text, t.start, t.end) for t in call_of(given).turns] == [
        ("channel 1", "Pine Toys.", None, 1.4),
        ("channel 2", "Hi.", None, 2.8),
        ("channel 1", "Yes?", None, 3.2),
    ]


def test_a_batch_over_files_gives_a_call_for_each() -> None:
    bad = {"transcript": document(result(CALL, V2, tags=False))}
    good = {"inlineResult": {"transcript": document(result(CALL, V2))}}
    found = calls_of({"results": {"gs://b/one.wav": bad, "gs://b/two.wav": good}})
    first, second = found
    assert isinstance(first, TranscriptError)
    assert "call.json, one.wav: this Google Speech-to-Text output has no speakers" in str(first)
    assert isinstance(second, Transcript)
    assert (second.call_id, len(second.turns)) == ("two.wav", 3)


WATSON = {"results": [{"alternatives": [{"transcript": "x", "timestamps": [["x", 0, 1]]}], "final": True}]}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (document(result(CALL, REST, tags=False)), "has no speakers"),
        (document(*(result(CALL[n : n + 1], REST, tags=False) for n in range(3))), "has no speakers"),
        (document(result([], REST)), "no words were found"),
        (document(result(CALL, REST), 3), "results[1]: expected an object, found int"),
        (
            document(result([("x", [], 0, 1)], REST)),
            "results[0].words[0].speakerTag: expected text, found list",
        ),
        (WATSON, "no transcript was recognised"),
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize(
    "given",
    [v1(REST), v1(DUMP), document(result(CALL[:2], V2), result(CALL[2:], V2))],
    ids=["rest", "dump", "v2"],
)
def test_spoiled(given: dict[str, Any]) -> None:
    assert_only_transcript_errors(given, "Toys")
