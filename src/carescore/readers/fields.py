"""Typed access to parsed JSON: a wrong type is a sentence that names the key, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin

Json = Any


def record(value: Json, key: str, origin: Origin) -> dict[str, Json]:
    """`value` as an object."""
    if not isinstance(value, dict):
        raise _wrong(value, key, "an object", origin)
    return value


def records(value: Json, key: str, origin: Origin) -> list[dict[str, Json]]:
    """`value` as a list of objects; `None` is an empty list."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(value, key, "a list of objects", origin)
    return [record(item, f"{key}[{number}]", origin) for number, item in enumerate(value)]


def text(value: Json, key: str, origin: Origin) -> str:
    """`value` as text; `None` is empty, numbers are written out."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise _wrong(value, key, "text", origin)


def number(value: Json, key: str, origin: Origin) -> float | None:
    """`value` as a number; digits in a string count, `None` and an empty string are no number."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise _wrong(value, key, "a number", origin)
    try:
        result = float(value)
    except (ValueError, OverflowError):
        raise _wrong(value, key, "a number", origin) from None
    if result != result or result in (float("inf"), float("-inf")):
        raise _wrong(value, key, "a finite number", origin)
    return result


def optional_record(value: Json) -> dict[str, Json]:
    """`value` if it is an object, else an empty one: for what a call can be read without."""
    return value if isinstance(value, dict) else {}


def optional_text(value: Json) -> str:
    """`value` if it is text, or a number written out, else empty text: for names and ids."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def has(document: Json, *keys: str) -> bool:
    """Whether the document is an object with all of these keys."""
    return isinstance(document, dict) and all(key in document for key in keys)


def first_record(value: Json) -> dict[str, Json]:
    """The first object of a list, or an empty one: for cheap looks in `accepts`."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return value[0]
    return {}


def first_text(values: Iterable[Json]) -> str | None:
    """The first non-empty string, if any."""
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _wrong(value: Json, key: str, expected: str, origin: Origin) -> TranscriptError:
    found = type(value).__name__
    where = f"{origin.place}, {key}" if origin.place else key
    return TranscriptError(f"expected {expected}, found {found}.", source=origin.name, place=where)
