"""JSON lines with one turn a line, a table in JSON's clothes: `{"call_id": …, "speaker": …, "text": …}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers.columns import columns_of
from carescore.readers.labelled import is_labelled
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import Source, parse_json
from carescore.readers.tables import Table, TableRow, calls_in
from carescore.transcript import Transcript

_LINES_LOOKED_AT: Final = 3
_LINES_WITH_KEYS: Final = 100


def _accepts(head: bytes) -> bool:
    try:
        lines = [line for line in Source("", data=head).head_text.split("\n") if line.strip()]
        turns = [parse_json(line, "") for line in lines[:_LINES_LOOKED_AT]]
    except TranscriptError:
        return False
    return len(turns) > 1 and all(_is_turn(turn) for turn in turns)


def _is_turn(turn: Any) -> bool:
    """A flat object with words and who says them, and not a whole transcript."""
    if not isinstance(turn, dict) or any(isinstance(value, (dict, list)) for value in turn.values()):
        return False
    columns = columns_of(tuple(turn))
    return columns.are_turns and not is_labelled(tuple(turn.values())[columns.text or 0])


def _read(source: Source, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    keys: dict[str, None] = {}
    for _, turn in zip(range(_LINES_WITH_KEYS), _objects(source), strict=False):
        keys.update(dict.fromkeys(turn[1] if isinstance(turn[1], dict) else ()))
    header = tuple(keys)

    def rows() -> Iterator[TableRow]:
        for place, turn in _objects(source):
            if isinstance(turn, dict):
                yield TableRow(place, [turn.get(key) for key in header])
            else:
                problem = (
                    turn.message if isinstance(turn, TranscriptError) else "expected an object with a turn."
                )
                yield TableRow(place, (), problem)

    yield from calls_in(Table(header, rows), origin)


def _objects(source: Source) -> Iterator[tuple[str, Any]]:
    """What each line holds, an error in the place of a line that is no JSON."""
    for number, line in source.lines():
        place = f"line {number}"
        try:
            yield place, parse_json(line, source.name, place)
        except TranscriptError as error:
            yield place, error


READER: Final = Reader(
    id="jsonl",
    name="JSON lines with a turn a line",
    content="bytes",
    roles="told",
    verified="documentation",
    accepts=_accepts,
    read=_read,
)
