"""Quantiles and intervals that the view of a team and the comparison of raters share."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# What lies outside a 90% interval on each side.
TAIL: Final = 0.05


def normal(tail: float = TAIL) -> float:
    """The value that a standard normal exceeds with the probability `tail`."""
    return NormalDist().inv_cdf(1.0 - tail)


def student(freedom: Floats | float, tail: float = TAIL) -> Floats:
    """The value that Student's t with so many degrees of freedom exceeds with the probability `tail`."""
    from scipy.special import stdtrit

    return np.asarray(stdtrit(freedom, 1.0 - tail), dtype=np.float64)


def wilson(hits: float, of: float) -> tuple[float, float]:
    """The 90% interval of a share of independent cases; `of` above 0.

    Wilson (1927), *J. Am. Stat. Assoc.* 22:209-212.

    >>> [round(end, 2) for end in wilson(4, 5)]
    [0.44, 0.95]
    """
    z = normal()
    middle = (hits + z**2 / 2) / (of + z**2)
    half = z * math.sqrt(hits * (of - hits) / of + z**2 / 4) / (of + z**2)
    return max(middle - half, 0.0), min(middle + half, 1.0)
