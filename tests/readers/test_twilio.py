"""Twilio: sentences by channel with seconds as strings, joined participants, and Conversations messages."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

SID = "GT" + "a1" * 16


def sentence(channel: int | None, text: str, start: str, end: str) -> dict[str, Any]:
    row = {
        "transcript": text,
        "start_time": start,
        "end_time": end,
        "confidence": "0.91",
        "sentence_index": 0,
    }
    return {**row, "media_channel": channel, "words": []}


SENTENCES = [
    sentence(1, "Tarn Pumps,", "0.50", "1.20"),
    sentence(1, "this is Rolf.", "1.20", "2.00"),
    sentence(2, "My pump leaks.", "2.40", "3.60"),
    sentence(1, "Mhm.", "3.00", "3.20"),
]
META = {
    "key": "sentences",
    "page": 0,
    "next_page_url": None,
    "url": f"https://x/v2/Transcripts/{SID}/Sentences",
}
RESOURCE = {
    "sid": SID,
    "media_start_time": "2031-03-04T10:00:00Z",
    "channel": {
        "participants": [
            {"channel_participant": 1, "role": "Agent", "full_name": "Rolf"},
            {"channel_participant": 2, "role": "Customer"},
        ]
    },
}
TEXTS = [(0.5, 2.0, "Tarn Pumps, this is Rolf."), (2.4, 3.6, "My pump leaks."), (3.0, 3.2, "Mhm.")]


@pytest.mark.parametrize(
    ("document", "people", "agent"),
    [
        (
            {"sentences": SENTENCES, "meta": META},
            [("channel 1", "unknown", "unknown"), ("channel 2", "unknown", "unknown")],
            None,
        ),
        (
            {"transcript": RESOURCE, "sentences": SENTENCES},
            [("Rolf", "agent", "joined"), ("channel 2", "customer", "joined")],
            "Rolf",
        ),
        (
            {**RESOURCE, "sentences": SENTENCES},
            [("Rolf", "agent", "joined"), ("channel 2", "customer", "joined")],
            "Rolf",
        ),
    ],
)
def test_sentences(document: dict[str, Any], people: list[tuple[str, str, str]], agent: str | None) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == (
        "twilio-intelligence",
        SID,
        "voice",
        agent,
    )
    assert [(t.start, t.end, t.text) for t in call.turns] == TEXTS
    assert [(t.speaker, t.role, t.role_source) for t in call.turns] == [people[0], people[1], people[0]]
    assert call.turns[1].confidence == 0.91
    assert call.warnings == ()


def test_the_spelling_of_the_node_client() -> None:
    rows = [{"mediaChannel": 2, "transcript": "Yes.", "startTime": "1.5", "endTime": "2"}]
    assert [(t.speaker, t.start, t.end) for t in call_of({"sentences": rows}).turns] == [
        ("channel 2", 1.5, 2.0)
    ]


def test_one_page_of_several_is_told() -> None:
    call = call_of({"sentences": SENTENCES, "meta": {**META, "next_page_url": "https://x?Page=1"}})
    assert "pages after it are missing" in call.warnings[0]


def test_sentences_without_channels_are_refused() -> None:
    rows = [sentence(None, "My pump leaks.", "0", "1")]
    assert "no speakers" in refusal_of({"sentences": rows})


def message(author: str, body: str, second: int, conversation: str = "CH1") -> dict[str, Any]:
    stamp = f"2031-03-04T10:00:{second:02}Z"
    return {
        "author": author,
        "body": body,
        "conversation_sid": conversation,
        "date_created": stamp,
        "index": second,
    }


MESSAGES = [
    message("+155500001", "My pump leaks.", 0),
    message("system", "Rolf joined.", 2),
    message("rolf", "Which pump?", 5),
    message("rolf", "", 6),
]
PARTICIPANTS = [
    {"identity": None, "messaging_binding": {"type": "sms", "address": "+155500001"}},
    {"identity": "rolf", "messaging_binding": None},
]


@pytest.mark.parametrize(
    ("more", "roles"),
    [
        ({}, ["unknown", "system", "unknown"]),
        ({"participants": PARTICIPANTS}, ["customer", "system", "agent"]),
        ({"participants": PARTICIPANTS[1:]}, ["unknown", "system", "unknown"]),
    ],
)
def test_conversation_messages(more: dict[str, Any], roles: list[str]) -> None:
    call = call_of({"messages": MESSAGES, "meta": {"next_page_url": None}, **more})
    assert (call.format, call.call_id, call.channel) == ("twilio-conversations", "CH1", "chat")
    assert [(t.speaker, t.start) for t in call.turns] == [("+155500001", 0.0), ("system", 2.0), ("rolf", 5.0)]
    assert [turn.role for turn in call.turns] == roles


def test_messages_of_several_conversations_are_several_calls() -> None:
    listed = [message("a", "One.", 0), message("b", "Two.", 1, "CH2"), message("b", "Three.", 2)]
    calls = calls_of({"messages": listed})
    assert [(call.call_id, len(call.turns)) for call in calls] == [("CH1", 2), ("CH2", 1)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "document",
    [
        {"transcript": RESOURCE, "sentences": SENTENCES, "meta": META},
        {"messages": MESSAGES, "participants": PARTICIPANTS},
    ],
)
def test_spoiled_documents_raise_nothing_else(document: dict[str, Any]) -> None:
    assert_only_transcript_errors(document, "My pump leaks", "Which pump")
