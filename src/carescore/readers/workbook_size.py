"""Whether a workbook is as small inside as it looks: a few kilobytes of zip can hold gigabytes."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.source import Source

_MOST_BYTES: Final = 512 * 1024 * 1024
_MOST_PARTS: Final = 2_000
# Cells are held densely: one in the last row and one in the last column make a sheet of 17 billion.
_MOST_CELLS: Final = 20_000_000
_PIECE: Final = 1 << 20
_OVERLAP: Final = 64
_CELL: Final = re.compile(rb"\br\s{0,9}=\s{0,9}[\"']([A-Z]{1,3})(\d{1,10})[\"']")


def check_size(source: Source) -> None:
    """Refuse what is no workbook, and a workbook that would unpack to more than memory holds."""
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise TranscriptError(
                    "this is a zip archive or an Office document, but no Excel workbook. Unpack it, or save "
                    "its content as text, CSV or .xlsx.",
                    source=source.name,
                )
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
                raise _too_large(source)
            for part in parts:
                _check_part(archive, part, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise TranscriptError(
            "the workbook is damaged, or has a password. Save it again, or save the sheet as CSV.",
            source=source.name,
        ) from None


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, source: Source) -> None:
    """Unpack a part once without keeping it: it must be of the size it declares, its sheet not too wide."""
    is_sheet = part.filename.startswith("xl/worksheets/")
    last_row, last_column = 0, 0
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            if not is_sheet:
                continue
            if b"\x00" in piece[:4]:
                raise TranscriptError("its sheet is no UTF-8 XML. Save it again.", source=source.name)
            found = _CELL.findall(rest + piece)
            last_row = max(last_row, max((int(digits) for _, digits in found), default=0))
            last_column = max(last_column, max(map(_number, {letters for letters, _ in found}), default=0))
            rest = piece[-_OVERLAP:]
    if last_row * last_column > _MOST_CELLS:
        raise _too_large(source)


def _number(letters: bytes) -> int:
    """The number of a column from its letters.

    >>> _number(b"A"), _number(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(source: Source) -> TranscriptError:
    return TranscriptError(
        f"the workbook unpacks to more than {_MOST_BYTES >> 20} MB or {_MOST_CELLS:,} cells. Save the "
        "sheet as CSV, which is read piece by piece.",
        source=source.name,
    )
