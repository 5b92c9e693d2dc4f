"""Excel workbooks (`.xlsx`): every sheet that holds a table of turns or of calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers.mail_file import is_outlook_file
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import Source
from carescore.readers.tables import Table, TableRow, calls_in, looks_like_header
from carescore.readers.workbook_size import check_size
from carescore.transcript import Transcript

_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Rows above the header that a report may have (a title, the date).
_MOST_ABOVE: Final = 10


def _accepts(head: bytes) -> bool:
    return head.startswith((_ZIP, _OLD_EXCEL)) and not is_outlook_file(head)


def _read(source: Source, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    if source.head.startswith(_OLD_EXCEL):
        raise TranscriptError(
            "this is an old Excel file (.xls). Save it as .xlsx or CSV.", source=source.name
        )
    check_size(source)
    sheets = [(name, start, cells) for name, start, cells in _sheets(source) if len(cells) > 1]
    if not sheets:
        raise TranscriptError("the workbook has no rows.", source=source.name)
    tables = [sheet for sheet in sheets if _header_place(sheet[2]) is not None] or sheets[:1]
    for name, start, cells in tables:
        call_id = origin.call_id if len(tables) == 1 else f"{origin.call_id}-{name}"
        yield from calls_in(_table(name, start, cells), replace(origin, call_id=call_id))


def _table(name: str, start: int, cells: list[list[Any]]) -> Table:
    above = _header_place(cells) or 0
    header = tuple(_heading(cell) for cell in cells[above])

    def rows() -> Iterator[TableRow]:
        for number, row in enumerate(cells[above + 1 :], start + above + 2):
            if any(cell not in ("", None) for cell in row):
                yield TableRow(f"{name}, row {number}", row)

    return Table(header, rows)


def _header_place(cells: Sequence[Sequence[Any]]) -> int | None:
    """How many rows stand above the header, if one is found."""
    first = cells[: _MOST_ABOVE + 1]
    return next((n for n, row in enumerate(first) if looks_like_header([_heading(x) for x in row])), None)


def _heading(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _sheets(source: Source) -> Iterator[tuple[str, int, list[list[Any]]]]:
    """Each sheet's name, the number of empty rows at its top, and its cells."""
    try:
        import python_calamine
    except ImportError:
        raise TranscriptError(
            "reading Excel needs one more package: pip install 'carescore[excel]'. Or save the sheet as CSV.",
            source=source.name,
        ) from None
    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(source.data)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                yield name, (sheet.start or (0, 0))[0], sheet.to_python()
    except (python_calamine.CalamineError, OSError, ValueError):
        raise TranscriptError(
            "the workbook is damaged or has a password. Save it again, or save the sheet as CSV.",
            source=source.name,
        ) from None


READER: Final = Reader(
    id="excel",
    name="Excel workbook",
    content="bytes",
    roles="told",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
