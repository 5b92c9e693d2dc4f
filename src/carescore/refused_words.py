"""What a scorecard may not ask of the people it grades: how they feel, or what they are like."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Owner = Literal["agent", "customer"]

_LISTS: Final = ("states", "feelings", "agent", "customer", "meets", "own", "allowed")
_SENTENCE_END: Final = re.compile(r"[.?!;:\n]+")
_WORD: Final = re.compile(r"[^\W\d]+")


def refused_word(texts: Sequence[str]) -> str | None:
    """The word by which texts about one thing ask how an agent feels or is, `None` if they do not.

    >>> refused_word(["Stress", "Did the agent sound stressed?"])
    'stress'
    >>> refused_word(["Emotions", "Did the agent meet the customer's emotions?"]) is None
    True
    """
    patterns = _patterns()
    sentences = [" ".join(_WORD.findall(s)).lower() for text in texts for s in _sentences(text)]
    found = [
        (word[0], _whose(word, sentence, patterns), kind)
        for sentence in sentences
        for kind in ("states", "feelings")
        for word in patterns[kind].finditer(sentence)
    ]
    people = {owner for sentence in sentences for _, owner in _people(sentence, patterns)}
    explained = people == {"customer"} or any(owner == "customer" for _, owner, _ in found)
    for word, owner, kind in found:
        if owner == "agent" or (owner is None and kind == "states" and not explained):
            return word
    return None


def _whose(found: re.Match[str], sentence: str, patterns: Mapping[str, re.Pattern[str]]) -> Owner | None:
    """Whose feeling a word is, `None` where its sentence does not tell."""
    if any(a.start() <= found.start() < a.end() for a in patterns["allowed"].finditer(sentence)):
        return "customer"
    before = sentence[: found.start()]
    if patterns["own"].search(before[-40:]):
        return "agent"
    people = [
        (sentence.count(" ", *sorted((place, found.start()))), place, owner)
        for place, owner in _people(sentence, patterns)
    ]
    if not people:
        return "customer" if patterns["meets"].search(before) else None
    nearest = min(distance for distance, _, _ in people)
    agents = [place for distance, place, owner in people if distance == nearest and owner == "agent"]
    # Between the agent and the feeling stands what the agent does about somebody else's.
    met = any(
        place < found.start() and patterns["meets"].search(sentence, place, found.start()) for place in agents
    )
    return "agent" if agents and not met else "customer"


def _people(sentence: str, patterns: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[int, Owner]]:
    """Where people are named, and on which side they are."""
    taken = [(a.start(), a.end()) for a in patterns["allowed"].finditer(sentence)]
    owners: tuple[Owner, Owner] = ("agent", "customer")
    for owner in owners:
        for found in patterns[owner].finditer(sentence):
            if not any(start <= found.start() < end for start, end in taken):
                yield found.start(), owner


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text.replace("_", " ").replace("’", "'").replace("'s", " "))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """A pattern of whole words for each list of the file."""
    text = files("carescore").joinpath("refused_words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    return {name: _pattern(words[name]) for name in _LISTS}


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    parts = [re.escape(word).replace(r"\*", r"\w*") for word in longest_first]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")
