"""Parquet tables, read row group by row group; turns may be rows, or a list in one row a call."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import Source
from carescore.readers.tables import Table, TableRow, calls_in
from carescore.transcript import Transcript

_BATCH: Final = 10_000


def _accepts(head: bytes) -> bool:
    return head.startswith(b"PAR1")


def _read(source: Source, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    header = tuple(_opened(source).schema_arrow.names)

    def rows() -> Iterator[TableRow]:
        return _rows(source)

    yield from calls_in(Table(header, rows), origin)


def _rows(source: Source) -> Iterator[TableRow]:
    number = 0
    for columns in _batches(source):
        for cells in zip(*columns, strict=True):
            number += 1
            yield TableRow(f"row {number}", cells)


def _batches(source: Source) -> Iterator[list[list[Any]]]:
    """The columns of some rows after another as Python values."""
    import pyarrow as pa

    file = _opened(source)
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            yield [column.to_pylist() for column in batch.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise _broken(source) from None


def _opened(source: Source) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(source.path if source.path is not None else BytesIO(source.data))
    except (pa.ArrowException, OSError, ValueError):
        raise _broken(source) from None


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
