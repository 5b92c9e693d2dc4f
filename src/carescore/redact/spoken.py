"""Numbers and letters as people say them: "double seven", "oh", "forty two", "b for bravo"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from carescore.redact.pieces import Token

_UNITS: Final = {
    word: str(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
} | {"oh": "0", "nought": "0", "naught": "0", "nil": "0", "aught": "0"}
_TEENS: Final = {
    word: str(value)
    for value, word in enumerate(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        10,
    )
}
_TENS: Final = {
    word: str(value)
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
} | {"fourty": "4"}
_MANY: Final = {
    f"{word}{ending}": digit
    for word, digit in _UNITS.items()
    for ending in ("es" if word in ("six", "zero") else "s", "s")
}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
_COUNTED: Final = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|gb|mb|tb|kg|g|km|m|cm|mm|h|hrs?|mins?|p|k|ft|in|w|kw|kwh|v|x|rpm|hz|ghz|mhz|px|s|"
    r"ml|l|mg|c|f|yrs?|days?)|0x[0-9a-f]+"
)
_SAID: Final = frozenset({*_UNITS, *_TEENS, *_TENS, *_TIMES})
LARGE: Final = frozenset({"hundred", "thousand", "million", "billion"})


class Element(NamedTuple):
    """Tokens `first` to `last` that stand for some characters: digits, or letters in capitals."""

    first: int
    last: int
    chars: str
    spoken: bool

    @property
    def letters(self) -> bool:
        """Whether it has no digit."""
        return self.chars.isalpha()


def element(tokens: Sequence[Token], place: int) -> Element | None:
    """What is said from a token on, or `None` if that is neither number nor letter.

    >>> from carescore.redact.pieces import split
    >>> [element(split(text), 0).chars for text in ("double seven", "forty two", "k for kilo", "M02")]
    ['77', '42', 'K', 'M02']
    >>> [element(split(text), 0).chars for text in ("four zeros", "twenty two hundred")]
    ['0000', '2200']
    """
    token = tokens[place]
    if token.kind == "digits":
        return Element(place, place, token.text, False)
    if token.kind == "mixed":
        return None if _COUNTED.fullmatch(token.text) else Element(place, place, token.text.upper(), False)
    if token.kind != "word" or (len(token.text) > 1 and token.text not in _SAID):
        return None
    return _repeated(tokens, place) or _number(tokens, place) or _letter(tokens, place)


def _number(tokens: Sequence[Token], place: int) -> Element | None:
    word = tokens[place].text
    if word in _UNITS or word in _TEENS:
        return _hundreds(tokens, place, _UNITS.get(word) or _TEENS[word])
    if word in _TENS:
        after = place + 1
        if _word(tokens, after) == "-" and not tokens[after].gap:
            after += 1
        unit = _UNITS.get(_word(tokens, after), "0")
        if unit != "0":
            hundred = _word(tokens, after + 1) == "hundred"
            return Element(place, after + hundred, _TENS[word] + unit + "00" * hundred, True)
        return Element(place, place, _TENS[word] + "0", True)
    return None


def _hundreds(tokens: Sequence[Token], place: int, digits: str) -> Element:
    """ "eight hundred" as 800, "two thousand (and) one" as 2001; what is larger is no name of digits."""
    after = _word(tokens, place + 1)
    if after == "hundred":
        return Element(place, place + 1, digits + "00", True)
    if after == "thousand" and len(digits) == 1:
        last = place + 2 if _word(tokens, place + 2) == "and" else place + 1
        following = _number(tokens, last + 1) if last + 1 < len(tokens) else None
        if following is not None and len(following.chars) <= 2 and _one_count(tokens, following):
            return Element(place, following.last, digits + following.chars.rjust(3, "0"), True)
        return Element(place, place + 1, digits + "000", True)
    return Element(place, place, digits, True)


def _one_count(tokens: Sequence[Token], after: Element) -> bool:
    """Whether a number after "thousand" belongs to it, and is not the first of more digits."""
    word = _word(tokens, after.last + 1)
    return not after.chars.startswith("0") and word not in _SAID and word not in _MANY


def _repeated(tokens: Sequence[Token], place: int) -> Element | None:
    many = _MANY.get(_word(tokens, place + 1))
    if many is not None and _UNITS.get(tokens[place].text, "0") > "1":
        return Element(place, place + 1, many * int(_UNITS[tokens[place].text]), True)
    times = _TIMES.get(tokens[place].text)
    if times is None or place + 1 >= len(tokens):
        return None
    after = tokens[place + 1]
    if after.text in _UNITS or after.text == "o":
        return Element(place, place + 1, _UNITS.get(after.text, "0") * times, True)
    if (after.kind == "word" and len(after.text) == 1) or (after.kind == "digits" and len(after.text) == 1):
        return Element(place, place + 1, after.text.upper() * times, True)
    return None


def _letter(tokens: Sequence[Token], place: int) -> Element | None:
    """A single letter, alone or as in "b for bravo"."""
    letter = tokens[place].text
    if len(letter) != 1 or not letter.isalpha():
        return None
    after = place + 2 if _word(tokens, place + 1) == "for" else place + 1
    if after == place + 1 and (_word(tokens, after), _word(tokens, after + 1)) == ("as", "in"):
        after = place + 3
    if after > place + 1 and _word(tokens, after).startswith(letter):
        return Element(place, after, letter.upper(), True)
    return Element(place, place, letter.upper(), tokens[place].case == "lower")


def _word(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""
