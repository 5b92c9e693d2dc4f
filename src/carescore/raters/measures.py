"""Numbers on how two or more raters agree, each checked against published examples and scikit-learn.

Every function of two raters takes arrays of ratings (..., calls) and works along the last axis, so that a
bootstrap is one call. Kappas and percentages are of ratings rounded to the scale; correlation and mean
difference use them as they are. Where a number is not defined (a rater who always says the same) it is NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.intervals import Floats

Measure = Callable[[Floats, Floats], Floats]

CATEGORIES: Final = (1.0, 2.0, 3.0, 4.0, 5.0)


def on_scale(ratings: Floats) -> Floats:
    """Ratings as whole numbers of the scale, halves upward."""
    rounded: Floats = np.clip(np.floor(ratings + 0.5), CATEGORIES[0], CATEGORIES[-1])
    return rounded


def exact(first: Floats, second: Floats) -> Floats:
    """Share (0-1) of calls with the same rating."""
    return _share(on_scale(first) == on_scale(second))


def adjacent(first: Floats, second: Floats) -> Floats:
    """Share (0-1) of calls with ratings at most one apart."""
    return _share(np.abs(on_scale(first) - on_scale(second)) <= 1)


def kappa(first: Floats, second: Floats) -> Floats:
    """Cohen's kappa (1960, *Educ. Psychol. Meas.* 20:37-46), unweighted."""
    a, b = on_scale(first), on_scale(second)
    chance = np.zeros(a.shape[:-1])
    for category in CATEGORIES:
        chance = chance + _share(a == category) * _share(b == category)
    return _divided(exact(a, b) - chance, 1.0 - chance)


def weighted_kappa(first: Floats, second: Floats) -> Floats:
    """Quadratic weighted kappa (Cohen 1968), in its form `2 cov / (var + var + squared mean difference)`."""
    a, b = on_scale(first), on_scale(second)
    apart = a.mean(axis=-1) - b.mean(axis=-1)
    return _divided(2.0 * _covariance(a, b), a.var(axis=-1) + b.var(axis=-1) + apart**2)


def correlation(first: Floats, second: Floats) -> Floats:
    """Pearson's correlation."""
    return _divided(_covariance(first, second), first.std(axis=-1) * second.std(axis=-1))


def mean_difference(first: Floats, second: Floats) -> Floats:
    """Standardised mean difference of two people: second - first over their pooled standard deviation."""
    pooled = np.sqrt((first.var(axis=-1, ddof=1) + second.var(axis=-1, ddof=1)) / 2.0)
    return _divided(second.mean(axis=-1) - first.mean(axis=-1), pooled)


def machine_difference(person: Floats, machine: Floats) -> Floats:
    """Standardised mean difference of the machine: machine - person over the person's standard deviation.

    As RSMTool computes it for a system against human scores ("unpooled", n - 1).
    """
    return _divided(machine.mean(axis=-1) - person.mean(axis=-1), person.std(axis=-1, ddof=1))


def alpha_parts(ratings: Floats) -> Floats:
    """What each call adds to the coincidences: (calls, 25) from ratings (raters, calls) with NaN for none.

    Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*; calls with one rating add nothing.
    """
    known = on_scale(ratings)
    counts = np.stack([(known == category).sum(axis=0) for category in CATEGORIES], axis=1).astype(float)
    raters = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs -= np.eye(len(CATEGORIES)) * counts[:, None, :]
    parts: Floats = (
        np.where(raters[:, None, None] > 1, pairs, 0.0) / np.maximum(raters - 1.0, 1.0)[:, None, None]
    )
    return parts.reshape(len(raters), -1)


def ordinal_alpha(coincidences: Floats) -> Floats:
    """Krippendorff's alpha for ordinal ratings from coincidences (..., 25): 1 - observed / expected."""
    size = len(CATEGORIES)
    observed = coincidences.reshape(*coincidences.shape[:-1], size, size)
    totals = observed.sum(axis=-1)
    upto = np.cumsum(totals, axis=-1)
    # Squared number of ratings between two categories, half of each end counted.
    between = (upto[..., None, :] - upto[..., :, None]) + (totals[..., :, None] - totals[..., None, :]) / 2.0
    distance = between**2
    seen = (observed * distance).sum(axis=(-1, -2))
    expected = (totals[..., :, None] * totals[..., None, :] * distance).sum(axis=(-1, -2))
    return 1.0 - _divided(seen * (totals.sum(axis=-1) - 1.0), expected)


def _share(cases: NDArray[np.bool_]) -> Floats:
    share: Floats = cases.mean(axis=-1)
    return share


def _covariance(a: Floats, b: Floats) -> Floats:
    centred = (a - a.mean(axis=-1, keepdims=True)) * (b - b.mean(axis=-1, keepdims=True))
    covariance: Floats = centred.mean(axis=-1)
    return covariance


def _divided(above: Floats, below: Floats) -> Floats:
    """The quotient, or NaN where nothing can differ."""
    below = np.asarray(below, dtype=np.float64)
    defined = below > 1e-12
    quotient: Floats = np.where(defined, above / np.where(defined, below, 1.0), np.nan)
    return quotient
