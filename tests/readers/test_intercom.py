"""Intercom: the first message in `source`, notes and machines kept apart from what admins say."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

IDA = {"type": "user", "id": "u1", "name": "Ida"}
ROLF = {"type": "admin", "id": "7", "name": "Rolf"}
FIN = {"type": "bot", "id": "8", "name": "Fynn"}


def part(author: dict[str, Any], body: str | None, second: int, kind: str = "comment") -> dict[str, Any]:
    base = {"type": "conversation_part", "id": str(second), "part_type": kind, "attachments": []}
    return {**base, "body": body, "created_at": 1_900_000_000 + second, "author": author}


def document(*parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "type": "conversation",
        "id": "4400",
        "created_at": 1_900_000_000,
        "source": {
            "type": "conversation",
            "delivered_as": "customer_initiated",
            "body": "<p>My pump &amp; hose leak.</p>",
            "author": IDA,
        },
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": list(parts),
            "total_count": len(parts),
        },
        **changes,
    }


def test_a_conversation() -> None:
    call = call_of(
        document(
            part(FIN, "<p>Have you read the guide?</p>", 2),
            part(ROLF, None, 30, "assignment"),
            part(ROLF, "<p>He is on the old plan.</p>", 40, "note"),
            part(ROLF, "<p>Which pump<br>is it?</p>", 50),
            part({"type": "lead", "id": "u1"}, "<p>The T4</p>", 60),
            part(ROLF, "Bye!", 90, "close"),
        )
    )
    assert (call.format, call.call_id, call.channel, call.agent) == ("intercom", "4400", "chat", "Rolf")
    assert [(t.speaker, t.role, t.start, t.text) for t in call.turns] == [
        ("Ida", "customer", 0.0, "My pump & hose leak."),
        ("Fynn", "bot", 2.0, "Have you read the guide?"),
        ("Rolf", "system", 40.0, "He is on the old plan."),
        ("Rolf", "agent", 50.0, "Which pump\nis it?"),
        ("u1", "customer", 60.0, "The T4"),
        ("Rolf", "agent", 90.0, "Bye!"),
    ]
    assert {turn.role_source for turn in call.turns} == {"told"}
    assert call.warnings == ()


@pytest.mark.parametrize(
    ("author", "kind", "role"),
    [
        (ROLF, "comment", "agent"),
        (ROLF, "open", "agent"),
        (ROLF, "note", "system"),
        (ROLF, "note_and_reopen", "system"),
        (ROLF, "assignment", "system"),
        ({**ROLF, "from_ai_agent": True}, "comment", "bot"),
        ({**ROLF, "is_ai_answer": True}, "comment", "bot"),
        (FIN, "comment", "bot"),
        (FIN, "fin_note", "system"),
        (IDA, "open", "customer"),
        (IDA, "quick_reply", "customer"),
        ({"type": "contact", "id": "4"}, "comment", "customer"),
        ({"type": "somebody", "id": "4"}, "comment", "unknown"),
        (None, "comment", "unknown"),
    ],
)
def test_whose_a_part_is(author: dict[str, Any] | None, kind: str, role: str) -> None:
    call = call_of(document(part(author, "Words.", 5, kind), source=None))  # type: ignore[arg-type]
    assert [turn.role for turn in call.turns] == [role]


@pytest.mark.parametrize(
    ("source", "role", "channel"),
    [
        ({"type": "email", "author": IDA}, "customer", "email"),
        ({"type": "conversation", "author": ROLF, "delivered_as": "admin_initiated"}, "agent", "chat"),
        ({"type": "conversation", "author": ROLF, "delivered_as": "automated"}, "bot", "chat"),
    ],
)
def test_the_first_message(source: dict[str, Any], role: str, channel: str) -> None:
    call = call_of(document(source={"body": "Hello.", **source}))
    assert (call.turns[0].role, call.channel) == (role, channel)


def test_missing_parts_are_told() -> None:
    whole = document(part(ROLF, "Hi.", 5))
    whole["conversation_parts"]["total_count"] = 640
    assert "counts 640 messages" in call_of(whole).warnings[0]
    only_source = document()
    del only_source["conversation_parts"]
    assert "Only the first message" in call_of(only_source).warnings[0]


def test_a_list_of_conversations_is_one_call_each() -> None:
    listed = {"type": "conversation.list", "conversations": [document(id="1"), document(id="2")]}
    assert [getattr(call, "call_id", call) for call in calls_of(listed)] == ["1", "2"]


def test_nothing_said_is_refused() -> None:
    assert "no words were found" in refusal_of(document(part(ROLF, None, 5, "close"), source=None))


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors(
        document(part(ROLF, "Which pump?", 5), part(IDA, "T4", 6)), "Which pump", "hose"
    )
