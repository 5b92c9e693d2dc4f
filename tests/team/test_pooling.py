"""Partial pooling: the book's example, limits that are known exactly, and coverage in simulated teams."""

from __future__ import annotations

import numpy as np
import pytest

from carescore.intervals import student
from carescore.team.pooling import mean_interval, pool, spread_interval, squared_errors

# Coaching effects and standard errors of eight schools: Gelman et al., BDA3, table 5.2.
SCHOOLS = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0]
ERRORS = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0]
# Posterior medians of table 5.3 (there with a uniform prior for the spread).
PUBLISHED = [10, 8, 7, 8, 5, 6, 10, 8]


def test_the_published_example_comes_out() -> None:
    pooled = pool(SCHOOLS, np.square(ERRORS))
    assert pooled.level == pytest.approx(PUBLISHED, abs=1.3)
    assert pooled.between[0] == pytest.approx(5, abs=2)


def test_one_agent_alone_keeps_the_own_mean_and_error() -> None:
    pooled = pool([62.0], [9.0])
    assert pooled.level[0] == pytest.approx(62.0)
    assert pooled.high[0] - pooled.level[0] == pytest.approx(1.645 * 3.0, rel=1e-3)


@pytest.mark.parametrize(("calls", "least", "most"), [(1, 0.0, 0.1), (5, 0.1, 0.3), (400, 0.85, 1.0)])
def test_few_calls_stand_near_the_team_and_many_at_the_own_mean(
    calls: int, least: float, most: float
) -> None:
    own = [80.0, 60.0, 66.0, 58.0, 63.0, 55.0, 61.0, 64.0]
    pooled = pool(own, [400.0 / calls, *[400.0 / 30] * 7])
    assert least <= pooled.own_share[0] <= most
    assert 55.0 < pooled.level[0] <= 80.0


def test_drawing_to_the_team_grows_as_calls_get_fewer() -> None:
    own = [80.0, 60.0, 66.0, 58.0, 63.0]
    shares = [pool(own, [400.0 / n, *[20.0] * 4]).own_share[0] for n in (1, 2, 5, 10, 30, 100)]
    assert shares == sorted(shares)
    assert shares[-1] - shares[0] > 0.4


def test_equal_agents_get_equal_levels() -> None:
    pooled = pool([70.0] * 6, [25.0] * 6)
    assert pooled.level == pytest.approx([70.0] * 6)
    assert pooled.between[1] < 1.0


def test_own_spread_is_mixed_with_that_of_the_others() -> None:
    squares, freedom, calls = np.array([0.0, 4000.0]), np.array([4.0, 10.0]), np.array([5.0, 11.0])
    error = squared_errors(squares, freedom, calls)
    expected = (10 * 400.0 + 0.0) / 14 / 5 * (float(student(14.0)) / 1.6448536) ** 2
    assert error[0] == pytest.approx(expected)


def test_intervals_of_a_mean_and_a_spread_are_the_textbook_ones() -> None:
    values = np.array([50.0, 60.0, 70.0, 80.0, 90.0])
    middle, low, high = mean_interval(values)
    assert (middle, high - low) == pytest.approx((70.0, 2 * 2.1318 * 15.8114 / 5**0.5), rel=1e-4)
    spread, least, most = spread_interval(values)
    assert (spread, least, most) == pytest.approx((15.811, 10.266, 37.512), rel=1e-3)


def simulated(
    agents: int, between: float, calls: tuple[int, int], *, teams: int = 250
) -> tuple[float, float, float, float]:
    """Coverage of the truth, share of pairs told apart, and the errors of levels and of own means."""
    random = np.random.default_rng(20240501)
    covered, apart, ours, own = [], [], [], []
    for _ in range(teams):
        truth = 60.0 + between * random.standard_normal(agents)
        counts = random.integers(*calls, size=agents)
        scores = [t + 20.0 * random.standard_normal(n) for t, n in zip(truth, counts, strict=True)]
        means = np.array([values.mean() for values in scores])
        squares = np.array([((values - values.mean()) ** 2).sum() for values in scores])
        pooled = pool(means, squared_errors(squares, counts - 1.0, counts.astype(float)))
        covered.append(np.mean((pooled.low <= truth) & (truth <= pooled.high)))
        apart.append((pooled.low[:, None] > pooled.high).sum() / (agents * (agents - 1) / 2))
        ours.append(np.square(pooled.level - truth).mean())
        own.append(np.square(means - truth).mean())
    return float(np.mean(covered)), float(np.mean(apart)), float(np.mean(ours)), float(np.mean(own))


@pytest.mark.parametrize("agents", [2, 3, 8, 20])
@pytest.mark.parametrize("between", [0.0, 5.0, 10.0, 20.0])
@pytest.mark.parametrize("calls", [(5, 6), (1, 40)])
def test_intervals_cover_the_truth(agents: int, between: float, calls: tuple[int, int]) -> None:
    """90% on average over teams; for one given spread between agents from 85% (never less) to all."""
    coverage, _, ours, own = simulated(agents, between, calls)
    assert coverage >= 0.85
    assert ours <= own * 1.1


def test_intervals_cover_nine_in_ten_over_teams_of_every_kind() -> None:
    kinds = [(agents, between) for agents in (2, 5, 12) for between in (2.0, 5.0, 10.0, 20.0)]
    mean = np.mean([simulated(agents, between, (3, 40), teams=120)[0] for agents, between in kinds])
    assert mean == pytest.approx(0.90, abs=0.025)


@pytest.mark.parametrize(("agents", "most"), [(2, 0.03), (3, 0.02), (8, 0.005), (20, 0.002)])
def test_identical_agents_are_hardly_ever_told_apart(agents: int, most: float) -> None:
    """Two 90% intervals of one truth miss each other in 2% of pairs; drawing to the team makes it fewer."""
    assert simulated(agents, 0.0, (5, 30), teams=1000)[1] <= most


def test_agents_who_differ_much_are_told_apart() -> None:
    assert simulated(8, 20.0, (40, 60))[1] > 0.5
