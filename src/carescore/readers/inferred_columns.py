"""Columns found by what stands in them, where their names tell nothing: who speaks, and in which call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from carescore.readers.columns import columns_of, squeezed, used_names
from carescore.readers.role_words import DIRECTIONS, role_of

# Rows that show what a column holds.
LOOKED_AT: Final = 1_000

# Names under which a table has either the number of a row or the id of a call.
_IDS: Final = frozenset(("id", "no", "nr", "number", "key", "ref", "refno", "reference", "uuid", "guid"))
_HAS_DIGIT: Final = re.compile(r"\d")

Rows = Sequence[Sequence[Any]]


def with_known_names(header: tuple[str, ...], rows: Rows) -> tuple[str, ...]:
    """The header with the names of a role and a call id on columns that can be nothing else."""
    columns = columns_of(header)
    if columns.text is None or len(rows) < 2:
        return header
    if (columns.speaker, columns.role) == (None, None):
        header = _renamed(header, "role", _of_roles(header, rows))
    if columns.call is None:
        header = _renamed(header, "call_id", _of_calls(header, rows))
    return header


def doubt(header: tuple[str, ...], rows: Rows) -> tuple[str, ...]:
    """A warning where another column parts the rows into stretches that each may be a call."""
    columns = columns_of(header)
    if columns.call is not None:
        return ()
    speaker = columns.role if columns.role is not None else columns.speaker
    for place in _unused(header):
        stretches = _stretches(rows, place)
        values = [value for value, _ in stretches]
        parted = 1 < len(values) == len(set(values)) and all(map(_HAS_DIGIT.search, values))
        if parted and all(_talk(stretch, speaker) for _, stretch in stretches):
            return (
                f"The table names no column with the ids of calls, and was read as one call. If column "
                f"{place + 1} tells calls apart, name it 'call_id'.",
            )
    return ()


def _renamed(header: tuple[str, ...], name: str, place: int | None) -> tuple[str, ...]:
    return header if place is None else (*header[:place], name, *header[place + 1 :])


def _unused(header: tuple[str, ...]) -> list[int]:
    used = set(used_names(header))
    return [place for place, name in enumerate(header) if name not in used]


def _of_roles(header: tuple[str, ...], rows: Rows) -> int | None:
    """The one column that holds roles, or directions of messages, of two kinds and nothing else."""
    found = []
    for place in _unused(header):
        written = [_written(row, place) for row in rows]
        roles = {role_of(word) or DIRECTIONS.get(word.casefold()) for word in written if word}
        if len(roles) > 1 and None not in roles:
            found.append(place)
    return found[0] if len(found) == 1 else None


def _of_calls(header: tuple[str, ...], rows: Rows) -> int | None:
    """The column of an id that several rows share."""
    for place, name in enumerate(header):
        if squeezed(name) not in _IDS:
            continue
        stretches = _stretches(rows, place)
        if "" not in dict(stretches) and len(rows) >= 2 * len(stretches):
            return place
    return None


def _stretches(rows: Rows, place: int) -> list[tuple[str, list[Sequence[Any]]]]:
    """The rows as they follow each other with one value in this column."""
    return [(value, list(found)) for value, found in groupby(rows, lambda row: _written(row, place))]


def _talk(rows: list[Sequence[Any]], speaker: int | None) -> bool:
    return speaker is not None and len({_written(row, speaker) for row in rows}) > 1


def _written(row: Sequence[Any], place: int) -> str:
    """A cell as text; nothing for what is no plain value."""
    value = row[place] if place < len(row) else None
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
