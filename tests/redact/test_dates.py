"""Days in all the ways they are said: where they begin and end, and what they come to."""

from __future__ import annotations

import pytest

from carescore.redact.dates import dates, day_value
from carescore.redact.said import alone


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("14 March 1972", "14 March 1972", "14/3/72"),
        ("on march 14 then", "march 14", "14/3"),
        ("the second of the eleventh sixty eight", "the second of the eleventh sixty eight", "2/11/68"),
        ("it's the twenty third of may", "the twenty third of may", "23/5"),
        ("twenty-third of may 1980", "twenty-third of may 1980", "23/5/80"),
        ("3rd of may", "3rd of may", "3/5"),
        ("2nd may", "2nd may", "2/5"),
        ("1st of may", "1st of may", "1/5"),
        ("7th of may, 1999", "7th of may, 1999", "7/5/99"),
        ("thirtieth of june", "thirtieth of june", "30/6"),
        (
            "thirty first of december nineteen eighty",
            "thirty first of december nineteen eighty",
            "31/12/80",
        ),
        ("fourteenth march", "fourteenth march", "14/3"),
        ("second may nineteen ninety", "second may nineteen ninety", "2/5/90"),
        ("first of the second", "first of the second", "1/2"),
        ("fifth and sixth", "fifth and sixth", "5/6"),
        ("march nineteen eighty", "march nineteen eighty", "19/3/80"),
        ("born on 9 sept 1980 at home", "9 sept 1980", "9/9/80"),
        ("twenty tenth of may", "tenth of may", "10/5"),
        # what came before the day is no part of it, nor is what comes after the sentence
        ("we have 4 of them since 14 march 1972.", "14 march 1972", "14/3/72"),
        ("on 14 march. 72 of them", "14 march", "14/3"),
        # the full stop of a short month ends nothing
        ("14 Mar. 1972", "14 Mar. 1972", "14/3/72"),
        ("born Sept. 4, 1980", "Sept. 4, 1980", "4/9/80"),
    ],
)
def test_days(text, day, value):
    said = alone(text)
    found = [(text[said.tokens[d.first].start : said.tokens[d.last].end], d.value) for d in dates(said)]
    assert found == [(day, value)]


@pytest.mark.parametrize(
    "text",
    [
        *("the fifth", "may", "in may we went", "12 of 14", "twenty second", "3xx of may", "nothing"),
        *("november whiskey", "november bravo two", "november w", "july. 4 of them", "in may. 4 of us", ""),
        "the second one was broken and the eleventh too",
    ],
)
def test_what_is_no_day(text):
    assert list(dates(alone(text))) == []


def test_every_day_of_a_turn():
    found = [day.value for day in dates(alone("from 2 may 1999 to the third of june 2001"))]
    assert found == ["2/5/99", "3/6/1"]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (("14", "03", "19", "72"), "14/3/72"),
        (("14", "3", "20", "01"), "14/3/1"),
        (("14", "3", "1972"), "14/3/72"),
        (("14", "3", "18", "72"), "14/3/18/72"),
        (("19", "72"), "19/72"),
        (("9", "19", "7"), "9/19/7"),
    ],
)
def test_one_day_however_it_was_said(parts, value):
    assert day_value(parts) == value
