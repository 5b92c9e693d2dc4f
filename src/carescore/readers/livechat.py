"""LiveChat: a chat with its users and the events of its thread, or of several threads.

Each thread is a contact of its own: the customer may come back to the same chat weeks later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, optional_record, optional_text, records, text
from carescore.readers.messages import Message, conversation, instant
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Role, Transcript

# People are agents under their mail address; a chat bot's id is 32 hexadecimal digits.
_BOT_ID: Final = re.compile(r"[0-9a-f]{32}")


def accepts(document: Json) -> bool:
    """A chat with a thread, or threads, of events."""
    if not isinstance(document, dict):
        return False
    thread = optional_record(document.get("thread")) or first_record(document.get("threads"))
    if not isinstance(thread.get("events"), list):
        return False
    return "users" in document or has(first_record(thread["events"]), "type", "author_id")


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """One call for each thread."""
    users = {optional_text(user.get("id")): user for user in records(document.get("users"), "users", origin)}
    chat_id = optional_text(document.get("id")) or optional_text(document.get("chat_id"))
    several = not isinstance(document.get("thread"), dict)
    threads = records(document.get("threads") if several else [document["thread"]], "threads", origin)
    for number, thread in enumerate(threads):
        events = records(thread.get("events"), f"threads[{number}].events", origin)
        thread_id = optional_text(thread.get("id"))
        yield conversation(
            [_message(event, f"events[{n}]", users, origin) for n, event in enumerate(events)],
            origin,
            call_id="-".join(filter(None, (chat_id, thread_id))) if several else chat_id or thread_id,
            channel="chat",
        )


def _message(event: dict[str, Json], key: str, users: dict[str, dict[str, Json]], origin: Origin) -> Message:
    author = optional_text(event.get("author_id"))
    user = users.get(author, {})
    name = optional_text(user.get("name"))
    return Message(
        speaker=name or author or "system",
        role=_role(event, author, user),
        text=_form(event) if event.get("type") == "filled_form" else _text(event, key, origin),
        instant=instant(event.get("created_at") or event.get("timestamp"), f"{key}.created_at", origin),
        agent=name or None,
    )


def _role(event: dict[str, Json], author: str, user: dict[str, Json]) -> Role:
    """Only messages that both sides see are said; forms and system messages are not."""
    if event.get("type") != "message" or event.get("visibility") == "agents":
        return "system"
    if user.get("type") == "customer":
        return "customer"
    if user.get("type") == "bot" or _BOT_ID.fullmatch(author):
        return "bot"
    return "agent" if user.get("type") == "agent" else "unknown"


def _text(event: dict[str, Json], key: str, origin: Origin) -> str:
    return text(event.get("text"), f"{key}.text", origin)


def _form(event: dict[str, Json]) -> str:
    """A filled form as `label: answer` lines."""
    fields = event.get("fields")
    listed = [optional_record(field) for field in fields] if isinstance(fields, list) else []
    answers = [(optional_text(f.get("label")), optional_text(f.get("answer"))) for f in listed]
    return "\n".join(f"{label}: {answer}" for label, answer in answers if answer)


READER: Final = Reader(
    id="livechat",
    name="LiveChat chat",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
