"""Turns in their context to hashed features: one row a turn, the same for one call and for a million.

A row holds the turn's words and word pairs, the words the other side said just before, and where in the
call the turn stands. Words are hashed, so that no model file holds what anybody said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from carescore.runs import bounds, places
from carescore.tokens import Tokens

BITS: Final = 18
BUCKETS: Final = 1 << BITS
VERSION: Final = 5  # raise it when a row would come out differently: older models are then refused

_LONGEST_CONTEXT: Final = 30  # words of the other side's turn that can matter; the last ones are kept


@dataclass(frozen=True, slots=True)
class Context:
    """Where each turn of a batch stands. All arrays have one entry a turn.

    `words[i]` is the text of the turn in `Tokens`; `before[i]` the text the other side said last, or -1.
    `nth` counts the side's own turns from 0, `left` the turns that follow, both -1 where there is no
    call around the turn; `place` is the position in the call from 0 to 1.
    """

    words: NDArray[np.int64]
    before: NDArray[np.int64]
    nth: NDArray[np.int64]
    left: NDArray[np.int64]
    place: NDArray[np.float64]

    def __len__(self) -> int:
        """Turns in the batch."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of each row: row `i` has `buckets[offsets[i]:offsets[i + 1]]`, sorted and distinct.

    `words` holds the ids of the row's own words in the same way, between its `word_offsets`.
    """

    buckets: NDArray[np.int32]
    offsets: NDArray[np.int64]
    words: NDArray[np.uint64]
    word_offsets: NDArray[np.int64]


def context_of_calls(calls: Sequence[Sequence[str]], first_text: int = 0) -> Context:
    """The context of every turn of calls given as sides ("agent", "customer", other) in order.

    Texts are numbered from `first_text` in the same order, one a turn. What a `system` turn holds was
    said to nobody: it is no context for anyone.
    """
    flat = list(chain.from_iterable(calls))
    lengths = np.fromiter(map(len, calls), dtype=np.int64, count=len(calls))
    call = np.repeat(np.arange(len(calls)), lengths)
    first = bounds(lengths)[call]
    last = lengths[call] - 1
    index = np.arange(len(flat)) - first
    numbers = {side: number for number, side in enumerate(dict.fromkeys(flat))}
    side = np.fromiter(map(numbers.__getitem__, flat), dtype=np.int64, count=len(flat))
    nth = np.zeros(len(flat), dtype=np.int64)
    for number in numbers.values():
        earlier = bounds(side == number)[:-1]
        np.copyto(nth, earlier - earlier[first], where=side == number)
    before = _before(call, side, system=numbers.get("system", -1))
    return Context(
        words=np.arange(first_text, first_text + len(flat), dtype=np.int64),
        before=np.where(before >= 0, before + first_text, -1),
        nth=nth,
        left=last - index,
        place=index / np.maximum(last, 1),
    )


def _before(call: NDArray[np.int64], side: NDArray[np.int64], *, system: int) -> NDArray[np.int64]:
    """For each turn the row of what another side than its own said last in the call, or -1."""
    if not len(side):
        return side
    spoken = (side != system).nonzero()[0]
    # What is heard before a turn is what was said before its speaker began.
    call_of, side_of = call[spoken], side[spoken]
    began = np.arange(len(spoken))
    began[1:][(call_of[1:] == call_of[:-1]) & (side_of[1:] == side_of[:-1])] = 0
    began = np.maximum.accumulate(began)
    place = np.searchsorted(spoken, np.arange(len(side))) - 1
    place[spoken] = began - 1
    before = np.append(spoken, -1)[place]
    return np.where((before >= 0) & (call[before] == call), before, -1)


def context_of_single_turns(count: int, has_before: Sequence[bool]) -> Context:
    """Turns without a call around them: text `2 i` is turn `i`, text `2 i + 1` what came before it."""
    alone = np.full(count, -1, dtype=np.int64)
    words = 2 * np.arange(count, dtype=np.int64)
    return Context(
        words=words,
        before=np.where(np.array(has_before, dtype=bool), words + 1, -1),
        nth=alone,
        left=alone,
        place=np.full(count, -1.0),
    )


def context_of_nothing(count: int) -> Context:
    """Texts that are read by themselves, as if there were no call: text `i` is turn `i`."""
    alone = np.full(count, -1, dtype=np.int64)
    words = np.arange(count, dtype=np.int64)
    return Context(words=words, before=alone, nth=alone, left=alone, place=np.full(count, -1.0))


def extract(tokens: Tokens, context: Context) -> Features:
    """The hashed features of every turn of the context."""
    size = len(context)
    asked = (context.before >= 0).nonzero()[0]
    texts = np.concatenate([context.words, context.before[asked]])
    starts, ends = tokens.offsets[texts], tokens.offsets[texts + 1]
    counts = ends[:size] - starts[:size]
    words = tokens.ids[places(starts[:size], counts)]
    np.maximum(starts[size:], ends[size:] - _LONGEST_CONTEXT, out=starts[size:])
    ids, row = _framed(tokens, starts, ends, np.concatenate([np.arange(size), asked]))
    own = len(words) + 2 * size
    said, row_said = ids[:own], row[:own]
    same = row_said[1:] == row_said[:-1]
    pairs = (_mixed(said[:-1]) * np.uint64(3) + said[1:])[same]
    keys = _mixed(
        np.concatenate([said ^ _SALTS["word"], pairs ^ _SALTS["pair"], ids[own:] ^ _SALTS["before"]])
    )
    standing = _standing(tokens, context)
    rows = np.concatenate([row_said, row_said[1:][same], row[own:], np.tile(np.arange(size), len(standing))])
    buckets, offsets = _distinct(rows, np.concatenate([_bucket(keys), *standing]), size)
    return Features(buckets=buckets, offsets=offsets, words=words, word_offsets=bounds(counts))


def word_buckets(ids: NDArray[np.uint64]) -> NDArray[np.int32]:
    """The buckets in which single words land, to ask how many of them a model knows."""
    return _bucket(_keyed("word", ids))


def _standing(tokens: Tokens, context: Context) -> list[NDArray[np.int32]]:
    """The buckets of where each turn stands and how long it is, of which each is a small whole number."""
    counts = tokens.counts
    heard = np.where(context.before >= 0, counts[context.before], 0) if len(counts) else counts
    standing = {
        "nth": np.minimum(context.nth, 3) + 1,
        "left": np.where(context.left < 0, 9, np.minimum(context.left, 3)),
        "place": np.where(context.place < 0, 9, np.minimum((context.place * 5).astype(np.int64), 4)),
        "length": _size_class(counts[context.words]),
        "heard": _size_class(heard),
    }
    return [_STANDING[name][values] for name, values in standing.items()]


def _size_class(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return _SIZES.searchsorted(counts)


def _framed(
    tokens: Tokens, starts: NDArray[np.int64], ends: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Runs of ids, each between a start and an end mark, and the row each id belongs to."""
    counts = ends - starts
    sizes = counts + 2
    edges = bounds(sizes)
    ids = np.empty(int(edges[-1]), dtype=np.uint64)
    ids[places(edges[:-1] + 1, counts)] = tokens.ids[places(starts, counts)]
    ids[edges[:-1]] = _START
    ids[edges[1:] - 1] = _END
    return ids, np.repeat(rows, sizes)


