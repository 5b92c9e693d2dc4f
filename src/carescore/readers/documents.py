"""The documents of a JSON file: one, one a line, or several in an array or a wrapper around them."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from carescore.errors import TranscriptError
from carescore.readers import json_turns
from carescore.readers.source import Source, parse_json

Json = Any
# The id of the format that accepts a document, if one does.
FormatOf = Callable[[Json], str | None]

_LINES_LOOKED_AT: Final = 3
_HAS_DIGIT: Final = re.compile(r"\d")
# Places that are looked into for something readable; no wrapper has as many.
_MOST_PLACES: Final = 60


class Part(NamedTuple):
    """Something inside a document: where, what, and the key that names the call, if one does."""

    place: str
    content: Json
    call_id: str | None = None


def documents(source: Source, format_of: FormatOf) -> Iterator[tuple[str | None, Json]]:
    """The one document of a JSON file, or each line of a JSONL file; a bad line is an error in its place.

    Lines that are no calls by themselves, but the pieces of one, are given as one list.
    """
    first = next((line for _, line in source.lines()), "")
    if not _is_whole_json(first):
        yield None, source.json
        return
    lines = _parsed_lines(source)
    begin = list(islice(lines, _LINES_LOOKED_AT))
    if not _are_pieces([document for _, document in begin], format_of):
        yield from chain(begin, lines)
        return
    if source.data:  # refused here if it is too large for one document
        pieces: list[Json] = []
        for place, document in chain(begin, lines):
            if isinstance(document, TranscriptError):
                yield place, document
            else:
                pieces.append(document)
        yield None, pieces


def _is_whole_json(line: str) -> bool:
    if not line.lstrip().startswith("{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed_lines(source: Source) -> Iterator[tuple[str, Json]]:
    for number, line in source.lines():
        place = f"line {number}"
        try:
            yield place, parse_json(line, source.name, place)
        except TranscriptError as error:
            yield place, error


def _are_pieces(begin: list[Json], format_of: FormatOf) -> bool:
    """Whether the first lines are a call together, and none of them is one."""
    if len(begin) < 2 or any(isinstance(document, TranscriptError) for document in begin):
        return False
    return not any(map(format_of, begin)) and format_of(begin) is not None


def parts(document: Json, format_of: FormatOf) -> list[Part]:
    """What is inside a list of calls, or under the keys of a wrapper that hold something readable."""
    if isinstance(document, list):
        return [Part(f"item {number}", item) for number, item in enumerate(document, 1)]
    return _wrapped(document, format_of) if isinstance(document, dict) else []


def _wrapped(document: dict[str, Json], format_of: FormatOf) -> list[Part]:
    """The readable values nearest to the top; of a list the whole, whichever of its items it stands for."""
    waiting: deque[tuple[str, dict[str, Json], Part | None]] = deque([("", document, None)])
    looked_at = 0
    while waiting:
        path, parent, whole = waiting.popleft()
        for key, value in parent.items():
            if not isinstance(value, (dict, list)):
                continue
            looked_at += 1
            if looked_at > _MOST_PLACES:
                return []
            shape = _shape(value, format_of)
            if shape is not None:
                return [whole] if whole is not None else _alike(path, parent, key, shape, format_of)
            inner = value[0] if isinstance(value, list) and value else value
            if isinstance(inner, dict):
                listed = Part(path + key, value) if isinstance(value, list) else None
                waiting.append((f"{path}{key}, ", inner, whole or listed))
    return []


def _alike(
    path: str, parent: dict[str, Json], first: str, shape: tuple[object, ...], format_of: FormatOf
) -> list[Part]:
    """The value found, and those beside it of the same shape: then each is a call named by its key.

    Under numbers and ids ("call-1", "call-2") the same format will do: not every call has every key.
    """

    def is_call(key: str, value: Json) -> bool:
        found = _shape(value, format_of) if isinstance(value, (dict, list)) else None
        return found == shape or (
            found is not None and found[:2] == shape[:2] and all(_HAS_DIGIT.search(x) for x in (first, key))
        )

    keys = [key for key, value in parent.items() if key == first or is_call(key, value)]
    if len(keys) == 1:
        return [Part(path + first, parent[first])]
    return [Part(path + key, parent[key], key) for key in keys]


def _shape(value: Json, format_of: FormatOf) -> tuple[object, ...] | None:
    """What a readable value looks like; `None` if neither it nor its first item is readable."""
    inner = value[0] if isinstance(value, list) and value else value
    format_id = format_of(value) or format_of(inner)
    if format_id is None or (format_id == json_turns.READER.id and not json_turns.has_speakers(inner)):
        return None
    return format_id, type(value), frozenset(inner) if isinstance(inner, dict) else type(inner)
