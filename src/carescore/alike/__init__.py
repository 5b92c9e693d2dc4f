"""Words that say the same about care, and so are read as one: names, places, gender words, long numbers.

What the models cannot see they cannot hold against anyone. The lists beside this file say which words.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from carescore.alike.numbers import as_one_number
from carescore.placeholders import NAME_READ_AS

_KINDS: Final = ("gender", "spelling", "dialect")
# Marks around a word, and what a short form hangs on to it.
_WORD: Final = re.compile(r"(?P<before>[^\w']*)(?P<word>.*?)(?P<form>'(?:s|ll|d))?(?P<after>\W*)", re.S)
_JOINED: Final = re.compile(r"([-/])")
_DIGIT: Final = re.compile(r"\d")


def as_alike(piece: str) -> str:
    """A run without white space, with the words read for all that are like them, in the marks around them.

    >>> as_alike("Siobhan's"), as_alike("(apologised),"), as_alike("mother-in-law"), as_alike("40178.")
    ("zzqx's", '(apologized),', 'father-in-law', 'b7-44.')
    """
    known = _known()
    whole = known.get(piece.lower())
    if whole is not None:
        return whole
    if piece.isalpha():
        return piece
    plain = piece.rstrip(",.?!")
    if plain.isalpha():  # most words have nothing else around them: no need to look for it
        read = known.get(plain.lower()) if len(plain) < len(piece) else None
        return piece if read is None else read + piece[len(plain) :]
    if _DIGIT.search(piece) and (number := as_one_number(piece)) != piece:
        return number
    found = _WORD.fullmatch(piece)
    if found is None:
        return piece
    before, word, form, after = found.group("before", "word", "form", "after")
    parts = [known.get(part.lower(), part) for part in _JOINED.split(word)]
    return f"{before}{''.join(parts)}{form or ''}{after}"


@cache
def _known() -> dict[str, str]:
    """The word to read for each word on the lists; a name that is also a gender word or so stays that."""
    lists = tomllib.loads(_text("words.toml"))
    known = dict.fromkeys((*_words("names.txt"), *_words("places.txt")), NAME_READ_AS)
    for kind in _KINDS:
        known.update({other: first for first, *others in lists[kind] for other in others})
    known.update(dict.fromkeys(lists["fillers"], ""))
    return known


def _words(name: str) -> list[str]:
    return [word for line in _text(name).splitlines() if not line.startswith("#") for word in line.split()]


def _text(name: str) -> str:
    return files("carescore").joinpath("alike", name).read_text(encoding="utf-8")
