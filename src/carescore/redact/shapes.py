"""What makes digits a card, an IBAN, a phone number: length, check digits, and what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from carescore.redact.dates import day_value
from carescore.redact.lexicon import in_order
from carescore.redact.numbers import Number

_NINO: Final = re.compile(r"[A-Z]{2}\d{6}[A-D]")
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z\d]{11,30}")
_LATEST: Final = "50"  # no card expires as late: "551" is its code
_IBAN_BEGINS: Final = re.compile(r"[A-Z]{2}\d{2}")
_YEARS: Final = re.compile(r"(?:19|20)\d\d")
CARD_LENGTHS: Final = range(13, 20)


def is_card(digits: str) -> bool:
    """Whether digits are as many as a card has, and check (Luhn)."""
    from stdnum import luhn

    return len(digits) in CARD_LENGTHS and len(set(digits)) > 1 and bool(luhn.is_valid(digits))


def is_iban(chars: str) -> bool:
    """Whether letters and digits are as many as in the country's IBANs, and check (ISO 13616, mod 97)."""
    from stdnum import iban

    return bool(_IBAN.fullmatch(chars)) and bool(iban.is_valid(chars, check_country=False))


def is_nino(chars: str) -> bool:
    """Whether it is written as a British national insurance number is."""
    return bool(_NINO.fullmatch(chars))


def is_postcode(chars: str) -> bool:
    """Whether it is written as a British postcode is."""
    return bool(_POSTCODE.fullmatch(chars))


def is_ssn(groups: tuple[str, ...]) -> bool:
    """Whether it is written in the 3-2-4 of a social security number."""
    return tuple(map(len, groups)) == (3, 2, 4) and all(map(str.isdigit, groups))


def is_phone(number: Number) -> bool:
    """Whether it is written or said as phone numbers are: +44 ..., 07700 ..., (415) 555-0132."""
    digits = number.digits
    sizes = tuple(map(len, number.groups))
    if number.first and number.said.tokens[number.first - 1].text in ("+", "plus"):
        return 8 <= len(digits) <= 15
    if digits.startswith("0") and digits[1:2] != "0":
        return len(digits) in (10, 11)
    return sizes in ((3, 3, 4), (1, 3, 3, 4)) and len(digits) in (10, 11)


def is_helpline(digits: str) -> bool:
    """Whether it is a number published for everybody."""
    return len(digits) >= 6 and digits.startswith(tuple(in_order("numbers", "helplines")))


def is_day(number: Number) -> bool:
    """Whether it is a whole date in digits: 03/09/1988, 1990-12-05."""
    groups = number.groups
    if len(groups) != 3 or not number.digits:
        return False
    year = max(groups, key=len)
    days = sorted(int(part) for part in groups if part is not year)
    return len(year) in (2, 4) and len(days) == 2 and 1 <= days[0] <= 12 and 1 <= days[1] <= 31


def month_and_year(digits: str) -> str | None:
    """A card's expiry in digits as "month/year", or `None`.

    >>> month_and_year("0327"), month_and_year("92027"), month_and_year("1327"), month_and_year("551")
    ('3/27', '9/27', None, None)
    """
    for size in (2, 1):
        month, year = digits[:size], digits[size:]
        if not month.isdigit() or not 1 <= int(month) <= 12:
            continue
        if _YEARS.fullmatch(year) or (len(year) == 2 and year < _LATEST):
            return f"{int(month)}/{year[-2:]}"
    return None


def fits(form: str, number: Number, *, ending: bool) -> str | None:
    """What the number comes to as a form that is spoken of, or `None` if it cannot be one.

    `ending` says that only its last digits are told.
    """
    if form not in _FITS:
        return None
    return _FITS[form](number, ending)


def _digits(number: Number, ending: bool, *, least: int, most: int) -> str | None:
    digits = number.digits
    return digits if (2 if ending else least) < len(digits) <= most else None


def _expiry(number: Number, ending: bool) -> str | None:
    return month_and_year(number.digits)


def _ssn(number: Number, ending: bool) -> str | None:
    return number.chars if is_nino(number.chars) else _digits(number, ending, least=3, most=9)


def _iban(number: Number, ending: bool) -> str | None:
    begins = bool(_IBAN_BEGINS.match(number.chars))
    return number.chars if begins or (3 if ending else 6) <= len(number.chars) <= 34 else None


def _phone(number: Number, ending: bool) -> str | None:
    digits = _digits(number, ending, least=4, most=15)
    return None if digits is None or is_helpline(digits) else national(digits)


def national(digits: str) -> str:
    """A phone number without the prefix of the United Kingdom or of North America.

    >>> national("447700900982"), national("14155550132")
    ('07700900982', '4155550132')
    """
    if digits.startswith("44") and len(digits) >= 12:
        return "0" + digits[2:].removeprefix("0")
    return digits[1:] if digits.startswith("1") and len(digits) == 11 else digits


def _birth_date(number: Number, ending: bool) -> str | None:
    if is_day(number):
        groups = number.groups
        return day_value(groups[::-1] if len(groups[0]) == 4 else groups)
    digits = number.digits
    if len(digits) in (6, 8) and number.elements[0].spoken:
        return day_value((digits[:2], digits[2:4], digits[4:]))
    return day_value(number.groups) if digits and 4 <= len(digits) <= 8 else None


def _account(number: Number, ending: bool) -> str | None:
    chars = number.chars
    if ending or number.said.asked[:1] == ("account",):
        return chars if len(chars) >= 3 else None
    if is_day(number) or _YEARS.fullmatch(chars):
        return None
    return chars if 4 <= len(chars) <= 34 and any(map(str.isdigit, chars)) else None


def _order(number: Number, ending: bool) -> str | None:
    chars = number.chars
    if is_day(number) or _YEARS.fullmatch(chars):
        return None
    return chars if 3 <= len(chars) <= 34 and any(map(str.isdigit, chars)) else None


def _address(number: Number, ending: bool) -> str | None:
    if is_postcode(number.chars):
        return number.chars
    return number.digits if len(number.digits) == 5 else None


_FITS: Final[Mapping[str, Callable[[Number, bool], str | None]]] = {
    "card": partial(_digits, least=3, most=19),
    "cvv": lambda number, ending: number.digits if len(number.digits) in (3, 4) else None,
    "expiry": _expiry,
    "ssn": _ssn,
    "iban": _iban,
    "phone": _phone,
    "birth_date": _birth_date,
    "account": _account,
    "order": _order,
    "address": _address,
    "code": partial(_digits, least=3, most=10),
}
