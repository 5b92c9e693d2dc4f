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

# Between the mean (1) and the sum (0) of a turn's words; chosen on held-out calls.
_LENGTH_POWER: Final = 0.75
_OWNERS: Final = {"agent": 1, "customer": 0}


@dataclass(frozen=True)
class BehaviourModel:
    """One linear model a label over hashed features, with its calibration and threshold.

    Shapes, for `F` features in use, `V` words and `L` labels: `buckets` (F,) sorted, `idf` (F,), `weights`
    (F, L), `word_ids` (V,) sorted, `word_weights` (V, L), `intercepts`, `slopes`, `shifts` and
    `thresholds` (L,). A label's margin is `row @ weights + said @ word_weights + intercept`, where `row`
    holds the `idf` of the turn's features divided by the row's Euclidean length, and `said` its words,
    each counting 1 / (words in the turn) ** 0.75. Word weights come from word vectors, so that a word
    never seen in training counts like the words it resembles. The probability is
    `sigmoid(slope * margin + shift)` (Platt 1999).
    """

    labels: tuple[str, ...]
    buckets: NDArray[np.int32]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    word_ids: NDArray[np.uint64]
    word_weights: NDArray[np.float64]
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
        margins += word_rows(features, self.word_ids) @ self.word_weights
        return margins + self.intercepts

    def known(self, buckets: NDArray[np.int32]) -> float:
        """The share of the given word buckets that the model has seen (1.0 if there are none)."""
        return float(np.mean(self.column_of[buckets] >= 0)) if len(buckets) else 1.0

    def known_shares(self, buckets: NDArray[np.int32], bounds: NDArray[np.int64]) -> list[float]:
        """`known` of the buckets between each two of the bounds."""
        known = _kept(self.column_of[buckets] >= 0)[bounds]
        words = np.diff(bounds)
        shares: list[float] = np.where(words > 0, np.diff(known) / np.maximum(words, 1), 1.0).tolist()
        return shares

    @cached_property
    def of_agent(self) -> NDArray[np.bool_]:
        """For each label whether it is the agent's."""
        return np.array([label in AGENT_BEHAVIOURS for label in self.labels])

    @cached_property
    def column_of(self) -> NDArray[np.int32]:
        """For each bucket its feature, or -1."""
        return columns(self.buckets)


def word_rows(features: Features, word_ids: NDArray[np.uint64]) -> csr_array:
    """The rows' words as a sparse matrix over the given sorted ids, less weight a word in longer turns."""
    from scipy.sparse import csr_array

    counts = np.diff(features.word_offsets)
    worth = np.repeat(np.maximum(counts, 1) ** -_LENGTH_POWER, counts)
    place = np.minimum(np.searchsorted(word_ids, features.words), len(word_ids) - 1)
    known = word_ids[place] == features.words
    return csr_array(
        (worth[known], place[known].astype(np.int32), _kept(known)[features.word_offsets].astype(np.int32)),
        shape=(len(counts), len(word_ids)),
    )


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
    offsets = _kept(used)[features.offsets].astype(np.int32)
    column = found[used]
    values = idf[column]
    counts = np.diff(offsets)
    row = np.repeat(np.arange(rows), counts)
    lengths = np.sqrt(np.bincount(row, weights=values**2, minlength=rows))
    lengths[lengths == 0] = 1.0
    return csr_array((values / lengths[row], column, offsets), shape=(rows, len(idf)))


def _kept(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many places before each one are true, and how many in all."""
    kept = np.zeros(len(mask) + 1, dtype=np.int64)
    np.cumsum(mask, out=kept[1:])
    return kept
