"""90% intervals for numbers of agreement: analytic where there is a good one, else from resampled calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.intervals import Floats, student, wilson
from carescore.raters.measures import Measure, alpha_parts, ordinal_alpha

RESAMPLES: Final = 1000
_AT_ONCE: Final = 2_000_000  # resampled ratings in memory
_EDGE: Final = 0.9999  # where the scale of the logarithm ends
_MOST_UNDEFINED: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 90% interval; the ends are `None` where resampling never changes the number."""

    value: float
    low: float | None
    high: float | None

    @property
    def shown(self) -> str:
        """Value and interval with two decimals."""
        if self.low is None or self.high is None:
            return f"{self.value:.2f}"
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def share(cases: float, calls: int) -> Estimate:
    """A share (0-1) of calls with Wilson's interval."""
    low, high = wilson(cases * calls, calls)
    return Estimate(value=round(cases, 4), low=round(low, 4), high=round(high, 4))


def resampled(
    measure: Measure, first: Floats, second: Floats, *, seed: int, bounded: bool = True
) -> Estimate | None:
    """A measure of two raters (calls,), with the standard error of resampled calls times Student's t.

    `bounded` measures lie between -1 and 1; their interval is formed on Fisher's scale, where it is about
    even to both sides. `None` where the measure is not defined.
    """
    calls = len(first)
    random = np.random.default_rng(seed)
    drawn = [measure(first[chosen], second[chosen]) for chosen in _draws(random, calls)]
    return _estimate(float(measure(first, second)), np.concatenate(drawn), calls, bounded)


def alpha(ratings: Floats, *, seed: int) -> Estimate | None:
    """Ordinal alpha of ratings (raters, calls; NaN for none), calls resampled; `None` where undefined."""
    parts = alpha_parts(ratings)
    parts = parts[parts.sum(axis=1) > 0]
    calls = len(parts)
    if not calls:
        return None
    random = np.random.default_rng(seed)
    counts = random.multinomial(calls, np.full(calls, 1.0 / calls), size=RESAMPLES)
    return _estimate(float(ordinal_alpha(parts.sum(axis=0))), ordinal_alpha(counts @ parts), calls, True)


def _fisher(value: Floats) -> Floats:
    widened: Floats = np.arctanh(np.clip(value, -_EDGE, _EDGE))
    return widened


def _tanh(value: Floats) -> Floats:
    narrowed: Floats = np.tanh(value)
    return narrowed


def _same(value: Floats) -> Floats:
    return value


def _draws(random: np.random.Generator, calls: int) -> list[NDArray[np.int64]]:
    block = max(_AT_ONCE // calls, 1)
    sizes = [min(block, RESAMPLES - start) for start in range(0, RESAMPLES, block)]
    return [random.integers(0, calls, size=(size, calls)) for size in sizes]


def _estimate(value: float, drawn: Floats, calls: int, bounded: bool) -> Estimate | None:
    if np.isnan(value):
        return None
    known = drawn[~np.isnan(drawn)]
    there, back = (_fisher, _tanh) if bounded else (_same, _same)
    spread = float(there(known).std()) if len(known) >= (1 - _MOST_UNDEFINED) * len(drawn) else 0.0
    if spread < 1e-9:
        return Estimate(value=round(value, 4), low=None, high=None)
    half = float(student(calls - 1.0)) * spread
    middle = float(there(np.asarray(value)))
    return Estimate(
        value=round(value, 4),
        low=round(float(back(np.asarray(middle - half))), 4),
        high=round(float(back(np.asarray(middle + half))), 4),
    )
