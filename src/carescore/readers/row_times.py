"""When turns begin and end, from the columns and keys in which tables and JSON tell it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin
from carescore.readers.text_times import Stamp, from_call_start, leading
from carescore.readers.times import from_epoch, from_iso_duration, from_iso_instant, iso_instant

_NUMBER: Final = re.compile(r"\s*([-+]?\d{1,18}(?:\.\d{0,12})?)\s*s?\s*")
_FIRST_INSTANT: Final = 1e8  # seconds; no call lasts three years, and 1973 saw no support call
_LAST_INSTANT: Final = 32_503_680_000.0  # the year 3000
_LARGEST: Final = 1e20  # the year 3000 in nanoseconds is less; JSON holds whole numbers that no float can
# People speak 40 to 400 words a minute; a thousandth of that means milliseconds.
_SLOWEST: Final = 5.0
_FEWEST_WORDS: Final = 20


@dataclass(frozen=True, slots=True)
class Instant:
    """A date and time, in seconds since 1970."""

    seconds: float


Moment = float | Instant | Stamp


@dataclass(frozen=True, slots=True)
class CallTimes:
    """Seconds from the start of the call for each turn, and when that was."""

    starts: list[float | None]
    ends: list[float | None]
    started: str | None = None
    warnings: tuple[str, ...] = ()


def moment(value: Any, unit: float, origin: Origin, *place: str) -> Moment | None:
    """What a cell says about time; nothing where it is empty, an error where it says something else."""
    found = _moment(value, unit)
    if found is not None or _is_empty(value):
        return found
    raise TranscriptError(
        "a time cannot be read; expected seconds (62.5), a clock time (00:01:02) or a date and time "
        "(2024-05-01T10:00:00).",
        source=origin.name,
        place=", ".join(place),
    )


def call_times(
    starts: Sequence[Moment | None], ends: Sequence[Moment | None], words: Sequence[int]
) -> CallTimes | None:
    """The times of one call's turns in seconds, or `None` where they are written in different ways.

    `words` counts what each turn says: it tells hours from minutes, and seconds from milliseconds.
    """
    kinds = {type(value) for value in (*starts, *ends) if value is not None}
    if len(kinds) > 1:
        return None
    if kinds == {Instant}:
        return _from_instants(starts, ends)
    if kinds == {Stamp}:
        return _from_clock(starts, ends, sum(words))
    return _from_offsets(starts, ends, words)


def iso_start(value: Any) -> str | None:
    """The date, or date and time, in a cell, as ISO text; `None` where it is written otherwise."""
    if isinstance(value, dt.date):  # a datetime too; pandas' empty time is not equal to itself
        return value.isoformat() if value == value else None
    if isinstance(value, str):
        return value.strip() if from_iso_instant(value) is not None else None
    found = _moment(value, 1.0)
    return iso_instant(found.seconds) if isinstance(found, Instant) else None


def _is_empty(value: Any) -> bool:
    return value is None or bool(value != value) or (isinstance(value, str) and not value.strip())


def _moment(value: Any, unit: float) -> Moment | None:
    if isinstance(value, str):
        return _from_text(value, unit)
    if value is None or isinstance(value, bool) or value != value:
        return None
    if isinstance(value, (int, float)):
        return _from_number(value, unit)
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)
        return Instant(aware.timestamp())
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, dt.time):
        return Stamp(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6)
    return None


def _from_text(value: str, unit: float) -> Moment | None:
    match = _NUMBER.fullmatch(value)
    if match is not None:
        return _from_number(float(match[1]), unit)
    if len(value) > 60:
        return None
    instant = from_iso_instant(value) if "-" in value else None
    if instant is not None:
        return Instant(instant)
    clock = leading(value.strip())
    if clock is not None and not clock[1]:
        return clock[0]
    return from_iso_duration(value)


def _from_number(value: float, unit: float) -> Moment | None:
    if abs(value) > _LARGEST:
        return None
    if value * unit >= _FIRST_INSTANT:
        seconds = from_epoch(value)
        return Instant(seconds) if seconds < _LAST_INSTANT else None
    return float(value) * unit


def _from_instants(starts: Sequence[Any], ends: Sequence[Any]) -> CallTimes:
    known = [value.seconds for value in (*starts, *ends) if value is not None]
    zero = min(known)

    def since(values: Sequence[Any]) -> list[float | None]:
        return [None if value is None else round(value.seconds - zero, 6) for value in values]

    return CallTimes(since(starts), since(ends), iso_instant(zero))


def _from_clock(starts: Sequence[Any], ends: Sequence[Any], words: int) -> CallTimes:
    stamps = [
        start if start is None or end is None else replace(start, end=end.start)
        for start, end in zip(starts, ends, strict=True)
    ]
    found = from_call_start(stamps, words, in_order=False)
    day = next((stamp.day for stamp in stamps if stamp is not None), None)
    started = day.iso if day is not None else None
    return CallTimes(
        [stamp.start if stamp else None for stamp in found],
        [stamp.end if stamp else None for stamp in found],
        started,
    )


def _from_offsets(starts: Sequence[Any], ends: Sequence[Any], words: Sequence[int]) -> CallTimes:
    spoken = [
        (end - start, count)
        for start, end, count in zip(starts, ends, words, strict=True)
        if start is not None and end is not None and end > start
    ]
    minutes, said = sum(length for length, _ in spoken) / 60, sum(count for _, count in spoken)
    if said < _FEWEST_WORDS or said >= _SLOWEST * minutes:
        return CallTimes(list(starts), list(ends))
    return CallTimes(
        [None if value is None else value / 1000 for value in starts],
        [None if value is None else value / 1000 for value in ends],
        warnings=("Its times were taken as milliseconds: as seconds, nobody speaks so slowly.",),
    )
