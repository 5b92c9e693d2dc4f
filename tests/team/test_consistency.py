"""Spread within and between agents."""

from __future__ import annotations

import numpy as np
import pytest

from carescore.team.consistency import consistency, spread
from tests.team.examples import drawn


def test_spread_needs_enough_calls() -> None:
    assert spread(np.array([10.0, 90.0, 10.0, 90.0])).value is None
    assert spread(np.array([10.0, 90.0, 10.0, 90.0, 50.0])).value == pytest.approx(40.0)


def test_spread_covers_the_truth() -> None:
    random = np.random.default_rng(2)
    found = [spread(60 + 15 * random.standard_normal(12)) for _ in range(500)]
    covered = [one.low <= 15 <= one.high for one in found if one.low is not None and one.high is not None]
    assert np.mean(covered) == pytest.approx(0.90, abs=0.04)


def test_differences_lie_between_agents_or_within_them() -> None:
    apart = {str(n): np.array(drawn(20 + 10 * n, 30, seed=n, spread=5)) for n in range(7)}
    alike = {str(n): np.array(drawn(60, 30, seed=n, spread=15)) for n in range(7)}
    first, second = consistency(apart), consistency(alike)
    assert first.between_share is not None
    assert second.between_share is not None
    assert first.between_share > 0.8 > 0.2 > second.between_share
    assert second.within.value == pytest.approx(15, abs=2)
    assert first.between.low is not None
    assert first.between.high is not None
    assert first.between.low <= 21.6 <= first.between.high


@pytest.mark.parametrize(
    ("scores", "word"),
    [
        ({}, "no agent"),
        ({"Ana": np.array([50.0] * 4)}, "no agent"),
        ({"Ana": np.array(drawn(50, 9, seed=1)), "Ben": np.array([50.0])}, "only one agent"),
    ],
)
def test_too_few_agents(scores: dict[str, np.ndarray], word: str) -> None:
    found = consistency(scores)
    assert found.between.value is None
    assert found.between_share is None
    assert word in found.between.reason


def test_scores_that_never_differ() -> None:
    found = consistency({name: np.array([70.0] * 8) for name in ("Ana", "Ben")})
    assert (found.within.value, found.between_share is not None) == (0.0, True)
