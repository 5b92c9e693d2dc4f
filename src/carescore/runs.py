"""Runs of unequal length kept end to end in one array: where each begins, and counting inside each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def bounds(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Where each run begins, and after them where the last one ends.

    >>> bounds(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    found = np.zeros(len(lengths) + 1, dtype=np.int64)
    lengths.cumsum(out=found[1:])
    return found


def places(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of runs that start anywhere, one run after another.

    >>> places(np.array([7, 0]), np.array([3, 2])).tolist()
    [7, 8, 9, 0, 1]
    """
    ends = bounds(lengths)
    found: NDArray[np.int64] = (starts - ends[:-1]).repeat(lengths)
    found += np.arange(ends[-1], dtype=np.int64)
    return found


def first_largest(values: NDArray[np.float64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each run, none of them empty, the place inside it of its largest value; the first of equals.

    >>> first_largest(np.array([1.0, 3.0, 3.0, 5.0]), np.array([3, 1])).tolist()
    [1, 0]
    """
    starts = bounds(lengths)[:-1]
    largest = np.maximum.reduceat(values, starts)
    found: NDArray[np.int64] = (values == largest.repeat(lengths)).nonzero()[0]
    first: NDArray[np.int64] = found[found.searchsorted(starts)] - starts
    return first
