"""Google's messages as JSON: two spellings of every key, two encodings of a duration."""

from __future__ import annotations

from carescore.readers.fields import Json, number
from carescore.readers.reader import Origin


def either(item: Json, *names: str) -> Json:
    """The first of these keys that holds something: REST writes camelCase, Python clients snake_case."""
    if not isinstance(item, dict):
        return None
    return next((item[name] for name in names if item.get(name) is not None), None)


def duration(value: Json, key: str, origin: Origin) -> float | None:
    """Seconds from `"12.900s"`, or from `{"seconds": "12", "nanos": 900000000}` of a client library."""
    if isinstance(value, dict):
        whole = number(value.get("seconds"), f"{key}.seconds", origin) or 0.0
        nanos = number(value.get("nanos"), f"{key}.nanos", origin) or 0.0
        return whole + nanos / 1e9
    return number(value.removesuffix("s") if isinstance(value, str) else value, key, origin)
