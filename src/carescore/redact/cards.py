"""Cards in runs of digits: where one number ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.redact.numbers import Number
from carescore.redact.shapes import CARD_LENGTHS, is_card, month_and_year

_CARDS: Final = (16, 15, 14, 19, 18, 17)  # digits of a card, the usual first


def parts(number: Number) -> Iterator[Number]:
    """The number, or the first card in it and what stands around that."""
    groups = number.groups
    if len(number.core.digits) in _CARDS:
        yield number
        return
    for first in range(len(groups)):
        last = _card_from(number, groups, first)
        if last is not None:
            if first:
                yield number.part(0, first - 1)
            yield number.part(first, last)
            if last + 1 < len(groups):
                yield from _parts_after(number, last + 1)
            return
    yield number


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
    """What follows a card: month and year in two groups, then the code."""
    rest = number.part(first, len(number.groups) - 1)
    if len(rest.groups) > 2 and month_and_year("".join(rest.groups[:2])):
        yield rest.part(0, 1)
        yield rest.part(2, len(rest.groups) - 1)
    else:
        yield rest
