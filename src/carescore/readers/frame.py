"""A pandas frame to calls, its columns found by name as in any table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from carescore.errors import TranscriptError
from carescore.readers.columns import forget
from carescore.readers.reader import Origin
from carescore.readers.tables import Table, TableRow, calls_in
from carescore.transcript import Transcript

if TYPE_CHECKING:
    import pandas as pd


def transcripts_from_frame(
    frame: pd.DataFrame, *, name: str = "frame"
) -> Iterator[Transcript | TranscriptError]:
    """Every call in a frame: a row a turn (call_id, speaker or role, text …), or a row a call (transcript).

    What cannot be read comes as an error in the place of its call. The frame's index is not looked at.
    """
    header = tuple(str(column) for column in frame.columns)
    cells = frame.astype(object).where(frame.notna(), None)

    def rows() -> Iterator[TableRow]:
        for number, values in enumerate(cells.itertuples(index=False, name=None), 1):
            yield TableRow(f"row {number}", [_plain(value) for value in values])

    try:
        for call in calls_in(Table(header, rows), Origin(name=name, call_id=name)):
            yield replace(call, source=name, format="frame") if isinstance(call, Transcript) else call
    except TranscriptError as error:
        yield error
    finally:
        forget()


def _plain(value: Any) -> Any:
    """A cell as Python has it: arrays, as frames from parquet hold them, as lists."""
    return value.tolist() if hasattr(value, "tolist") else value
