"""Turns in JSON as people write them: `{"call_id": …, "turns": [{"speaker": …, "text": …}]}`.

Also messages and utterances, `[role, text]` pairs, `{"agent": "…"}` objects, a bare list of turns, and a
transcript in one string, or in a list of lines, with its labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers import fields
from carescore.readers.about import AboutCall, about_from
from carescore.readers.cells import Row, written
from carescore.readers.columns import columns_of, squeezed
from carescore.readers.labelled import is_labelled, labelled_calls
from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.rows import call_from_rows
from carescore.transcript import Transcript

Json = Any

_LISTS: Final = (
    "turns messages utterances transcript conversation dialogue dialog original segments sentences phrases "
    "entries lines exchanges chat history conversations transcription transcripts items content text body"
)
_TURN_KEYS: Final = tuple(_LISTS.split())
# A string under these is a transcript even where its labels are not found; then it is refused for that.
_TRANSCRIPT_KEYS: Final = ("transcript", "transcription", "conversation", "dialogue", "dialog")
_ABOUT_KEYS: Final = ("metadata", "meta", "call", "info", "conversation")
_PAIR: Final = columns_of(("role", "text"))
_LOOKED_AT: Final = 5
_LINES_LOOKED_AT: Final = 40


def about_document(document: dict[str, Json], origin: Origin) -> AboutCall:
    """What an object tells about its call, itself or in an object for that."""
    about = about_from(tuple(document), tuple(document.values()), origin)
    for key in _ABOUT_KEYS:
        inner = document.get(key)
        if isinstance(inner, dict):
            about = about.over(about_from(tuple(inner), tuple(inner.values()), origin))
    return about


def _accepts(document: Json) -> bool:
    if isinstance(document, list):
        first = document[:_LOOKED_AT]
        if _are_lines(document):
            return True
        return any(_is_turn(item, alone=True) for item in first) and not any(map(_is_call, first))
    return isinstance(document, dict) and _place_of_turns(document) is not None


def has_speakers(document: Json) -> bool:
    """Whether what `accepts` takes is more than a string without labels, which is only refused better."""
    if not isinstance(document, dict):
        return True
    words = document.get(_place_of_turns(document) or "")
    return not isinstance(words, str) or is_labelled(words)


def _read(document: Json, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    if isinstance(document, list):
        if _are_lines(document):
            yield from _calls_of_value(document, "lines", origin, AboutCall())
        else:
            yield from _calls_of_list(document, origin)
        return
    key = _place_of_turns(document) if isinstance(document, dict) else None
    if key is None:
        raise TranscriptError(
            "no turns were found in it; expected 'turns' (or 'messages', 'utterances', 'transcript') with a "
            'list of objects such as {"speaker": "agent", "text": "…"}.',
            source=origin.name,
            place=origin.place,
        )
    about = about_document(document, origin)
    value = document[key]
    if isinstance(value, dict):
        inner = _place_of_turns(value)
        key, value = f"{key}.{inner}", value[inner or ""]
    yield from _calls_of_value(value, key, origin, about)


def _calls_of_value(
    value: Json, key: str, origin: Origin, about: AboutCall
) -> Iterator[Transcript | TranscriptError]:
    if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        if any(map(is_labelled, value[:_LOOKED_AT])):
            yield from _calls_of_texts(value, origin, about)
            return
        value = "\n".join(value)
    if isinstance(value, str):
        yield from labelled_calls(value, origin, about)
        return
    rows = [_row(item, f"{key}[{number}]", origin) for number, item in enumerate(value)]
    yield call_from_rows(
        rows, origin, about.over(AboutCall(call_id=_call_id(rows[0], origin) if rows else None))
    )


def _calls_of_texts(
    texts: list[str], origin: Origin, about: AboutCall
) -> Iterator[Transcript | TranscriptError]:
    """The calls of a list of transcripts, each in one string."""
    for number, text in enumerate(texts, 1):
        place = f"{origin.place}, item {number}" if origin.place else f"item {number}"
        here = replace(origin, place=place, call_id=f"{origin.call_id}-{number}")
        try:
            yield from labelled_calls(text, here, about)
        except TranscriptError as error:
            yield error


def _calls_of_list(turns: list[Json], origin: Origin) -> Iterator[Transcript | TranscriptError]:
    """The calls of a bare list of turns: one, unless the turns have ids of calls."""
    calls: dict[str | None, list[Row]] = {}
    for number, item in enumerate(turns):
        row = _row(item, f"[{number}]", origin)
        calls.setdefault(_call_id(row, origin), []).append(row)
    for call_id, rows in calls.items():
        try:
            yield call_from_rows(rows, origin, AboutCall(call_id=call_id))
        except TranscriptError as error:
            yield error


def _place_of_turns(document: dict[str, Json], *, inside: bool = False) -> str | None:
    """The key under which the turns are, a surer name before others."""
    keys = {squeezed(key): key for key in reversed(document)}
    for name in _TURN_KEYS:
        if name not in keys:
            continue
        value = document[keys[name]]
        if isinstance(value, dict) and not inside and _place_of_turns(value, inside=True) is not None:
            return keys[name]
        if isinstance(value, (list, str)) and _holds_turns(name, value):
            return keys[name]
    return None


def _holds_turns(name: str, value: list[Json] | str) -> bool:
    if isinstance(value, str):
        return (name in _TRANSCRIPT_KEYS and bool(value.strip())) or is_labelled(value)
    if not value:
        return name in _TURN_KEYS[:4]
    first = value[:_LOOKED_AT]
    if all(isinstance(line, str) for line in first):
        return _are_lines(value)
    return any(_is_turn(item, alone=False) for item in first) and not any(map(_is_call, first))


def _are_lines(value: list[Json]) -> bool:
    """Whether it is a list of lines with labels; looks at its beginning only."""
    first = value[:_LINES_LOOKED_AT]
    return all(isinstance(line, str) for line in first) and is_labelled("\n".join(first))


def _is_turn(item: Json, *, alone: bool) -> bool:
    """Whether an item can be a turn; standing alone it must tell who speaks."""
    if isinstance(item, list):
        return len(item) == 2 and all(isinstance(x, str) for x in item) and (not alone or _is_role(item[0]))
    if not isinstance(item, dict):
        return False
    if len(item) == 1:
        key, value = next(iter(item.items()))
        if _is_role(key) and isinstance(value, str):
            return True
    columns = columns_of(tuple(item))
    return columns.text is not None and (columns.are_turns or not alone)


def _is_call(item: Json) -> bool:
    """Whether an item of a list is a call of its own: its words have labels, or are turns themselves."""
    if not isinstance(item, dict):
        return False
    columns = columns_of(tuple(item))
    words = None if columns.text is None else tuple(item.values())[columns.text]
    if columns.are_turns and not isinstance(words, (list, dict)):
        return is_labelled(words)
    return _place_of_turns(item, inside=True) is not None


def _is_role(label: str) -> bool:
    return len(label) < 60 and role_of(label) is not None


def _row(item: Json, place: str, origin: Origin) -> Row:
    """One turn, whatever its shape."""
    if isinstance(item, list):
        if len(item) != 2:
            raise TranscriptError(
                f"expected [speaker, text], found a list of {len(item)}.", source=origin.name, place=place
            )
        return Row(place, _PAIR, item)
    turn = fields.record(item, place, origin)
    if len(turn) == 1:
        key, value = next(iter(turn.items()))
        if _is_role(key):
            return Row(place, _PAIR, (key, value))
    columns = columns_of(tuple(turn))
    if columns.speaker is not None:
        values = list(turn.values())
        if isinstance(values[columns.speaker], dict):
            turn = _with_plain_author(turn, values[columns.speaker])
            columns = columns_of(tuple(turn))
    return Row(place, columns, tuple(turn.values()))


def _with_plain_author(turn: dict[str, Json], author: dict[str, Json]) -> dict[str, Json]:
    """The turn with an author's object (`{"name": …, "type": …}`) as a speaker and a role."""
    name = fields.first_text(
        author.get(key) for key in ("name", "display_name", "displayName", "id", "email")
    )
    role = fields.first_text(author.get(key) for key in ("role", "type", "kind"))
    rest = {key: value for key, value in turn.items() if value is not author}
    return {**rest, "speaker_name": name, **({"role": role} if role and "role" not in turn else {})}


def _call_id(row: Row, origin: Origin) -> str | None:
    value = row.cell(row.columns.call)
    return written(value, origin, row.place, "call id").strip() or None


READER: Final = Reader(
    id="json",
    name="JSON with a list of turns",
    content="json",
    roles="told",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
