"""The days that a view looks at, and the day of a call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from carescore.errors import UsageError
from carescore.results import CallScore

Day = str | date


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; `None` leaves that side open.

    >>> date(2024, 5, 31) in Period(date(2024, 5, 1), date(2024, 5, 31))
    True
    """

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def as_period(given: tuple[Day | None, Day | None] | Period | None) -> Period | None:
    """The period in `("2024-05-01", "2024-05-31")`; either day may be `None`. Raises `UsageError`."""
    if given is None or isinstance(given, Period):
        return given
    try:
        first, last = given
    except (TypeError, ValueError):
        raise UsageError('a period is two days, such as ("2024-05-01", "2024-05-31").') from None
    period = Period(_as_day(first), _as_day(last))
    if period.first is not None and period.last is not None and period.first > period.last:
        raise UsageError(f"the period ends ({period.last}) before it begins ({period.first}).")
    return period if (period.first or period.last) else None


def day_of(result: CallScore) -> date | None:
    """The day on which a call began, as its source wrote it; `None` where it has none that can be read."""
    return None if result.started is None else _parsed(result.started)


def _as_day(given: Day | None) -> date | None:
    if given is None:
        return None
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    day = _parsed(given) if isinstance(given, str) else None
    if day is None:
        raise UsageError("a day is written as 2024-05-31 (year, month, day).")
    return day


def _parsed(text: str) -> date | None:
    for candidate in (text.strip(), text.strip()[:10]):
        try:
            return datetime.fromisoformat(candidate).date()
        except ValueError:
            continue
    return None
