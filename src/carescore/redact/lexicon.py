"""The editable words beside this module: `words.toml`, `given_names.txt`, `ordinary_words.txt`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from carescore.redact.pieces import Token, split

FORMS: Final = (
    "card",
    "cvv",
    "expiry",
    "ssn",
    "iban",
    "phone",
    "email",
    "birth_date",
    "account",
    "order",
    "address",
    "name",
    "code",
)


@cache
def listed(part: str, name: str) -> frozenset[str]:
    """The single words of a list in `words.toml`."""
    return frozenset(_words()[part][name].split())


def in_order(part: str, name: str) -> list[str]:
    """The same in the order of the list."""
    return list(_words()[part][name].split())


@cache
def phrases(part: str, *names: str) -> Phrases:
    """The phrases of some lists in `words.toml`, each with its list's name."""
    found = _words()[part]
    return Phrases((phrase, name) for name in names for phrase in found[name].split("|"))


@cache
def cue_phrases() -> Phrases:
    """What announces or asks for something private, each as "form says" or "form near"."""
    return Phrases(
        (phrase, f"{form} {how}")
        for form, cues in _words()["cues"].items()
        for how in ("says", "near")
        for phrase in cues[how].split("|")
    )


@cache
def together() -> dict[str, tuple[tuple[str, int], ...]]:
    """The words that announce a form two by two: each word's forms, and its place in the pair."""
    found: dict[str, list[tuple[str, int]]] = {}
    for form in _words()["together"]:
        if form != "others":
            for side, words in enumerate(_words()["together"][form].split("/")):
                for word in words.split():
                    found.setdefault(word, []).append((form, side))
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def given_names() -> frozenset[str]:
    """Given names that are hardly ever other words."""
    return _lines("given_names.txt")


@cache
def more_names() -> frozenset[str]:
    """Given names and surnames that the models read as one: names where something else says so too."""
    return given_names() | (_lines("names.txt", "alike") - ordinary_words())


@cache
def ordinary_words() -> frozenset[str]:
    """Words of ordinary talk."""
    return _lines("ordinary_words.txt")


class Phrases:
    """Phrases of up to six words, found in tokens; where two overlap, the longer one stands."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in rows:
            words = tuple(token.text for token in split(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append((words, value))

    def find(self, tokens: tuple[Token, ...]) -> list[tuple[int, int, str]]:
        """The first and last token and the value of each phrase, in order."""
        found = [
            (first, first + len(words) - 1, value)
            for first, token in enumerate(tokens)
            for words, value in self._by_first.get(token.text, ())
            if len(words) == 1 or tuple(later.text for later in tokens[first : first + len(words)]) == words
        ]
        if len(found) < 2:
            return found
        taken: set[int] = set()
        kept = []
        for first, last, value in sorted(found, key=lambda row: (row[0] - row[1], row[0])):
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                kept.append((first, last, value))
        return sorted(kept)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_text("words.toml"))


def _lines(name: str, part: str = "redact") -> frozenset[str]:
    lines = (line for line in _text(name, part).splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def _text(name: str, part: str = "redact") -> str:
    return files("carescore").joinpath(part, name).read_text(encoding="utf-8")
