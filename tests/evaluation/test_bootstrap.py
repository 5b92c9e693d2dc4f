"""Intervals from resampled calls."""

from __future__ import annotations

import numpy as np
import pytest

from carescore.evaluation.bootstrap import RESAMPLES, Number, divided, draws, number, of_pairs
from carescore.raters.measures import exact


def test_draws_begin_with_the_calls_as_they_are_and_keep_their_number():
    weights = draws(7, seed=3)
    assert weights.shape == (RESAMPLES + 1, 7)
    assert weights[0].tolist() == [1.0] * 7
    assert set(weights.sum(axis=1)) == {7.0}
    assert (draws(7, seed=3) == weights).all()
    assert (draws(7, seed=4) != weights).any()


def test_a_number_has_the_quantiles_of_what_was_drawn():
    values = np.concatenate([[0.5], np.linspace(0, 1, 1001)])
    assert number(values) == Number(value=0.5, low=0.025, high=0.975)


@pytest.mark.parametrize(
    ("undefined", "expected"),
    [
        (0, Number(value=2.0, low=2.0, high=2.0)),
        (90, Number(value=2.0, low=2.0, high=2.0)),
        (200, Number(value=2.0)),
    ],
)
def test_no_interval_where_too_many_draws_say_nothing(undefined, expected):
    values = np.full(1001, 2.0)
    values[1 : undefined + 1] = np.nan
    assert number(values) == expected
    assert number(np.concatenate([[np.nan], values])) == Number(value=None)


def test_the_interval_of_a_share_is_near_the_binomial_one():
    cases = np.array([1.0] * 80 + [0.0] * 20)
    found = of_pairs(lambda a, b: a.mean(axis=-1), cases, cases, seed=1)
    assert found.value == 0.8
    assert found.low == pytest.approx(0.72, abs=0.015)
    assert found.high == pytest.approx(0.88, abs=0.015)


def test_nothing_to_measure_is_no_number():
    none = np.zeros(0)
    assert of_pairs(exact, none, none, seed=0) == Number(value=None)
    assert np.isnan(divided(np.array([1.0]), np.array([0.0]))).all()
