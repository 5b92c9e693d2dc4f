"""Intercom: a conversation with its parts. The first message is not a part but `source.body`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, has, optional_record, optional_text, record, records, text
from carescore.readers.mail import own_words
from carescore.readers.messages import Message, channel_named, conversation, instant, more_pages
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Role, Transcript

_AUTHORS: Final[dict[str, Role]] = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "visitor": "customer",
    "admin": "agent",
    "team": "agent",
    "bot": "bot",
}
# Parts whose text the customer sees. An assignment may carry text for the assignee only, like a note.
_SAID: Final = frozenset({"comment", "open", "close", "quick_reply", "snoozed", "unsnoozed"})
_BY_MACHINE: Final = frozenset({"automated", "campaigns_initiated", "operator_initiated"})


def accepts(document: Json) -> bool:
    """A conversation with its parts or its source."""
    if not isinstance(document, dict):
        return False
    parts, source = document.get("conversation_parts"), document.get("source")
    return (has(parts, "conversation_parts") or has(source, "author")) and (
        document.get("type") == "conversation" or has(parts, "type")
    )


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one conversation."""
    listing = optional_record(document.get("conversation_parts"))
    parts = records(listing.get("conversation_parts"), "conversation_parts", origin)
    source = record(document.get("source") or {}, "source", origin)
    messages = [_message(part, f"conversation_parts[{n}]", origin) for n, part in enumerate(parts)]
    if source:
        messages.insert(0, _first_message(source, document, origin))
    missing = more_pages("Intercom", len(parts), total=listing.get("total_count"))
    if "conversation_parts" not in document:
        missing = (
            "Only the first message is in the file: fetch each conversation by its id for the replies.",
        )
    yield conversation(
        messages,
        origin,
        call_id=optional_text(document.get("id")),
        channel=channel_named(source.get("type")),
        warnings=missing,
    )


def _first_message(source: dict[str, Json], document: dict[str, Json], origin: Origin) -> Message:
    role, label, name = _author(source, "source.author", origin)
    if role == "agent" and optional_text(source.get("delivered_as")) in _BY_MACHINE:
        role = "bot"
    return Message(
        speaker=label,
        role=role,
        text=own_words(text(source.get("body"), "source.body", origin)),
        instant=instant(document.get("created_at"), "created_at", origin),
        agent=name or None,
    )


def _message(part: dict[str, Json], key: str, origin: Origin) -> Message:
    role, label, name = _author(part, f"{key}.author", origin)
    if role != "customer" and optional_text(part.get("part_type")) not in _SAID:
        role = "system"
    return Message(
        speaker=label,
        role=role,
        text=own_words(text(part.get("body"), f"{key}.body", origin)),
        instant=instant(part.get("created_at"), f"{key}.created_at", origin),
        agent=name or None,
    )


def _author(item: dict[str, Json], key: str, origin: Origin) -> tuple[Role, str, str]:
    """The role, label and name of an author; what an AI answers in an admin's name is a bot's."""
    author = record(item.get("author") or {}, key, origin)
    kind = optional_text(author.get("type"))
    role = _AUTHORS.get(kind, "unknown")
    if role == "agent" and True in (author.get("from_ai_agent"), author.get("is_ai_answer")):
        role = "bot"
    name = optional_text(author.get("name"))
    return role, name or optional_text(author.get("id")) or kind, name


READER: Final = Reader(
    id="intercom",
    name="Intercom conversation",
    content="json",
    roles="told",
    verified="real file",
    accepts=accepts,
    read=read,
)