def _distinct(
    rows: NDArray[np.int64], buckets: NDArray[np.int32], size: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Each row's buckets once, in order: saying a word twice counts no more than once."""
    # numpy sorts 32-bit numbers several times faster; a usual batch of calls fits into them.
    width: Any = np.uint32 if size < 1 << (32 - BITS) else np.uint64
    packed: NDArray[Any] = (rows.astype(width) << width(BITS)) | buckets.astype(width)
    packed.sort()
    first = np.empty(len(packed), dtype=bool)
    first[:1] = True
    np.not_equal(packed[1:], packed[:-1], out=first[1:])
    packed = packed[first]
    offsets = np.searchsorted(packed, (np.arange(size + 1, dtype=np.uint64) << np.uint64(BITS)).astype(width))
    offsets[-1] = len(packed)  # the last bound may not fit into 32 bits
    return (packed & width(BUCKETS - 1)).astype(np.int32), offsets.astype(np.int64)


def _bucket(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    return (keys >> np.uint64(64 - BITS)).astype(np.int32)


def _keyed(family: str, values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return _mixed(values ^ _SALTS[family])


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread values over 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _salt(name: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little"))


_START: Final = _salt("start of turn")
_END: Final = _salt("end of turn")
_SALTS: Final = {
    name: _salt(name) for name in ("word", "pair", "before", "nth", "left", "place", "length", "heard")
}
_STANDING: Final = {
    name: _bucket(_keyed(name, np.arange(10, dtype=np.uint64)))
    for name in ("nth", "left", "place", "length", "heard")
}
_SIZES: Final = np.array([1, 3, 7, 15, 31, 63, 127])  # words; between them, turns count as equally long
