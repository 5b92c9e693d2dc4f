"""What a plain text tells about the call above its first turn: id, day, channel, who is who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from carescore.readers.dates import day_in
from carescore.readers.role_words import role_of
from carescore.readers.text_labels import is_name, tidy_name
from carescore.readers.text_lines import Line
from carescore.readers.text_times import leading
from carescore.transcript import Channel

_MOST_LINES: Final = 60
_FIELD: Final = re.compile(
    r"[\W_]*(?P<key>[^\W\d_][\w ./-]{0,30}?)[\s*_]*[:=#][\s*_]*(?P<value>.{1,80}?)[*_\s]*"
)
_ID_KEY: Final = re.compile(
    r"(?:phone |support )?(?:call|conversation|interaction|contact|chat|ticket|case|session|transcript"
    r"|recording)[ _-]?(?:id|no\.?|nr\.?|number|ref\.?|reference)|call[ _-]?sid|ucid|id",
    re.IGNORECASE,
)
_ID: Final = re.compile(r"(?=\S*\d)[\w.:/-]{1,64}")
_DAY_KEYS: Final = re.compile(
    r"(?:call )?date(?: of call| and time|/time)?|started|start time|call start|timestamp|recorded(?: on)?"
)
_CHANNELS: Final[dict[str, Channel]] = {
    **dict.fromkeys(
        ("phone", "voice", "call", "telephone", "phone call", "inbound call", "outbound call"), "voice"
    ),
    **dict.fromkeys(("chat", "live chat", "web chat", "webchat", "messaging", "sms", "whatsapp"), "chat"),
    **dict.fromkeys(("email", "e-mail", "mail"), "email"),
}


@dataclass(frozen=True, slots=True)
class Header:
    """What was told; `None` where nothing was."""

    call_id: str | None = None
    started: str | None = None
    channel: Channel | None = None
    agent: str | None = None


def header_of(lines: list[Line]) -> Header:
    """The header in the lines above the first turn."""
    fields = dict(_fields(lines))
    ids = (value for key, value in fields.items() if _ID_KEY.fullmatch(key) and _ID.fullmatch(value))
    days = (_day(value, fields.get("time")) for key, value in fields.items() if _DAY_KEYS.fullmatch(key))
    channel = _CHANNELS.get(fields.get("channel", fields.get("medium", "")).lower())
    return Header(
        call_id=next(ids, None),
        started=next((day for day in days if day is not None), None),
        channel=channel,
        agent=_agent_name(fields),
    )


def _fields(lines: list[Line]) -> Iterator[tuple[str, str]]:
    for line in lines[:_MOST_LINES]:
        match = _FIELD.fullmatch(line.text) if len(line.text) < 160 else None
        if match is not None:
            yield " ".join(match["key"].lower().split()), match["value"].strip()


def _agent_name(fields: dict[str, str]) -> str | None:
    """The value of `Agent name: …`, `Name of representative: …`."""
    for key, value in fields.items():
        words = key.replace("name of", "").replace("name", "").strip()
        if words != key and role_of(words) == "agent" and is_name(value):
            return tidy_name(value)
    return None


def _day(value: str, time: str | None) -> str | None:
    """An ISO day or instant from a day written out; `03/04/2025` is left alone, for it has two meanings."""
    written = day_in(value)
    day = _iso(value) or (written.iso if written is not None else None)
    if day is None or "T" in day:
        return day
    clock = leading(value if time is None else time)
    if clock is None or clock[1].strip() or not (clock[0].of_day or clock[0].short):
        return day
    seconds = int(clock[0].start * 60 if clock[0].short else clock[0].start)
    return f"{day}T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _iso(value: str) -> str | None:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return None
    return instant.isoformat() if ":" in value else instant.date().isoformat()
