"""Days as people write them in labels and mails: `2025-03-03`, `3 March 2025`, `Mar 3rd`, `03/04/2025`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

# Mail programs write the day in the language of whoever answers, so months have several names.
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro",
            "february feb februar februari février févr fevrier febrero febbraio fevereiro fev",
            "march mar märz maerz mrz maart mrt mars marzo março",
            "april apr avril avr abril abr aprile",
            "may mai mei mayo maggio mag maio maj",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug augustus août aout agosto ago augusti",
            "september sept sep septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_ENGLISH: Final = r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
_ENGLISH_MONTH: Final = _ENGLISH + r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_MONTH: Final = r"\b(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY: Final = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_TH: Final = r"(?:st|nd|rd|th)?"
_FORMS: Final = (
    r"\d{4}-\d{1,2}-\d{1,2}",
    r"\d{4}/\d{1,2}/\d{1,2}",
    r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})",
    r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})",
    r"\d{1,2}-\d{1,2}-\d{4}",
    rf"\d{{1,2}}-{_MONTH}-(?:\d{{4}}|\d{{2}})",
    rf"{_ENGLISH_MONTH}-\d{{1,2}}-(?:\d{{4}}|\d{{2}})",
    rf"\d{{1,2}}(?:\.|{_TH})\s+(?:of\s+|de\s+)?{_MONTH},?\s+(?:de\s+)?\d{{4}}",
    rf"\d{{1,2}}{_TH}\s+{_ENGLISH_MONTH}",
    # No "10" of "April 10:04": she spoke at four past ten.
    rf"{_ENGLISH_MONTH}\s+\d{{1,2}}{_TH}\b(?!:)(?:,?\s+\d{{4}}\b(?!:))?",
)
DATE: Final = rf"(?i:{_WEEKDAY}(?<!\d)(?:{'|'.join(_FORMS)})(?!\d))"

_NUMBER: Final = re.compile(r"\d+")
_NAME: Final = re.compile(_MONTH, re.IGNORECASE)
_WRITTEN: Final = re.compile(DATE)
# A leap year, so that any day fits into it: what is told without a year is only compared.
_NO_YEAR: Final = 2000
_HALF_A_YEAR: Final = 183

Order = Literal["day first", "month first"]
_ORDERS: Final[tuple[Order, ...]] = ("day first", "month first")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written, with its year if it is told.

    `either`: day and month may change places (`03/04/2025`); `order`: which of the two a day with a number
    above 12 shows for all of its file.
    """

    month: int
    day: int
    year: int | None = None
    either: bool = False
    order: Order | None = None

    @property
    def iso(self) -> str | None:
        """The day as ISO text, if it has a year and one meaning."""
        found = None if self.either or self.year is None else self.on(self.year)
        return found.isoformat() if found is not None else None

    def on(self, year: int) -> dt.date | None:
        """The day in its year, or in this one where it tells none; `None` if there is no such day."""
        try:
            return dt.date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def day_in(written: str) -> Day | None:
    """The first day written in a text, or `None` where there is none.

    >>> day_in("Mon, 3 March 2025 at 09:41").iso, day_in("03/14/25").iso, day_in("03/04/25").iso
    ('2025-03-03', '2025-03-14', None)
    """
    match = _WRITTEN.search(written)
    if match is None:
        return None
    name = _NAME.search(match[0])
    numbers = [int(number) for number in _NUMBER.findall(match[0])]
    if name is not None:
        month = _MONTHS[name[0].rstrip(".").casefold()]
        found = Day(month, numbers[0], _whole(numbers[1]) if len(numbers) > 1 else None)
    elif numbers[0] > 99:
        found = Day(numbers[1], numbers[2], numbers[0])
    else:
        found = _of_numbers(*numbers, sure="." in match[0])
    return found if found.on(_NO_YEAR) is not None else None


def _of_numbers(first: int, second: int, year: int, *, sure: bool) -> Day:
    """Two numbers and a year; with full stops the day comes first, as everywhere where these are written."""
    year = _whole(year)
    if sure or first > 12:
        return Day(second, first, year, order=None if sure else "day first")
    if second > 12:
        return Day(first, second, year, order="month first")
    return Day(second, first, year, either=first != second)


def _whole(year: int) -> int:
    return year + 2000 if year < 100 else year


def settled(days: Sequence[Day | None]) -> list[dt.date | None]:
    """The days of one conversation as dates, in the reading that makes it shortest.

    `03/04/2025` is the third of April beside `25/04/2025`, and beside `03/05/2025` the fourth of March.
    A day without a year is in the year of the days around it.
    """
    if not any(day is not None and day.either for day in days):
        return _dated(days)
    shown = [day.order for day in days if day is not None]
    orders = [order for order in _ORDERS if order in shown] or _ORDERS
    return min((_dated([_read(day, order) for day in days]) for order in orders), key=_span)


def _read(day: Day | None, order: Order) -> Day | None:
    if day is None or not day.either or order == "day first":
        return day
    return replace(day, month=day.day, day=day.month)


def _dated(days: Sequence[Day | None]) -> list[dt.date | None]:
    year = next((day.year for day in days if day is not None and day.year is not None), _NO_YEAR)
    dates: list[dt.date | None] = []
    last: dt.date | None = None
    for day in days:
        found = day.on(last.year if last is not None else year) if day is not None else None
        if day is not None and day.year is None and last is not None and found is not None:
            turned = (last - found).days > _HALF_A_YEAR  # from December to January
            found = (day.on(last.year + 1) if turned else None) or found
        dates.append(found)
        last = found or last
    return dates


def _span(dates: list[dt.date | None]) -> int:
    known = [date for date in dates if date is not None]
    return (max(known) - min(known)).days
