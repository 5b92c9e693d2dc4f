"""Gorgias: a ticket with its messages, or a list of messages; `from_agent` tells whose each is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, optional_record, optional_text, records, text
from carescore.readers.mail import own_words
from carescore.readers.messages import Message, channel_named, conversation, instant
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Role, Transcript

_TEXTS: Final = ("stripped_text", "stripped_html", "body_text", "body_html")
_BY_RULE: Final = frozenset({"rule", "self_service", "ai-agent"})
_MACHINE: Final = "Gorgias Bot"


def accepts(document: Json) -> bool:
    """Messages with `from_agent` and a text."""
    message = first_record(_messages(document))
    return has(message, "from_agent") and any(key in message for key in _TEXTS)


def _messages(document: Json) -> Json:
    if not isinstance(document, dict):
        return document
    return document.get("messages") or document.get("data")


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """One call a ticket: a list of messages may hold those of several tickets."""
    ticket = optional_record(document)
    by_ticket: dict[str, list[tuple[str, dict[str, Json]]]] = {}
    for number, item in enumerate(records(_messages(document), "messages", origin)):
        ticket_id = optional_text(item.get("ticket_id")) or optional_text(ticket.get("id"))
        by_ticket.setdefault(ticket_id, []).append((f"messages[{number}]", item))
    for ticket_id, items in by_ticket.items():
        yield conversation(
            [_message(item, key, origin) for key, item in items],
            origin,
            call_id=ticket_id,
            channel=channel_named(ticket.get("channel") or items[0][1].get("channel")),
            agent=optional_text(optional_record(ticket.get("assignee_user")).get("name")) or None,
        )


def _message(item: dict[str, Json], key: str, origin: Origin) -> Message:
    sender = optional_record(item.get("sender"))
    name = optional_text(sender.get("name"))
    # Gorgias leaves an empty stripped text where all is quoted, and none where it did not look.
    body = next((item[k] for k in _TEXTS if item.get(k) is not None), None)
    return Message(
        speaker=name or optional_text(sender.get("email")) or optional_text(sender.get("id")),
        role=_role(item, name),
        text=own_words(text(body, f"{key}.body_text", origin)),
        instant=instant(item.get("created_datetime"), f"{key}.created_datetime", origin),
        agent=name or None,
    )


def _role(item: dict[str, Json], name: str) -> Role:
    """Notes, and mails that could not be sent, never reached the customer."""
    if item.get("public") is False or item.get("channel") == "internal-note" or item.get("failed_datetime"):
        return "system"
    if item.get("from_agent") is not True:
        return "customer" if item.get("from_agent") is False else "unknown"
    by_rule = item.get("rule_id") is not None or optional_text(item.get("via")) in _BY_RULE
    return "bot" if by_rule or name == _MACHINE else "agent"


READER: Final = Reader(
    id="gorgias",
    name="Gorgias ticket",
    content="json",
    roles="told",
    verified="real file",
    accepts=accepts,
    read=read,
)
