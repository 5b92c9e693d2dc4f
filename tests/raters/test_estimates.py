"""Intervals of agreement: they cover the truth, come back the same, and are not invented."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from carescore.raters import measures
from carescore.raters.estimates import alpha, resampled, share
from carescore.raters.measures import alpha_parts, ordinal_alpha


def pair(
    calls: int, agreement: float, apart: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    one, other = random.standard_normal((2, calls))
    cuts = [-1.2, -0.4, 0.4, 1.2]
    second = agreement * one + (1 - agreement**2) ** 0.5 * other + apart
    return np.digitize(one, cuts) + 1.0, np.digitize(second, cuts) + 1.0


@pytest.mark.parametrize(
    "measure", [measures.kappa, measures.weighted_kappa, measures.correlation, measures.mean_difference]
)
@pytest.mark.parametrize(("agreement", "apart"), [(0.5, 0.0), (0.8, 0.4)])
def test_intervals_of_two_raters_cover_the_truth(measure: Any, agreement: float, apart: float) -> None:
    random = np.random.default_rng(11)
    truth = measure(*pair(300_000, agreement, apart, random))
    bounded = measure is not measures.mean_difference
    for calls in (15, 60):
        found = [
            resampled(measure, *pair(calls, agreement, apart, random), seed=1, bounded=bounded)
            for _ in range(150)
        ]
        covered = [
            e.low <= truth <= e.high
            for e in found
            if e is not None and e.low is not None and e.high is not None
        ]
        assert len(covered) > 140
        assert 0.83 <= np.mean(covered) <= 0.98


def test_intervals_of_alpha_cover_the_truth() -> None:
    random = np.random.default_rng(12)
    truth = ordinal_alpha(alpha_parts(np.stack(pair(300_000, 0.7, 0.0, random))).sum(axis=0))
    found = [alpha(np.stack(pair(40, 0.7, 0.0, random)), seed=1) for _ in range(200)]
    covered = [
        e.low <= truth <= e.high for e in found if e is not None and e.low is not None and e.high is not None
    ]
    assert np.mean(covered) == pytest.approx(0.90, abs=0.06)


def test_the_same_seed_gives_the_same_interval() -> None:
    first, second = pair(50, 0.8, 0.0, np.random.default_rng(1))
    one = resampled(measures.weighted_kappa, first, second, seed=3)
    assert one == resampled(measures.weighted_kappa, first, second, seed=3)
    assert one != resampled(measures.weighted_kappa, first, second, seed=4)


def test_raters_who_always_agree_get_no_invented_interval() -> None:
    first = np.array([1.0, 2.0, 3.0, 4.0, 5.0] * 4)
    found = resampled(measures.weighted_kappa, first, first, seed=0)
    assert found is not None
    assert (found.value, found.low, found.high) == (1.0, None, None)
    assert found.shown == "1.00"


def test_what_is_not_defined_is_none() -> None:
    same = np.array([3.0] * 20)
    assert resampled(measures.kappa, same, same, seed=0) is None
    assert alpha(np.full((2, 5), np.nan), seed=0) is None


def test_a_share_has_wilsons_interval() -> None:
    found = share(0.8, 5)
    assert (found.value, found.low, found.high) == (
        0.8,
        pytest.approx(0.44, abs=0.005),
        pytest.approx(0.95, abs=0.005),
    )


def test_many_calls_are_drawn_in_blocks() -> None:
    first, second = pair(5_000, 0.8, 0.0, np.random.default_rng(2))
    found = resampled(measures.kappa, first, second, seed=0)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low < 0.04
