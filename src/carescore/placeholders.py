"""Placeholders of redacted text, such as [CARD_1]: how they are written, and how the models read them."""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = r"\[[A-Z]{2,12}(?:_[A-Z]{2,12})?_[0-9]{1,6}\]"
PLACEHOLDER: Final = re.compile(PATTERN)


def placeholder(form: str, number: int) -> str:
    """The placeholder of the nth thing of a form.

    >>> placeholder("birth_date", 2)
    '[BIRTH_DATE_2]'
    """
    return f"[{form.upper()}_{number}]"


def as_read(text: str) -> str:
    """The text with words in place of placeholders that the models learnt nothing about, as of most names.

    Of a dozen ways to read them, these move scores least (`carescore redact data/corpus/calls --scores`).

    >>> as_read("Thanks [NAME_1], is it [CARD_2]?")
    'Thanks zzqx, is it b7-44?'
    """
    return PLACEHOLDER.sub(_word, text) if "_" in text and "[" in text else text


def _word(match: re.Match[str]) -> str:
    return _READ_AS.get(match[0][1:].rpartition("_")[0], NUMBER_READ_AS)


NAME_READ_AS: Final = "zzqx"  # a word that no text has
NUMBER_READ_AS: Final = "b7-44"
_READ_AS: Final = {
    "NAME": NAME_READ_AS,
    "ADDRESS": f"14 {NAME_READ_AS} lane",
    "PHONE": f"oh seven seven {NUMBER_READ_AS}",
    "EMAIL": f"{NAME_READ_AS}@{NAME_READ_AS}.com",
}
