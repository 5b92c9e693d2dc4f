"""How an agent and a team change over time: "no clear change" unless the interval leaves 0 out.

A change is the slope of a least-squares line through the calls. The call score has a 90% interval. A
scorecard has many criteria, and of ten 90% intervals one misses by chance: those of the criteria are as
much wider as it takes to hold for all of them at once with 90% (Bonferroni: 10% / criteria for each).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from carescore.intervals import TAIL, Floats
from carescore.results import CallScore
from carescore.team.levels import MINIMUM_CALLS, Measure
from carescore.team.period import day_of
from carescore.team.pooling import pool, squared_errors

# Enough for a level of each half of the time.
MINIMUM_CALLS_OVER_TIME: Final = 2 * MINIMUM_CALLS
# Within a week calls differ by day and shift; that is no change over time.
MINIMUM_DAYS: Final = 7

_UNIT: Final = 30  # days: changes are told per month
_FEWEST_FOR_A_LINE: Final = 3

Direction = Literal["up", "down", "no clear change", "not shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Points (of 100) by which a measure changes in 30 days, with its interval.

    `calls` counts those with a day and a value, `days` lie between the first and the last of them. Under
    `MINIMUM_CALLS_OVER_TIME` or `MINIMUM_DAYS` the numbers are `None` and `reason` says why.
    """

    criterion: str
    name: str
    direction: Direction
    calls: int
    days: int
    per_30_days: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A least-squares line through (day, score): `slope` per 30 days, `spread` of the days in squares."""

    calls: int
    days: int
    slope: float
    squares: float
    spread: float


def dated(measure: Measure, results: Sequence[CallScore]) -> Floats:
    """Rows of (days, value) of the calls that have both; days are in units of 30."""
    pairs = [(day_of(result), measure.of(result)) for result in results]
    rows = [(day.toordinal() / _UNIT, value) for day, value in pairs if day is not None and value is not None]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def team_change(measure: Measure, rows: Floats, *, at_once: int = 1) -> Change:
    """The change of the mean over all calls of the team, whoever took them."""
    return agent_changes(measure, {"team": rows}, at_once=at_once)["team"]


def agent_changes(measure: Measure, rows: Mapping[str, Floats], *, at_once: int = 1) -> dict[str, Change]:
    """Each agent's change, drawn toward what the team's agents have in common; see `pooling`.

    `at_once` is the number of measures for which the intervals shall hold together with 90%.
    """
    tail = TAIL / at_once
    refused = {name: _refused(measure, own) for name, own in rows.items()}
    changes = {name: change for name, change in refused.items() if change is not None}
    if len(changes) == len(rows):
        return changes
    lines = {name: _line(own) for name, own in rows.items() if _has_line(own)}
    squares = np.array([line.squares for line in lines.values()])
    freedom = np.array([line.calls - 2.0 for line in lines.values()])
    spread = np.array([line.spread for line in lines.values()])
    pooled = pool(
        [line.slope for line in lines.values()],
        squared_errors(squares, freedom, spread, tail=tail),
        tail=tail,
    )
    for row, (name, line) in enumerate(lines.items()):
        if name not in changes:
            interval = (float(pooled.level[row]), float(pooled.low[row]), float(pooled.high[row]))
            changes[name] = _change(measure, line, interval)
    return {name: changes[name] for name in rows}


def _has_line(rows: Floats) -> bool:
    return len(rows) >= _FEWEST_FOR_A_LINE and float(np.ptp(rows[:, 0])) > 0


def _line(rows: Floats) -> _Line:
    time, value = rows[:, 0] - rows[:, 0].mean(), rows[:, 1] - rows[:, 1].mean()
    spread = float((time**2).sum())
    slope = float((time * value).sum()) / spread
    squares = float(((value - slope * time) ** 2).sum())
    return _Line(len(rows), _days(rows), slope, squares, spread)


def _days(rows: Floats) -> int:
    return round(float(np.ptp(rows[:, 0])) * _UNIT) if len(rows) else 0


def _refused(measure: Measure, rows: Floats) -> Change | None:
    """The answer where there is too little to tell a change from, or `None`."""
    calls, days = len(rows), _days(rows)
    if calls < MINIMUM_CALLS_OVER_TIME:
        counted = "1 call" if calls == 1 else f"{calls} calls"
        why = f"{counted} with a date and a value; a change is shown from {MINIMUM_CALLS_OVER_TIME} on"
    elif days < MINIMUM_DAYS:
        why = f"the calls lie {days} days apart at most; a change is shown from {MINIMUM_DAYS} days on"
    else:
        return None
    return Change(
        criterion=measure.id,
        name=measure.name,
        direction="not shown",
        calls=calls,
        days=days,
        reason=f"Not shown: {why}.",
    )


def _change(measure: Measure, line: _Line, interval: tuple[float, float, float]) -> Change:
    slope, low, high = (round(number, 4) for number in interval)
    direction: Direction = "up" if low > 0 else "down" if high < 0 else "no clear change"
    return Change(
        criterion=measure.id,
        name=measure.name,
        direction=direction,
        calls=line.calls,
        days=line.days,
        per_30_days=slope,
        low=low,
        high=high,
        reason=f"{line.calls} calls over {line.days} days.",
    )
