"""Dates as people write and say them: "14 March 1972", "the second of the eleventh sixty eight"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from carescore.redact.lexicon import in_order, listed
from carescore.redact.said import Said

_LONGEST: Final = 12  # tokens
_PARTS: Final = 6  # numbers
_YEAR: Final = 4  # digits
_ROUND: Final = {"twenty": 20, "thirty": 30}


class Date(NamedTuple):
    """Tokens `first` to `last` that name a day: the `month`, if it has a name, and the other numbers."""

    first: int
    last: int
    month: int | None
    numbers: tuple[str, ...]

    @property
    def value(self) -> str:
        """Day, month and the year's last two digits, however they were said."""
        month = () if self.month is None else (str(self.month),)
        return day_value((*self.numbers[:1], *month, *self.numbers[1:]))


def day_value(parts: Sequence[str]) -> str:
    """Numbers of a date, in their order, so that "1972", "72" and "nineteen seventy two" are the same.

    >>> day_value(("14", "03", "19", "72"))
    '14/3/72'
    """
    if len(parts) > 2 and parts[-2] in ("19", "20") and len(parts[-1]) == 2:
        parts = (*parts[:-2], parts[-1])
    return "/".join(str(int(part) % 100) for part in parts)


def dates(said: Said) -> Iterator[Date]:
    """What looks like a date and has a month's name or an ordinal in it."""
    place = 0
    while place < len(said.tokens):
        found = _date(said, place)
        if found is not None:
            yield found
        place = place + 1 if found is None else found.last + 1


def _date(said: Said, start: int) -> Date | None:
    opens = said.tokens[start]
    if said.elements[start] is None and opens.kind != "mixed" and opens.text not in _openings():
        return None
    numbers: list[tuple[str, int]] = []
    month, ordinals, of = None, 0, False
    place = last = first = start
    while place < len(said.tokens) and place < start + _LONGEST and len(numbers) < _PARTS:
        token = said.tokens[place]
        day, end = _day(said, place)
        found = said.elements[place]
        if token.text in _months() and month is None and not _spells(said, place):
            month, last = _months()[token.text], place
            numbers = [] if _day(said, place + 1)[0] else numbers[-1:]
            first = numbers[0][1] if numbers else place
        elif day is not None:
            if not ordinals and month is None:
                numbers, first = [], place
            numbers.append((day, place))
            ordinals, last = ordinals + 1, end
        elif found is not None and found.chars.isdigit() and len(found.chars) <= _YEAR:
            numbers.append((found.chars, place))
            last = found.last
        elif token.text not in listed("dates", "glue") or place == start or _stops(said, place):
            break
        of = of or token.text == "of"
        place = max(place, last) + 1
    named = month is not None or (ordinals and len(numbers) > 1 and (of or ordinals > 1))
    if ordinals and first and said.tokens[first - 1].text == "the":
        first -= 1
    return Date(first, last, month, tuple(text for text, _ in numbers)) if numbers and named else None


def _spells(said: Said, place: int) -> bool:
    """Whether "november" stands for a letter: another such word follows."""
    phonetic = listed("numbers", "phonetic")
    after = said.tokens[place + 1].text if place + 1 < len(said.tokens) else ""
    return said.tokens[place].text in phonetic and (
        after in phonetic or (len(after) == 1 and after.isalpha())
    )


def _stops(said: Said, place: int) -> bool:
    """Whether a full stop ends a sentence, and no short month: "14 Mar. 1972"."""
    after = place + 1
    short = _short_months().keys() - listed("dates", "months")  # "may" is both
    if place and said.tokens[place - 1].text in short:
        return False
    return said.tokens[place].text == "." and (after >= len(said.tokens) or bool(said.tokens[after].gap))


def _day(said: Said, place: int) -> tuple[str | None, int]:
    """An ordinal, "third", "twenty third" or "3rd", and its last token."""
    if place >= len(said.tokens):
        return None, place
    token = said.tokens[place]
    if token.text in _ordinals():
        return str(_ordinals()[token.text]), place
    if token.text in _ROUND:
        at = place + 2 if place + 1 < len(said.tokens) and said.tokens[place + 1].text == "-" else place + 1
        after = _ordinals().get(said.tokens[at].text, 99) if at < len(said.tokens) else 99
        if after < 10:
            return str(_ROUND[token.text] + after), at
    if token.kind == "mixed" and token.text[:-2].isdigit() and token.text[-2:] in ("st", "nd", "rd", "th"):
        return token.text[:-2], place
    return None, place


@cache
def _openings() -> frozenset[str]:
    return frozenset({*_months(), *_ordinals()})


@cache
def _months() -> dict[str, int]:
    return {word: at for at, word in enumerate(in_order("dates", "months"), 1)} | _short_months()


@cache
def _short_months() -> dict[str, int]:
    return {word: at for at, word in enumerate(in_order("dates", "short_months"), 1)} | {"sept": 9}


@cache
def _ordinals() -> dict[str, int]:
    return {word: at for at, word in enumerate(in_order("dates", "ordinals"), 1)} | {"thirtieth": 30}
