"""Levels of several agents at once: what few calls tell is drawn toward the team, as far as they tell little.

The model is the normal hierarchy of Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 5.4, with
that book's choice for the spread between agents (half-Cauchy; Gelman 2006, *Bayesian Analysis* 1:515-534):

    own_a ~ Normal(level_a, v_a)      own_a: an agent's own mean, v_a = s_a² / n_a its squared error
    level_a ~ Normal(team, tau²)      tau: how much agents differ, tau ~ half-Cauchy(scale), team flat

For a given tau the level is `B_a · team + (1 - B_a) · own_a` with `B_a = v_a / (v_a + tau²)`: with one call
an agent stands almost where the team stands, with many where the own mean is. tau and the team's centre
are not fixed at a best guess but averaged over, on a grid of equal prior weight, so that intervals
stay honest for teams of two and for agents who do not differ at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.intervals import TAIL, Floats, normal, student

# One rating point of five on the scale from 0 to 100: agents of one team differ by about that at most.
SCALE: Final = 25.0
_GRID: Final = 80
# What an agent's own few calls say of their spread is mixed with what the others' say, worth this many.
_BORROWED_FREEDOM: Final = 10.0
# A fifth of a rating point: scores that agree better than that agree by chance or by their limits.
_LEAST_SPREAD: Final = 5.0


@dataclass(frozen=True, slots=True)
class Pooled:
    """Levels with intervals, each array (agents,); `own_share` is 1 - B averaged over the grid (0-1).

    `between` is the standard deviation between agents with its 90% interval, `(value, low, high)`.
    """

    level: Floats
    low: Floats
    high: Floats
    own_share: Floats
    between: tuple[float, float, float]


def pool(
    own: Sequence[float] | Floats, squared_error: Sequence[float] | Floats, *, tail: float = TAIL
) -> Pooled:
    """Partial pooling of agents' own estimates (agents,) with their squared errors (agents,), all above 0.

    The intervals leave out `tail` (0-0.5) on each side.
    """
    y, v = np.asarray(own, dtype=np.float64), np.asarray(squared_error, dtype=np.float64)
    tau = SCALE * np.tan(np.pi / 2 * (np.arange(_GRID) + 0.5) / _GRID)
    precision = 1.0 / (v + tau[:, None] ** 2)
    team_error = 1.0 / precision.sum(axis=1)
    team = team_error * (precision * y).sum(axis=1)
    weight = _posterior(y, precision, team, team_error)
    toward_team = v * precision
    mean = toward_team * team[:, None] + (1.0 - toward_team) * y
    variance = (1.0 - toward_team) * v + toward_team**2 * team_error[:, None]
    level = weight @ mean
    half = normal(tail) * np.sqrt(np.maximum(weight @ (variance + mean**2) - level**2, 0.0))
    return Pooled(level, level - half, level + half, 1.0 - weight @ toward_team, _spread(tau, weight))


def squared_errors(squares: Floats, freedom: Floats, information: Floats, *, tail: float = TAIL) -> Floats:
    """`s_a² / information_a`, widened as Student's t is against the normal, for `pool` with the same `tail`.

    `squares` are each agent's sums of squared residuals, `freedom` their degrees of freedom, `information`
    the number of calls (or, for a slope, the sum of squared distances in time). The own variance is mixed
    with the other agents' (Smyth 2004, *Stat. Appl. Genet. Mol. Biol.* 3:3, with a fixed prior freedom).
    """
    others = freedom.sum() - freedom
    prior = np.where(others > 0, (squares.sum() - squares) / np.maximum(others, 1.0), 0.0)
    borrowed = np.minimum(others, _BORROWED_FREEDOM)
    known = np.maximum(borrowed + freedom, 1.0)
    variance = np.maximum((borrowed * prior + squares) / known, _LEAST_SPREAD**2)
    widened: Floats = variance / information * (student(known, tail) / normal(tail)) ** 2
    return widened


def mean_interval(values: Floats) -> tuple[float, float, float]:
    """The mean of some calls with its 90% t interval; at least two values."""
    count = len(values)
    error = np.sqrt(max(float(values.var(ddof=1)), _LEAST_SPREAD**2) / count)
    half = float(student(count - 1.0)) * float(error)
    middle = float(values.mean())
    return middle, middle - half, middle + half


def spread_interval(values: Floats, *, freedom: int | None = None) -> tuple[float, float, float]:
    """The standard deviation of some calls with its 90% chi-squared interval; at least two values.

    `freedom` is one less than their number, or less where several means were taken from them. Exact for
    normal scores; wider than need be for scores that crowd at both ends of the scale.
    """
    from scipy.special import chdtri

    degrees = len(values) - 1 if freedom is None else freedom
    squares = float(((values - values.mean()) ** 2).sum())
    most, least = (float(chdtri(degrees, tail)) for tail in (TAIL, 1.0 - TAIL))
    return math.sqrt(squares / degrees), math.sqrt(squares / most), math.sqrt(squares / least)


def _posterior(y: Floats, precision: Floats, team: Floats, team_error: Floats) -> Floats:
    """Weights of the grid (they sum to 1): equation 5.21 of the book, on a grid of equal prior weight."""
    logarithm = 0.5 * (
        np.log(team_error)
        + np.log(precision).sum(axis=1)
        - ((y - team[:, None]) ** 2 * precision).sum(axis=1)
    )
    weight = np.exp(logarithm - logarithm.max())
    normed: Floats = weight / weight.sum()
    return normed


def _spread(tau: Floats, weight: Floats) -> tuple[float, float, float]:
    """Median and 90% interval of the spread between agents."""
    below = np.cumsum(weight)
    middle, low, high = (float(np.interp(q, below, tau)) for q in (0.5, TAIL, 1.0 - TAIL))
    return middle, low, high
