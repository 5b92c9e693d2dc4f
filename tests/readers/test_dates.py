"""Days as people write them, and what they mean beside each other."""

from __future__ import annotations

import pytest
from tests.growth import linear

from carescore.readers.dates import day_in, settled


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025/03/04T10:00", "2025-03-04"),
        ("4 March 2025, 09:41", "2025-03-04"),
        ("the 4th of March 2025", "2025-03-04"),
        ("Tue, 4 Mar 2025 09:41:00 +0100", "2025-03-04"),
        ("Tuesday, March 4, 2025 9:41 AM", "2025-03-04"),
        ("Mar 4th, 2025", "2025-03-04"),
        ("4-Mar-2025", "2025-03-04"),
        ("04.03.2025", "2025-03-04"),
        ("25/3/25", "2025-03-25"),
        ("3/25/2025", "2025-03-25"),
        ("4/4/2025", "2025-04-04"),
        ("Dienstag, 4. März 2025", "2025-03-04"),
        ("mardi 4 mars 2025", "2025-03-04"),
        ("4 de marzo de 2025", "2025-03-04"),
        # Two meanings, no year, no such day, no day at all.
        ("03/04/2025", None),
        ("4 March", None),
        ("31 February 2025", None),
        ("99.99.2025", None),
        ("April 10:04 AM", None),
        ("120250-03-041", None),
        ("", None),
    ],
)
def test_a_day_as_written(written: str, iso: str | None) -> None:
    day = day_in(written)
    assert (day.iso if day is not None else None) == iso


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # Another day shows the order, or the shorter conversation does.
        (["03/04/2025", "25/04/2025"], ["2025-04-03", "2025-04-25"]),
        (["03/04/2025", "03/15/2025"], ["2025-03-04", "2025-03-15"]),
        (["03/04/2025", "03/05/2025"], ["2025-03-04", "2025-03-05"]),
        (["03/04/2025", "04/04/2025"], ["2025-04-03", "2025-04-04"]),
        (["03/04/2025", "5 March 2025"], ["2025-03-04", "2025-03-05"]),
        (["03/04/2025"], ["2025-04-03"]),
        # A day without a year.
        (["2025-03-04", "5 March"], ["2025-03-04", "2025-03-05"]),
        (["3 March", "4 March 2025"], ["2025-03-03", "2025-03-04"]),
        (["31 Dec 2024", "none", "1 Jan"], ["2024-12-31", None, "2025-01-01"]),
        (["31 Dec", "1 Jan"], ["2000-12-31", "2001-01-01"]),
        (["31 Dec 2024", "29 Feb"], ["2024-12-31", "2024-02-29"]),
        ([], []),
    ],
)
def test_days_beside_each_other(written: list[str], expected: list[str | None]) -> None:
    days = settled([day_in(one) for one in written])
    assert [day.isoformat() if day is not None else None for day in days] == expected


@pytest.mark.parametrize("piece", ["3 ", "March ", "Mon, ", "3 March ", "2025-03-", "1/1/", "4 of "])
def test_time_stays_linear(piece: str) -> None:
    linear(day_in, lambda size: piece * size, 10_000)
