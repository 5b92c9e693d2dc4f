"""Front: the messages of a conversation, newest first; `is_inbound` tells whose each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, optional_record, optional_text, records, text
from carescore.readers.mail import own_words
from carescore.readers.messages import Message, channel_named, conversation, instant, more_pages
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Role, Transcript

_CONVERSATION: Final = re.compile(r"/conversations/(cnv_[A-Za-z0-9]{1,40})")
_LISTS: Final = ("_results", "messages")


def accepts(document: Json) -> bool:
    """Messages with a direction and recipients."""
    items = document if isinstance(document, list) else _items(document)
    message = first_record(items)
    return has(message, "is_inbound") and ("recipients" in message or "blurb" in message)


def _items(document: Json) -> Json:
    if not isinstance(document, dict):
        return None
    return next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one conversation; drafts are left out, for nobody has read them."""
    items = document if isinstance(document, list) else _items(document)
    whole = optional_record(document)
    sent = [
        (n, item)
        for n, item in enumerate(records(items, "messages", origin))
        if item.get("is_draft") is not True  # nobody has read it
    ]
    comments = whole.get("comments")
    notes = records(comments if isinstance(comments, list) else [], "comments", origin)
    messages = [_message(item, f"messages[{n}]", origin) for n, item in sent]
    messages += [_note(note, f"comments[{n}]", origin) for n, note in enumerate(notes)]
    first = sent[0][1] if sent else {}
    yield conversation(
        messages,
        origin,
        call_id=_conversation_id(whole, first),
        channel=channel_named(first.get("type")),
        warnings=more_pages(
            "Front", len(sent), following=optional_record(whole.get("_pagination")).get("next")
        ),
    )


def _conversation_id(document: dict[str, Json], message: dict[str, Json]) -> str:
    """The conversation's own id, or the one in the address of the list or of a message's conversation."""
    if optional_text(document.get("id")).startswith("cnv_"):
        return optional_text(document["id"])
    links = [optional_record(item.get("_links")) for item in (document, message)]
    addresses = [links[0].get("self"), optional_record(links[1].get("related")).get("conversation")]
    found = (_CONVERSATION.search(address) for address in addresses if isinstance(address, str))
    return next((match.group(1) for match in found if match), "")


def _message(item: dict[str, Json], key: str, origin: Origin) -> Message:
    inbound = item.get("is_inbound")
    role: Role = "customer" if inbound is True else "agent" if inbound is False else "unknown"
    body = next((item[k] for k in ("body", "text", "blurb") if item.get(k)), None)
    author = _name(optional_record(item.get("author")))
    return Message(
        speaker=author or _sender(item) or role,
        role=role,
        text=own_words(text(body, f"{key}.body", origin)),
        instant=instant(item.get("created_at"), f"{key}.created_at", origin),
        agent=author or None,
    )


def _note(item: dict[str, Json], key: str, origin: Origin) -> Message:
    return Message(
        speaker=_name(optional_record(item.get("author"))) or "comment",
        role="system",
        text=own_words(text(item.get("body"), f"{key}.body", origin)),
        instant=instant(item.get("posted_at"), f"{key}.posted_at", origin),
    )


def _name(author: dict[str, Json]) -> str:
    names = (optional_text(author.get("first_name")), optional_text(author.get("last_name")))
    return " ".join(filter(None, names)) or optional_text(author.get("username"))


def _sender(item: dict[str, Json]) -> str:
    """The address it came from: two people of one thread may have the same name, never the same address."""
    recipients = item.get("recipients")
    for recipient in recipients if isinstance(recipients, list) else []:
        if optional_record(recipient).get("role") == "from":
            return optional_text(recipient.get("handle")) or optional_text(recipient.get("name"))
    return ""


READER: Final = Reader(
    id="front",
    name="Front conversation messages",
    content="json",
    roles="told",
    verified="real file",
    accepts=accepts,
    read=read,
)
