"""Calls over time and over the scale."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from carescore.report.charts import over_time, tens
from tests.team.examples import result

START = date(2024, 3, 4)  # a Monday


def calls(*rows: tuple[int, float | None]):
    return [result(f"c{n}", score, day=START + timedelta(days=day)) for n, (day, score) in enumerate(rows)]


def test_every_dated_call_is_a_dot_from_first_to_last_and_from_0_to_100():
    line = over_time(calls((0, 0.0), (10, 100.0), (5, 50.0)))
    assert line is not None
    assert line.dots == "M30 128h0M188 68h0M346 8h0"
    assert (line.first, line.last, line.unit) == ("2024-03-04", "2024-03-14", "week")


def test_weeks_have_means_only_where_there_are_enough_calls():
    line = over_time(calls(*[(day, 60.0 + day) for day in range(5)], (8, 20.0)))
    assert line is not None
    assert [(s.name, s.calls, s.mean) for s in line.stretches] == [
        ("2024-03-04", 5, 62.0),
        ("2024-03-11", 1, None),
    ]
    assert len(line.means) == 1


def test_half_a_year_and_more_is_told_by_month():
    line = over_time(calls((0, 50.0), (40, 50.0), (300, 50.0)))
    assert line is not None
    assert [s.name for s in line.stretches] == ["2024-03", "2024-04", "2024-12"]


@pytest.mark.parametrize(
    "given",
    [
        [],
        calls((0, 50.0), (0, 60.0)),
        calls((0, 50.0), (9, None)),
        [result("a", 50.0), result("b", 60.0)],
        [result("a", 50.0, day="sometime"), result("b", 60.0, day="2024-03-04")],
    ],
)
def test_one_day_or_none_is_no_course_of_time(given):
    assert over_time(given) is None


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], [0] * 10),
        ([0.0, 9.99, 10.0, 99.0, 100.0, None], [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]),
    ],
)
def test_calls_are_counted_by_tens(scores, expected):
    assert list(tens([result(f"c{n}", score) for n, score in enumerate(scores)])) == expected
