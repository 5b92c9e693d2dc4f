"""The times that plain text puts before, after or between turns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from carescore.readers.times import from_clock

_CLOCK: Final = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,6})?"
_HALF: Final = r"\s?[AaPp]\.?[Mm]\b\.?"
_DATE: Final = r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
_TO: Final = r"\s*(?:-{1,2}>|-|–|—|to)\s*"
STAMP: Final = (
    rf"(?:(?P<date>{_DATE})(?:,\s*|T|\s+(?:at\s+)?))?"
    rf"(?P<start>{_CLOCK})(?P<half>{_HALF})?(?:Z|[+-]\d\d:?\d\d)?"
    rf"(?:{_TO}(?P<end>{_CLOCK})(?P<end_half>{_HALF})?)?"
)
_LEADING: Final = re.compile(
    rf"(?P<open>[\[(<])?\s*{STAMP}\s*(?(open)[\])>])[*_]*(?:\s*[-–—|]\s+|\s*:\s+|\s+|$)"
)
_SECONDS: Final = re.compile(
    rf"[\[(]\s*(?P<start>\d{{1,6}}(?:\.\d+)?)\s*s?(?:{_TO}(?P<end>\d{{1,6}}(?:\.\d+)?)\s*s?)?\s*[\])](?:\s*[-–—|:]\s|\s+|$)"
)

_HOUR: Final = 3600.0
_DAY: Final = 24 * _HOUR
# Faster than anybody speaks or types: times that imply more are hours and minutes, not minutes and seconds.
_IMPOSSIBLE_WORDS_A_MINUTE: Final = 600.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written, in seconds.

    `of_day`: by a clock on the wall, on the ISO `day` if told; `short`: in two parts (`1:23`).
    """

    start: float
    end: float | None = None
    of_day: bool = False
    short: bool = False
    bracketed: bool = False
    day: str | None = None


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
    return Stamp(
        start,
        end,
        of_day=bool(match["half"] or match["date"]),
        short=match["start"].count(":") == 1 and not match["half"],
        bracketed=bool(match["open"]),
        day=match["date"] if match["date"] and "-" in match["date"] else None,
    )


def _seconds(clock: str, half: str | None) -> float | None:
    seconds = from_clock(clock)
    if seconds is None or half is None:
        return seconds
    if clock.count(":") == 1:
        seconds *= 60
    afternoon = "p" in half.lower()
    return seconds % (12 * _HOUR) + (12 * _HOUR if afternoon else 0)


def from_call_start(stamps: list[Stamp | None], words: int) -> list[Stamp | None]:
    """The times as seconds from the start of the call, whatever clock they were read from.

    Times by the wall clock count from the first of them, over midnight as well; so do times that start
    after the first hour. `words` said in between tell `10:04` (hours) from `10:04` (minutes).
    """
    known = [stamp for stamp in stamps if stamp is not None]
    if not known:
        return stamps
    if _are_hours_and_minutes(known, words):
        stamps = [None if s is None else _sixtyfold(s) if s.short else s for s in stamps]
        known = [replace(stamp, of_day=True) for stamp in stamps if stamp is not None]
    zero = known[0].start
    if not any(stamp.of_day for stamp in known) and zero < _HOUR:
        return stamps
    return [None if stamp is None else _since(stamp, zero) for stamp in stamps]


def _are_hours_and_minutes(known: list[Stamp], words: int) -> bool:
    if any(stamp.of_day and stamp.short for stamp in known):
        return True
    if len(known) < 3 or not all(stamp.short for stamp in known) or known[0].start < 60:
        return False
    minutes = (known[-1].start - known[0].start) / 60
    return minutes >= 0 and words > _IMPOSSIBLE_WORDS_A_MINUTE * minutes


def _sixtyfold(stamp: Stamp) -> Stamp:
    return replace(stamp, start=stamp.start * 60, end=None if stamp.end is None else stamp.end * 60)


def _since(stamp: Stamp, zero: float) -> Stamp:
    def shifted(seconds: float) -> float:
        past = seconds - zero
        return round(past + _DAY if past < -_DAY / 2 else past, 6)

    return replace(stamp, start=shifted(stamp.start), end=None if stamp.end is None else shifted(stamp.end))
