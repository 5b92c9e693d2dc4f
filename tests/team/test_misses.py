"""What is missed most: counts, intervals that know about calls, examples with quotes."""

from __future__ import annotations

import numpy as np
import pytest

from carescore.intervals import wilson
from carescore.results import CallScore
from carescore.team.misses import misses, share_interval
from tests.team.examples import criterion, moment, quote, result


def call(number: int, *outcomes: str, trigger: str = "distress") -> CallScore:
    found = [moment(2 * n, trigger, outcome) for n, outcome in enumerate(outcomes)]
    said = [quote(m.turn, trigger, f"words {number} {m.turn}", 0.6 + number / 100) for m in found]
    return result(f"c{number:02}", criteria=[criterion("empathy", 50, moments=found, evidence=said)])


def test_openings_are_counted_by_trigger_and_told_in_words() -> None:
    results = [call(1, "met", "missed"), call(2, "token"), call(3, "missed", trigger="effort"), call(4)]
    first, second = misses(results)
    assert (first.trigger, first.openings, first.met, first.token, first.missed) == ("distress", 3, 1, 1, 1)
    assert (first.calls, first.share) == (2, pytest.approx(1 / 3, abs=1e-4))
    assert first.opening == "a customer told of trouble, worry or disappointment"
    assert (second.trigger, second.missed, second.name) == ("effort", 1, "Empathy")


def test_the_most_missed_stands_first() -> None:
    results = [call(n, "missed", trigger="effort") for n in range(3)] + [
        call(9, "missed", "met", "met", "met")
    ]
    assert [miss.trigger for miss in misses(results)] == ["effort", "distress"]


def test_the_same_moments_under_two_criteria_are_told_once_under_the_one_that_grades_them() -> None:
    rows = [moment(0, "distress", "missed"), moment(2, "distress", "met")]
    both = [
        result(
            f"c{n}",
            criteria=[
                criterion("overall", 50, moments=rows, weight=0.0),
                criterion("empathy", 50 if n else None, moments=rows if n else ()),
            ],
        )
        for n in range(3)
    ]
    assert [(miss.criterion, miss.openings) for miss in misses(both)] == [("empathy", 4)]


def test_one_trigger_that_two_criteria_meet_differently_is_told_twice() -> None:
    found = [
        result(
            "c",
            criteria=[
                criterion("ownership", 50, moments=[moment(0, "unresolved", "met")]),
                criterion("solution", 50, moments=[moment(0, "unresolved", "missed")]),
            ],
        )
    ]
    assert {(miss.criterion, miss.missed) for miss in misses(found)} == {("ownership", 0), ("solution", 1)}


def test_examples_quote_the_surest_misses_of_different_calls() -> None:
    found = misses([call(1, "missed", "missed"), call(2, "missed"), call(3, "met"), call(4, "missed")])[0]
    assert [(example.call_id, example.quote) for example in found.examples] == [
        ("c04", "words 4 0"),
        ("c02", "words 2 0"),
    ]


def test_a_trigger_without_words_of_its_own_is_told_by_its_name() -> None:
    assert misses([call(1, "missed", trigger="closed_question")])[0].opening == "there was closed question"


def test_no_results_no_openings() -> None:
    assert misses([]) == ()
    assert misses([result("c")]) == ()


@pytest.mark.parametrize(("hits", "of"), [(4, 5), (80, 100), (0, 9), (9, 9)])
def test_wilson_is_the_one_of_scipy(hits: int, of: int) -> None:
    from scipy.stats import binomtest

    known = binomtest(hits, of).proportion_ci(0.90, method="wilson")
    assert wilson(hits, of) == pytest.approx((known.low, known.high), abs=1e-9)


def test_openings_of_one_call_that_go_alike_count_for_less() -> None:
    independent = share_interval([1, 0] * 20, [1, 1] * 20)
    clustered = share_interval([5, 0] * 4, [5, 5] * 4)
    assert clustered[1] - clustered[0] > 1.5 * (independent[1] - independent[0])


def test_intervals_cover_the_share_where_calls_differ() -> None:
    random = np.random.default_rng(5)
    covered = []
    for _ in range(400):
        chances = random.beta(2, 3, size=60)
        of = random.integers(1, 6, size=60)
        low, high = share_interval(random.binomial(of, chances).tolist(), of.tolist())
        covered.append(low <= 0.4 <= high)
    assert np.mean(covered) == pytest.approx(0.90, abs=0.04)
