"""Parquet tables, read row group by row group; turns may be rows, or a list in one row a call."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers.columns import used_names
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import Source
from carescore.readers.tables import Table, TableRow, calls_in, looks_like_header
from carescore.transcript import Transcript

_BATCH: Final = 5_000
_LARGEST_GROUP: Final = 4 * 1024**3


def _accepts(head: bytes) -> bool:
    return head.startswith(b"PAR1")


def _read(source: Source, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    names = tuple(_opened(source).schema_arrow.names)
    # What is not needed, such as audio or vectors, is not unpacked; with a dot a name means a part of one.
    header = (
        used_names(names) if looks_like_header(names) and not any("." in name for name in names) else names
    )

    def rows() -> Iterator[TableRow]:
        return _rows(source, header)

    yield from calls_in(Table(header, rows), origin)


def _rows(source: Source, header: tuple[str, ...]) -> Iterator[TableRow]:
    number = 0
    for columns in _batches(source, header):
        for cells in zip(*columns, strict=True):
            number += 1
            yield TableRow(f"row {number}", cells)


def _batches(source: Source, header: tuple[str, ...]) -> Iterator[list[list[Any]]]:
    """The columns of some rows after another as Python values."""
    import pyarrow as pa

    file = _opened(source)
    try:
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(header)):
            yield [batch.column(name).to_pylist() for name in header]
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError):
        raise _broken(source) from None


def _opened(source: Source) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source.path if source.path is not None else BytesIO(source.data))
        groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
        largest = max((group.total_byte_size for group in groups), default=0)
    except (pa.ArrowException, OSError, ValueError):
        raise _broken(source) from None
    if largest > _LARGEST_GROUP:
        raise TranscriptError(
            f"a row group unpacks to {largest:,} bytes; {_LARGEST_GROUP:,} are read at once. Write the file "
            "with smaller row groups (row_group_size).",
            source=source.name,
        )
    return file


def _broken(source: Source) -> TranscriptError:
    return TranscriptError("the parquet file is damaged or incomplete. Write it again.", source=source.name)


READER: Final = Reader(
    id="parquet",
    name="Parquet table",
    content="bytes",
    roles="told",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
