"""The times that plain text puts before, after or between turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from carescore.readers.dates import DATE, Day, day_in, settled
from carescore.readers.times import from_clock

_CLOCK: Final = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,6})?"
_HALF: Final = r"\s?[AaPp]\.?[Mm]\b\.?"
_AT: Final = r"(?:T|,?\s*[-–|@]\s*|,\s*(?:at\s+)?|\s+(?:at\s+)?)"
_ZONE: Final = r"(?:Z|[+-]\d\d:?\d\d|\s(?:UTC|GMT|BST|CES?T|[ECMP][SD]T)\b)?"
_TO: Final = r"\s*(?:-{1,2}>|-|–|—|to)\s*"
STAMP: Final = (
    rf"(?:(?P<date>{DATE}){_AT})?"
    rf"(?P<start>{_CLOCK})(?P<half>{_HALF})?{_ZONE}"
    rf"(?:{_TO}(?P<end>{_CLOCK})(?P<end_half>{_HALF})?)?"
    rf"(?:(?:,\s*|\s+(?:on\s+)?)(?P<late>{DATE}))?"
)
_LEADING: Final = re.compile(
    rf"(?P<open>[\[(<])?\s*{STAMP}\s*(?(open)[\])>])[*_]*(?:\s*[-–—|]\s+|\s*:\s+|\s+|$)"
)
_SECONDS: Final = re.compile(
    rf"[\[(]\s*(?P<start>\d{{1,6}}(?:\.\d+)?)\s*s?(?:{_TO}(?P<end>\d{{1,6}}(?:\.\d+)?)\s*s?)?\s*[\])](?:\s*[-–—|:]\s|\s+|$)"
)

_HOUR: Final = 3600.0
_DAY: Final = 24 * _HOUR
# As minutes and seconds: no recording begins in its twentieth minute and goes on in its first.
_EVENING: Final = 20 * 60.0
_MORNING: Final = 5 * 60.0
# Faster than anybody speaks or types: times that imply more are hours and minutes, not minutes and seconds.
_IMPOSSIBLE_WORDS_A_MINUTE: Final = 600.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written, in seconds.

    `of_day`: by a clock on the wall, on this `day` if told; `short`: in two parts (`1:23`).
    """

    start: float
    end: float | None = None
    of_day: bool = False
    short: bool = False
    bracketed: bool = False
    day: Day | None = None


def leading(line: str) -> tuple[Stamp, str] | None:
    """The time that a line begins with, and the rest of the line."""
    match = _LEADING.match(line)
    if match is not None:
        found = stamp_of(match)
        return None if found is None else (found, line[match.end() :])
    match = _SECONDS.match(line)
    if match is None or not ("." in match[0] or "s" in match[0] or match["end"]):
        return None
    end = float(match["end"]) if match["end"] else None
    return Stamp(float(match["start"]), end, bracketed=True), line[match.end() :]


def stamp_of(match: re.Match[str]) -> Stamp | None:
    """The time in a match of a pattern that holds `STAMP`."""
    start = _seconds(match["start"], match["half"])
    if start is None:
        return None
    end = _seconds(match["end"], match["end_half"]) if match["end"] else None
    date = match["date"] or match["late"]
    return Stamp(
        start,
        end,
        of_day=bool(match["half"] or date),
        short=match["start"].count(":") == 1 and not match["half"],
        bracketed=bool(match["open"]),
        day=day_in(date) if date else None,
    )


def _seconds(clock: str, half: str | None) -> float | None:
    seconds = from_clock(clock)
    if seconds is None or half is None:
        return seconds
    if clock.count(":") == 1:
        seconds *= 60
    afternoon = "p" in half.lower()
    return seconds % (12 * _HOUR) + (12 * _HOUR if afternoon else 0)


