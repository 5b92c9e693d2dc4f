"""The model of behaviours: features of turns to a calibrated probability for every label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import AGENT_BEHAVIOURS
from carescore.features import BUCKETS, Features

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_OWNERS: Final = {"agent": 1, "customer": 0}


@dataclass(frozen=True)
class BehaviourModel:
    """One linear model a label over hashed features, with its calibration and threshold.

    Shapes, for `F` features in use and `L` labels: `buckets` (F,) sorted, `idf` (F,), `weights` (F, L),
    `intercepts`, `slopes`, `shifts` and `thresholds` (L,). The probability of a label is
    `sigmoid(slope * (row @ weights + intercept) + shift)` (Platt 1999), where `row` holds the `idf` of
    the turn's features divided by the row's Euclidean length.
    """

    labels: tuple[str, ...]
    buckets: NDArray[np.int32]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    slopes: NDArray[np.float64]
    shifts: NDArray[np.float64]
    thresholds: NDArray[np.float64]

    def probabilities(self, features: Features, sides: Sequence[str]) -> NDArray[np.float64]:
        """Rows × labels probabilities; 0 for labels of the other side and for rows of neither side."""
        raw = self.margins(features) * self.slopes + self.shifts
        result = 1.0 / (1.0 + np.exp(-np.clip(raw, -60.0, 60.0)))
        owner = np.array([_OWNERS.get(side, -1) for side in sides], dtype=np.int8)
        result[np.not_equal.outer(owner, self.of_agent.astype(np.int8))] = 0.0
        return result

    def margins(self, features: Features) -> NDArray[np.float64]:
        """Rows × labels distances from each label's border, before calibration."""
        margins: NDArray[np.float64] = weighted_rows(features, self.column_of, self.idf) @ self.weights
        return margins + self.intercepts

    def known(self, buckets: NDArray[np.int32]) -> float:
        """The share of the given word buckets that the model has seen (1.0 if there are none)."""
        return float(np.mean(self.column_of[buckets] >= 0)) if len(buckets) else 1.0

    @cached_property
    def of_agent(self) -> NDArray[np.bool_]:
        """For each label whether it is the agent's."""
        return np.array([label in AGENT_BEHAVIOURS for label in self.labels])

    @cached_property
    def column_of(self) -> NDArray[np.int32]:
        """For each bucket its feature, or -1."""
        return columns(self.buckets)


def columns(buckets: NDArray[np.int32]) -> NDArray[np.int32]:
    """For every possible bucket its place among the given ones, or -1."""
    column_of = np.full(BUCKETS, -1, dtype=np.int32)
    column_of[buckets] = np.arange(len(buckets), dtype=np.int32)
    return column_of


def weighted_rows(features: Features, column_of: NDArray[np.int32], idf: NDArray[np.float64]) -> csr_array:
    """The features in use as a sparse matrix of `idf` values, each row of Euclidean length 1."""
    from scipy.sparse import csr_array

    found = column_of[features.buckets]
    used = found >= 0
    rows = len(features.offsets) - 1
    kept = np.zeros(len(used) + 1, dtype=np.int64)
    np.cumsum(used, out=kept[1:])
    offsets = kept[features.offsets].astype(np.int32)
    column = found[used]
    values = idf[column]
    counts = np.diff(offsets)
    row = np.repeat(np.arange(rows), counts)
    lengths = np.sqrt(np.bincount(row, weights=values**2, minlength=rows))
    lengths[lengths == 0] = 1.0
    return csr_array((values / lengths[row], column, offsets), shape=(rows, len(idf)))
