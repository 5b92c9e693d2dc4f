"""LiveChat: who is agent, customer or bot, what only agents see, and a call for each thread."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of

BOT = "5c9871d5372c824cbf22d860a707a578"
USERS = [
    {"id": "c-1", "name": "Ida", "type": "customer"},
    {"id": "rolf@tarn.example", "name": "Rolf", "type": "agent"},
    {"id": BOT, "name": "Helper", "type": "agent"},
]


def event(author: str, text: str, second: int, **more: Any) -> dict[str, Any]:
    stamp = f"2031-03-04T10:00:{second:02}.250000Z"
    return {
        "type": "message",
        "author_id": author,
        "text": text,
        "created_at": stamp,
        "visibility": "all",
        **more,
    }


FORM = {
    "type": "filled_form",
    "author_id": "c-1",
    "created_at": "2031-03-04T10:00:00.250000Z",
    "fields": [{"type": "name", "label": "Name:", "answer": "Ida"}, {"label": "Mail", "answer": None}],
}
EVENTS = [
    FORM,
    event(BOT, "Hello!", 1),
    event("c-1", "My pump leaks.", 4),
    event("rolf@tarn.example", "Ask for the serial.", 6, visibility="agents"),
    event("rolf@tarn.example", "Which pump?", 8),
    {"type": "system_message", "text": "Chat archived", "created_at": "2031-03-04T10:01:00Z"},
    {"type": "file", "author_id": "c-1", "url": "https://x", "created_at": "2031-03-04T10:00:10Z"},
]
CHAT = {"id": "PJ0M", "users": USERS, "thread": {"id": "K600", "events": EVENTS}}


@pytest.mark.parametrize("document", [CHAT, {"chats": [CHAT]}, {**CHAT, "threads": []}])
def test_a_chat(document: dict[str, Any]) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == ("livechat", "PJ0M", "chat", "Rolf")
    assert [(t.speaker, t.role, t.start, t.text) for t in call.turns] == [
        ("Ida", "system", 0.0, "Name:: Ida"),
        ("Helper", "bot", 1.0, "Hello!"),
        ("Ida", "customer", 4.0, "My pump leaks."),
        ("Rolf", "system", 6.0, "Ask for the serial."),
        ("Rolf", "agent", 8.0, "Which pump?"),
        ("system", "system", 59.75, "Chat archived"),
    ]


def test_each_thread_is_a_call() -> None:
    threads = [{"id": "K1", "events": EVENTS[1:3]}, {"id": "K2", "events": EVENTS[4:5]}]
    calls = calls_of({"id": "PJ0M", "users": USERS, "threads": threads})
    assert [getattr(call, "call_id", call) for call in calls] == ["PJ0M-K1", "PJ0M-K2"]


def test_an_author_who_is_no_user_stays_unknown() -> None:
    call = call_of({"id": "PJ0M", "users": [], "thread": {"events": [event("x", "Hello.", 1)]}})
    assert [(t.speaker, t.role, t.role_source) for t in call.turns] == [("x", "unknown", "unknown")]


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors(CHAT, "My pump leaks", "Which pump")
