"""Sheets to an Excel workbook in which no text is a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from carescore.errors import UsageError
from carescore.report.tables import Sheet
from carescore.safe_text import visible
from carescore.whole_file import whole

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LONGEST_CELL: Final = 32_767  # characters, Excel's own limit
_MADE: Final = datetime(2000, 1, 1)  # always the same, so that the same results give the same bytes
_WIDE: Final = ("quote", "reason", "reasons", "words", "note", "praise", "change_reason", "opening")
_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write_workbook(sheets: Sequence[Sheet], output: Path) -> None:
    """Write the sheets. Raises `UsageError` if the file cannot be written or xlsxwriter is not there."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise UsageError(
            "Excel files are written with xlsxwriter, which is not installed: pip install "
            "'carescore[excel]'. --format csv needs nothing more."
        ) from None
    content = BytesIO()
    book = Workbook(content, _OPTIONS)
    book.set_properties({"created": _MADE})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, bold, wrapped)
    book.close()
    with whole(output) as path:
        path.write_bytes(content.getbuffer())


def _fill(page: Worksheet, sheet: Sheet, bold: Any, wrapped: Any) -> None:
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, bold)
        page.set_column(column, column, 60 if name in _WIDE else 14, wrapped if name in _WIDE else None)
    for place, row in enumerate(sheet.rows, 1):
        for column, name in enumerate(sheet.columns):
            value = row[name]
            if isinstance(value, str):
                page.write_string(place, column, visible(value, keep="\n")[:_LONGEST_CELL])
            elif value is not None:
                page.write_number(place, column, value)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
