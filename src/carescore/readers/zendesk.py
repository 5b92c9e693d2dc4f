"""Zendesk: a support ticket with its comments (or audits), and the history of a Zendesk Chat.

A comment tells only the id of its author. The role comes from `users` beside the comments, or from the
ticket's `requester_id`; where a file has neither, only who writes internal notes is known to be staff.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carescore.readers.fields import (
    Json,
    first_record,
    has,
    optional_record,
    optional_text,
    record,
    records,
    text,
)
from carescore.readers.mail import own_words
from carescore.readers.messages import Message, conversation, instant, more_pages
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Channel, Role, RoleSource, Transcript

_USER_ROLES: Final[dict[str, Role]] = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_AUTOMATIC: Final = frozenset({"rule", "trigger", "automation", "system", "sla", "admin_setting"})
_CHATS: Final = ("chat", "messag", "whatsapp", "facebook", "twitter", "sms", "line", "telegram", "instagram")


def accepts(document: Json) -> bool:
    """Comments with an author, or audits with events."""
    if not isinstance(document, dict):
        return False
    ticket = optional_record(document.get("ticket"))
    comment = first_record(document.get("comments") or ticket.get("comments"))
    if has(comment, "author_id") and any(key in comment for key in ("html_body", "plain_body", "audit_id")):
        return True
    if has(comment, "author_id", "body", "public"):
        return True
    return has(first_record(document.get("audits")), "author_id", "events")


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one ticket, its comments as messages."""
    ticket = optional_record(document.get("ticket")) or document
    comments = _comments(document, ticket, origin)
    people = _People.of(ticket, document, comments)
    yield conversation(
        [_message(comment, f"comments[{n}]", people, origin) for n, comment in enumerate(comments)],
        origin,
        call_id=optional_text(ticket.get("id")) or optional_text(first_record(comments).get("ticket_id")),
        channel=_channel(ticket, comments),
        agent=people.names.get(optional_text(ticket.get("assignee_id"))) or None,
        warnings=more_pages(
            "Zendesk", len(comments), total=document.get("count"), following=document.get("next_page")
        ),
    )


def _comments(document: dict[str, Json], ticket: dict[str, Json], origin: Origin) -> list[dict[str, Json]]:
    """The comments; where the file has audits instead, their events that are comments."""
    if "audits" not in document:
        return records(document.get("comments") or ticket.get("comments"), "comments", origin)
    found = []
    for number, audit in enumerate(records(document["audits"], "audits", origin)):
        for event in records(audit.get("events"), f"audits[{number}].events", origin):
            if event.get("type") == "Comment":
                found.append({**audit, **event})
    return found


@dataclass(frozen=True, slots=True)
class _People:
    """Who the authors are, by id: names, roles told of users, the requester, and who wrote notes."""

    names: dict[str, str]
    roles: dict[str, Role]
    requester: str
    copied: frozenset[str]
    staff: frozenset[str]

    @classmethod
    def of(
        cls, ticket: dict[str, Json], document: dict[str, Json], comments: list[dict[str, Json]]
    ) -> _People:
        names: dict[str, str] = {}
        roles: dict[str, Role] = {}
        for user in _users(ticket, document):
            user_id = optional_text(user.get("id"))
            names[user_id] = optional_text(user.get("name"))
            if (role := _USER_ROLES.get(optional_text(user.get("role")))) is not None:
                roles[user_id] = role
        requester = optional_record(ticket.get("requester")).get("id")
        copied = ticket.get("email_cc_ids")
        return cls(
            names=names,
            roles=roles,
            requester=optional_text(ticket.get("requester_id")) or optional_text(requester),
            copied=frozenset(map(optional_text, copied if isinstance(copied, list) else [])),
            staff=frozenset(optional_text(c.get("author_id")) for c in comments if c.get("public") is False),
        )

    def role(self, author: str) -> tuple[Role, RoleSource]:
        if author in self.roles:
            return self.roles[author], "joined"
        if author in self.staff:
            return "agent", "joined"
        if not self.requester or author in self.copied or not author:
            return "unknown", "unknown"
        return ("customer" if author == self.requester else "agent"), "joined"


