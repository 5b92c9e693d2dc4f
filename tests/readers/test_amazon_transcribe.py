"""Amazon Transcribe: speakers in their three places, channels that overlap, and no speakers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

Item = dict[str, Any]


def item(content: str, start: str | None = None, end: str | None = None, **more: Any) -> Item:
    """A word, or punctuation where it has no time."""
    alternatives = [{"confidence": "0.0" if start is None else "0.8", "content": content}]
    if start is None:
        return {"alternatives": alternatives, "type": "punctuation", **more}
    return {
        "start_time": start,
        "end_time": end,
        "alternatives": alternatives,
        "type": "pronunciation",
        **more,
    }


def document(**results: Any) -> dict[str, Any]:
    """A finished job."""
    text = {"transcripts": [{"transcript": "Fern Boilers. Hi."}]}
    return {"jobName": "boiler-17", "accountId": "1", "results": {**text, **results}, "status": "COMPLETED"}


WORDS = [item("Fern", "0.5", "0.9"), item("Boilers", "0.9", "1.4"), item("."), item("Hi", "2.10", "2.4")]


def old_speaker_labels() -> dict[str, Any]:
    """Older files: only the segments know who speaks, joined by the start as it is written."""
    segments = [
        {
            "start_time": "0.5",
            "end_time": "1.4",
            "speaker_label": "spk_0",
            "items": [
                {"start_time": "0.5", "end_time": "0.9", "speaker_label": "spk_0"},
                {"start_time": "0.9", "end_time": "1.4", "speaker_label": "spk_0"},
            ],
        },
        {
            "start_time": "2.10",
            "end_time": "2.4",
            "speaker_label": "spk_1",
            "items": [{"start_time": "2.10", "end_time": "2.4"}],
        },
    ]
    return document(speaker_labels={"speakers": 2, "segments": segments}, items=WORDS)


def new_speaker_labels() -> dict[str, Any]:
    """Newer files: each item knows."""
    items = [{**word, "id": n, "speaker_label": f"spk_{n // 3}"} for n, word in enumerate(WORDS)]
    return document(speaker_labels={"speakers": 2, "segments": []}, items=items)


def audio_segments() -> dict[str, Any]:
    """The newest part, alone to name the speakers."""
    segments = [
        {"id": 1, "transcript": "Hi", "start_time": "2.1", "end_time": "2.4", "speaker_label": "spk_1"},
        {
            "id": 0,
            "transcript": "Fern Boilers.",
            "start_time": "0.5",
            "end_time": "1.4",
            "speaker_label": "spk_0",
        },
    ]
    return document(items=WORDS, audio_segments=segments)


def channels() -> dict[str, Any]:
    """Two channels, whose words are repeated in one merged list."""
    first = [
        item("Fern", "0.5", "0.9"),
        item("Boilers", "0.9", "3.0"),
        item("."),
        item("Right", "5.0", "5.4"),
    ]
    second = [item("mhm", "1.5", "1.9"), item("My", "3.5", "3.9"), item("boiler", "3.9", "4.6"), item("!")]
    labels = [{"channel_label": "ch_0", "items": first}, {"channel_label": "ch_1", "items": second}]
    return document(channel_labels={"channels": labels, "number_of_channels": 2}, items=[*first, *second])


READ = [
    (old_speaker_labels, [("spk_0", "Fern Boilers.", 0.5, 1.4), ("spk_1", "Hi", 2.1, 2.4)]),
    (new_speaker_labels, [("spk_0", "Fern Boilers.", 0.5, 1.4), ("spk_1", "Hi", 2.1, 2.4)]),
    (audio_segments, [("spk_0", "Fern Boilers.", 0.5, 1.4), ("spk_1", "Hi", 2.1, 2.4)]),
    (
        channels,
        [
            ("ch_0", "Fern Boilers.", 0.5, 3.0),
            ("ch_1", "mhm My boiler!", 1.5, 4.6),
            ("ch_0", "Right", 5.0, 5.4),
        ],
    ),
]


@pytest.mark.parametrize(("make", "expected"), READ, ids=[make.__name__ for make, _ in READ])
def test_turns(make, expected) -> None:
    call = call_of(make())
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == expected
    assert (call.call_id, call.format, call.channel) == ("boiler-17", "amazon-transcribe", "voice")
    assert {(t.role, t.role_source) for t in call.turns} == {("unknown", "unknown")}
    assert call.warnings == ()


@pytest.mark.parametrize("make", [old_speaker_labels, new_speaker_labels, channels])
def test_punctuation_has_no_part_in_the_confidence(make) -> None:
    assert [round(turn.confidence or 0, 9) for turn in call_of(make()).turns] == [0.8] * len(
        call_of(make()).turns
    )


def test_a_word_in_no_segment_is_kept_and_warned_of() -> None:
    given = old_speaker_labels()
    given["results"]["speaker_labels"]["segments"][0]["items"].pop()
    call = call_of(given)
    assert [turn.text for turn in call.turns] == ["Fern Boilers.", "Hi"]
    assert call.warnings == (
        "1 of 4 recognised pieces have no speaker label; each was given to the speaker before it.",
    )


def test_channels_without_a_label_are_numbered() -> None:
    given = channels()
    for channel in given["results"]["channel_labels"]["channels"]:
        del channel["channel_label"]
    assert [turn.speaker for turn in call_of(given).turns] == ["ch_0", "ch_1", "ch_0"]


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = json.dumps(new_speaker_labels())
    (call,) = transcripts(Source.from_text(whole[: whole.index('"2.10"')], "call.json"))
    assert isinstance(call, Transcript)
    assert [turn.text for turn in call.turns] == ["Fern Boilers."]
    assert call.warnings[0].startswith("The file breaks off")


def test_without_speakers_it_is_refused() -> None:
    assert "has no speakers" in refusal_of(document(items=WORDS))
    assert "ShowSpeakerLabels" in refusal_of(document(items=WORDS))


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ({"items": []}, "no words were found"),
        ({"items": "none"}, "results.items: expected a list of objects, found str"),
        ({"items": [3]}, "results.items[0]: expected an object, found int"),
        ({"items": [item("Hi", "x", "1")]}, "results.items[0].start_time: expected a number, found str"),
        ({"items": [{"alternatives": [[]]}]}, "results.items[0].alternatives[0]: expected an object"),
        ({"speaker_labels": [1], "items": WORDS}, "results.speaker_labels: expected an object, found list"),
    ],
)
def test_malformed(results: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(document(**results))


@pytest.mark.parametrize("make", [make for make, _ in READ])
def test_spoiled(make) -> None:
    assert_only_transcript_errors(make(), "Boilers")
