"""Messages of a chat, or mails of a thread, as a call: in order of time, each its own turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from carescore.readers.fields import Json, number
from carescore.readers.order import by_start
from carescore.readers.people import agent_named
from carescore.readers.reader import Origin
from carescore.readers.times import from_epoch, from_iso_instant, iso_instant
from carescore.transcript import Channel, Role, RoleSource, Transcript, Turn, renumber

_LAST_INSTANT: Final = 32_503_680_000.0  # the year 3000: what is later is no time of a message
# Products whose tickets and conversations come by mail name the channel so; the rest is chat.
_MAIL_CHANNELS: Final = frozenset({"email", "mail", "web", "form", "contact_form", "help-center", "portal"})
_VOICE_CHANNELS: Final = frozenset({"call", "voice", "phone", "phone_call", "phone-call", "aircall"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: whose, what it says, and when (seconds since 1970) if that is known.

    `agent` is the name of the agent who wrote it, where the file tells one.
    """

    speaker: str
    role: Role
    text: str
    role_source: RoleSource = "told"
    instant: float | None = None
    agent: str | None = None


def conversation(
    messages: Iterable[Message],
    origin: Origin,
    *,
    channel: Channel,
    call_id: str = "",
    agent: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Transcript:
    """The call of these messages; one without a time stays behind the message before it."""
    said = [message for message in messages if message.text.strip()]
    instants = [message.instant for message in said if message.instant is not None]
    first = min(instants, default=None)
    by_agents = [(m.agent, m.text) for m in said if m.agent and m.role == "agent"]
    name, several = agent_named(by_agents)
    return Transcript(
        call_id=call_id.strip() or origin.call_id,
        turns=renumber(by_start(_turn(message, first) for message in said)),
        channel=channel,
        agent=name or agent,
        started=None if first is None else iso_instant(first),
        warnings=(*warnings, *several),
    )


def instant(value: Json, key: str, origin: Origin) -> float | None:
    """Seconds since 1970 from an ISO text or an epoch count of any unit; `None` if it is no such time."""
    seconds = from_iso_instant(value) if isinstance(value, str) else None
    if seconds is None:
        if isinstance(value, str) and not value.strip().replace(".", "", 1).isdecimal():
            return None
        count = number(value, key, origin)
        seconds = None if count is None else from_epoch(count)
    return seconds if seconds is not None and 0 < seconds < _LAST_INSTANT else None


def channel_named(name: Json) -> Channel:
    """The channel that a product's word names: mail, voice, else chat."""
    word = name.strip().lower() if isinstance(name, str) else ""
    if word in _MAIL_CHANNELS:
        return "email"
    return "voice" if word in _VOICE_CHANNELS else "chat"


def more_pages(product: str, found: int, *, total: Json = None, following: Json = None) -> tuple[str, ...]:
    """The warning that a file holds only some of the messages, by their count or the next page's address."""
    if isinstance(total, int) and total > found:
        return (f"{product} counts {total:,} messages and the file holds {found:,}: the rest is missing.",)
    if isinstance(following, str) and following:
        return (f"This is one page of {product} with {found:,} messages: the pages after it are missing.",)
    return ()


def _turn(message: Message, first: float | None) -> Turn:
    return Turn(
        index=0,
        speaker=message.speaker.strip() or message.role,
        role=message.role,
        role_source="unknown" if message.role == "unknown" else message.role_source,
        text=message.text.strip(),
        start=None if message.instant is None or first is None else round(message.instant - first, 6),
    )
