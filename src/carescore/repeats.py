"""Turns in which the agent only says again what it said before: a pasted phrase earns nothing twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHORTEST: Final = 4  # words a sentence needs to count as a repeat; "Okay." may be said often
_BREAK: Final = re.compile(r"[.!?\n]+")


def repeated_turns(texts: Sequence[str], sides: Sequence[str]) -> NDArray[np.bool_]:
    """For each turn whether every longer sentence of it was said by the agent in an earlier turn."""
    said: set[int] = set()
    repeats = np.zeros(len(texts), dtype=bool)
    for index, (text, side) in enumerate(zip(texts, sides, strict=True)):
        if side != "agent":
            continue
        keys = _long_sentences(text)
        repeats[index] = bool(keys) and keys <= said
        said |= keys
    return repeats


def _long_sentences(text: str) -> set[int]:
    sentences = map(str.split, _BREAK.split(text.lower()))
    return {hash(" ".join(words)) for words in sentences if len(words) >= _SHORTEST}
