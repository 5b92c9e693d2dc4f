"""Seconds from the ways in which transcripts write time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
_DURATION: Final = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", re.IGNORECASE)


def from_clock(written: str) -> float | None:
    """Seconds from `1:02`, `01:02:03`, `00:01:02.500` or `00:01:02,500`; `None` if it is none.

    >>> from_clock("01:02:03,5")
    3723.5
    """
    match = _CLOCK.fullmatch(written.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + (float(f"0.{fraction}") if fraction else 0.0)


def from_iso_duration(written: str) -> float | None:
    """Seconds from an ISO 8601 duration (`PT1M2.5S`), or `None`.

    >>> from_iso_duration("PT1M2.5S")
    62.5
    """
    match = _DURATION.fullmatch(written.strip())
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds


def from_iso_instant(written: str) -> float | None:
    """Seconds since 1970 from an ISO 8601 date and time (UTC where it names no zone), or `None`."""
    try:
        instant = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return instant.timestamp()


def from_epoch(value: float) -> float:
    """Seconds since 1970 from an epoch count in seconds, ms, µs or ns, told apart by its size."""
    for unit in (1e-9, 1e-6, 1e-3):
        if value * unit > 1e8:  # 1973: no support call is older, and no finer unit reaches it
            return value * unit
    return value


def iso_instant(epoch_seconds: float) -> str | None:
    """The instant as ISO 8601 text in UTC, or `None` outside the calendar."""
    try:
        return datetime.fromtimestamp(epoch_seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None


def from_first(instants: list[float | None]) -> list[float | None]:
    """Instants as seconds from the earliest of them, which becomes 0.0."""
    known = [instant for instant in instants if instant is not None]
    zero = min(known, default=0.0)
    return [None if instant is None else round(instant - zero, 6) for instant in instants]
