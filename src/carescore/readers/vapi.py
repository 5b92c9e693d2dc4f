"""Vapi: a call's messages, from the call resource, its artifact, or an end-of-call report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import (
    Json,
    first_record,
    has,
    number,
    optional_record,
    optional_text,
    records,
    text,
)
from carescore.readers.messages import instant
from carescore.readers.reader import Origin, Reader
from carescore.readers.silence import is_silence
from carescore.readers.speech import share, voice_call
from carescore.readers.words import mean
from carescore.transcript import Role, Transcript, Turn

_ROLES: Final[dict[str, Role]] = {"bot": "bot", "assistant": "bot", "user": "customer"}


def accepts(document: Json) -> bool:
    """Messages with a role and the seconds since the call began."""
    message = first_record(_messages(document))
    return has(message, "role", "secondsFromStart")


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one call. Prompts and tool calls are kept as `system`, as far as they carry text."""
    report = optional_record(document.get("message")) or document
    call = optional_record(report.get("call"))
    messages = records(_messages(document), "messages", origin)
    turns = [_turn(message, f"messages[{n}]", origin) for n, message in enumerate(messages)]
    yield voice_call(
        [turn for turn in turns if turn.text.strip() and not is_silence(turn.text)],
        origin,
        call_id=optional_text(call.get("id")) or optional_text(report.get("id")),
        started=optional_text(report.get("startedAt") or call.get("startedAt") or report.get("createdAt"))
        or None,
    )


def _messages(document: Json) -> Json:
    whole = optional_record(document)
    report = optional_record(whole.get("message"))
    places = (whole, optional_record(whole.get("artifact")), report, optional_record(report.get("artifact")))
    return next((place["messages"] for place in places if isinstance(place.get("messages"), list)), None)


def _turn(message: dict[str, Json], key: str, origin: Origin) -> Turn:
    told = optional_text(message.get("role"))
    start = number(message.get("secondsFromStart"), f"{key}.secondsFromStart", origin)
    return Turn(
        index=0,
        speaker=told or "unknown",
        role=_ROLES.get(told, "system"),
        role_source="told",
        text=text(message.get("message"), f"{key}.message", origin),
        start=start,
        end=_end(message, key, start, origin),
        confidence=_confidence(message, key, origin),
    )


def _end(message: dict[str, Json], key: str, start: float | None, origin: Origin) -> float | None:
    """From the length in ms, else from the two instants."""
    length = number(message.get("duration"), f"{key}.duration", origin)
    if length is None:
        began = instant(message.get("time"), f"{key}.time", origin)
        ended = instant(message.get("endTime"), f"{key}.endTime", origin)
        length = None if began is None or ended is None or ended < began else (ended - began) * 1000
    return None if start is None or not length else round(start + length / 1000, 6)


def _confidence(message: dict[str, Json], key: str, origin: Origin) -> float | None:
    words = optional_record(message.get("metadata")).get("wordLevelConfidence")
    listed = records(words, f"{key}.metadata.wordLevelConfidence", origin)
    return mean(share(word.get("confidence"), f"{key}.confidence", origin) for word in listed)


READER: Final = Reader(
    id="vapi",
    name="Vapi call",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