def from_call_start(stamps: list[Stamp | None], words: int, *, in_order: bool = True) -> list[Stamp | None]:
    """The times as seconds from the start of the call, whatever clock they were read from.

    Times by the wall clock count from the earliest of them, with their days where these are told, and over
    midnight where they are not; so do times that start after the first hour. `words` said in between tell
    `10:04` (hours) from `10:04` (minutes). Where times are `in_order`, a clock that falls back by an hour
    shows the next day; where they may not be, only one that falls back by half a day does.
    """
    known = [stamp for stamp in stamps if stamp is not None]
    if not known:
        return stamps
    if _are_hours_and_minutes(known, words):
        stamps = [None if s is None else _sixtyfold(s) if s.short else s for s in stamps]
        known = [replace(stamp, of_day=True) for stamp in stamps if stamp is not None]
    if not any(stamp.of_day for stamp in known) and known[0].start < _HOUR:
        return stamps
    begins = _midnights(known, falls=_HOUR if in_order else _DAY / 2)
    zero = min(begin + stamp.start for begin, stamp in zip(begins, known, strict=True))
    since = (_since(stamp, zero - begin) for begin, stamp in zip(begins, known, strict=True))
    return [None if stamp is None else next(since) for stamp in stamps]


def newest_first(stamps: Sequence[Stamp | None]) -> bool:
    """Whether each has its day, and they lead back in time."""
    days = settled([stamp.day if stamp is not None else None for stamp in stamps])
    at = [
        day.toordinal() * _DAY + stamp.start * (60 if stamp.short else 1)
        for stamp, day in zip(stamps, days, strict=True)
        if stamp is not None and day is not None
    ]
    return len(at) == len(days) > 1 and at[-1] + 60 <= at[0] and all(a >= b for a, b in pairwise(at))


def _are_hours_and_minutes(known: list[Stamp], words: int) -> bool:
    if any(stamp.of_day and stamp.short for stamp in known):
        return True
    if len(known) < 3 or not all(stamp.short for stamp in known) or known[0].start < 60:
        return False
    if passes_midnight(known[0], known[-1]):
        return True
    minutes = (known[-1].start - known[0].start) / 60
    return minutes >= 0 and words > _IMPOSSIBLE_WORDS_A_MINUTE * minutes


def passes_midnight(first: Stamp, later: Stamp) -> bool:
    """Whether two times as `23:50` and `0:10` are late in the evening and early in the next morning."""
    return first.short and later.short and first.start >= _EVENING and later.start < _MORNING


def _sixtyfold(stamp: Stamp) -> Stamp:
    return replace(stamp, start=stamp.start * 60, end=None if stamp.end is None else stamp.end * 60)


def _midnights(known: list[Stamp], *, falls: float) -> list[float]:
    """When the day of each time began, in seconds; a clock that falls back by this much shows the next."""
    days = settled([stamp.day for stamp in known])
    begins: list[float] = []
    begin = _first_midnight(known, [None if day is None else day.toordinal() for day in days], falls)
    for place, (stamp, day) in enumerate(zip(known, days, strict=True)):
        if day is not None:
            begin = day.toordinal() * _DAY
        elif place and stamp.start < known[place - 1].start - falls:
            begin += _DAY
        begins.append(begin)
    return begins


def _first_midnight(known: list[Stamp], days: list[int | None], falls: float) -> float:
    """The day on which it begins: the first that is told, or as many before it as midnights lie between."""
    told = next((place for place, day in enumerate(days) if day is not None), 0)
    midnights = sum(b.start < a.start - falls for a, b in pairwise(known[:told]))
    if told and known[told].start < known[told - 1].start:
        midnights += 1  # a day is told where it changes
    return ((days[told] or 0) - midnights) * _DAY


def _since(stamp: Stamp, zero: float) -> Stamp:
    """The time counted from another; an end on the small hours after a late start is on the next day."""
    end = stamp.end
    if end is not None and end < stamp.start - _DAY / 2:
        end += _DAY
    return replace(
        stamp, start=round(stamp.start - zero, 6), end=None if end is None else round(end - zero, 6)
    )
