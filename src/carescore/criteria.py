"""Criterion models: from named features of a call to a rating from 1 to 5 with an interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carescore.results import Part


@dataclass(frozen=True, slots=True)
class CriterionModel:
    """A line with non-negative weights over call features, fitted to people's ratings.

    `base` is the rating of a call with no feature at all; `half_width` is half the 90% interval in rating
    points, from calls the line was not fitted to; `applies_at` is the probability of an opportunity from
    which the criterion applies.
    """

    base: float
    weights: dict[str, float]
    half_width: float
    applies_at: float = 0.5


LOWEST, HIGHEST = 1.0, 5.0


def arithmetic(model: CriterionModel, features: Mapping[str, float]) -> tuple[Part, ...]:
    """The lines that add up to the rating, the largest first; the last keeps it between 1 and 5."""
    rows = sorted(
        (-abs(features[name] * weight), name, features[name], weight)
        for name, weight in model.weights.items()
        if features[name] * weight
    )
    lines = [Part(feature="base", value=1.0, weight=model.base, points=model.base)]
    lines += [Part(feature=name, value=v, weight=weight, points=v * weight) for _, name, v, weight in rows]
    rest = _out_of_bounds([part.points for part in lines])
    if rest:
        lines.append(Part(feature="kept between 1 and 5", value=1.0, weight=rest, points=rest))
    return tuple(lines)


def rating_of(points: Sequence[float]) -> float:
    """The rating that lines with these points add up to; lines of no points change nothing."""
    rest = _out_of_bounds(points)
    return sum((*points, rest)) if rest else sum(points)


def _out_of_bounds(points: Sequence[float]) -> float:
    """What keeps the sum between 1 and 5; 0 if it is."""
    total = sum(points)
    bound = min(max(total, LOWEST), HIGHEST)
    return 0.0 if total == bound else _difference(bound, points)


def _difference(bound: float, points: Sequence[float]) -> float:
    """What must be added for the sum to be just inside the bound; plain subtraction may miss it by a bit."""
    rest = bound - sum(points)
    if not LOWEST <= sum((*points, rest)) <= HIGHEST:
        rest = math.nextafter(rest, math.inf if bound == LOWEST else -math.inf)
    return rest


def as_score(rating: float) -> float:
    """A rating from 1 to 5 on the scale from 0 to 100.

    >>> as_score(3.4)
    60.0
    """
    return round((rating - LOWEST) / (HIGHEST - LOWEST) * 100, 6)
