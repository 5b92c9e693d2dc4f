"""Levels: the minimum, the order of agents, and what is told about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from carescore.team.levels import (
    MINIMUM_CALLS,
    SCORE,
    Level,
    Measure,
    agent_levels,
    measures,
    order,
    team_level,
    values,
)
from tests.team.examples import criterion, drawn, result

SCORES = Measure(SCORE, "Call score")


def level(low: float, high: float) -> Level:
    middle = (low + high) / 2
    return Level(criterion="score", name="Call score", calls=9, level=middle, low=low, high=high, reason="x")


@pytest.mark.parametrize("calls", range(MINIMUM_CALLS + 2))
def test_under_the_minimum_the_reason_stands_in_place_of_an_average(calls: int) -> None:
    scores = np.array([50.0, 70.0, 60.0, 55.0, 65.0, 40.0][:calls])
    team = team_level(SCORES, scores)
    own = agent_levels(SCORES, {"Ana": scores, "Ben": np.array([60.0] * 8)}, team)["Ana"]
    for found in (team, own):
        assert found.calls == calls
        assert (found.level is None) == (calls < MINIMUM_CALLS)
        assert (found.level is None) == ("Not shown" in found.reason)


def test_the_minimum_is_where_a_mean_is_known_better_than_the_calls_lie_apart() -> None:
    from scipy.stats import t

    reach = {n: t.ppf(0.95, n - 1) / n**0.5 for n in (4, 5)}
    assert reach[4] > 1 > reach[5]
    assert MINIMUM_CALLS == 5


def test_calls_in_which_a_criterion_did_not_apply_are_not_counted() -> None:
    results = [
        result(f"c{n}", 50, criteria=[criterion("empathy", None if n < 4 else 80.0)]) for n in range(10)
    ]
    whole, empathy = measures(results)
    assert (whole.id, empathy.name) == (SCORE, "Empathy")
    assert values(empathy, results).tolist() == [80.0] * 6
    assert team_level(empathy, values(empathy, results)).calls == 6


def test_agents_under_the_minimum_are_not_shown_but_help_to_know_the_team() -> None:
    few = {f"New {n}": np.array([float(level)]) for n, level in enumerate((20, 90, 30, 80, 25, 85))}
    base = {"Ana": np.array(drawn(70, 6, seed=1)), "Ben": np.array(drawn(50, 6, seed=2))}
    team = team_level(SCORES, np.concatenate(list(base.values())))
    alone = agent_levels(SCORES, base, team)
    along = agent_levels(SCORES, {**base, **few}, team)
    assert along["New 0"].level is None
    assert along["Ana"].level != alone["Ana"].level


def test_limits_of_the_scale_hold() -> None:
    found = team_level(SCORES, np.array([100.0, 100.0, 99.0, 100.0, 100.0]))
    assert found.high == 100.0
    assert found.low is not None
    assert 90 < found.low < 100


@pytest.mark.parametrize(
    ("intervals", "groups", "above"),
    [
        ({"A": (60, 70), "B": (65, 80)}, [("A", "B")], {}),
        ({"A": (10, 20), "B": (30, 40)}, [("B",), ("A",)], {"B": ("A",)}),
        # B overlaps both, so the three are one group, though A stands clearly above C.
        ({"A": (60, 70), "B": (48, 62), "C": (40, 50)}, [("A", "B", "C")], {"A": ("C",)}),
        ({"Z": (80, 90), "Y": (82, 95), "A": (10, 30)}, [("Y", "Z"), ("A",)], {"Y": ("A",), "Z": ("A",)}),
        ({"A": (50, 60), "B": (60, 70)}, [("A", "B")], {}),
        ({}, [], {}),
    ],
)
def test_agents_are_parted_only_where_intervals_do_not_touch(
    intervals: dict[str, tuple[float, float]],
    groups: Sequence[tuple[str, ...]],
    above: dict[str, tuple[str, ...]],
) -> None:
    found = order(SCORES, {name: level(*ends) for name, ends in intervals.items()})
    assert list(found.groups) == groups
    assert found.above == above


def test_clear_marks_need_the_whole_interval_on_one_side_of_the_team() -> None:
    scores = {
        "High": np.array(drawn(90, 40, seed=3, spread=5)),
        "Low": np.array(drawn(30, 40, seed=4, spread=5)),
    }
    team = team_level(SCORES, np.concatenate(list(scores.values())))
    marks = {name: found.clear for name, found in agent_levels(SCORES, scores, team).items()}
    assert marks == {"High": "above", "Low": "below"}
    same = {name: np.array(drawn(60, 40, seed=5)) for name in ("A", "B")}
    team = team_level(SCORES, np.concatenate(list(same.values())))
    assert {found.clear for found in agent_levels(SCORES, same, team).values()} == {None}
