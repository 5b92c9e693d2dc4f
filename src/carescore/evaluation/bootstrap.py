"""Numbers with 95% intervals from resampled calls: whole calls are drawn, for turns of one call are alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.intervals import Floats

RESAMPLES: Final = 1000
_TAIL: Final = 0.025
_MOST_UNDEFINED: Final = 0.1
_AT_ONCE: Final = 4_000_000  # numbers in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with the 2.5% and 97.5% quantiles of resampled calls; `None` where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


def draws(calls: int, seed: int) -> Floats:
    """How often each call counts: (1 + `RESAMPLES`) × calls; the first row is the calls as they are."""
    random = np.random.default_rng(seed)
    drawn = random.multinomial(calls, np.full(calls, 1.0 / calls), size=RESAMPLES)
    return np.vstack([np.ones(calls), drawn]).astype(np.float64)


def number(values: Floats) -> Number:
    """The number of the first row with its interval from the others."""
    if np.isnan(values[0]):
        return Number(value=None)
    known = values[1:][~np.isnan(values[1:])]
    value = round(float(values[0]), 4)
    if len(known) < (1 - _MOST_UNDEFINED) * (len(values) - 1):
        return Number(value=value)
    low, high = np.quantile(known, [_TAIL, 1 - _TAIL])
    return Number(value=value, low=round(float(low), 4), high=round(float(high), 4))


def of_pairs(measure: Callable[[Floats, Floats], Floats], first: Floats, second: Floats, seed: int) -> Number:
    """A measure of two raters (…, calls) with its interval."""
    calls = len(first)
    if not calls:
        return Number(value=None)
    random = np.random.default_rng(seed)
    parts = [np.atleast_1d(measure(first, second))]
    block = max(_AT_ONCE // calls, 1)
    for start in range(0, RESAMPLES, block):
        chosen = random.integers(0, calls, size=(min(block, RESAMPLES - start), calls))
        parts.append(measure(first[chosen], second[chosen]))
    return number(np.concatenate(parts))


def divided(above: Floats, below: Floats) -> Floats:
    """The quotient, NaN where there is nothing to divide by."""
    quotient: Floats = np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)
    return quotient
