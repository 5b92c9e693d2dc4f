"""Cards and IBANs in runs of digits: where one number ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.redact.numbers import Number
from carescore.redact.said import hints
from carescore.redact.shapes import CARD_LENGTHS, is_card, is_iban, month_and_year

_STRAY: Final = 3  # digits beside a card that are no number of their own
_IBANS: Final = range(15, 35)
_CODES: Final = (3, 4)  # digits of a card's code
_USUAL_DATE: Final = 4  # digits of month and year
_LONGEST_DATE: Final = 6
_DATE_AND_CODE: Final = 10
_CARDS: Final = (16, 15, 14, 19, 18, 17)  # digits of a card, the usual first


def parts(number: Number) -> Iterator[Number]:
    """The number, or the first IBAN or card in it and what stands around that."""
    groups = number.groups
    iban = _iban_in(number, groups)
    if iban is not None:
        yield from _around(number, *iban)
        return
    if len(number.core.digits) in _CARDS or _spelt_iban(number):
        yield number
        return
    for first in range(len(groups)):
        last = _card_from(number, groups, first)
        if last is not None:
            if sum(map(len, groups[:first])) < _STRAY:
                first = 0
            if sum(map(len, groups[last + 1 :])) < _STRAY:
                last = len(groups) - 1
            if first:
                yield number.part(0, first - 1)
            yield number.part(first, last)
            if last + 1 < len(groups):
                yield from _parts_after(number, last + 1)
            return
    if {"expiry", "cvv"} <= set(number.said.asked) and len(number.core.digits) <= _DATE_AND_CODE:
        yield from _parts_after(number, 0)
        return
    yield number


def _around(number: Number, first: int, last: int) -> Iterator[Number]:
    if first:
        yield number.part(0, first - 1)
    yield number.part(first, last)
    if last + 1 < len(number.elements):
        yield number.part(last + 1, len(number.elements) - 1)


def _iban_in(number: Number, groups: Sequence[str]) -> tuple[int, int] | None:
    """The first and last group of the first IBAN in a number."""
    if sum(map(len, groups)) < _IBANS.start:
        return None
    for first, group in enumerate(groups):
        chars = ""
        for last in range(first if group[0].isalpha() else len(groups), len(groups)):
            chars += groups[last]
            if len(chars) >= _IBANS.stop or (len(chars) >= 4 and not _opens_iban(chars)):
                break
            if len(chars) in _IBANS and is_iban(chars):
                return first, last
    return None


def _opens_iban(chars: str) -> bool:
    return chars[:2].isalpha() and chars[2:4].isdigit()


def _spelt_iban(number: Number) -> bool:
    """Whether an IBAN is spoken of and this begins like one, though it does not check or is not whole."""
    return _opens_iban(number.chars) and next(hints(number.said, number.first, number.last), "") == "iban"


def _card_from(number: Number, groups: Sequence[str], first: int) -> int | None:
    """The last group of a card that begins at a group; one of 16 digits before any other."""
    size, ends = 0, {}
    for last in range(first, len(groups)):
        size += len(groups[last])
        if size >= CARD_LENGTHS.stop:
            break
        if size >= min(_CARDS) and is_card("".join(groups[first : last + 1])):
            ends[size] = last
    return next((ends[size] for size in _CARDS if size in ends), None)


def _parts_after(number: Number, first: int) -> Iterator[Number]:
    """What follows a card: month and year in two or more groups, then the code."""
    rest = number.part(first, len(number.groups) - 1)
    sizes = [
        (len(date) != _USUAL_DATE, len(code), size)
        for size in range(2, min(len(rest.groups), _LONGEST_DATE + 1))
        if month_and_year(date := "".join(rest.groups[:size]))
        and len(code := "".join(rest.groups[size:])) in _CODES
    ]
    if not sizes:
        yield rest
        return
    size = min(sizes)[-1]
    yield rest.part(0, size - 1)
    yield rest.part(size, len(rest.groups) - 1)
