"""Chatwoot: the messages of a conversation, from the API (`payload`), a webhook, or as a bare list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, optional_record, optional_text, records, text
from carescore.readers.mail import own_words
from carescore.readers.messages import Message, conversation, instant
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Channel, Role, Transcript

_TYPES: Final[dict[str, Role]] = {
    "0": "customer",
    "incoming": "customer",
    "1": "agent",
    "outgoing": "agent",
    "2": "system",
    "activity": "system",
    "3": "bot",
    "template": "bot",
}
_MACHINES: Final = frozenset({"agentbot", "agent_bot", "captain::assistant", "captain_assistant"})


def accepts(document: Json) -> bool:
    """Messages with a type that is one of Chatwoot's."""
    items = document if isinstance(document, list) else _items(document)
    message = first_record(items)
    told = optional_text(message.get("message_type")) in _TYPES and "content" in message
    return told and any(key in message for key in ("private", "sender_type", "conversation_id", "inbox_id"))


def _items(document: Json) -> Json:
    if not isinstance(document, dict):
        return None
    return next((document[k] for k in ("payload", "messages") if isinstance(document.get(k), list)), None)


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one conversation."""
    items = records(document if isinstance(document, list) else _items(document), "payload", origin)
    whole = optional_record(document)
    meta = optional_record(whole.get("meta"))
    first = first_record(items)
    yield conversation(
        [_message(item, f"payload[{n}]", origin) for n, item in enumerate(items)],
        origin,
        call_id=optional_text(whole.get("id")) or optional_text(first.get("conversation_id")),
        channel=_channel(meta.get("channel") or whole.get("channel"), items),
        agent=optional_text(optional_record(meta.get("assignee")).get("name")) or None,
    )


def _channel(name: Json, items: list[dict[str, Json]]) -> Channel:
    by_mail = any(item.get("content_type") == "incoming_email" for item in items)
    return "email" if by_mail or (isinstance(name, str) and "email" in name.lower()) else "chat"


def _message(item: dict[str, Json], key: str, origin: Origin) -> Message:
    sender = optional_record(item.get("sender"))
    name = optional_text(sender.get("name"))
    return Message(
        speaker=name or optional_text(sender.get("id")),
        role=_role(item, sender),
        text=own_words(text(_body(item), f"{key}.content", origin)),
        instant=instant(item.get("created_at"), f"{key}.created_at", origin),
        agent=name or None,
    )


def _role(item: dict[str, Json], sender: dict[str, Json]) -> Role:
    if item.get("private") is True:
        return "system"
    role = _TYPES.get(optional_text(item.get("message_type")), "unknown")
    kinds = {optional_text(item.get("sender_type")).lower(), optional_text(sender.get("type")).lower()}
    return "bot" if role == "agent" and kinds & _MACHINES else role


def _body(item: dict[str, Json]) -> Json:
    """The message; of a mail the part that Chatwoot found to be the reply itself."""
    mail = optional_record(optional_record(item.get("content_attributes")).get("email"))
    reply = optional_record(mail.get("text_content")).get("reply")
    return reply or item.get("content")


READER: Final = Reader(
    id="chatwoot",
    name="Chatwoot conversation messages",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
