"""What is kept about one call in one file, and who or what is meant by a request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from carescore.errors import UsageError
from carescore.results import SCHEMA

_SHORTEST_NAME: Final = 2
_AGE: Final = re.compile(r"(\d{1,5})\s*([dw])", re.IGNORECASE)
_DAYS: Final = {"d": 1, "w": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A result, a case or a row about a call. `day` is the call's, `None` where the file does not tell."""

    call_id: str
    agent: str | None
    day: date | None
    data: Mapping[str, Any]


Chosen = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name: the agent of a call, or anybody whose name stands in what is kept about it.

    `calls` are ids of calls that are known to be about the person. A table's row holds but one quote of a
    call, a case no agent and a review log no words: what they keep about these calls is about the person too.
    """

    name: str
    calls: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a name that would be found everywhere."""
        if len(_plain(self.name)) < _SHORTEST_NAME:
            raise UsageError(f"a person's name should have {_SHORTEST_NAME} letters at least.")

    def is_named(self, name: str | None) -> bool:
        """Whether a whole name is this person's, whatever its case and spaces."""
        return name is not None and _plain(name) == _plain(self.name)

    def is_in(self, value: Any) -> bool:
        """Whether the name stands as whole words in any text of some data."""
        pattern = self.pattern
        return any(pattern.search(" ".join(text.split())) is not None for text in texts_of(value))

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the name as whole words, whatever its case and spaces."""
        words = r"\s+".join(map(re.escape, self.name.split()))
        return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)

    def __call__(self, record: Record) -> bool:
        """Whether a record is about this person."""
        known = record.call_id in self.calls and record.data.get("schema") != SCHEMA
        return known or self.is_named(record.agent) or self.is_in(record.data)


@dataclass(frozen=True, slots=True)
class Call:
    """A call by its id."""

    call_id: str

    def __call__(self, record: Record) -> bool:
        """Whether a record is about this call."""
        return record.call_id == self.call_id


@dataclass(frozen=True, slots=True)
class Before:
    """Calls of the days before a day; those without a date only with `undated`."""

    day: date
    undated: bool = False

    def __call__(self, record: Record) -> bool:
        """Whether a record is of such a call."""
        return self.undated if record.day is None else record.day < self.day


def older_than(age: str, today: date) -> date:
    """The first day to keep, for an age such as 90d or 26w. Raises `UsageError` for anything else.

    >>> older_than("2w", date(2026, 3, 15))
    datetime.date(2026, 3, 1)
    """
    found = _AGE.fullmatch(age.strip())
    if found is None or not int(found[1]):
        raise UsageError("an age is written in days or weeks, as 90d or 26w.")
    try:
        return today - timedelta(days=int(found[1]) * _DAYS[found[2].lower()])
    except OverflowError:
        raise UsageError("that is longer ago than the calendar reaches.") from None


def as_day(given: str) -> date:
    """A day such as 2026-03-01. Raises `UsageError` for anything else."""
    day = day_in(given)
    if day is None:
        raise UsageError("a day is written as 2026-03-01 (year, month, day).")
    return day


def day_in(started: object) -> date | None:
    """The day of an ISO date or time, `None` where it is none."""
    try:
        return datetime.fromisoformat(started.strip()).date() if isinstance(started, str) else None
    except ValueError:
        return None


def texts_of(value: Any) -> Iterator[str]:
    """Every text in some data, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_of(item)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
