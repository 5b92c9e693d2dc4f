"""Accuracy and F1 with intervals from resampled conversations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from carescore.evaluation.bootstrap import Number, divided, draws, number
from carescore.intervals import Floats

Codes = NDArray[np.int64]


def mean_f1(truth: Codes, given: Codes, groups: Codes, classes: Sequence[int], seed: int) -> Number:
    """The mean over classes of each one's F1."""
    weights = draws(int(groups.max()) + 1, seed)
    return number(np.mean([_f1(truth == c, given == c, groups, weights) for c in classes], axis=0))


def mean_f1_of_labels(truth: NDArray[np.bool_], given: NDArray[np.bool_], groups: Codes, seed: int) -> Number:
    """The mean over labels (columns) of each one's F1."""
    weights = draws(int(groups.max()) + 1, seed)
    columns = range(truth.shape[1])
    return number(np.mean([_f1(truth[:, c], given[:, c], groups, weights) for c in columns], axis=0))


def accuracy(truth: Codes, given: Codes, groups: Codes, seed: int) -> Number:
    """The share that is right."""
    weights = draws(int(groups.max()) + 1, seed)
    right = np.bincount(groups, weights=truth == given, minlength=weights.shape[1])
    sizes = np.bincount(groups, minlength=weights.shape[1]).astype(np.float64)
    return number(divided(weights @ right, weights @ sizes))


def _f1(truth: NDArray[np.bool_], given: NDArray[np.bool_], groups: Codes, weights: Floats) -> Floats:
    size = weights.shape[1]
    hits = np.bincount(groups, weights=2.0 * (truth & given), minlength=size)
    either = np.bincount(groups, weights=truth.astype(float) + given, minlength=size)
    return np.nan_to_num(divided(weights @ hits, weights @ either))
