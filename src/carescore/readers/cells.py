"""What the cells of one row say: the words, who says them, and the medium."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from carescore.readers import fields
from carescore.readers.columns import Columns
from carescore.readers.html_text import plain, unescaped
from carescore.readers.reader import Origin
from carescore.readers.role_words import DIRECTIONS, role_of
from carescore.readers.text_labels import label_of
from carescore.transcript import Channel, Role

_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|amp|quot|apos|lt|gt|nbsp);")
_VOICE: Final = "voice phone call telephone telephony audio recording inboundcall outboundcall"
_CHAT: Final = "chat webchat livechat messaging message sms whatsapp messenger text"
_MEDIA: Final[dict[str, Channel]] = {
    **dict.fromkeys(_VOICE.split(), "voice"),
    **dict.fromkeys(_CHAT.split(), "chat"),
    **dict.fromkeys(("email", "mail", "emails"), "email"),
}


class Row(NamedTuple):
    """One row, or one turn of a JSON document: where it stands ("line 12"), and its cells by column."""

    place: str
    columns: Columns
    values: Sequence[Any]

    def cell(self, position: int | None) -> Any:
        """The cell of a column, nothing where there is no such column."""
        return None if position is None else self.values[position]


@dataclass(frozen=True, slots=True)
class Person:
    """Who says a row: the label, and the role and name that it or the role's column tells."""

    label: str
    role: Role | None = None
    name: str | None = None


def written(value: Any, origin: Origin, *place: str) -> str:
    """A cell as text: whole numbers without ".0", nothing for a missing one."""
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return fields.text(value, ", ".join(place), origin)


def words_in(row: Row, origin: Origin) -> str:
    """What is said in a row, as text where it is HTML; nothing where the cell is empty."""
    words = written(row.cell(row.columns.text), origin, row.place, "text")
    if "<" in words:
        words = plain(words)
    elif "&" in words and _ENTITY.search(words):
        words = unescaped(words)
    return words.strip()


def speaker_in(row: Row, origin: Origin) -> tuple[str, str]:
    """The label of who speaks and the word for the role, each empty where the row does not tell."""
    columns = row.columns
    speaker = written(row.cell(columns.speaker), origin, row.place, "speaker").strip()
    role = written(row.cell(columns.role), origin, row.place, "role").strip()
    label = speaker or role
    if not label and columns.channel is not None and medium(row.cell(columns.channel)) is None:
        channel = written(row.cell(columns.channel), origin, row.place, "channel").strip()
        label = f"channel {channel}" if channel else ""
    return (f"speaker {label}" if label.isdecimal() else label), role


def person(speaker: str, role_word: str) -> Person:
    """Who a label and a word for the role mean."""
    label = label_of(speaker)
    named = label.role if label is not None and label.sure else None
    role = role_of(role_word) or DIRECTIONS.get(role_word.casefold()) or role_of(speaker) or named
    name = label.name if label is not None else None
    return Person(speaker, role, name if role_of(speaker) is None else None)


def share_in(row: Row, origin: Origin) -> float | None:
    """The recogniser's confidence between 0 and 1, also where it is written in per cent."""
    if row.columns.confidence is None:
        return None
    found = fields.number(row.cell(row.columns.confidence), f"{row.place}, confidence", origin)
    if found is None or not 0 <= found <= 100:
        return None
    return found if found <= 1 else found / 100


def medium(value: Any) -> Channel | None:
    """The channel that a word such as "phone" or "webchat" names."""
    if not isinstance(value, str):
        return None
    return _MEDIA.get("".join(character for character in value.casefold() if character.isalpha()))
