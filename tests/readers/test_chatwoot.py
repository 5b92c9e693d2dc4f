"""Chatwoot: incoming, outgoing, activity and template messages, private notes, bots, mails."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of

IDA = {"id": 1, "name": "Ida", "type": "contact"}
ROLF = {"id": 2, "name": "Rolf", "type": "user"}


def message(
    kind: Any, content: str | None, second: int, sender: dict[str, Any] | None, **more: Any
) -> dict[str, Any]:
    base = {"id": second, "conversation_id": 31, "message_type": kind, "content": content, "private": False}
    return {**base, "created_at": 1_900_000_000 + second, "sender": sender, **more}


MESSAGES = [
    message(0, "My pump leaks.", 0, IDA),
    message(3, "Leave your mail address.", 1, None),
    message(2, "Rolf self-assigned this", 5, None),
    message(1, "Old plan.", 6, ROLF, private=True),
    message(1, "Which pump?", 9, ROLF),
    message(1, None, 10, ROLF, attachments=[{}]),
]
SAID = [
    ("Ida", "customer", 0.0, "My pump leaks."),
    ("bot", "bot", 1.0, "Leave your mail address."),
    ("system", "system", 5.0, "Rolf self-assigned this"),
    ("Rolf", "system", 6.0, "Old plan."),
    ("Rolf", "agent", 9.0, "Which pump?"),
]


@pytest.mark.parametrize(
    "document",
    [
        {"meta": {"assignee": {"name": "Rolf"}}, "payload": MESSAGES},
        {"id": 31, "messages": MESSAGES, "meta": {}},
        MESSAGES,
    ],
)
def test_a_conversation(document: Any) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == ("chatwoot", "31", "chat", "Rolf")
    assert [(t.speaker, t.role, t.start, t.text) for t in call.turns] == SAID


@pytest.mark.parametrize(
    ("kind", "more", "role"),
    [
        ("incoming", {}, "customer"),
        ("outgoing", {}, "agent"),
        ("outgoing", {"sender_type": "AgentBot"}, "bot"),
        ("outgoing", {"sender_type": "Captain::Assistant"}, "bot"),
        (1, {"sender": {"name": "Helper", "type": "agent_bot"}}, "bot"),
        ("template", {}, "bot"),
        ("activity", {}, "system"),
    ],
)
def test_whose_a_message_is(kind: Any, more: dict[str, Any], role: str) -> None:
    call = call_of({"payload": [{**message(kind, "Hello.", 1, ROLF), **more}]})
    assert [turn.role for turn in call.turns] == [role]


def test_of_a_mail_the_reply_itself() -> None:
    mail = {"email": {"text_content": {"full": "New.\n\n> Old.", "reply": "New."}}}
    item = message(0, "New.\n\n> Old.", 1, IDA, content_type="incoming_email", content_attributes=mail)
    call = call_of({"payload": [item]})
    assert (call.channel, call.turns[0].text) == ("email", "New.")


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors({"payload": MESSAGES, "meta": {}}, "My pump leaks", "Which pump")
