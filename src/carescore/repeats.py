"""Turns in which the agent only says again what it said before: a pasted phrase earns nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHORTEST: Final = 4  # words a sentence needs to count as a repeat; "Okay." may be said often
# Words that a statement needs to count as a repeat with one word changed. Shorter ones, and questions, often
# say something else by that word ("your first name?", "your last name?"). In the agents' 8,325 turns of
# data/corpus/calls one more turn is a repeat by this rule: the same question, with "okay" before it.
_SHORTEST_CHANGED: Final = 7
_EDGE: Final = 3  # a sentence of 7 words keeps its first or last three where one word changes
_MOST_ALIKE: Final = 8  # sentences with the same edge to compare with, so that time stays linear
_SENTENCE: Final = re.compile(r"([^.!?\n]+)(\?)?")

_Words = tuple[str, ...]


def repeated_turns(texts: Sequence[str], sides: Sequence[str]) -> NDArray[np.bool_]:
    """For each turn whether every longer sentence of it was said by the agent in an earlier turn.

    A longer statement also was where one word of it is another one, is new or is left out; but not where
    that word is a number.
    """
    said = _Said()
    repeats = np.zeros(len(texts), dtype=bool)
    for index, (text, side) in enumerate(zip(texts, sides, strict=True)):
        if side != "agent":
            continue
        sentences = list(_long_sentences(text))
        repeats[index] = bool(sentences) and all(said.has(*sentence) for sentence in sentences)
        for words, _ in sentences:
            said.add(words)
    return repeats


def _long_sentences(text: str) -> Iterator[tuple[_Words, bool]]:
    """The words of each longer sentence, and whether it is a question."""
    for sentence, asks in _SENTENCE.findall(text.lower()):
        words = tuple(sentence.split())
        if len(words) >= _SHORTEST:
            yield words, bool(asks)


class _Said:
    """The sentences of earlier turns, to be found again whole or with one word changed."""

    def __init__(self) -> None:
        self._whole: set[_Words] = set()
        self._by_start: dict[_Words, list[_Words]] = {}
        self._by_end: dict[_Words, list[_Words]] = {}

    def add(self, words: _Words) -> None:
        if words in self._whole:
            return
        self._whole.add(words)
        if len(words) >= _SHORTEST_CHANGED - 1:
            self._by_start.setdefault(words[:_EDGE], []).append(words)
            self._by_end.setdefault(words[-_EDGE:], []).append(words)

    def has(self, words: _Words, asks: bool) -> bool:
        if words in self._whole:
            return True
        if asks or len(words) < _SHORTEST_CHANGED:
            return False
        near = (self._by_start.get(words[:_EDGE]), self._by_end.get(words[-_EDGE:]))
        return any(_one_word_apart(words, other) for found in near if found for other in found[-_MOST_ALIKE:])


def _one_word_apart(one: _Words, other: _Words) -> bool:
    """Whether one word was replaced, put in or left out, and none of them is a number."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    same = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    after = max(len(one), len(other)) - same - 1  # words behind the changed one
    if after and one[-after:] != other[-after:]:
        return False
    changed = (*one[same : len(one) - after], *other[same : len(other) - after])
    return not any(letter.isdigit() for word in changed for letter in word)
