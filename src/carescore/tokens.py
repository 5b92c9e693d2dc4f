"""Texts to token ids, in bulk: spaCy reads each distinct piece of text once, the rest is arrays.

The ids are spaCy's LOWER ids: hashes of the lower-cased token, the same in every process and version.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from carescore.alike import as_alike
from carescore.id_table import IdTable
from carescore.pieces import Cut, cut, pieces_of
from carescore.placeholders import as_read
from carescore.plain_words import tokens_of
from carescore.runs import bounds, places

if TYPE_CHECKING:
    from spacy.language import Language

# Characters read at once, so that arrays stay small: a usual batch of calls has 100,000.
LONGEST_READ: Final = 1 << 20
# Pieces remembered before starting afresh, at 110 bytes each: English talk has about 17,000 in 30,000 turns.
MEMORY: Final = 150_000

_NO_IDS: Final = np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of many texts, end to end: text `i` has `ids[offsets[i]:offsets[i + 1]]`."""

    ids: NDArray[np.uint64]
    offsets: NDArray[np.int64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Tokens in each text."""
        return self.offsets[1:] - self.offsets[:-1]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The runs without white space that texts were read in, and which ids each of them has.

    Text `i` has the pieces from `offsets[i]` to `offsets[i + 1]`, piece `j` the ids from `starts[j]` to
    `starts[j + 1]` of the `Tokens`.
    """

    starts: NDArray[np.int64]
    offsets: NDArray[np.int64]


class Tokenizer:
    """spaCy's English tokenizer with a bounded memory of pieces already read.

    Safe to share between threads, and to fork from any of them. It remembers hashes of pieces, never the
    pieces, and lets spaCy forget its strings after each use, so that nothing a customer said stays in memory.
    """

    def __init__(self) -> None:
        self._start()
        if hasattr(os, "register_at_fork"):
            here = weakref.ref(self)
            os.register_at_fork(after_in_child=lambda: _start_if_busy(here()))

    def _start(self) -> None:
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
        return self.read(texts)[0]

    def read(self, texts: Sequence[str]) -> tuple[Tokens, Pieces]:
        """The token ids of each text, and the pieces they come from."""
        if sum(map(len, texts)) <= LONGEST_READ:
            return self._read_at_once(texts)
        return _joined([self._read_at_once(part) for part in _parts(texts)])

    def _read_at_once(self, texts: Sequence[str]) -> tuple[Tokens, Pieces]:
        pieces = cut(texts)
        with self._lock:
            at = self._memory.places.find(pieces.keys)
            if at.min(initial=0) < 0:
                at = self._learnt(pieces, at)
            lengths = self._memory.lengths[at]
            found = self._memory.ids[places(self._memory.starts[at], lengths)]
        starts = bounds(lengths)
        tokens = Tokens(ids=found, offsets=starts[pieces.offsets])
        return tokens, Pieces(starts=starts, offsets=pieces.offsets)

    def _learnt(self, pieces: Cut, at: NDArray[np.int32]) -> NDArray[np.int32]:
        """The places of pieces, of which spaCy reads the new ones first."""
        if len(self._memory.places) > MEMORY:
            self._memory = _Memory()
            at = np.full(len(at), -1, dtype=np.int32)
        new = np.flatnonzero(at < 0)
        keys, first = np.unique(pieces.keys[new], return_index=True)
        self._memory.add(keys, self._read([pieces[number] for number in new[first].tolist()]))
        return self._memory.places.find(pieces.keys)

    def _read(self, pieces: list[str]) -> list[list[int]]:
        """spaCy's ids of each piece."""
        from spacy.attrs import LOWER
        from spacy.strings import get_string_id

        if self._nlp is None:
            import spacy

            self._nlp = spacy.blank("en")
            # Of each new word spaCy works out a score of attributes; nothing but LOWER is asked of it here.
            vocab: Any = self._nlp.vocab
            vocab.lex_attr_getters = {LOWER: vocab.lex_attr_getters[LOWER]}
        tokenizer: Any = self._nlp.tokenizer
        pieces = [as_alike(as_read(piece) if "[" in piece else piece) for piece in pieces]
        plain = [tokens_of(piece, tokenizer.rules) for piece in pieces]
        rows = [[get_string_id(token.lower()) for token in tokens or ()] for tokens in plain]
        others = [place for place, tokens in enumerate(plain) if tokens is None]
        with self._nlp.memory_zone():
            for place, doc in zip(others, tokenizer.pipe([pieces[place] for place in others]), strict=True):
                rows[place] = doc.to_array([LOWER]).reshape(-1).tolist()
        return rows


def _start_if_busy(tokenizer: Tokenizer | None) -> None:
    """Start afresh in a forked process if another thread, which is not in it, was at work at that moment."""
    if tokenizer is not None and tokenizer._lock.locked():
        tokenizer._start()


class _Memory:
    """Ids of pieces by the piece's key, in arrays that grow by half so that adding stays cheap."""

    def __init__(self) -> None:
        self.places = IdTable()
        self.ids = np.zeros(1024, dtype=np.uint64)
        self.starts = np.zeros(1024, dtype=np.int64)
        self.lengths = np.zeros(1024, dtype=np.int64)
        self._used = 0

    def add(self, keys: NDArray[np.uint64], rows: list[list[int]]) -> None:
        """Remember the ids of some new pieces."""
        first, last = len(self.places), len(self.places) + len(keys)
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        offsets = self._used + bounds(lengths)
        self.starts, self.lengths = _grown(self.starts, last), _grown(self.lengths, last)
        self.ids = _grown(self.ids, int(offsets[-1]))
        self.starts[first:last] = offsets[:-1]
        self.lengths[first:last] = lengths
        self.ids[self._used : offsets[-1]] = np.fromiter(chain.from_iterable(rows), dtype=np.uint64)
        self._used = int(offsets[-1])
        self.places.add(keys)


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
        np.concatenate([_NO_IDS, *(nlp(piece).to_array([LOWER]).reshape(-1) for piece in _read_pieces(text))])
        for text in texts
    ]
    counts = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    return Tokens(ids=np.concatenate([_NO_IDS, *rows]), offsets=bounds(counts))


def _read_pieces(text: str) -> list[str]:
    """The same as `pieces_of`, with words in place of placeholders and of words that are alike."""
    return [as_alike(as_read(piece)) for piece in pieces_of(text)]


def _parts(texts: Sequence[str]) -> list[Sequence[str]]:
    """The texts in parts that are not too long to be read at once."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    part_of = bounds(lengths)[1:] // LONGEST_READ
    ends = [*(np.flatnonzero(part_of[1:] != part_of[:-1]) + 1).tolist(), len(texts)]
    return [texts[start:end] for start, end in pairwise([0, *ends])]


def _joined(parts: Sequence[tuple[Tokens, Pieces]]) -> tuple[Tokens, Pieces]:
    """What was read in parts, end to end."""
    ids = np.concatenate([tokens.ids for tokens, _ in parts])
    offsets = bounds(np.concatenate([tokens.counts for tokens, _ in parts]))
    starts = bounds(np.concatenate([np.diff(pieces.starts) for _, pieces in parts]))
    of_texts = bounds(np.concatenate([np.diff(pieces.offsets) for _, pieces in parts]))
    return Tokens(ids=ids, offsets=offsets), Pieces(starts=starts, offsets=of_texts)
