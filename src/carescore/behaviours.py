"""The model of behaviours: features of turns to a calibrated probability for every label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import AGENT_BEHAVIOURS
from carescore.computed_once import computed_once
from carescore.features import BUCKETS, Features
from carescore.id_table import IdTable
from carescore.runs import bounds, places

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Between the mean (1) and the sum (0) of a turn's words; chosen on held-out calls.
_LENGTH_POWER: Final = 0.75
_FEW_ROWS: Final = 200  # fewer than in a batch of calls, more than in most calls
_BLOCK: Final = 4096  # rows at once, so that what is worked out stays in the cache
_SIDES: Final = {"agent": 1, "customer": 2}


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
        side = np.fromiter(map(_SIDES.get, sides, repeat(0)), dtype=np.int8, count=len(sides))
        agent, customer = side == _SIDES["agent"], side == _SIDES["customer"]
        result = np.zeros((len(side), len(self.labels)))
        for rows, labels, margins in self._sides(features, agent, customer):
            raw = margins * self.slopes[labels] + self.shifts[labels]
            result[rows[:, None], labels] = 1.0 / (1.0 + np.exp(-np.maximum(raw, -60.0)))
        return np.where(np.where(self.of_agent, agent[:, None], customer[:, None]), result, 0.0)

    def margins(
        self,
        features: Features,
        *,
        agent: NDArray[np.bool_] | None = None,
        customer: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.float64]:
        """Rows × labels distances from each label's border, before calibration.

        `agent` and `customer` say which rows need that side's labels, all if not given; no other margin
        means anything.
        """
        every = np.ones(len(features.offsets) - 1, dtype=bool)
        asked = (every if agent is None else agent, every if customer is None else customer)
        result = np.zeros((len(every), len(self.labels)))
        for rows, labels, margins in self._sides(features, *asked):
            result[rows[:, None], labels] = margins
        return result

    def _sides(
        self, features: Features, agent: NDArray[np.bool_], customer: NDArray[np.bool_]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
        """For each side the rows that ask for its labels, the labels' columns, and their margins.

        A few rows ask for all labels at once: that is faster for them, and gives the same numbers.
        """
        bags = self._bags(features)
        counts = features.word_offsets[1:] - features.word_offsets[:-1]
        worth = np.maximum(counts, 1) ** -_LENGTH_POWER
        few = len(counts) <= _FEW_ROWS
        asked = (
            [(self._table, agent | customer)]
            if few
            else list(zip(self._side_tables, (agent, customer), strict=True))
        )
        for (labels, table), wanted in asked:
            asking = wanted.nonzero()[0]
            for first in range(0, len(asking), _BLOCK):
                rows = asking[first : first + _BLOCK]
                every = len(rows) == len(counts)
                chosen = bags if every else _only(bags, np.concatenate([rows, rows + len(counts)]))
                added = _added_up(chosen, table)
                weighed, said = added[: len(rows)], added[len(rows) :, :-1]
                length = np.sqrt(weighed[:, -1:])
                length[length == 0] = 1.0
                margins = weighed[:, :-1] / length + said * worth[rows, None]
                yield rows, labels, margins + self.intercepts[labels]

    def _bags(self, features: Features) -> _Bags:
        """The rows of the tables that each turn's features stand for, and then those for its words."""
        buckets = self._row_of[features.buckets]
        places = self._words.find(features.words)
        places[places >= 0] += len(self.idf)
        numbers = np.concatenate([buckets, places])
        offsets = np.concatenate([features.offsets, features.word_offsets[1:] + len(buckets)])
        used = (numbers >= 0).nonzero()[0]
        return numbers[used], used.searchsorted(offsets)

    def known_shares(self, buckets: NDArray[np.int32], starts: NDArray[np.int64]) -> list[float]:
        """From each start to the next the share of word buckets that the model knows; 1 of none."""
        known = np.diff(bounds(self.column_of[buckets] >= 0)[starts])
        words = np.diff(starts)
        shares: list[float] = np.where(words > 0, known / np.maximum(words, 1), 1.0).tolist()
        return shares

    def __getstate__(self) -> dict[str, Any]:
        """Travel to another process without what can be worked out again."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @computed_once
    def _words(self) -> IdTable:
        words = IdTable()
        words.add(self.word_ids)
        return words

    @computed_once
    def _table(self) -> _Table:
        """What everything weighs for all labels."""
        return self._table_of(np.ones(len(self.labels), dtype=bool))

    @computed_once
    def _side_tables(self) -> tuple[_Table, _Table]:
        """What everything weighs for the agent's labels, and for the customer's."""
        return self._table_of(self.of_agent), self._table_of(~self.of_agent)

    def _table_of(self, wanted: NDArray[np.bool_]) -> _Table:
        """The columns of some labels, and what everything weighs for them.

        A row for each feature, its weights times its `idf` and last its `idf` squared, so that adding up
        gives a turn's weights and the square of its length at once; then a row for each word.
        """
        idf = self.idf[:, None]
        features = np.hstack([self.weights[:, wanted] * idf, idf**2])[self._frequent_first]
        words = np.pad(self.word_weights[:, wanted], ((0, 0), (0, 1)))
        return wanted.nonzero()[0], np.ascontiguousarray(np.vstack([features, words]))

    @computed_once
    def _frequent_first(self) -> NDArray[np.int64]:
        """The features in the order of the tables: frequent ones together, so that they stay in the cache."""
        return np.argsort(self.idf, kind="stable")

    @computed_once
    def _row_of(self) -> NDArray[np.int32]:
        """For each bucket the row of its feature in the tables, or -1."""
        row_of = np.full(BUCKETS, -1, dtype=np.int32)
        row_of[self.buckets[self._frequent_first]] = np.arange(len(self.buckets), dtype=np.int32)
        return row_of

    @computed_once
    def of_agent(self) -> NDArray[np.bool_]:
        """For each label whether it is the agent's."""
        return np.array([label in AGENT_BEHAVIOURS for label in self.labels])

    @computed_once
    def column_of(self) -> NDArray[np.int32]:
        """For each bucket its feature, or -1."""
        return columns(self.buckets)


