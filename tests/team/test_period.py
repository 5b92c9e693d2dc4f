"""Days and periods."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from carescore.errors import UsageError
from carescore.team.period import Period, as_period, day_of
from tests.team.examples import result


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("2024-05-01T23:30:00Z", date(2024, 5, 1)),
        ("2024-05-01T23:30:00+02:00", date(2024, 5, 1)),
        ("2024-05-01 09:15", date(2024, 5, 1)),
        ("2024-05-01 quarter past nine", date(2024, 5, 1)),
        (" 20240501 ", date(2024, 5, 1)),
        ("01/05/2024", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_of_a_call(written: str | None, day: date | None) -> None:
    assert day_of(result("c", day=written)) == day


@pytest.mark.parametrize(
    ("given", "period"),
    [
        (None, None),
        ((None, None), None),
        (("2024-05-01", None), Period(date(2024, 5, 1))),
        ((date(2024, 5, 1), datetime(2024, 5, 2, 9)), Period(date(2024, 5, 1), date(2024, 5, 2))),
    ],
)
def test_periods(given: Any, period: Period | None) -> None:
    assert as_period(given) == period


@pytest.mark.parametrize(
    "given", ["2024-05-01", ("x", None), ("2024-05-02", "2024-05-01"), (1, 2), 7, ("2024-13-01", None)]
)
def test_what_is_no_period_says_so(given: Any) -> None:
    with pytest.raises(UsageError, match=r"period|2024-05-31"):
        as_period(given)


def test_both_ends_are_included() -> None:
    period = Period(date(2024, 5, 1), date(2024, 5, 3))
    assert [date(2024, 5, day) in period for day in (1, 2, 3, 4)] == [True, True, True, False]
    assert date(1999, 1, 1) in Period(None, date(2024, 5, 1))
