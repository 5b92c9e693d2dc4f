"""Google CCAI uploads and CX Insights exports: roles, times, channels, both spellings."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def entry(role: str, text: str, micros: int, user: int = 1) -> dict[str, Any]:
    return {"start_timestamp_usec": micros, "text": text, "role": role, "user_id": user}


ENTRIES = [
    entry("AUTOMATED_AGENT", "Hello!", 500_000),
    entry("CUSTOMER", "My pump leaks.", 4_250_000, 9),
    entry("AGENT", "Which pump?", 7_000_000),
    entry("END_USER", "The T4.", 9_000_000, 9),
    entry("LEADER", "Hm.", 9_500_000, 3),
]
UPLOADED = [
    ("AUTOMATED_AGENT 1", "bot", "told", "Hello!"),
    ("CUSTOMER 9", "customer", "told", "My pump leaks."),
    ("AGENT 1", "agent", "told", "Which pump?"),
    ("END_USER 9", "customer", "told", "The T4."),
    ("LEADER 3", "unknown", "unknown", "Hm."),
]


@pytest.mark.parametrize(
    ("epoch", "starts", "started"),
    [
        (0, [0.5, 4.25, 7.0, 9.0, 9.5], None),
        (1_900_000_000_000_000, [0.0, 3.75, 6.5, 8.5, 9.0], "2030-03-17T17:46:40+00:00"),
    ],
)
def test_an_upload(epoch: int, starts: list[float], started: str | None) -> None:
    rows = [{**row, "start_timestamp_usec": row["start_timestamp_usec"] + epoch} for row in ENTRIES]
    call = call_of({"conversation_info": {}, "entries": rows})
    assert (call.format, call.channel, call.started) == ("google-ccai", None, started)
    assert [(t.speaker, t.role, t.role_source, t.text) for t in call.turns] == UPLOADED
    assert [turn.start for turn in call.turns] == starts


def segment(role: Any, text: str, start: float, end: float, channel: int = 0) -> dict[str, Any]:
    words = [{"word": "x", "startOffset": f"{start}s"}, {"word": "y", "endOffset": f"{end}s"}]
    if not start:
        del words[0]["startOffset"]  # how zero is written
    found = {"text": text, "confidence": 0.9, "words": words, "channelTag": channel}
    return found if role is None else {**found, "segmentParticipant": {"role": role, "userId": "7"}}


def insights(segments: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    base = {"name": "projects/p/locations/l/conversations/i-5", "medium": "PHONE_CALL"}
    return {
        **base,
        "startTime": "2031-03-04T10:00:00Z",
        "transcript": {"transcriptSegments": segments},
        **more,
    }


TOLD = [
    segment("HUMAN_AGENT", "Tarn Pumps.", 0, 1.2, 1),
    segment("END_USER", "My pump leaks.", 1.5, 2.75, 2),
    segment("HUMAN_AGENT", "I see.", 3, 3.5, 1),
    segment("HUMAN_AGENT", "Which pump?", 3.5, 4, 1),
]
BY_CHANNEL = [segment(None, s["text"], n, n + 0.5, s["channelTag"]) for n, s in enumerate(TOLD)]
CHANNELS = {"callMetadata": {"agentChannel": 1, "customerChannel": 2}}


def snake(document: dict[str, Any]) -> dict[str, Any]:
    """The same as a Python client writes it."""
    written = re.sub(
        r'"([a-z]+[A-Za-z]*)":', lambda m: re.sub("([A-Z])", r"_\1", m.group(0)).lower(), json.dumps(document)
    )
    return json.loads(written)  # type: ignore[no-any-return]


@pytest.mark.parametrize("document", [insights(TOLD), snake(insights(TOLD))])
def test_an_insights_call(document: dict[str, Any]) -> None:
    call = call_of({**document, "qualityMetadata": {"agentInfo": [{"displayName": "Rolf"}]}})
    assert (call.format, call.call_id, call.channel, call.agent) == (
        "google-insights",
        "i-5",
        "voice",
        "Rolf",
    )
    assert [(t.speaker, t.role, t.role_source, t.start, t.end, t.text) for t in call.turns] == [
        ("HUMAN_AGENT 7", "agent", "told", 0.0, 1.2, "Tarn Pumps."),
        ("END_USER 7", "customer", "told", 1.5, 2.75, "My pump leaks."),
        ("HUMAN_AGENT 7", "agent", "told", 3.0, 4.0, "I see. Which pump?"),
    ]


@pytest.mark.parametrize(
    ("more", "roles"),
    [
        (CHANNELS, [("channel 1", "agent", "joined"), ("channel 2", "customer", "joined")]),
        ({}, [("channel 1", "unknown", "unknown"), ("channel 2", "unknown", "unknown")]),
    ],
)
def test_channels_without_roles(more: dict[str, Any], roles: list[tuple[str, str, str]]) -> None:
    call = call_of(insights(BY_CHANNEL, **more))
    assert [(t.speaker, t.role, t.role_source) for t in call.turns[:2]] == roles


@pytest.mark.parametrize(
    ("number", "role"), [(1, "agent"), (2, "bot"), (3, "customer"), (4, "agent"), (0, "unknown")]
)
def test_roles_as_numbers(number: int, role: str) -> None:
    assert call_of(insights([segment(number, "Hello.", 0, 1, 1)])).turns[0].role == role


def test_a_chat_keeps_its_messages_apart_and_takes_their_times() -> None:
    rows = [
        {
            "text": f"Message {n}",
            "messageTime": f"2031-03-04T10:00:0{n}Z",
            "segmentParticipant": {"role": "AGENT"},
        }
        for n in (1, 2)
    ]
    call = call_of(insights(rows, medium="CHAT"))
    assert call.channel == "chat"
    assert [(t.role, t.start, t.text) for t in call.turns] == [
        ("agent", 0.0, "Message 1"),
        ("agent", 1.0, "Message 2"),
    ]


def test_a_mono_recording_without_roles_is_refused() -> None:
    assert "no speakers" in refusal_of(insights([segment(None, "Hello.", 0, 1, 0)]))


@pytest.mark.parametrize(
    "document", [{"entries": ENTRIES}, insights(TOLD, **CHANNELS), insights(BY_CHANNEL, **CHANNELS)]
)
def test_spoiled_documents_raise_nothing_else(document: dict[str, Any]) -> None:
    assert_only_transcript_errors(document, "My pump leaks", "Which pump")


def test_bug_a_conversation_as_a_row_of_bigquery_was_refused() -> None:
    def sentence(role: str, said: str, start: int, end: int) -> dict[str, Any]:
        times = {
            "startOffsetNanos": str(start * 10**9),
            "endOffsetNanos": end * 10**9,
            "createTimeNanos": None,
        }
        return {"sentence": said, "participantRole": role, "participantId": "7", **times}

    said = [sentence("HUMAN_AGENT", "Pump desk.", 0, 2), sentence("END_USER", "It leaks.", 2, 4)]
    row = {
        "conversationName": "projects/p/locations/l/conversations/i-5",
        "startTimestampUtc": 1_900_000_000,
        "medium": "PHONE_CALL",
        "transcript": "Pump desk. It leaks.",
        "sentences": said,
    }
    call = call_of(row)
    assert (call.format, call.call_id, call.started) == (
        "google-insights",
        "i-5",
        "2030-03-17T17:46:40+00:00",
    )
    assert [(t.speaker, t.role, t.start, t.end) for t in call.turns] == [
        ("HUMAN_AGENT 7", "agent", 0.0, 2.0),
        ("END_USER 7", "customer", 2.0, 4.0),
    ]
    assert "sentences[0]" in refusal_of({**row, "sentences": [{**said[0], "startOffsetNanos": []}]})
    assert_only_transcript_errors(row)
