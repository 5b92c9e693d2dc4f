"""Where an agent and a team stand on each criterion, with intervals, and who stands clearly above whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.intervals import Floats
from carescore.results import CallScore
from carescore.team.pooling import mean_interval, pool, squared_errors

# With five calls the 90% interval of their mean (t·s/√n) reaches 0.95 of their standard deviation to each
# side, with four 1.18: under five an average places an agent worse than the calls lie apart anyway.
MINIMUM_CALLS: Final = 5

SCORE: Final = "score"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is averaged: the call's score (`id` is `score`) or one criterion of the scorecard."""

    id: str
    name: str

    def of(self, result: CallScore) -> float | None:
        """Its value for one call on 0-100, or `None` where it did not apply."""
        return result.score if self.id == SCORE else result.criteria[self.id].score


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Where somebody stands on one measure (0-100): `level` with its 90% interval.

    `calls` counts the calls in which it applied; under `MINIMUM_CALLS` the numbers are `None` and `reason`
    says why. `own_share` (0-1) is how far an agent's own calls decide the level; the rest is the team's.
    `clear` compares an agent's interval with the team's level: `above`, `below` or neither (`None`).
    """

    criterion: str
    name: str
    calls: int
    level: float | None = None
    low: float | None = None
    high: float | None = None
    own_share: float | None = None
    clear: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who stands clearly above whom on one measure: only where 90% intervals do not overlap.

    `groups` go from high to low; nobody in one overlaps with anybody in another, names inside stand in
    order of the alphabet. `above` names for each agent all those clearly below, also within a group.
    """

    criterion: str
    name: str
    groups: tuple[tuple[str, ...], ...]
    above: Mapping[str, tuple[str, ...]]


def measures(results: Sequence[CallScore]) -> tuple[Measure, ...]:
    """The call's score and each criterion, in the scorecard's order."""
    if not results:
        return ()
    criteria = results[0].criteria.values()
    return (Measure(SCORE, "Call score"), *(Measure(criterion.id, criterion.name) for criterion in criteria))


def values(measure: Measure, results: Sequence[CallScore]) -> Floats:
    """The measure's values in the calls in which it applied."""
    found = [measure.of(result) for result in results]
    return np.array([value for value in found if value is not None], dtype=np.float64)


def team_level(measure: Measure, scores: Floats) -> Level:
    """The mean over all calls of the team, whoever took them, with its t interval."""
    if len(scores) < MINIMUM_CALLS:
        return _too_few(measure, len(scores))
    return _level(measure, len(scores), mean_interval(scores), reason=f"Mean of {len(scores)} calls.")


def agent_levels(measure: Measure, scores: Mapping[str, Floats], team: Level) -> dict[str, Level]:
    """Each agent's level, drawn toward the team as far as the own calls tell little; see `pooling`.

    Agents under the minimum get no level, but their calls help to tell what the team is like.
    """
    names = [name for name, own in scores.items() if len(own)]
    shown = {name: _too_few(measure, len(own)) for name, own in scores.items()}
    if not any(len(scores[name]) >= MINIMUM_CALLS for name in names):
        return shown
    counts = np.array([len(scores[name]) for name in names], dtype=np.float64)
    means = np.array([scores[name].mean() for name in names])
    squares = np.array([((scores[name] - scores[name].mean()) ** 2).sum() for name in names])
    pooled = pool(means, squared_errors(squares, counts - 1.0, counts))
    for row, name in enumerate(names):
        if counts[row] >= MINIMUM_CALLS:
            triple = (float(pooled.level[row]), float(pooled.low[row]), float(pooled.high[row]))
            share = float(pooled.own_share[row])
            reason = f"{share:.0%} from {int(counts[row])} own calls, the rest from the team."
            shown[name] = _level(measure, int(counts[row]), triple, share, team.level, reason=reason)
    return shown


def order(measure: Measure, levels: Mapping[str, Level]) -> Order:
    """The partial order of the agents that have a level; see `Order`."""
    known = sorted(_intervals(levels), key=lambda row: (-row[1], row[0]))
    groups: list[list[str]] = []
    reach = 0.0
    for name, low, high in known:
        if groups and high >= reach:
            groups[-1].append(name)
            reach = min(reach, low)
        else:
            groups.append([name])
            reach = low
    above = {a: tuple(sorted(b for b, _, high in known if high < low)) for a, low, _ in sorted(known)}
    return Order(
        criterion=measure.id,
        name=measure.name,
        groups=tuple(tuple(sorted(group)) for group in groups),
        above={name: below for name, below in above.items() if below},
    )


def _intervals(levels: Mapping[str, Level]) -> Iterator[tuple[str, float, float]]:
    for name, level in levels.items():
        if level.low is not None and level.high is not None:
            yield name, level.low, level.high


def _level(
    measure: Measure,
    calls: int,
    interval: tuple[float, float, float],
    own_share: float | None = None,
    team: float | None = None,
    *,
    reason: str,
) -> Level:
    middle, low, high = (round(min(max(number, 0.0), 100.0), 4) for number in interval)
    clear = None if team is None else "above" if low > team else "below" if high < team else None
    return Level(
        criterion=measure.id,
        name=measure.name,
        calls=calls,
        level=middle,
        low=low,
        high=high,
        own_share=None if own_share is None else round(own_share, 4),
        clear=clear,
        reason=reason,
    )


def _too_few(measure: Measure, calls: int) -> Level:
    what = "scored" if measure.id == SCORE else "in which it applied"
    counted = {0: f"no calls {what}", 1: f"only 1 call {what}"}.get(calls, f"only {calls} calls {what}")
    reason = f"Not shown: {counted}; under {MINIMUM_CALLS} an average is too loose to tell anything."
    return Level(criterion=measure.id, name=measure.name, calls=calls, reason=reason)
