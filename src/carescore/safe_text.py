"""Text of strangers on its way to a terminal or a spreadsheet, where characters can do more than be read."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    r"""The text without characters that could steer a terminal or reverse the reading order.

    >>> visible("Ana\x1b[31m\u202e")
    'Ana [31m'
    """
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else "" if unicodedata.category(c) == "Cf" else c
        for c in text
    )


def cell(value: Any) -> Any:
    """The value of a table's cell, so that no spreadsheet takes text for a formula.

    >>> cell("=1+1"), cell(-2.5)
    ("'=1+1", -2.5)
    """
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