def _users(ticket: dict[str, Json], document: dict[str, Json]) -> list[dict[str, Json]]:
    """The users beside the comments, and those that an exported ticket has inside."""
    users = document.get("users")
    listed = [user for user in users if isinstance(user, dict)] if isinstance(users, list) else []
    return listed + [optional_record(ticket.get(key)) for key in ("requester", "assignee", "submitter")]


def _message(comment: dict[str, Json], key: str, people: _People, origin: Origin) -> Message:
    author = optional_text(comment.get("author_id"))
    role, source = people.role(author)
    automatic = _via(comment) in _AUTOMATIC or author == "-1" or comment.get("type") == "VoiceComment"
    if comment.get("public") is False or automatic:
        role, source = "system" if comment.get("public") is False else "bot", "told"
    body = next((comment[k] for k in ("html_body", "plain_body", "body") if comment.get(k)), None)
    name = people.names.get(author, "")
    return Message(
        speaker=name or author,
        role=role,
        role_source=source,
        text=own_words(text(body, f"{key}.body", origin)),
        instant=instant(comment.get("created_at"), f"{key}.created_at", origin),
        agent=name or None,
    )


def _via(item: dict[str, Json]) -> str:
    return optional_text(optional_record(item.get("via")).get("channel")).lower()


def _channel(ticket: dict[str, Json], comments: list[dict[str, Json]]) -> Channel:
    name = _via(ticket) or _via(first_record(comments))
    return "chat" if any(word in name for word in _CHATS) else "email"


_SENDERS: Final[dict[str, Role]] = {
    "visitor": "customer",
    "enduser": "customer",
    "agent": "agent",
    "trigger": "bot",
    "bot": "bot",
    "answerbot": "bot",
    "system": "system",
}


def accepts_chat(document: Json) -> bool:
    """A chat with its history, or an offline message of a visitor."""
    if has(document, "history", "type") and has(first_record(document["history"]), "type", "timestamp"):
        return document["type"] == "chat" or "visitor" in document
    return has(document, "type", "visitor", "message") and document["type"] == "offline_msg"


def read_chat(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one chat: what was said in it, without joins, ratings and waits."""
    history = records(document.get("history"), "history", origin)
    messages = [
        _chat_message(event, f"history[{n}]", origin)
        for n, event in enumerate(history)
        if event.get("type") == "chat.msg"
    ]
    offline = document.get("type") == "offline_msg"
    if offline:
        messages = [_offline_message(document, origin)]
    yield conversation(
        messages,
        origin,
        call_id=optional_text(document.get("id")),
        channel="email" if offline else "chat",
    )


def _chat_message(event: dict[str, Json], key: str, origin: Origin) -> Message:
    nick = optional_text(event.get("nick"))
    name = optional_text(event.get("name"))
    role = _SENDERS.get(optional_text(event.get("sender_type")).replace(" ", "").lower()) or _by_nick(nick)
    return Message(
        speaker=name or nick,
        role=role,
        text=text(event.get("msg"), f"{key}.msg", origin),
        instant=instant(event.get("timestamp"), f"{key}.timestamp", origin),
        agent=name or None,
    )


def _by_nick(nick: str) -> Role:
    """Older histories name the sender by `visitor`, `agent:12345`, `agent:trigger` alone."""
    kind, _, which = nick.partition(":")
    if kind == "agent" and not which.isdecimal():
        return "bot"
    return _SENDERS.get(kind, "unknown")


def _offline_message(document: dict[str, Json], origin: Origin) -> Message:
    visitor = record(document.get("visitor"), "visitor", origin)
    return Message(
        speaker=optional_text(visitor.get("name")) or "visitor",
        role="customer",
        text=text(document.get("message"), "message", origin),
        instant=instant(document.get("timestamp"), "timestamp", origin),
    )


READERS: Final = (
    Reader(
        id="zendesk",
        name="Zendesk ticket comments",
        content="json",
        roles="joined",
        verified="real file",
        accepts=accepts,
        read=read,
    ),
    Reader(
        id="zendesk-chat",
        name="Zendesk Chat history",
        content="json",
        roles="told",
        verified="documentation",
        accepts=accepts_chat,
        read=read_chat,
    ),
)