# The columns of some labels, and a table with a column for each of them and one more.
_Table = tuple[NDArray[np.int64], NDArray[np.float64]]
# Numbers of table rows: bag `i` has those from `offsets[i]` to `offsets[i + 1]`.
_Bags = tuple[NDArray[np.int32], NDArray[np.int64]]


def _only(bags: _Bags, wanted: NDArray[np.int64]) -> _Bags:
    """Some of the bags, in their order."""
    numbers, offsets = bags
    starts = offsets[wanted]
    lengths = offsets[wanted + 1] - starts
    return numbers[places(starts, lengths)], bounds(lengths)


def _added_up(bags: _Bags, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each bag the sum of the rows of the table that it names (bags × columns of the table)."""
    from scipy.sparse import csr_array

    numbers, offsets = bags
    shape = (len(offsets) - 1, len(table))
    rows = csr_array((np.ones(len(numbers)), numbers, offsets.astype(np.int32)), shape=shape)
    return np.asarray(rows @ table, dtype=np.float64)


def word_rows(features: Features, word_ids: NDArray[np.uint64]) -> csr_array:
    """The rows' words as a sparse matrix over the given sorted ids, less weight a word in longer turns."""
    from scipy.sparse import csr_array

    counts = np.diff(features.word_offsets)
    worth = np.repeat(np.maximum(counts, 1) ** -_LENGTH_POWER, counts)
    place = np.minimum(np.searchsorted(word_ids, features.words), len(word_ids) - 1)
    known = word_ids[place] == features.words
    return csr_array(
        (worth[known], place[known].astype(np.int32), bounds(known)[features.word_offsets].astype(np.int32)),
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
    offsets = bounds(used)[features.offsets].astype(np.int32)
    column = found[used]
    values = idf[column]
    counts = np.diff(offsets)
    row = np.repeat(np.arange(rows), counts)
    lengths = np.sqrt(np.bincount(row, weights=values**2, minlength=rows))
    lengths[lengths == 0] = 1.0
    return csr_array((values / lengths[row], column, offsets), shape=(rows, len(idf)))
