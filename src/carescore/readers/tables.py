"""Tables to calls: one row a turn with a column for the call, or one row a call with its transcript.

A table is walked twice: first only to see where each call ends, so that a call is given as soon as its
last row was read, and calls whose rows are mixed come out whole as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any, Final, NamedTuple

from carescore.errors import TranscriptError
from carescore.readers import json_turns
from carescore.readers.about import AboutCall, about_from
from carescore.readers.cells import Row, written
from carescore.readers.columns import Columns, call_columns_of, columns_of
from carescore.readers.inferred_columns import LOOKED_AT, doubt, with_known_names
from carescore.readers.labelled import is_labelled, labelled_calls
from carescore.readers.many import LastRows
from carescore.readers.reader import Origin
from carescore.readers.role_words import role_of
from carescore.readers.rows import call_from_rows
from carescore.readers.source import parse_json
from carescore.transcript import Transcript

Call = Transcript | TranscriptError

# Words that a recogniser writes one a row make many rows a call; more than this is no call.
_MOST_ROWS: Final = 200_000
_LOOKED_AT: Final = 5
_JSON: Final = re.compile(r"\s*(?:\[\s*[\[{]|\{\s*\")")
_COLUMN_NAME: Final = re.compile(r"[^\W\d][\w .#/()-]{0,39}")


class TableRow(NamedTuple):
    """One row as it stands: where ("line 12"), its cells, and what is wrong with it, if anything."""

    place: str
    cells: Sequence[Any]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A header, and its rows as often as they are asked for."""

    header: tuple[str, ...]
    rows: Callable[[], Iterator[TableRow]]


def looks_like_header(names: Sequence[str]) -> bool:
    """Whether a row names columns that make turns or calls: words and who says them, or a transcript."""
    if not 1 < len(names) < 1000:
        return False
    columns = columns_of(tuple(names))
    about = call_columns_of(tuple(names))
    return _are_turns(columns) or (about.text is not None and about.call is not None)


def are_names(cells: Sequence[str]) -> bool:
    """Whether each cell of a row is short enough, and written as names of columns are."""
    return all(_COLUMN_NAME.fullmatch(cell) and len(cell.split()) < 4 for cell in cells)


def calls_in(table: Table, origin: Origin) -> Iterator[Call]:
    """Every call of a table; a row that cannot be read is an error in the place of its call."""
    columns = columns_of(table.header)
    first = [] if columns.call is not None and columns.are_turns else _first_rows(table)
    table = replace(table, header=with_known_names(table.header, first))
    columns, about = columns_of(table.header), call_columns_of(table.header)
    if about.text is None and not _are_turns(columns):
        raise _no_columns(table, origin)
    if next(table.rows(), None) is None:
        raise TranscriptError("the table has a header and no rows.", source=origin.name, place=origin.place)
    are_calls = about.text is not None and _are_calls(table, about.text)
    if not are_calls and not _are_turns(columns) and _share(first, about.call):
        raise _no_columns(table, origin)
    if about.text is not None and (are_calls or not _are_turns(columns)):
        for number, row in enumerate(table.rows(), 1):
            yield from _call_in_row(row, number, table.header, about.text, origin)
    else:
        yield from _calls_of_turns(table, columns, doubt(table.header, first), origin)


def _first_rows(table: Table) -> list[Sequence[Any]]:
    try:
        return [row.cells for row in islice(table.rows(), LOOKED_AT) if not row.problem]
    except TranscriptError:
        return []  # told when that row's turn comes


def _share(rows: list[Sequence[Any]], call: int | None) -> bool:
    """Whether neighbouring rows have one id: then each is a turn of a call, and none is a call."""
    if call is None:
        return False
    ids = [str(row[call]) for row in rows if call < len(row)]
    return len(ids) >= 2 * len(list(groupby(ids)))


def _are_turns(columns: Columns) -> bool:
    return columns.text is not None and (columns.are_turns or columns.channel is not None)


def _are_calls(table: Table, column: int) -> bool:
    """Whether a column holds whole transcripts, by its first cells."""
    try:
        for row in islice(table.rows(), _LOOKED_AT):
            if not row.problem and (is_labelled(row.cells[column]) or _holds_turns(row.cells[column])):
                return True
    except TranscriptError:
        return False  # told when that row's turn comes
    return False


def _holds_turns(cell: Any) -> bool:
    """Whether a cell holds turns in JSON, or as the list that they are in parquet."""
    if isinstance(cell, str):
        if not _JSON.match(cell):
            return False
        try:
            cell = parse_json(cell, "cell")
        except TranscriptError:
            return False
    return json_turns.READER.accepts(_as_document(cell))


def _as_document(value: Any) -> Any:
    return {"turns": value} if isinstance(value, list) else value


