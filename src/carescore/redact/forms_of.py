"""What makes a number of a form: its shape, or the words around it."""

from __future__ import annotations

from typing import Final

from carescore.redact.around import alone, answers, ends, glued, in_few_words, timed
from carescore.redact.numbers import Number
from carescore.redact.said import hints, weighed
from carescore.redact.shapes import fits, is_card, is_iban, is_nino, is_postcode, is_ssn

Read = tuple[str, str, Number]  # a form, what the number comes to, and the part of it that counts

_CODE: Final = 3  # digits of most cards' codes
_FEW: Final = 4  # digits that may as well count something


def told(number: Number) -> Read | None:
    """The first form that is spoken of and that the number can be."""
    said, ending = number.said, ends(number.said, number.first)
    short = said.asked[:1] if in_few_words(number) and not timed(said, number.first) else ()
    spoken_of = list(weighed(said, number.first, number.last))
    both = any(form == "cvv" for form, _ in spoken_of)  # then three digits are the code: no 3/11
    for form, linked in spoken_of:
        if form == "expiry" and both and len(number.core.digits) == _CODE:
            continue
        for core in (number,) if glued(number) else (number, number.core):
            if len(core.chars) <= _FEW and not (
                linked or ending or answers(said, core) or alone(core) or form in short
            ):
                continue
            value = fits(form, core, ending=ending)
            if value is not None:
                return form, value, core
    return None


def by_shape(number: Number) -> Read | None:
    """What needs no words around it."""
    core = number.core
    if is_iban(number.chars):
        return "iban", number.chars, number
    if is_card(core.digits) and len(core.digits) > 13:
        return "card", core.digits, core
    if is_nino(number.chars):
        return "ssn", number.chars, number
    if is_ssn(core.groups) and not number.elements[0].spoken:
        return "ssn", core.digits, core
    if is_postcode(number.chars) and (not number.elements[0].spoken or "address" in number.said.asked):
        upper = number.said.tokens[number.last].case != "lower" or "address" in number.said.asked
        return ("address", number.chars, number) if upper and not _numbered(number) else None
    return None


def _numbered(number: Number) -> bool:
    """Whether something other than an address is spoken of, so that a code only looks like a postcode."""
    form = next(hints(number.said, number.first, number.last), "address")
    return form in ("account", "order", "code")
