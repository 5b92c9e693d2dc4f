"""A turn's text cut into words, numbers and marks, in one pass."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, NamedTuple

from carescore.placeholders import PATTERN

Kind = Literal["word", "digits", "mixed", "mark", "placeholder"]

_PIECE: Final = re.compile(
    rf"(?P<placeholder>{PATTERN})"
    r"|(?P<suffix>['’](?:s|m|re|ve|ll|d|t)(?![^\W_]))"
    r"|(?P<word>(?:[OoDd]['’](?=[A-Z]))?[^\W_]+)"
    r"|(?P<mark>\S)"
)


class Token(NamedTuple):
    """A piece of a turn: `text` in lower case, `start` and `end` in the turn, `gap` what stood before it.

    `case` is "lower", "title", "upper" (of more than one letter) or "" for what has no letters.
    """

    text: str
    start: int
    end: int
    kind: Kind
    case: str
    gap: str


def split(text: str) -> tuple[Token, ...]:
    """The pieces of a text, in order; endings such as 's stand by themselves."""
    tokens, last = [], 0
    for match in _PIECE.finditer(text):
        tokens.append(_token(match, text[last : match.start()]))
        last = match.end()
    return tuple(tokens)


def _token(match: re.Match[str], gap: str) -> Token:
    raw = match[0]
    start, end = match.span()
    if match.lastgroup == "placeholder":
        return Token(raw, start, end, "placeholder", "", gap)
    if match.lastgroup == "mark":
        return Token(raw, start, end, "mark", "", gap)
    if match.lastgroup == "suffix":
        return Token(raw.lower().replace("’", "'"), start, end, "word", "lower", gap)
    if any(map(str.isdigit, raw)):
        digits = _plain(raw)
        return Token(digits.lower(), start, end, "digits" if digits.isdigit() else "mixed", _case(raw), gap)
    return Token(raw.lower().replace("’", "'"), start, end, "word", _case(raw), gap)


def _case(raw: str) -> str:
    if raw.islower():
        return "lower"
    if raw.isupper():
        return "upper" if len(raw) > 1 else "title"
    return "title" if raw[:1].isupper() else "lower"


def _plain(raw: str) -> str:
    """Digits of every script and width as 0 to 9."""
    if raw.isascii():
        return raw
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in raw)
