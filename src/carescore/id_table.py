"""Where ids stand in a sorted list of them, found at once: ids are hashes, so they are spread evenly."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_BITS: Final = 18  # of an id's highest bits, by which the list is entered
_MOST_STEPS: Final = 16  # beyond these, halving the list is faster


class IdTable:
    """A sorted list of 64-bit ids. Enters it by an id's highest bits, and steps on from there.

    `numpy.searchsorted` halves the list sixteen times for each id; this reads it twice or three times.
    """

    def __init__(self, ids: NDArray[np.uint64]) -> None:
        self._ids = np.append(ids, np.uint64(2**64 - 1))  # a last one, to stop at
        self._count = len(ids)
        slots = np.arange(1 << _BITS, dtype=np.uint64) << np.uint64(64 - _BITS)
        self._entry = np.searchsorted(ids, slots).astype(np.int32)
        in_slot = np.diff(self._entry, append=self._count)
        self._steps = int(in_slot.max())

    def find(self, wanted: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The place of each id, or -1 for those that are not there."""
        if self._steps > _MOST_STEPS:
            place = np.searchsorted(self._ids[: self._count], wanted).astype(np.int32)
        else:
            place = self._entry[(wanted >> np.uint64(64 - _BITS)).astype(np.int64)]
        missed = np.flatnonzero(self._ids[place] != wanted)
        rest, late = wanted[missed], place[missed]
        for _ in range(self._steps):
            late += self._ids[late] < rest
        place[missed] = np.where(self._ids[late] == rest, late, -1)
        place[place == self._count] = -1
        return place
