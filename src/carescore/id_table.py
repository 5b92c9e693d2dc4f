"""Numbers by 64-bit ids that are hashes, looked up many at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FEWEST_BITS = 10


class IdTable:
    """A table of ids, each with its number: in the order in which they were added, from 0.

    An id stands in the place that its highest bits name, or in the first free one after it. Ids must be
    spread evenly, as hashes are.
    """

    def __init__(self) -> None:
        self._ids = np.zeros(0, dtype=np.uint64)
        self._count = 0
        self._grow(_FEWEST_BITS)

    def __len__(self) -> int:
        """Ids in the table."""
        return self._count

    def find(self, wanted: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each id, or -1 for those that are not there."""
        return self._looked_up(wanted)[1]

    def add(self, ids: NDArray[np.uint64]) -> None:
        """Add ids that are not there yet, each once."""
        self._ids = np.concatenate([self._ids, ids])
        bits = max(_FEWEST_BITS, (2 * len(self._ids)).bit_length())  # never more than half full
        if bits > self._bits:
            self._grow(bits)
        else:
            self._enter(np.arange(self._count, len(self._ids), dtype=np.int32))
        self._count = len(self._ids)

    def _grow(self, bits: int) -> None:
        self._bits = bits
        self._shift = np.uint64(64 - bits)
        self._numbers = np.full(1 << bits, -1, dtype=np.int32)
        self._enter(np.arange(len(self._ids), dtype=np.int32))

    def _enter(self, numbers: NDArray[np.int32]) -> None:
        while len(numbers):
            place, _ = self._looked_up(self._ids[numbers])
            self._numbers[place] = numbers  # of several for one place, one gets it
            numbers = numbers[self._numbers[place] != numbers]

    def _looked_up(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The place where each id is, or would be, and the number there."""
        place = (wanted >> self._shift).astype(np.int64)
        number = self._numbers[place]
        taken = ((number >= 0) & (self._ids[number] != wanted)).nonzero()[0] if len(self._ids) else place[:0]
        while len(taken):
            after = (place[taken] + 1) & ((1 << self._bits) - 1)
            place[taken], number[taken] = after, self._numbers[after]
            other = (number[taken] >= 0) & (self._ids[number[taken]] != wanted[taken])
            taken = taken[other]
        return place, number
