"""Ratings beside the readers'."""

from __future__ import annotations

import numpy as np
import pytest

from carescore.evaluation.ratings import length, pairs_of, rating_quality, worst_calls
from carescore.raters import measures
from tests.evaluation.scripted import call, judged


def rated(theirs, ours, words=10, name="overall"):
    """A call with the reader's rating and the machine's (`None` does not apply)."""
    said = "" if ours is None else f"rate_{name}={ours}"
    return call(f"A: {said} {'word ' * words}", ratings={name: theirs})


PAIRS = [(1, 1.4), (2, 2.6), (3, 3.0), (4, 3.2), (5, 4.9), (5, 3.4), (2, 2.0), (3, 2.2), (1, 3.0), (4, 4.0)]


def test_agreement_is_that_of_two_raters():
    found = rating_quality(judged(*(rated(*pair) for pair in PAIRS)), seed=0)
    reader, machine = np.array(PAIRS, dtype=float).T
    assert [row.criterion for row in found] == ["overall"]
    row = found[0]
    for name, measure in {
        "weighted_kappa": measures.weighted_kappa,
        "correlation": measures.correlation,
        "mean_difference": measures.machine_difference,
        "exact": measures.exact,
        "adjacent": measures.adjacent,
    }.items():
        assert getattr(row, name).value == pytest.approx(float(measure(reader, machine)), abs=1e-4), name
    assert row.calls == len(PAIRS)


def test_the_interval_should_hold_the_readers_rating():
    row = rating_quality(judged(rated(3, 3.5), rated(3, 3.6), rated(3, 2.5), rated(1, 1.2)), seed=0)[0]
    assert row.covered.value == 0.75
    assert row.width == pytest.approx((1.0 + 1.0 + 1.0 + 0.7) / 4, abs=0.01)
    assert "covered" in row.flags


@pytest.mark.parametrize(
    ("theirs", "ours", "applies"), [(3, 3.0, 1.0), (None, None, 1.0), (None, 3.0, 0.0), (3, None, 0.0)]
)
def test_whether_it_applies_is_compared(theirs, ours, applies):
    row = rating_quality(judged(rated(theirs, ours)), seed=0)[0]
    assert row.applies.value == applies
    assert row.considered == 1
    assert row.calls == (theirs is not None and ours is not None)


def test_a_call_that_was_not_scored_counts_nowhere():
    found = judged(rated(3, 3.0), call("A: unscored", ratings={"overall": 3}))
    row = rating_quality(found, seed=0)[0]
    assert (row.calls, row.considered) == (1, 1)


def test_only_what_readers_rated_is_shown():
    found = judged(call("A: rate_overall=3 rate_empathy=2", ratings={"empathy": 2}))
    assert [row.criterion for row in rating_quality(found, seed=0)] == ["empathy"]
    assert worst_calls(found) is None
    assert length(found, seed=0) is None


def test_the_worst_fifth_is_found_or_not():
    good = [rated(4, 4.0) for _ in range(8)]
    found = worst_calls(judged(*good, rated(1, 1.0), rated(1, 1.1)))
    assert (found.worst, found.precision_at_half, found.precision_at_seven_tenths) == (2, 1.0, 1.0)
    found = worst_calls(judged(*good[:-1], rated(4, 1.0), rated(1, 1.5), rated(1, 4.5)))
    assert (found.worst, found.precision_at_half, found.precision_at_seven_tenths) == (2, 0.5, 0.2)


def test_ties_at_the_border_are_all_worst_and_no_difference_is_no_precision():
    found = worst_calls(judged(*(rated(3, 3.0 + n / 10) for n in range(5))))
    assert (found.calls, found.worst, found.precision_at_half) == (5, 5, None)


def test_length_is_in_words():
    found = length(judged(*(rated(3, 1.0 + n / 10, words=10 * n + 5) for n in range(12))), seed=0)
    assert found.machine.value == pytest.approx(1.0)
    assert found.readers.value is None


def test_pairs_are_in_the_order_of_the_calls():
    chosen, reader, machine = pairs_of("overall", judged(rated(2, None), rated(4, 3.0), rated(1, 2.0)))
    assert chosen == [1, 2]
    assert reader.tolist() == [4.0, 1.0]
    assert machine.tolist() == [3.0, 2.0]
