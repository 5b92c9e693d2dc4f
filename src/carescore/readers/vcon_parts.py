"""What a dialog or an analysis of a vCon carries, out of its encoding."""

from __future__ import annotations

import base64
import binascii
from email.utils import parsedate_to_datetime
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import Json
from carescore.readers.messages import instant
from carescore.readers.reader import Origin
from carescore.readers.source import parse_json

_URL_SAFE: Final = str.maketrans("-_", "+/")


def opened(analysis: dict[str, Json], origin: Origin) -> Json:
    """What an analysis holds: JSON, also where it was written as a string, else text."""
    body = decoded(analysis, "body", origin)
    if isinstance(body, str) and body.lstrip().startswith(("{", "[")):
        try:
            return parse_json(body, origin.name, origin.place)
        except TranscriptError:
            if analysis.get("encoding") == "json":
                raise
    return body


def decoded(part: dict[str, Json], key: str, origin: Origin) -> Json:
    """The body of a dialog or an analysis, out of base64 where it says so."""
    body = part.get("body", part.get("transcript"))
    if not isinstance(body, str) or part.get("encoding") != "base64url":
        return body
    packed = "".join(body.split()).rstrip("=").translate(_URL_SAFE)
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise TranscriptError(
            "expected a text in base64url, as its encoding says.", source=origin.name, place=key
        ) from None


def instant_of(value: Json, key: str, origin: Origin) -> float | None:
    """Seconds since 1970 from a date as RFC 3339 writes it, or, in old files, as mail does."""
    if isinstance(value, str) and "," in value:
        try:
            return parsedate_to_datetime(value).timestamp()
        except (ValueError, TypeError, OverflowError):
            return None
    return instant(value, key, origin)
