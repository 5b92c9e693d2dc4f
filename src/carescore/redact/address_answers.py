"""Addresses without a number in front: a house's number by itself, and houses and streets by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from carescore.redact.lexicon import listed, phrases
from carescore.redact.said import Said
from carescore.redact.shapes import is_postcode
from carescore.redact.spoken import LARGE

_SHORT: Final = 6  # words of an answer beside the number
_DIGITS: Final = 4  # of a house number
_NAMED: Final = 5  # words before the word for street: "the old rectory church lane"
_ANY: Final = frozenset(["the", "old", "new"])  # in names of houses too
_POSTCODE: Final = 7  # characters


def house_number(said: Said, before: Said | None) -> tuple[int, int] | None:
    """The number that answers "and the house number?"."""
    if before is None or not phrases("addresses", "numbers").find(before.tokens):
        return None
    first = next((at for at, found in enumerate(said.elements) if found and not found.letters), None)
    if first is None:
        return None
    last, size, found = first, 0, said.elements[first]
    while found is not None and not found.letters:
        last, size = found.last, size + len(found.chars)
        at = last + 1
        if said.tokens[last].text in LARGE and at < len(said.tokens) and said.tokens[at].text == "and":
            at, size = at + 1, size - 2  # two hundred and sixteen
        found = said.elements[at] if at < len(said.tokens) else None
    counted = last + 1 < len(said.tokens) and said.tokens[last + 1].text in listed("numbers", "units")
    short = first <= _SHORT and not counted and size <= _DIGITS
    return (first, last) if short else None


def named_house(said: Said, at: int) -> tuple[int, int] | None:
    """What stands up to a word for street at a token, where an address is asked for or a postcode follows."""
    first = at
    while first and at - first < _NAMED and _names(said, first - 1):
        first -= 1
    if first == at or all(said.tokens[place].text == "the" for place in range(first, at)):
        return None
    postcode = _postcode(said, at + 1)
    if postcode is not None:
        return first, postcode
    whole = first == 0 or _leads(said, first)
    asked = said.asked[:1] == ("address",)
    sure = said.tokens[at].text in listed("addresses", "streets") or at + 1 == len(said.tokens)
    return (first, at) if asked and whole and sure and at - first > 1 else None


def _names(said: Said, at: int) -> bool:
    """Whether a word could stand in the name of a house or a street."""
    token = said.tokens[at]
    if token.kind != "word" or len(token.text) < 3:
        return False
    if said.cased and token.case != "title" and token.text != "the":
        return False
    if token.text in _ANY:
        return True
    barred = listed("links", "words") | listed("addresses", "no_street") | listed("addresses", "no_house")
    return token.text not in barred


def _leads(said: Said, first: int) -> bool:
    """Whether nothing but words that lead up to an answer stand before a token."""
    return all(
        token.kind == "mark" or token.text in listed("links", "words") for token in said.tokens[:first]
    )


def _postcode(said: Said, at: int) -> int | None:
    """The last token of a postcode that begins at a token, or after a comma there."""
    if at < len(said.tokens) and said.tokens[at].text == ",":
        at += 1
    chars = ""
    while at < len(said.tokens) and len(chars) < _POSTCODE:
        found = said.elements[at]
        if found is None:
            return None
        chars, at = chars + found.chars, found.last + 1
        after: Sequence[object] = said.elements[at : at + 1]
        if is_postcode(chars) and (not after or after[0] is None):
            return at - 1
    return None
