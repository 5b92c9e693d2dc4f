"""What has to be kept of each of millions of calls while they are read: a few bytes, not a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PENDING: Final = 65_536


class SeenIds:
    """How often each id was seen. Kept are 8 bytes of its hash, and a number for those that came back."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._sorted: NDArray[np.int64] | None = None
        self._again: dict[str, int] = {}

    def count(self, name: str) -> int:
        """Count this id; 1 the first time. Two ids of millions share a hash once in a million exports."""
        key = hash(name)
        if not self._is_known(key):
            self._recent.add(key)
            if len(self._recent) >= _PENDING:
                self._sort()
            return 1
        found = self._again[name] = self._again.get(name, 1) + 1
        return found

    def _is_known(self, key: int) -> bool:
        if key in self._recent:
            return True
        if self._sorted is None:
            return False
        place = int(self._sorted.searchsorted(key))
        return place < len(self._sorted) and int(self._sorted[place]) == key

    def _sort(self) -> None:
        import numpy as np

        recent = np.fromiter(self._recent, dtype=np.int64, count=len(self._recent))
        known = recent if self._sorted is None else np.concatenate([self._sorted, recent])
        known.sort()
        self._sorted = known
        self._recent = set()


class LastRows:
    """The row with which each call of a table ends: 8 bytes a call once all are seen, 16 a run till then."""

    def __init__(self) -> None:
        self._keys: list[int] = []
        self._ends: list[int] = []
        self._done: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None

    def see(self, key: str, row: int) -> None:
        """This row, later than all before it, belongs to the call of this key."""
        hashed = hash(key)
        if self._keys and self._keys[-1] == hashed:
            self._ends[-1] = row
            return
        if len(self._keys) >= _PENDING:
            self._done = self._packed()
            self._keys, self._ends = [], []
        self._keys.append(hashed)
        self._ends.append(row)

    def rows(self, *, without: str | None = None) -> Iterator[int]:
        """The last rows in rising order; that of one call may be left out."""
        keys, ends = self._packed()
        kept = ends if without is None else ends[keys != hash(without)]
        kept.sort()
        return map(int, kept)

    def _packed(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The calls' hashes and last rows."""
        import numpy as np

        keys, ends = np.array(self._keys, dtype=np.int64), np.array(self._ends, dtype=np.int64)
        if self._done is not None:
            keys, ends = np.concatenate([self._done[0], keys]), np.concatenate([self._done[1], ends])
        # Of equal ones np.unique names the first, so the latest are put first.
        unique, first = np.unique(keys[::-1], return_index=True)
        return unique, ends[::-1][first]
