"""Pieces of a turn that can be quoted: its sentences, or windows where there is no punctuation."""

from __future__ import annotations

import re
from typing import Final

# Without punctuation, people's clauses hang on these words; a piece is quoted from one to the next.
_JOINTS: Final = frozenset({"and", "but", "so", "because", "then", "okay", "ok", "well", "um", "uh", "right"})
_LONGEST: Final = 30  # words in a piece before it is cut at a joint
_SHORTEST: Final = 8  # words a cut piece keeps at least
_SHORT: Final = 2 * _LONGEST  # characters, in which there cannot be more words than that
_WORD: Final = re.compile(r"\S+")
# It begins with the characters it may begin with, which makes looking for one much faster. No run of marks
# is tried twice, or 20,000 dots would take seconds.
_END: Final = re.compile(r"([.!?\n](?:(?<=\n)|(?<![.!?][.!?])[.!?]*+[\"')\]]*+(?=\s)))\s*+")


def sentences(text: str) -> list[tuple[int, int]]:
    """The offsets of the sentences of a turn, without the white space around them.

    >>> [("Oh no. I will check"[a:b]) for a, b in sentences("Oh no. I will check")]
    ['Oh no.', 'I will check']
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for found in _END.finditer(text, start):
        spans += _cut(text, start, found.end(1))
        start = found.end()
    return spans + _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence without the white space after it, cut at joints if it runs on and on; nothing if empty."""
    sentence = text[start:end].rstrip()
    end = start + len(sentence)
    if len(sentence) <= _SHORT:
        return [(start, end)] if sentence else []
    if len(sentence.split()) <= _LONGEST:
        return [(start, end)]
    spans: list[tuple[int, int]] = []
    first, begin, last = 0, 0, 0
    for number, word in enumerate(_WORD.finditer(sentence)):
        long_enough = number - first >= _SHORTEST
        if long_enough and (word[0].lower().strip(",") in _JOINTS or number - first >= _LONGEST):
            spans.append((start + begin, start + last))
            first, begin = number, word.start()
        last = word.end()
    return [*spans, (start + begin, end)]
