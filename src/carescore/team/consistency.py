"""How even the calls are: between the calls of one agent, and between agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from carescore.intervals import Floats
from carescore.team.levels import MINIMUM_CALLS
from carescore.team.pooling import pool, spread_interval, squared_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A standard deviation in points (of 100) with its 90% interval, or `None` and the `reason`."""

    calls: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """`within` is the spread between calls of one and the same agent, `between` that between agents.

    `between_share` (0-1) is the part of all variance of call scores that lies between agents; the rest is
    the same person's calls differing. `None` where fewer than two agents have enough calls.
    """

    within: Spread
    between: Spread
    between_share: float | None


def spread(scores: Floats) -> Spread:
    """How far one agent's calls, or all calls, lie apart on the call score."""
    if len(scores) < MINIMUM_CALLS:
        return Spread(calls=len(scores), reason=f"Not shown: under {MINIMUM_CALLS} scored calls.")
    value, low, high = (round(number, 4) for number in spread_interval(scores))
    return Spread(calls=len(scores), value=value, low=low, high=high, reason=f"{len(scores)} calls.")


def consistency(scores: Mapping[str, Floats]) -> Consistency:
    """Both spreads over the agents with at least `MINIMUM_CALLS` scored calls; `scores` by agent."""
    enough = [own for own in scores.values() if len(own) >= MINIMUM_CALLS]
    calls = sum(len(own) for own in enough)
    within = _within(enough, calls)
    if len(enough) < 2:
        few = "no agent has" if not enough else "only one agent has"
        reason = f"Not shown: {few} {MINIMUM_CALLS} scored calls or more."
        return Consistency(within=within, between=Spread(calls=calls, reason=reason), between_share=None)
    counts = np.array([len(own) for own in enough], dtype=np.float64)
    squares = np.array([((own - own.mean()) ** 2).sum() for own in enough])
    pooled = pool([own.mean() for own in enough], squared_errors(squares, counts - 1.0, counts))
    value, low, high = (round(number, 4) for number in pooled.between)
    variance = float(squares.sum() / (counts - 1.0).sum())
    return Consistency(
        within=within,
        between=Spread(calls=calls, value=value, low=low, high=high, reason=f"{len(enough)} agents."),
        between_share=round(value**2 / (value**2 + variance), 4),
    )


def _within(enough: list[Floats], calls: int) -> Spread:
    if not enough:
        return Spread(calls=0, reason=f"Not shown: no agent has {MINIMUM_CALLS} scored calls or more.")
    centred = np.concatenate([own - own.mean() for own in enough])
    interval = spread_interval(centred, freedom=calls - len(enough))
    value, low, high = (round(number, 4) for number in interval)
    return Spread(
        calls=calls, value=value, low=low, high=high, reason=f"{calls} calls of {len(enough)} agents."
    )
