"""Azure Speech: three casings, three units of time, the first of several guesses, speakers or channels."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

Said = tuple[Any, Any, str, float, float]  # speaker, channel, text, start and length in seconds

SPEAKERS: list[Said] = [
    (2, 0, "My sail tore.", 2.5, 1.0),
    (1, 0, "Brine Boats.", 0.04, 2.0),
    (2, 0, "Help?", 3.6, 0.4),
]
CHANNELS: list[Said] = [
    (None, 0, "Brine Boats.", 0.04, 2.0),
    (None, 0, "Oh.", 3.0, 0.2),
    (None, 1, "My sail tore.", 2.5, 1.0),
    (None, 1, "Help?", 3.6, 0.4),
]
NOBODY: list[Said] = [(None, 0, "Brine Boats.", 0.04, 2.0)]


def batch(said: list[Said], times: str = "ticks") -> dict[str, Any]:
    """Batch transcription, with the times of its versions."""
    rows = []
    for speaker, channel, text, start, length in said:
        stamps: dict[str, Any] = {
            "ticks": {"offsetInTicks": start * 1e7, "durationInTicks": length * 1e7},
            "milliseconds": {
                "offsetMilliseconds": int(start * 1000),
                "durationMilliseconds": int(length * 1000),
            },
            "iso": {"offset": f"PT{start}S", "duration": f"PT{length}S"},
        }[times]
        guesses = [{"confidence": 0.5, "lexical": "brine", "display": text}]
        guesses.append({"confidence": 0.4, "display": "Bride boasts.", "lexical": "bride boasts"})
        row = {"recognitionStatus": "Success", "channel": channel, "nBest": guesses, **stamps}
        rows.append(row if speaker is None else {**row, "speaker": speaker})
    rows.append({"recognitionStatus": "InitialSilenceTimeout", "channel": 0, "offset": "PT9S", "nBest": []})
    return {
        "source": "https://example.org/a.wav?sig=secret",
        "timestamp": "2031-05-06T10:00:00Z",
        "combinedRecognizedPhrases": [],
        "recognizedPhrases": rows,
    }


def fast(
    said: list[Said], start_key: str = "offsetMilliseconds", length_key: str = "durationMilliseconds"
) -> Any:
    """Fast transcription; the preview had shorter names for its times."""
    rows = [
        {
            "text": text,
            "locale": "en-US",
            "confidence": 0.5,
            start_key: int(start * 1000),
            length_key: int(length * 1000),
            **({} if speaker is None else {"speaker": speaker}),
            **({} if len({row[1] for row in said}) == 1 else {"channel": channel}),
        }
        for speaker, channel, text, start, length in said
    ]
    return {"durationMilliseconds": 9000, "combinedPhrases": [{"text": "x"}], "phrases": rows}


def realtime(said: list[Said]) -> list[dict[str, Any]]:
    """Real-time results, as a list."""
    rows = [
        {
            "Id": "x",
            "RecognitionStatus": "Success",
            "Offset": int(start * 1e7),
            "Duration": int(length * 1e7),
            "Channel": channel,
            "SpeakerId": "Unknown" if speaker is None else f"Guest-{speaker}",
            "NBest": [{"Confidence": 0.5, "Display": text}, {"Confidence": 0.4, "Display": "Bride boasts."}],
        }
        for speaker, channel, text, start, length in said
    ]
    return [*rows, {"RecognitionStatus": "EndOfDictation", "Offset": 0, "Duration": 0, "DisplayText": "x"}]


BY_SPEAKER = [("1", "Brine Boats.", 0.04, 2.04), ("2", "My sail tore. Help?", 2.5, 4.0)]
BY_CHANNEL = [
    ("channel 0", "Brine Boats.", 0.04, 2.04),
    ("channel 1", "My sail tore.", 2.5, 3.5),
    ("channel 0", "Oh.", 3.0, 3.2),
    ("channel 1", "Help?", 3.6, 4.0),
]
READ: list[tuple[str, Any, str]] = [
    ("batch in ticks", batch(SPEAKERS), "speaker "),
    ("batch in milliseconds", batch(SPEAKERS, "milliseconds"), "speaker "),
    ("batch in ISO durations", batch(SPEAKERS, "iso"), "speaker "),
    ("fast", fast(SPEAKERS), "speaker "),
    ("fast, preview", fast(SPEAKERS, "offset", "duration"), "speaker "),
    ("real-time", realtime(SPEAKERS), "Guest-"),
]


@pytest.mark.parametrize(("given", "prefix"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_speakers(given: Any, prefix: str) -> None:
    call = call_of(given)
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == [
        (prefix + speaker, *rest) for speaker, *rest in BY_SPEAKER
    ]
    assert {t.confidence for t in call.turns} == {0.5}
    assert {t.role for t in call.turns} == {"unknown"}
    assert (call.format, call.channel, call.call_id) == ("azure-speech", "voice", "call.json")


@pytest.mark.parametrize("make", [batch, fast, realtime])
def test_channels_are_merged_by_start_and_may_overlap(make) -> None:
    assert [(t.speaker, t.text, t.start, t.end) for t in call_of(make(CHANNELS)).turns] == BY_CHANNEL


def test_words_as_heard_where_there_is_no_display_form() -> None:
    given = batch(SPEAKERS)
    for row in given["recognizedPhrases"][:3]:
        del row["nBest"][0]["display"], row["recognitionStatus"]
    assert [t.text for t in call_of(given).turns] == ["brine", "brine brine"]


def test_the_text_of_a_simple_real_time_result() -> None:
    rows = [{**row, "DisplayText": "Plain.", "NBest": None} for row in realtime(SPEAKERS)[:1]]
    assert [(t.text, t.confidence) for t in call_of(rows).turns] == [("Plain.", None)]


def test_a_phrase_before_the_speaker_is_known_goes_to_the_next() -> None:
    call = call_of(realtime([(None, 0, "Um.", 0.0, 0.5), *SPEAKERS[1:]]))
    assert call.turns[0].text == "Um. Brine Boats."
    assert call.warnings[0].startswith("1 of 3 recognised pieces")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (batch(NOBODY), "this Azure Speech output has no speakers"),
        (fast(NOBODY), "has no speakers"),
        (realtime(NOBODY), "has no speakers"),
        (batch([]), "no words were found"),
        (fast([(1, 0, "", 0.0, 1.0)]), "no words were found"),
        ({**fast(SPEAKERS), "phrases": "x"}, "phrases: expected a list of objects, found str"),
        (
            {**batch(SPEAKERS), "recognizedPhrases": [3]},
            "recognizedPhrases[0]: expected an object, found int",
        ),
        ([*realtime(SPEAKERS), 3], "results[4]: expected an object, found int"),
    ],
)
def test_refused(given: Any, sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize(
    "given", [batch(SPEAKERS), fast(CHANNELS), realtime(SPEAKERS)], ids=["batch", "fast", "real-time"]
)
def test_spoiled(given: Any) -> None:
    assert_only_transcript_errors(given, "sail", "secret")
