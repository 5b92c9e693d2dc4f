"""Words that spaCy's English tokenizer leaves as they are, so that it need not be asked about each of them.

Letters or digits alone are one token, and before a comma, a full stop or another mark they are two, unless
spaCy has a rule of its own for them ("cannot", "dr."); letters joined by hyphens are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

# After a capital a full stop may belong to a name or an abbreviation: spaCy decides.
_PLAIN: Final = re.compile(r"([A-Za-z]+|[0-9]+)([,?!:;]|(?<=[a-z0-9])\.|(?<=[A-Za-z])'s)?")
_HYPHEN: Final = re.compile(r"(-)")
_JOINED: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)+")


def tokens_of(piece: str, rules: Container[str]) -> tuple[str, ...] | None:
    """The tokens of a run without white space, or `None` if spaCy has to read it; `rules` are spaCy's own.

    >>> tokens_of("Sorry,", {"dr."})
    ('Sorry', ',')
    """
    found = _PLAIN.fullmatch(piece)
    if found is None:
        return _taken_apart(piece, rules) if "-" in piece else None
    if piece in rules or found[1] in rules:
        return None
    return (found[1], found[2]) if found[2] else (found[1],)


def _taken_apart(piece: str, rules: Container[str]) -> tuple[str, ...] | None:
    """The words of a piece and the hyphens between them."""
    if _JOINED.fullmatch(piece) is None:
        return None
    parts = tuple(_HYPHEN.split(piece))
    return None if piece in rules or any(part in rules for part in parts) else parts
