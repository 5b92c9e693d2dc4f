"""Texts to token ids, in bulk: spaCy reads each distinct piece of text once, the rest is arrays.

The ids are spaCy's LOWER ids: hashes of the lower-cased token, the same in every process and version.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.language import Language

# spaCy's tokenizer takes quadratic time on long runs without a space.
LONGEST_PIECE: Final = 64
# Pieces remembered before starting afresh: English talk has about 17,000 in 30,000 turns.
MEMORY: Final = 200_000

_NO_IDS: Final = np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of many texts, end to end: text `i` has `ids[offsets[i]:offsets[i + 1]]`."""

    ids: NDArray[np.uint64]
    offsets: NDArray[np.int64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Tokens in each text."""
        return np.diff(self.offsets)


class Tokenizer:
    """spaCy's English tokenizer with a bounded memory of pieces already read.

    Safe to share between threads. It remembers hashes of pieces, never the pieces, and lets spaCy
    forget its strings after each use, so that nothing a customer said stays in memory.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nlp: Language | None = None
        self._memory = _Memory()

    def __getstate__(self) -> dict[str, Any]:
        """Travel to another process without what was remembered."""
        return {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Start afresh in the new process."""
        self.__init__()  # type: ignore[misc]

    def ids(self, texts: Sequence[str]) -> Tokens:
        """The token ids of each text, white space left out, the same as `ids_one_by_one` gives."""
        pieces = [pieces_of(text) for text in texts]
        flat = list(chain.from_iterable(pieces))
        keys = list(map(hash, flat))
        with self._lock:
            starts, lengths, ids = self._rows(flat, keys)
            offsets = _offsets(lengths)
            source = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
            found = ids[source]
        ends = _offsets(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
        return Tokens(ids=found, offsets=offsets[ends])

    def _rows(
        self, flat: list[str], keys: list[int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
        """Start and length of each piece's ids, and the ids; new pieces are read by spaCy first."""
        places = list(map(self._memory.places.get, keys))
        if None in places:
            if len(self._memory.places) > MEMORY:
                self._memory = _Memory()
            known = self._memory.places
            new = {key: piece for key, piece in zip(keys, flat, strict=True) if key not in known}
            self._memory.add(list(new), self._read(list(new.values())))
            places = list(map(self._memory.places.get, keys))
        at = np.array(places, dtype=np.int64)
        return self._memory.starts[at], self._memory.lengths[at], self._memory.ids

    def _read(self, pieces: list[str]) -> list[NDArray[np.uint64]]:
        """spaCy's ids of each piece."""
        from spacy.attrs import LOWER

        if self._nlp is None:
            import spacy

            self._nlp = spacy.blank("en")
        tokenizer: Any = self._nlp.tokenizer
        with self._nlp.memory_zone():
            return [doc.to_array([LOWER]).reshape(-1) for doc in tokenizer.pipe(pieces)]


class _Memory:
    """Ids of pieces by the piece's hash, in arrays that grow by half so that adding stays cheap."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.ids = np.zeros(1024, dtype=np.uint64)
        self.starts = np.zeros(1024, dtype=np.int64)
        self.lengths = np.zeros(1024, dtype=np.int64)
        self._used = 0

    def add(self, keys: list[int], rows: list[NDArray[np.uint64]]) -> None:
        """Remember the ids of some new pieces."""
        first, last = len(self.places), len(self.places) + len(keys)
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        offsets = self._used + _offsets(lengths)
        self.starts, self.lengths = _grown(self.starts, last), _grown(self.lengths, last)
        self.ids = _grown(self.ids, int(offsets[-1]))
        self.starts[first:last] = offsets[:-1]
        self.lengths[first:last] = lengths
        self.ids[self._used : offsets[-1]] = np.concatenate(rows)
        self._used = int(offsets[-1])
        self.places.update(zip(keys, range(first, last), strict=True))


def _grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    """The array, or a longer copy of it if it has fewer than `size` places."""
    if size <= len(array):
        return array
    longer = np.zeros(max(size, len(array) * 3 // 2), dtype=array.dtype)
    longer[: len(array)] = array
    return longer


def ids_one_by_one(texts: Sequence[str]) -> Tokens:
    """The reference for `Tokenizer.ids`: spaCy reads every piece again, nothing is remembered.

    In a whole text spaCy seeks emoticons across spaces too, and so splits the one in "[ :)ok" that it
    keeps in ":)ok". A piece is read the same wherever it stands.
    """
    import spacy
    from spacy.attrs import LOWER

    nlp = spacy.blank("en")
    rows = [
        np.concatenate([_NO_IDS, *(nlp(piece).to_array([LOWER]).reshape(-1) for piece in pieces_of(text))])
        for text in texts
    ]
    counts = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    return Tokens(ids=np.concatenate([_NO_IDS, *rows]), offsets=_offsets(counts))


def pieces_of(text: str) -> list[str]:
    """The text split at white space; a run that is too long for words is cut."""
    pieces = text.replace("\u2019", "'").split()
    if len(text) > LONGEST_PIECE and any(len(piece) > LONGEST_PIECE for piece in pieces):
        return [
            piece[start : start + LONGEST_PIECE]
            for piece in pieces
            for start in range(0, len(piece), LONGEST_PIECE)
        ]
    return pieces


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets
