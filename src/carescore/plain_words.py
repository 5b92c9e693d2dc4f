"""Words that spaCy's English tokenizer cuts plainly, so that it need not be asked about each of them.

Letters or digits alone are one token, the marks around them one each, unless spaCy has a rule of its own for
them ("cannot", "dr."); letters joined by hyphens are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

# After a capital a full stop may belong to a name, and several are one mark: spaCy decides about those.
_PLAIN: Final = re.compile(
    r"""(?P<before>"?)(?P<word>[A-Za-z]+|[0-9]+)(?P<form>(?<=[A-Za-z])'s)?"""
    r"""(?P<after>(?:[,?!:;"]|(?<=[a-z0-9"])\.(?!\.))*)"""
)
_HYPHEN: Final = re.compile(r"(-)")
_JOINED: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)+")


def tokens_of(piece: str, rules: Container[str]) -> tuple[str, ...] | None:
    """The tokens of a run without white space, or `None` if spaCy has to read it; `rules` are spaCy's own.

    >>> tokens_of("Sorry,", {"dr."})
    ('Sorry', ',')
    """
    if piece in rules:
        return None
    if piece.isalpha() and piece.isascii():
        return (piece,)
    found = _PLAIN.fullmatch(piece)
    if found is None:
        return _taken_apart(piece, rules) if "-" in piece else None
    before, word, form, after = found.groups("")
    if word in rules or (after[:1] == "." and f"{word}." in rules):
        return None
    return tuple(filter(None, (before, word, form, *after)))


def _taken_apart(piece: str, rules: Container[str]) -> tuple[str, ...] | None:
    """The words of a piece and the hyphens between them."""
    if _JOINED.fullmatch(piece) is None:
        return None
    parts = tuple(_HYPHEN.split(piece))
    return None if any(part in rules for part in parts) else parts
