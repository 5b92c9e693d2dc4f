"""Copies of a turn as a recogniser or a hasty typist would have it, so that the model survives both."""

from __future__ import annotations

import random
import re
from typing import Final, Literal

Copy = Literal["clean", "flat", "noisy"]

_PUNCTUATION: Final = re.compile(r"[^\w\s'’]")
_FILLERS: Final = ("um", "uh", "er", "like", "you know", "i mean", "so", "well", "sort of")
_DROPPED: Final = 0.10
_FILLED: Final = 0.06


def degraded(text: str, copy: Copy, rng: random.Random) -> str:
    """The text as it is, without punctuation and case, or with words dropped and fillers put in as well.

    >>> degraded("Oh, I'm sorry!", "flat", random.Random(0))
    "oh i'm sorry"
    """
    if copy == "clean":
        return text
    words = _PUNCTUATION.sub(" ", text).lower().split()
    if copy == "flat":
        return " ".join(words)
    kept = []
    for word in words:
        if rng.random() >= _DROPPED:
            if rng.random() < _FILLED:
                kept.append(rng.choice(_FILLERS))
            kept.append(word)
    return " ".join(kept)
