"""What stands in the review log: who did what to which call, when, as canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, get_args

from carescore.errors import UsageError

Action = Literal["open", "note", "dispute", "resolve", "erase"]

ACTIONS: Final[tuple[str, ...]] = get_args(Action)
LONGEST_TEXT: Final = 10_000  # characters of a note or a reason
LONGEST_NAME: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that somebody did. `at` is ISO time in UTC; `body` depends on the action:

    open     agent, started, source, score, status, receipt and the machine's criteria (status, rating)
    note     ratings by criterion (1-5, or None for "does not apply") and a note
    dispute  reason
    resolve  upheld, reason, and what was expected where it was upheld
    erase    rows whose contents are taken out, and why: person, call or retention
    """

    at: str
    who: str
    action: Action
    call_id: str | None
    criterion: str | None = None
    body: Mapping[str, Any]

    def to_json(self) -> str:
        """The entry as JSON whose bytes depend on nothing but what it says."""
        data = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Entry:
        """The entry that `to_json` wrote. Raises `ValueError` or `TypeError` for anything else."""
        data = json.loads(text)
        entry = cls(**data)
        if entry.action not in ACTIONS:
            raise ValueError("not an action of a review log")
        return entry


def utc(at: str | datetime | None) -> str:
    """A time in UTC to the second, such as 2026-03-01T09:30:00+00:00; the present one if none is given.

    Raises `UsageError` for what is no ISO time, or has no time zone.
    """
    if at is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        when = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    except ValueError:
        raise UsageError("not an ISO time; write it as 2026-03-01T09:30:00Z.") from None
    if when.tzinfo is None:
        raise UsageError("a time without a time zone; write it as 2026-03-01T09:30:00Z.")
    return when.astimezone(UTC).isoformat(timespec="seconds")


def named(name: str, what: str) -> str:
    """A name that is not empty and no essay; `what` is what errors call it."""
    stripped = checked_text(name, what).strip()
    if not stripped or len(stripped) > LONGEST_NAME:
        raise UsageError(f"{what}: expected a name of 1 to {LONGEST_NAME} characters.")
    return stripped


def checked_text(text: str, what: str) -> str:
    """A text that can be written down and is not too long."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what}: holds half a character that no file can hold.") from None
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"{what}: longer than {LONGEST_TEXT:,} characters.")
    return text
