"""Changes over time: told only where the interval leaves 0 out, right on average, never invented."""

from __future__ import annotations

import numpy as np
import pytest

from carescore.team.changes import MINIMUM_CALLS_OVER_TIME, agent_changes, dated, team_change
from carescore.team.levels import SCORE, Measure
from tests.team.examples import result

SCORES = Measure(SCORE, "Call score")


def line(
    calls: int, per_30_days: float, *, days: int = 60, seed: int = 1, spread: float = 10.0
) -> np.ndarray:
    random = np.random.default_rng(seed)
    when = np.sort(random.integers(0, days + 1, calls)) / 30.0
    when[[0, -1]] = 0.0, days / 30.0
    return np.column_stack([when, 50 + per_30_days * when + spread * random.standard_normal(calls)])


@pytest.mark.parametrize(
    ("per_30_days", "direction"),
    [(15.0, "up"), (-15.0, "down"), (0.0, "no clear change"), (1.0, "no clear change")],
)
def test_direction(per_30_days: float, direction: str) -> None:
    change = team_change(SCORES, line(60, per_30_days))
    assert change.direction == direction
    assert (change.calls, change.days) == (60, 60)


def test_the_interval_is_the_textbook_one_of_a_slope() -> None:
    from scipy.stats import linregress, t

    rows = line(40, 4.0)
    change, fit = team_change(SCORES, rows), linregress(rows[:, 0], rows[:, 1])
    half = t.ppf(0.95, 38) * fit.stderr
    assert [change.per_30_days, change.low, change.high] == pytest.approx(
        [fit.slope, fit.slope - half, fit.slope + half], abs=1e-3
    )


@pytest.mark.parametrize(
    ("calls", "days", "word"),
    [
        (0, 0, "0 calls"),
        (1, 0, "1 call with"),
        (MINIMUM_CALLS_OVER_TIME - 1, 60, "9 calls"),
        (30, 6, "6 days apart"),
    ],
)
def test_too_little_to_tell(calls: int, days: int, word: str) -> None:
    rows = line(calls, 10, days=days) if calls else np.empty((0, 2))
    change = team_change(SCORES, rows)
    assert change.direction == "not shown"
    assert change.per_30_days is None
    assert word in change.reason


def test_all_calls_on_one_day_and_calls_without_a_day() -> None:
    same_day = [result(f"c{n}", 50 + n, day="2024-05-01T10:00:00+02:00") for n in range(20)]
    assert team_change(SCORES, dated(SCORES, same_day)).direction == "not shown"
    undated = [result(f"c{n}", 50 + n, day=day) for n, day in enumerate([None, "soon", "", "31/05/2024"] * 5)]
    assert dated(SCORES, undated).shape == (0, 2)
    agents = agent_changes(SCORES, {"Ana": dated(SCORES, same_day), "Ben": dated(SCORES, undated)})
    assert [change.direction for change in agents.values()] == ["not shown", "not shown"]


def test_an_agent_with_few_calls_is_drawn_to_what_the_agents_have_in_common() -> None:
    rows = {f"Agent {n}": line(60, 10.0, seed=n) for n in range(8)}
    rows["New"] = line(MINIMUM_CALLS_OVER_TIME, -20.0, seed=99, spread=25.0)
    alone = team_change(SCORES, rows["New"]).per_30_days
    change = agent_changes(SCORES, rows)["New"].per_30_days
    assert alone is not None
    assert change is not None
    assert alone < change
    assert abs(change - 10) < abs(alone - 10)


def simulate(teams: int, agents: int, true: float, differ: float, *, at_once: int = 1) -> tuple[float, float]:
    """Coverage of the agents' true changes, and the share of agents for whom a change is told."""
    random = np.random.default_rng(7)
    covered, told = [], []
    for team in range(teams):
        slopes = true + differ * random.standard_normal(agents)
        rows = {str(n): line(25, s, seed=1000 * team + n, spread=20.0) for n, s in enumerate(slopes)}
        changes = agent_changes(SCORES, rows, at_once=at_once)
        for slope, change in zip(slopes, changes.values(), strict=True):
            assert change.low is not None
            assert change.high is not None
            covered.append(change.low <= slope <= change.high)
            told.append(change.direction != "no clear change")
    return float(np.mean(covered)), float(np.mean(told))


@pytest.mark.parametrize("differ", [0.0, 5.0, 15.0])
def test_intervals_cover_the_true_change(differ: float) -> None:
    assert simulate(100, 6, 0.0, differ)[0] >= 0.85


def test_where_nothing_changes_hardly_any_change_is_told() -> None:
    assert simulate(150, 6, 0.0, 0.0)[1] <= 0.06
    assert simulate(100, 1, 0.0, 0.0)[1] == pytest.approx(0.10, abs=0.06)


def test_many_criteria_at_once_widen_the_interval() -> None:
    rows = line(60, 5.0)
    one, nine = team_change(SCORES, rows), team_change(SCORES, rows, at_once=9)
    assert one.low is not None
    assert nine.low is not None
    assert nine.low < one.low
    assert simulate(100, 1, 0.0, 0.0, at_once=9)[1] <= 0.05