def _call_in_row(
    row: TableRow, number: int, header: tuple[str, ...], column: int, origin: Origin
) -> Iterator[Call]:
    """The call in a row that holds all of it."""
    here = replace(origin, place=row.place, call_id=f"{origin.call_id}-{number}")
    if row.problem is not None:
        yield TranscriptError(row.problem, source=origin.name, place=row.place)
        return
    try:
        about = about_from(header, row.cells, here)
        cell = row.cells[column]
        if isinstance(cell, str) and _JSON.match(cell):
            cell = parse_json(cell, origin.name, row.place)
        if isinstance(cell, (list, dict)):
            yield from _call_in_json(_as_document(cell), here, about)
            return
        text = written(cell, here, "transcript")
        if not text.strip():
            raise TranscriptError("the transcript of this row is empty.", source=origin.name, place=row.place)
        yield from labelled_calls(text, here, about)
    except TranscriptError as error:
        yield error


def _call_in_json(document: Any, origin: Origin, about: AboutCall) -> Iterator[Call]:
    """The call in a cell that holds turns."""
    for call in json_turns.READER.read(document, origin):
        if isinstance(call, Transcript):
            call = replace(
                call,
                call_id=about.call_id or call.call_id,
                channel=about.channel or call.channel,
                agent=about.agent or call.agent,
                started=about.started or call.started,
            )
        yield call


def _calls_of_turns(
    table: Table, columns: Columns, warnings: tuple[str, ...], origin: Origin
) -> Iterator[Call]:
    for call_id, rows in _grouped(table, columns.call):
        about = AboutCall(call_id=call_id or None, warnings=warnings)
        problem = next((row for row in rows if row.problem), None)
        where = problem or (rows[0] if call_id == "" and columns.call is not None else None)
        if where is not None:
            message = (
                where.problem or f"rows without a call id: this one and {len(rows) - 1:,} more. Fill it in."
            )
            yield TranscriptError(message, source=origin.name, place=where.place)
            continue
        try:
            if len(rows) > _MOST_ROWS:
                raise _too_many(origin, call_id)
            yield call_from_rows([Row(row.place, columns, row.cells) for row in rows], origin, about)
        except TranscriptError as error:
            yield error


def _grouped(table: Table, column: int | None) -> Iterator[tuple[str, list[TableRow]]]:
    """The rows of each call, as soon as its last one was read; where the table breaks off, those before."""
    ends, count, broken = _last_rows(table, column)
    end = next(ends, None)
    waiting: dict[str, list[TableRow]] = {}
    for number, row in zip(range(count), table.rows(), strict=False):
        key = _key(row, column)
        rows = waiting.setdefault(key, [])
        if len(rows) <= _MOST_ROWS:
            rows.append(row)
        if number == end:
            yield key, waiting.pop(key)
            end = next(ends, None)
    if broken is not None:
        raise broken


def _last_rows(table: Table, column: int | None) -> tuple[Iterator[int], int, TranscriptError | None]:
    """The numbers of the calls' last rows in rising order, that of all rows, and the error that ends them.

    The call in which the table breaks off is not complete, so it has no last row.
    """
    last = LastRows()
    count = 0
    key = ""
    try:
        for row in table.rows():
            key = _key(row, column)
            last.see(key, count)
            count += 1
    except TranscriptError as error:
        return last.rows(without=key), count, error
    return last.rows(), count, None


def _key(row: TableRow, column: int | None) -> str:
    if column is None or column >= len(row.cells):
        return ""
    cell = row.cells[column]
    return cell.strip() if isinstance(cell, str) else written(cell, Origin(row.place, ""), "call id")


def _too_many(origin: Origin, call_id: str) -> TranscriptError:
    return TranscriptError(
        f"the call has more than {_MOST_ROWS:,} rows. If the table holds many calls, name the column with "
        "their ids 'call_id'.",
        source=origin.name,
        place=call_id or None,
    )


def _no_columns(table: Table, origin: Origin) -> TranscriptError:
    shown = (
        f"Found: {', '.join(table.header[:20])}."
        if _has_header(table)
        else "The first row has no such names."
    )
    return TranscriptError(
        f"the table lacks a column for the words, or for who says them. {shown} Expected 'text' (or message, "
        "utterance, content) with 'speaker' or 'role', and 'call_id' where it holds several calls; or "
        "'call_id' and 'transcript' with one call a row.",
        source=origin.name,
        place=origin.place,
    )


def _has_header(table: Table) -> bool:
    """Whether the first row holds names: one that holds what was said is shown in no error."""
    first = next(table.rows(), TableRow("", ())).cells
    roles_twice = any(
        role_of(name) and isinstance(cell, str) and role_of(cell)
        for name, cell in zip(table.header, first, strict=False)
    )
    return are_names(table.header) and not roles_twice
