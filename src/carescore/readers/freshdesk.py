"""Freshdesk: a ticket with its conversations, the list of conversations alone, or an account export.

The ticket's description is the first message. `incoming` tells the customer's messages from the agent's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, optional_record, optional_text, records, text
from carescore.readers.mail import own_words
from carescore.readers.messages import Message, conversation, instant
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Channel, Role, Transcript

_OUTBOUND_MAIL: Final = 10  # a ticket that an agent opened by writing to the customer
_CHAT_SOURCES: Final = (5, 6, 7, 13)  # Twitter, Facebook, chat, WhatsApp


def accepts(document: Json) -> bool:
    """A ticket with conversations or notes, the list of them alone, or a ticket without any."""
    if isinstance(document, list):
        return _is_entry(first_record(document))
    if not isinstance(document, dict):
        return False
    ticket = optional_record(document.get("helpdesk_ticket")) or document
    return _is_entry(_unwrapped(first_record(ticket.get("conversations") or ticket.get("notes")))) or (
        has(ticket, "description", "description_text", "requester_id")
    )


def _is_entry(entry: dict[str, Json]) -> bool:
    return has(entry, "incoming", "private") and ("body" in entry or "body_text" in entry)


def _unwrapped(entry: dict[str, Json]) -> dict[str, Json]:
    """An account export puts each note into an object of its own."""
    return optional_record(entry.get("note")) or entry


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one ticket."""
    whole = {"conversations": document} if isinstance(document, list) else document
    ticket = optional_record(whole.get("helpdesk_ticket")) or whole
    key = "conversations" if ticket.get("conversations") else "notes"
    entries = [_unwrapped(entry) for entry in records(ticket.get(key), key, origin)]
    names = _names(ticket)
    messages = [_message(entry, f"{key}[{n}]", names, origin) for n, entry in enumerate(entries)]
    if description := _description(ticket, names, origin):
        messages.insert(0, description)
    yield conversation(
        messages,
        origin,
        call_id=_ticket_id(ticket, entries),
        channel=_channel(ticket),
        agent=names.get(optional_text(ticket.get("responder_id"))),
    )


def _ticket_id(ticket: dict[str, Json], entries: list[dict[str, Json]]) -> str:
    ids = (ticket.get("display_id"), ticket.get("id"), first_record(entries).get("ticket_id"))
    return next(filter(None, map(optional_text, ids)), "")


def _channel(ticket: dict[str, Json]) -> Channel:
    return "chat" if ticket.get("source") in _CHAT_SOURCES else "email"


def _names(ticket: dict[str, Json]) -> dict[str, str]:
    """Names by user id, as far as the ticket tells them."""
    found = {}
    for key in ("requester", "responder"):
        person = optional_record(ticket.get(key))
        name = optional_text(person.get("name")) or optional_text(ticket.get(f"{key}_name"))
        person_id = optional_text(person.get("id")) or optional_text(ticket.get(f"{key}_id"))
        if name and person_id:
            found[person_id] = name
    return found


def _description(ticket: dict[str, Json], names: dict[str, str], origin: Origin) -> Message | None:
    body = next((ticket[key] for key in ("description", "description_text") if ticket.get(key)), None)
    if body is None:
        return None
    by_agent = ticket.get("source") == _OUTBOUND_MAIL
    writer = optional_text(ticket.get("responder_id" if by_agent else "requester_id"))
    return Message(
        speaker=names.get(writer, writer),
        role="agent" if by_agent else "customer",
        text=own_words(text(body, "description", origin)),
        instant=instant(ticket.get("created_at"), "created_at", origin),
        agent=names.get(writer),
    )


def _message(entry: dict[str, Json], key: str, names: dict[str, str], origin: Origin) -> Message:
    user = optional_text(entry.get("user_id"))
    # body_text comes with its line breaks lost, so that quoted replies in it cannot be told apart.
    body = next((entry[k] for k in ("body_html", "body", "body_text") if entry.get(k)), None)
    return Message(
        speaker=names.get(user) or user or optional_text(entry.get("from_email")),
        role=_role(entry),
        text=own_words(text(body, f"{key}.body", origin)),
        instant=instant(entry.get("created_at"), f"{key}.created_at", origin),
        agent=names.get(user),
    )


def _role(entry: dict[str, Json]) -> Role:
    if entry.get("private") is True or entry.get("deleted") is True:
        return "system"
    if entry.get("automation_id") or entry.get("auto_response") is True:
        return "bot"
    incoming = entry.get("incoming")
    return "customer" if incoming is True else "agent" if incoming is False else "unknown"


READER: Final = Reader(
    id="freshdesk",
    name="Freshdesk ticket",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
