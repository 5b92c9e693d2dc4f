"""What the model found in many calls: their turns end to end, one row a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carescore.computed_once import computed_once
from carescore.moments import Findings


@dataclass(frozen=True)
class Calls:
    """The findings of many calls. Call `i` has the turns `starts[i]:starts[i + 1]` of every array.

    `probabilities` and `present` are turns × labels; `sides` and `repeats` have one entry a turn and mean
    what they mean in `Findings`.
    """

    labels: tuple[str, ...]
    probabilities: NDArray[np.float64]
    present: NDArray[np.bool_]
    sides: Sequence[str]
    repeats: NDArray[np.bool_]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Calls in the batch."""
        return len(self.starts) - 1

    def findings(self, number: int) -> Findings:
        """The findings of one call."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        return Findings(
            labels=self.labels,
            probabilities=self.probabilities[first:last],
            present=self.present[first:last],
            sides=self.sides[first:last],
            repeats=self.repeats[first:last],
        )

    @computed_once
    def call_of(self) -> NDArray[np.int64]:
        """The number of each turn's call."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @computed_once
    def cells(self) -> NDArray[np.int64]:
        """For each turn and label the number of the cell of calls × labels that they are in."""
        width = len(self.labels)
        cells: NDArray[np.int64] = (self.call_of[:, None] * width + np.arange(width)).ravel()
        return cells

    @computed_once
    def agent_turns(self) -> NDArray[np.int64]:
        """The rows of the agents' turns."""
        return self._rows_of("agent")

    @computed_once
    def customer_turns(self) -> NDArray[np.int64]:
        """The rows of the customers' turns."""
        return self._rows_of("customer")

    def _rows_of(self, side: str) -> NDArray[np.int64]:
        return np.array([row for row, role in enumerate(self.sides) if role == side], dtype=np.int64)


def sums(values: NDArray[np.float64], calls: Calls) -> NDArray[np.float64]:
    """The sum of each call's turns (calls × labels), added up in the order of the turns.

    The order makes it the same number to the last bit as the sum over one call alone.
    """
    width = values.shape[1]
    found = np.bincount(calls.cells, weights=values.ravel(), minlength=len(calls) * width)
    return found.reshape(len(calls), width).astype(np.float64)  # without a turn numpy counts whole numbers


def products(values: NDArray[np.float64], calls: Calls) -> NDArray[np.float64]:
    """The product of each call's turns (calls × labels); 1 for a call without turns."""
    found = np.ones((len(calls), values.shape[1]))
    there = np.diff(calls.starts) > 0  # a call without turns would be given the next call's first
    if there.any():
        found[there] = np.multiply.reduceat(values, calls.starts[:-1][there], axis=0)
    return found
