"""Google Contact Center AI: conversations as they are uploaded to Insights (`entries`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, optional_text, records, text
from carescore.readers.order import by_start
from carescore.readers.reader import Origin, Reader
from carescore.readers.times import iso_instant
from carescore.transcript import Role, Transcript, Turn, renumber

# Upload files say AGENT and CUSTOMER, Insights itself HUMAN_AGENT and END_USER.
ROLES: Final[dict[str, Role]] = {
    "AGENT": "agent",
    "HUMAN_AGENT": "agent",
    "ANY_AGENT": "agent",
    "AUTOMATED_AGENT": "bot",
    "CUSTOMER": "customer",
    "END_USER": "customer",
}
_EPOCH: Final = 1e8  # seconds: what is more counts from 1970, not from the start of the call


def accepts(document: Json) -> bool:
    """Entries with a role and a time in microseconds."""
    return isinstance(document, dict) and has(
        first_record(document.get("entries")), "text", "role", "start_timestamp_usec"
    )


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one conversation. The file does not tell calls from chats, so its entries stay apart."""
    entries = records(document.get("entries"), "entries", origin)
    turns = by_start(_turn(entry, f"entries[{n}]", origin) for n, entry in enumerate(entries))
    began = min((turn.start for turn in turns if turn.start is not None), default=0.0)
    if began > _EPOCH:
        turns = [
            turn if turn.start is None else replace(turn, start=round(turn.start - began, 6))
            for turn in turns
        ]
    yield Transcript(
        call_id=origin.call_id,
        turns=renumber(turns),
        started=iso_instant(began) if began > _EPOCH else None,
    )


def _turn(entry: dict[str, Json], key: str, origin: Origin) -> Turn:
    micros = number(entry.get("start_timestamp_usec"), f"{key}.start_timestamp_usec", origin)
    told = optional_text(entry.get("role"))
    role = ROLES.get(told.upper(), "unknown")
    return Turn(
        index=0,
        speaker=f"{told} {optional_text(entry.get('user_id'))}".strip() or "unknown",
        role=role,
        role_source="unknown" if role == "unknown" else "told",
        text=text(entry.get("text"), f"{key}.text", origin),
        start=None if micros is None else micros / 1e6,
    )


READER: Final = Reader(
    id="google-ccai",
    name="Google CCAI conversation upload",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
