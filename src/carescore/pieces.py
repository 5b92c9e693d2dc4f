"""Texts cut at white space into pieces, and a key for each piece that tells it from all others.

All texts are cut at once, in arrays. Keys are hashes that are drawn anew in each process, so that nobody can
make up two pieces with the same key.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.runs import bounds

# spaCy's tokenizer takes quadratic time on long runs without a space.
LONGEST_PIECE: Final = 64

_LAST_SPACE: Final = 0x3000  # the highest character that is white space
_USUAL: Final = 1 << 17  # characters in a batch of calls, for which powers are kept
_SCRAMBLE: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of some texts: text `i` has those from `offsets[i]` to `offsets[i + 1]`.

    Piece `j` stands in `text`, which holds all texts, from `starts[j]` to `ends[j]`.
    """

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    offsets: NDArray[np.int64]
    keys: NDArray[np.uint64]

    def __getitem__(self, number: int) -> str:
        """One piece."""
        return self.text[self.starts[number] : self.ends[number]]


def cut(texts: Sequence[str]) -> Cut:
    """The pieces of all texts, the same as `pieces_of` finds in each."""
    text = _even("\n".join(texts))
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    inside = np.zeros(len(letters) + 2, dtype=bool)
    inside[1:-1] = ~_white()[np.minimum(letters, _LAST_SPACE + 1)]
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    if (ends - starts).max(initial=0) > LONGEST_PIECE:
        return cut([" ".join(pieces_of(one)) for one in texts])
    firsts = bounds(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1)
    return Cut(
        text=text,
        starts=starts,
        ends=ends,
        offsets=starts.searchsorted(firsts),
        keys=_keys(letters, starts, ends),
    )


def pieces_of(text: str) -> list[str]:
    """The text split at white space; a run that is too long for words is cut."""
    return [
        run[start : start + LONGEST_PIECE]
        for run in _even(text).split()
        for start in range(0, len(run), LONGEST_PIECE)
    ]


def _even(text: str) -> str:
    """The same text with one kind of apostrophe."""
    return text.replace("\u2019", "'")


def _keys(
    letters: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """A key for each piece: its letters, scrambled, as the coefficients of a polynomial in a secret number.

    The values are differences of running sums over all letters, moved to where a piece begins.
    """
    powers, inverses = _powers(max(len(letters), _USUAL))
    scrambled = (letters + np.uint64(1)) * _SCRAMBLE
    scrambled ^= scrambled >> np.uint64(32)
    scrambled *= powers[: len(letters)]
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(scrambled, out=sums[1:])
    return (sums[ends] - sums[starts]) * inverses[starts]


@cache
def _secret() -> int:
    return int.from_bytes(os.urandom(8), "little") | 1  # odd, so that it has an inverse


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the secret number and of its inverse, modulo 2 ** 64."""
    secret = _secret()
    factors = np.full((2, count), 1, dtype=np.uint64)
    factors[0, 1:], factors[1, 1:] = np.uint64(secret), np.uint64(pow(secret, -1, 1 << 64))
    return factors[0].cumprod(dtype=np.uint64), factors[1].cumprod(dtype=np.uint64)


@cache
def _white() -> NDArray[np.bool_]:
    """Whether each character is white space, up to the last that is, and one that is not."""
    return np.array([chr(code).isspace() for code in range(_LAST_SPACE + 2)])
