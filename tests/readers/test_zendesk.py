"""Zendesk: who wrote a comment, notes and automatic mails, audits, pages, and chat histories."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of

IDA, ROLF, UMA = 501, 502, 503


def comment(
    author: int, body: str, minute: int, *, public: bool = True, via: str = "email"
) -> dict[str, Any]:
    return {
        "id": 9000 + minute,
        "type": "Comment",
        "author_id": author,
        "html_body": f"<div><p>{body}</p></div>",
        "public": public,
        "audit_id": 1,
        "via": {"channel": via},
        "created_at": f"2031-03-04T10:{minute:02}:00Z",
    }


COMMENTS = [
    comment(IDA, "My pump leaks.", 0),
    comment(ROLF, "Is it the T4?", 5),
    comment(UMA, "Check the seal list.", 6, public=False, via="web"),
    comment(UMA, "A new seal is on its way.<blockquote>My pump leaks.</blockquote>", 20, via="web"),
    comment(ROLF, "We got your mail.", 1, via="rule"),
]
USERS = [
    {"id": IDA, "name": "Ida Voss", "role": "end-user"},
    {"id": ROLF, "name": "Rolf", "role": "agent"},
    {"id": UMA, "name": "Uma", "role": "admin"},
]
TICKET = {"id": 77, "requester_id": IDA, "assignee_id": ROLF, "via": {"channel": "email"}}
TEXTS = [
    "My pump leaks.",
    "We got your mail.",
    "Is it the T4?",
    "Check the seal list.",
    "A new seal is on its way.",
]
WITH_USERS = [
    ("Ida Voss", "customer", "joined"),
    ("Rolf", "bot", "told"),
    ("Rolf", "agent", "joined"),
    ("Uma", "system", "told"),
    ("Uma", "agent", "joined"),
]
WITH_REQUESTER = [
    ("501", "customer", "joined"),
    ("502", "bot", "told"),
    ("502", "agent", "joined"),
    ("503", "system", "told"),
    ("503", "agent", "joined"),
]
ALONE = [
    ("501", "unknown", "unknown"),
    ("502", "bot", "told"),
    ("502", "unknown", "unknown"),
    ("503", "system", "told"),
    ("503", "agent", "joined"),  # only staff can write an internal note
]
AUDITS = {
    "audits": [
        {
            "id": 1,
            "author_id": c["author_id"],
            "created_at": c["created_at"],
            "via": c["via"],
            "events": [
                {"type": "Change", "field_name": "status"},
                {"type": "Comment", "html_body": c["html_body"], "public": c["public"]},
            ],
        }
        for c in COMMENTS
    ]
}


@pytest.mark.parametrize(
    ("document", "people"),
    [
        ({"comments": COMMENTS, "users": USERS}, WITH_USERS),
        ({"ticket": TICKET, "comments": COMMENTS}, WITH_REQUESTER),
        ({**TICKET, "comments": COMMENTS}, WITH_REQUESTER),
        ({"ticket": {**TICKET, "comments": COMMENTS}, "users": USERS}, WITH_USERS),
        ({"comments": COMMENTS}, ALONE),
        (AUDITS, ALONE),
    ],
)
def test_who_wrote_what(document: dict[str, Any], people: list[tuple[str, str, str]]) -> None:
    call = call_of(document)
    assert call.format == "zendesk"
    assert call.channel == "email"
    assert [turn.text for turn in call.turns] == TEXTS
    assert [(t.speaker, t.role, t.role_source) for t in call.turns] == people
    assert [turn.start for turn in call.turns] == [0.0, 60.0, 300.0, 360.0, 1200.0]


def test_what_the_ticket_tells_of_the_call() -> None:
    call = call_of({"ticket": TICKET, "comments": COMMENTS, "users": USERS, "count": 9})
    assert (call.call_id, call.agent, call.started) == ("77", "Uma", "2031-03-04T10:00:00+00:00")
    assert "counts 9 messages and the file holds 5" in call.warnings[0]
    assert "several agents (Uma, Rolf)" in call.warnings[1]


def test_a_person_in_copy_is_not_taken_for_the_agent() -> None:
    call = call_of({"ticket": {**TICKET, "email_cc_ids": [ROLF]}, "comments": COMMENTS[:2]})
    assert [turn.role for turn in call.turns] == ["customer", "unknown"]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"html_body": "<p>a</p>", "plain_body": "b", "body": "c"}, "a"),
        ({"html_body": None, "plain_body": "b", "body": "c"}, "b"),
        ({"body": "**c**"}, "**c**"),
    ],
)
def test_the_body_comes_from_html_first(fields: dict[str, Any], text: str) -> None:
    base = {"author_id": IDA, "public": True, "audit_id": 4}
    assert call_of({"comments": [{**base, **fields}]}).turns[0].text == text


@pytest.mark.parametrize(
    ("via", "channel"), [("native_messaging", "chat"), ("whatsapp", "chat"), ("web", "email")]
)
def test_the_channel_follows_the_ticket(via: str, channel: str) -> None:
    call = call_of({"ticket": {**TICKET, "via": {"channel": via}}, "comments": COMMENTS})
    assert call.channel == channel


CHAT = {
    "type": "chat",
    "id": "2103.77",
    "visitor": {"name": "Ida"},
    "history": [
        {"type": "chat.memberjoin", "name": "Ida", "nick": "visitor", "timestamp": "2031-03-04T10:00:00Z"},
        {
            "type": "chat.msg",
            "name": "Ida",
            "sender_type": "Visitor",
            "msg": "Hello?",
            "timestamp": "2031-03-04T10:00:05Z",
        },
        {
            "type": "chat.msg",
            "name": "Hint",
            "sender_type": "Trigger",
            "msg": "Hi!",
            "timestamp": "2031-03-04T10:00:06Z",
        },
        {
            "type": "chat.msg",
            "name": "Rolf",
            "nick": "agent:12",
            "msg": "Good day.",
            "timestamp": "2031-03-04T10:00:09Z",
        },
        {
            "type": "chat.msg",
            "name": "Hint",
            "nick": "agent:trigger",
            "msg": "Still?",
            "timestamp": "2031-03-04T10:00:12Z",
        },
        {"type": "chat.rating", "new_rating": "good", "timestamp": "2031-03-04T10:00:20Z"},
    ],
}


def test_a_chat_history() -> None:
    call = call_of(CHAT)
    assert (call.format, call.call_id, call.channel, call.agent) == (
        "zendesk-chat",
        "2103.77",
        "chat",
        "Rolf",
    )
    assert [(t.speaker, t.role, t.start, t.text) for t in call.turns] == [
        ("Ida", "customer", 0.0, "Hello?"),
        ("Hint", "bot", 1.0, "Hi!"),
        ("Rolf", "agent", 4.0, "Good day."),
        ("Hint", "bot", 7.0, "Still?"),
    ]


def test_an_offline_message_is_the_customers() -> None:
    call = call_of({"type": "offline_msg", "id": "9", "message": "Call me.", "visitor": {"name": "Ida"}})
    assert [(t.speaker, t.role, t.text) for t in call.turns] == [("Ida", "customer", "Call me.")]
    assert call.channel == "email"


@pytest.mark.parametrize(
    "document",
    [{"ticket": TICKET, "comments": COMMENTS, "users": USERS}, AUDITS, CHAT],
    ids=["ticket", "audits", "chat"],
)
def test_spoiled_documents_raise_nothing_else(document: dict[str, Any]) -> None:
    assert_only_transcript_errors(document, "My pump leaks", "Hello?")
