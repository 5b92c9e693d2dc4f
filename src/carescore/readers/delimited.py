"""Tables as text (`.csv`, `.tsv`, semicolons, bars), read piece by piece, whatever their size."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.dates import DATE
from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.source import Source
from carescore.readers.tables import Table, TableRow, are_names, calls_in, looks_like_header
from carescore.transcript import Transcript

_DELIMITERS: Final = (",", "\t", ";", "|")
# Plain text has commas too: "Agent, 3 March 2025, 09:41: …".
_DATED_LABEL: Final = re.compile(rf".{{1,60}}?{DATE}[\s,\d:.apmAPM\])]{{0,16}}?:(?:\s|$)")
# Rows above the header that an export may have (a title, the date).
_MOST_ABOVE: Final = 5
# A cell may hold a call; a quote that is never closed would hold the rest of the file.
_LONGEST_CELL: Final = 4_000_000


def _accepts(head: bytes) -> bool:
    try:
        text = Source("", data=head).head_text
    except TranscriptError:
        return False
    if text.lstrip().startswith(("{", "[", "<", "WEBVTT")):
        return False
    lines = text.split("\n")
    return _layout(lines) is not None or any(_is_table(lines, delimiter) for delimiter in _DELIMITERS)


def _is_table(lines: list[str], delimiter: str) -> bool:
    """Whether it is a table without names of columns that are known, which is then refused for that."""
    try:
        rows = [row for row in islice(csv.reader(lines[:40], delimiter=delimiter), 5) if row]
    except csv.Error:
        return False
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        return False
    return (len(rows[0]) > 2 and are_names(rows[0])) or (
        delimiter in ",;" and _begin_with_roles(rows) and not _DATED_LABEL.match(lines[0])
    )


def _begin_with_roles(rows: list[list[str]]) -> bool:
    """Whether rows without a header have a role in the same column; with tabs or bars that is plain text."""
    return len(rows[0]) > 1 and any(
        all(role_of(cell) for cell in column) for column in zip(*rows, strict=True)
    )


def _layout(lines: list[str]) -> tuple[str, int] | None:
    """The delimiter, and the number of lines above the header."""
    for above, line in enumerate(lines[: _MOST_ABOVE + 1]):
        for delimiter in _DELIMITERS:
            # A table of Markdown, with bars at the edges, is read as plain text.
            if delimiter in line and not line.startswith("|") and looks_like_header(_header(line, delimiter)):
                return delimiter, above
    return None


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line[:20_000]], delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return ()


def _read(source: Source, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    lines = source.head_text.split("\n")
    delimiter, above = _layout(lines) or (max(_DELIMITERS, key=lines[0].count), 0)
    header = _header(lines[above], delimiter)
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))

    def rows() -> Iterator[TableRow]:
        return _rows(source, delimiter, above + 1, len(header))

    yield from calls_in(Table(header, rows), origin)


def _rows(source: Source, delimiter: str, skipped: int, width: int) -> Iterator[TableRow]:
    """Each row below the header with the line on which it begins."""
    reader = csv.reader(islice(_lines(source), skipped, None), delimiter=delimiter, strict=True)
    while True:
        place = f"line {skipped + reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise TranscriptError(
                "the quotes of this row do not pair up, so the table is read only up to here. A cell with a "
                'comma, a quote or a line break stands in "quotes", and a quote in it is doubled ("").',
                source=source.name,
                place=place,
            ) from None
        if any(cells):
            yield TableRow(place, *_fitted(cells, width))


def _fitted(cells: list[str], width: int) -> tuple[list[str], str | None]:
    """The cells of a row and what is wrong with their number; empty ones too many do no harm."""
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    if len(cells) == width:
        return cells, None
    return cells, (
        f"this row has {len(cells)} cells, the header {width}. A cell that holds the separator must stand "
        'in "quotes".'
    )


def _lines(source: Source) -> Iterator[str]:
    """Every line with its end, the empty ones inside quotes too."""
    expected = 1
    for number, line in source.lines():
        while expected < number:
            yield "\n"
            expected += 1
        expected = number + 1
        if "\n" in line:  # line ends of an old Mac, which Python does not count as such
            yield from (part + "\n" for part in line.split("\n"))
        else:
            yield line + "\n"


READER: Final = Reader(
    id="csv",
    name="Table as text (CSV, TSV)",
    content="bytes",
    roles="told",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
