"""References, accounts, telephone numbers: which one it is says nothing about care, so all are read alike."""

from __future__ import annotations

import re
from typing import Final

from carescore.placeholders import NUMBER_READ_AS

# Sums of money, with a point or a sign, are not such numbers.
_CODE: Final = re.compile(r"(?P<before>[^\w£$€]*)(?P<code>\w[\w/-]*)(?P<after>\W*)")
_DATE: Final = re.compile(r"(?:19|20)\d\d(?:s|[-/]\d\d(?:\d\d)?)?|\d{1,2}[-/]\d{1,2}[-/]\d\d(?:\d\d)?")
_DIGIT: Final = re.compile(r"\d")
_LONG: Final = 4  # digits that make a number a reference
_MIXED: Final = 3  # digits that do among letters, in five characters or more


def as_one_number(piece: str) -> str:
    """A run without white space, with the same word in place of every long number or code.

    >>> as_one_number("AB-40178,"), as_one_number("2024."), as_one_number("£1200"), as_one_number("14")
    ('b7-44,', '2024.', '£1200', '14')
    """
    found = _CODE.fullmatch(piece)
    if found is None or not _is_long(found["code"]):
        return piece
    return f"{found['before']}{NUMBER_READ_AS}{found['after']}"


def _is_long(code: str) -> bool:
    digits = len(_DIGIT.findall(code))
    mixed = digits >= _MIXED and len(code) >= 5 and not code.isdigit()
    return (digits >= _LONG or mixed) and _DATE.fullmatch(code) is None
