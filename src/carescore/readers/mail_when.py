"""When a mail was sent, from the many ways in which mail programs write it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from carescore.readers.dates import DATE, Day, day_in, settled

_TIME: Final = re.compile(
    r"(?:T|[\s,;]{0,3}(?:(?:at|um|à|alle|a las|às|om|kl\.?|[-–@])\s{0,3})?)"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,6})?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?\(?(?:(?P<universal>Z|UTC|GMT|UT)\b)?(?P<zone>[+-]\d{1,2}(?::?\d{2})?)?\)?)"
    r"(?:\s?\(?(?:[ECMP][SD]?T|CES?T|BST|IST|AE[SD]?T|MES?Z|HA?[SD]T)\b\)?)?",
    re.IGNORECASE,
)
_DATE: Final = re.compile(DATE)
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class When:
    """A day, the seconds since its midnight if a time is told, and the offset of its clock from UTC.

    `borrowed`: the offset is that of the mail which quotes this one.
    """

    day: Day
    seconds: int | None = None
    offset: int | None = None
    borrowed: bool = False

    def on_clock_of(self, other: When | None) -> When:
        """The same, on the clock of the mail that quotes it, where it names none of its own."""
        if self.offset is not None or other is None or other.offset is None:
            return self
        return replace(self, offset=other.offset, borrowed=True)


def when_in(text: str) -> tuple[When, int, int] | None:
    """The first day in a text, with the time behind it, and the place of both.

    >>> when_in("On Tue, Mar 4, 2025 at 2:34 PM Ida wrote:")[0].seconds / 3600
    14.566666666666666
    """
    date = _DATE.search(text)
    day = day_in(date[0]) if date is not None else None
    if date is None or day is None:
        return None
    time = _TIME.match(text, date.end())
    seconds = _seconds(time) if time is not None else None
    if time is None or seconds is None:
        return When(day), date.start(), date.end()
    return When(day, seconds, _offset(time)), date.start(), time.end()


def _seconds(time: re.Match[str]) -> int | None:
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    if time["half"]:
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    return hour * 3600 + minute * 60 + second


def _offset(time: re.Match[str]) -> int | None:
    zone = time["zone"]
    if zone is None:
        return 0 if time["universal"] else None
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = int(hours) * 3600 + int(minutes) * 60
    return (-offset if zone[0] == "-" else offset) if offset < _DAY else None


def instants(whens: Sequence[When | None]) -> list[float | None]:
    """Seconds since 1970 of each; a clock that names no zone is taken as UTC, a day alone as its midnight."""
    days = settled([when.day if when is not None else None for when in whens])
    return [
        None
        if when is None or day is None
        else float((day.toordinal() - _EPOCH) * _DAY + (when.seconds or 0) - (when.offset or 0))
        for when, day in zip(whens, days, strict=True)
    ]


def iso(when: When) -> str | None:
    """The day, or day and time, as ISO text; `None` where the day has two meanings or no year."""
    if when.day.iso is None or when.seconds is None:
        return when.day.iso
    clock = dt.timedelta(seconds=when.seconds)
    zone = None if when.offset is None or when.borrowed else dt.timezone(dt.timedelta(seconds=when.offset))
    midnight = dt.datetime.fromisoformat(when.day.iso).replace(tzinfo=zone)
    return (midnight + clock).isoformat()
