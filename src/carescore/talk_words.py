"""Listening sounds, words that announce a hold and definitions, from the editable file `talk.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_LONGEST_SOUND: Final = 5  # words
_WORD: Final = re.compile(r"[\w'-]+")
_ENDINGS: Final = "?!.\"')]”’"
_PUNCTUATION: Final = re.compile(r"[.!?]")


@dataclass(frozen=True, slots=True)
class TalkWords:
    """Words of listening sounds, phrases after which a silence is a hold, and what each fact is."""

    listening: frozenset[str]
    holds: tuple[str, ...]
    definitions: Mapping[str, str]

    def is_listening(self, text: str) -> bool:
        """Whether a turn is only a sound of listening, such as "mm-hm, yeah"."""
        words = spoken(text)
        return 0 < len(words) <= _LONGEST_SOUND and self.listening.issuperset(words)

    def asks_to_wait(self, text: str) -> bool:
        """Whether a turn announces a hold."""
        said = f" {' '.join(spoken(text))} "
        return any(f" {phrase} " in said for phrase in self.holds)


@cache
def talk_words() -> TalkWords:
    """The words of the package's file, read once."""
    data = tomllib.loads(files("carescore").joinpath("talk.toml").read_text(encoding="utf-8"))
    return TalkWords(frozenset(data["listening"]), tuple(data["holds"]), data["definitions"])


def spoken(text: str) -> list[str]:
    """The words of a turn in lower case, without punctuation.

    >>> spoken("Mm-hm, I SEE.")
    ['mm-hm', 'i', 'see']
    """
    return _WORD.findall(text.lower().replace("’", "'"))


def asked_sentences(text: str) -> int:
    """How many sentences of a text end with a question mark.

    >>> asked_sentences("Really?? And when?")
    2
    """
    return sum("?" in word[len(word.rstrip(_ENDINGS)) :] for word in text.split())


def has_punctuation(texts: Iterable[str]) -> bool:
    """Whether sentences are marked at all; recognisers often write none."""
    return any(_PUNCTUATION.search(text) for text in texts)
