"""Freshdesk: the description first, incoming and outgoing, private notes, three shapes of export."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of


def entry(body: str, minute: int, *, incoming: bool, **more: Any) -> dict[str, Any]:
    return {
        "id": 100 + minute,
        "ticket_id": 12,
        "body": f"<div>{body}</div>",
        "body_text": body,
        "incoming": incoming,
        "private": False,
        "user_id": 501 if incoming else 502,
        "source": 0,
        "created_at": f"2031-03-04T10:{minute:02}:00Z",
        **more,
    }


ENTRIES = [
    entry("Is it the T4?", 5, incoming=False),
    entry("Yes, it is.<blockquote>Is it the T4?</blockquote>", 9, incoming=True),
    entry("He calls often.", 10, incoming=False, private=True),
    entry("Still there?", 50, incoming=False, automation_id=4),
    entry("A seal is on its way.", 55, incoming=False, user_id=503),
]
TICKET = {
    "id": 12,
    "subject": "Pump",
    "description": "<div>My pump leaks.<br>Ida</div>",
    "description_text": "My pump leaks. Ida",
    "source": 1,
    "requester_id": 501,
    "responder_id": 502,
    "requester": {"id": 501, "name": "Ida Voss"},
    "created_at": "2031-03-04T10:00:00Z",
}
SAID = [
    ("502", "agent", "Is it the T4?"),
    ("501", "customer", "Yes, it is."),
    ("502", "system", "He calls often."),
    ("502", "bot", "Still there?"),
    ("503", "agent", "A seal is on its way."),
]
NAMED = [("Ida Voss" if speaker == "501" else speaker, role, text) for speaker, role, text in SAID]
FIRST = ("Ida Voss", "customer", "My pump leaks.\nIda")
EXPORT = {
    "helpdesk_ticket": {
        "display_id": 12,
        "description": TICKET["description"],
        "requester_id": 501,
        "requester_name": "Ida Voss",
        "created_at": TICKET["created_at"],
        "notes": [{"note": {**e, "body_html": e["body"], "body": e["body_text"]}} for e in ENTRIES],
    }
}


@pytest.mark.parametrize(
    ("document", "expected", "call_id"),
    [
        ({**TICKET, "conversations": ENTRIES}, [FIRST, *NAMED], "12"),
        ({**TICKET, "conversations": []}, [FIRST], "12"),
        (EXPORT, [FIRST, *NAMED], "12"),
        (ENTRIES, SAID, "12"),
    ],
    ids=["ticket", "ticket without replies", "account export", "bare list"],
)
def test_a_ticket(document: Any, expected: list[tuple[str, str, str]], call_id: str) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel) == ("freshdesk", call_id, "email")
    assert [(t.speaker, t.role, t.text) for t in call.turns] == expected
    assert {turn.role_source for turn in call.turns} == {"told"}


def test_times_and_the_agents_name() -> None:
    call = call_of({**TICKET, "responder": {"id": 502, "name": "Rolf"}, "conversations": ENTRIES})
    assert [turn.start for turn in call.turns] == [0.0, 300.0, 540.0, 600.0, 3000.0, 3300.0]
    assert call.agent == "Rolf"


def test_a_ticket_that_an_agent_opened_begins_with_the_agent() -> None:
    call = call_of({**TICKET, "source": 10, "conversations": ENTRIES[1:2]})
    assert [turn.role for turn in call.turns] == ["agent", "customer"]


def test_a_chat_ticket_is_a_chat() -> None:
    assert call_of({**TICKET, "source": 7, "conversations": ENTRIES}).channel == "chat"


@pytest.mark.parametrize("document", [{**TICKET, "conversations": ENTRIES}, EXPORT, ENTRIES])
def test_spoiled_documents_raise_nothing_else(document: Any) -> None:
    assert_only_transcript_errors(document, "My pump leaks", "Is it the T4")
