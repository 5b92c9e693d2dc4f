"""Amazon Post-Call Analytics: display names for speakers, edited text, the voice menu."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def segment(speaker: str, said: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {
        "SegmentSpeaker": speaker,
        "SegmentStartTime": start,
        "SegmentEndTime": end,
        "OriginalText": said,
        "DisplayText": said,
        "WordConfidence": [{"Text": "x", "Confidence": 0.5}, {"Text": "y", "Confidence": 1.0}],
        **more,
    }


def document(**header: Any) -> dict[str, Any]:
    analytics = {
        "GUID": "guid-7",
        "Agent": "Perla",
        "ConversationTime": "2031-05-06 10:00:00.250000",
        "ProcessTime": "2031-05-07 01:00:00",
        "SpeakerLabels": [
            {"Speaker": "spk_0", "DisplayText": "Customer"},
            {"Speaker": "spk_1", "DisplayText": "Agent"},
        ],
        "SourceInformation": [{"TranscribeJobInfo": {"ChannelIdentification": 1}}],
        **header,
    }
    segments = [
        segment("spk_1", "Press one.", 0.0, 1.0, IVRSegment=True),
        segment("spk_1", "Kite shop, hello.", 2.0, 4.0, DisplayText=None),
        segment("spk_0", "My kite torn.", 3.5, 5.0, DisplayText="My kite tore."),
    ]
    return {"ConversationAnalytics": analytics, "SpeechSegments": segments}


def test_turns() -> None:
    call = call_of(document())
    assert [(t.speaker, t.role, t.role_source, t.text, t.start, t.end) for t in call.turns] == [
        ("IVR", "bot", "told", "Press one.", 0.0, 1.0),
        ("Agent", "agent", "told", "Kite shop, hello.", 2.0, 4.0),
        ("Customer", "customer", "told", "My kite tore.", 3.5, 5.0),
    ]
    assert [t.confidence for t in call.turns] == [0.75] * 3
    assert (call.call_id, call.agent, call.started) == ("guid-7", "Perla", "2031-05-06T10:00:00.250000")
    assert (call.channel, call.format, call.warnings) == ("voice", "amazon-pca", ())


@pytest.mark.parametrize("written", ["2031-05-07 01:00:00", "", "yesterday", None])
def test_a_start_that_nobody_gave_is_none(written: str | None) -> None:
    assert call_of(document(ConversationTime=written)).started is None


@pytest.mark.parametrize("flag", [0, "0", False, "false"])
def test_names_given_by_order_are_warned_of(flag: Any) -> None:
    source = [{"TranscribeJobInfo": {"ChannelIdentification": flag}}]
    (warning,) = call_of(document(SourceInformation=source)).warnings
    assert "in the order of their numbers" in warning


def test_without_names_the_speakers_stay_unknown() -> None:
    call = call_of(document(SpeakerLabels=[]))
    assert [(t.speaker, t.role) for t in call.turns][1:] == [("spk_1", "unknown"), ("spk_0", "unknown")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SpeechSegments": None}, "no words were found"),
        ({"SpeechSegments": [{"DisplayText": "Hi"}]}, "has no speakers"),
        ({"ConversationAnalytics": []}, "ConversationAnalytics: expected an object, found list"),
        (
            {"SpeechSegments": [segment("spk_0", "Hi", "x", 1)]},
            "SpeechSegments[0].SegmentStartTime: expected",
        ),
    ],
)
def test_malformed(change: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of({**document(), **change})


def test_spoiled() -> None:
    assert_only_transcript_errors(document(), "kite")
