"""Gorgias: stripped texts or own stripping, notes, rules and failed mails apart."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of

QUOTED = "\n\nOn Tue, Mar 4, 2031, at 02:17 PM, Tarn <help@tarn.example> wrote:\nOld words."


def message(text: str, minute: int, *, agent: bool, **more: Any) -> dict[str, Any]:
    return {
        "id": minute,
        "ticket_id": 55,
        "public": True,
        "channel": "email",
        "via": "email",
        "rule_id": None,
        "from_agent": agent,
        "sender": {"id": 2, "name": "Rolf", "email": "r@tarn.example"} if agent else {"id": 1, "name": "Ida"},
        "body_text": text + QUOTED,
        "stripped_text": text,
        "created_datetime": f"2031-03-04T10:{minute:02}:00.123456+00:00",
        "failed_datetime": None,
        **more,
    }


TICKET = {
    "id": 55,
    "channel": "email",
    "assignee_user": {"id": 9, "name": "Uma"},
    "messages": [message("My pump leaks.", 0, agent=False), message("Is it the T4?", 5, agent=True)],
}
SAID = [("Ida", "customer", 0.0, "My pump leaks."), ("Rolf", "agent", 300.0, "Is it the T4?")]


@pytest.mark.parametrize("document", [TICKET, {"data": TICKET["messages"], "meta": {}}, TICKET["messages"]])
def test_a_ticket(document: Any) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == ("gorgias", "55", "email", "Rolf")
    assert [(t.speaker, t.role, t.start, t.text) for t in call.turns] == SAID


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        ({"stripped_text": None}, ["Hello."]),
        ({"stripped_text": ""}, []),
        ({"stripped_text": None, "body_text": None, "body_html": "<p>Hi<br>you</p>"}, ["Hi\nyou"]),
    ],
)
def test_the_text_is_what_is_new(fields: dict[str, Any], texts: list[str]) -> None:
    other = message("Other.", 1, agent=False)
    call = call_of({"id": 55, "messages": [message("Hello.", 5, agent=True, **fields), other]})
    assert [turn.text for turn in call.turns if turn.role == "agent"] == texts


@pytest.mark.parametrize(
    ("fields", "role"),
    [
        ({}, "agent"),
        ({"public": False}, "system"),
        ({"channel": "internal-note"}, "system"),
        ({"failed_datetime": "2031-03-04T11:00:00"}, "system"),
        ({"rule_id": 4}, "bot"),
        ({"via": "rule"}, "bot"),
        ({"sender": {"name": "Gorgias Bot"}}, "bot"),
        ({"from_agent": None}, "unknown"),
    ],
)
def test_whose_a_message_is(fields: dict[str, Any], role: str) -> None:
    call = call_of({"id": 55, "messages": [message("Hello.", 5, agent=True, **fields)]})
    assert [turn.role for turn in call.turns] == [role]


def test_a_list_of_several_tickets_is_several_calls() -> None:
    listed = [message("A", 1, agent=False), message("B", 2, agent=True, ticket_id=56)]
    assert [getattr(call, "call_id", call) for call in calls_of({"data": listed})] == ["55", "56"]


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors(TICKET, "My pump leaks", "Is it the T4")
