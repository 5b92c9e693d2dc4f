"""Azure Language conversations: the items of an analysis request, with the role of each participant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import (
    Json,
    first_record,
    number,
    optional_record,
    optional_text,
    record,
    records,
    text,
)
from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.speech import no_speakers
from carescore.transcript import Transcript, Turn, join_same_speaker, renumber

_TICK: Final = 1e-7  # Azure counts time in units of 100 ns
_NOBODY: Final = "unknown"
# The same words in four spellings; the displayed one first.
_TEXTS: Final = ("text", "maskedItn", "itn", "lexical")


def accepts(document: Json) -> bool:
    """A conversation with items, alone or inside an analysis request."""
    return any("conversationItems" in item for item in _first_conversations(document))


def _first_conversations(document: Json) -> list[dict[str, Json]]:
    whole = optional_record(document)
    return [whole, *(first_record(part.get("conversations")) for part in _holders(whole))]


def _holders(document: dict[str, Json]) -> list[dict[str, Json]]:
    return [document, *(optional_record(document.get(key)) for key in ("analysisInput", "results"))]


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript | TranscriptError]:
    """Each conversation of the document; one that cannot be read is an error in its place."""
    listed: list[Json] = [document]
    if "conversationItems" not in document:
        listed = next(
            part["conversations"] for part in _holders(document) if first_record(part.get("conversations"))
        )
    for number_, item in enumerate(listed, 1):
        place = f"conversation {number_}" if len(listed) > 1 else origin.place
        try:
            yield _conversation(record(item, "conversation", origin), replace(origin, place=place))
        except TranscriptError as error:
            yield error


def _conversation(conversation: dict[str, Json], origin: Origin) -> Transcript:
    items = records(conversation.get("conversationItems"), "conversationItems", origin)
    turns = [_turn(item, f"conversationItems[{n}]", origin) for n, item in enumerate(items)]
    if turns and all(turn.speaker == _NOBODY for turn in turns):
        raise no_speakers(origin, "Azure Language", "Send each item with its participantId, and export that.")
    chat = conversation.get("modality", first_record(items).get("modality")) == "text"
    return Transcript(
        call_id=optional_text(conversation.get("id")) or origin.call_id,
        turns=renumber(turns if chat else join_same_speaker(turns)),
        channel="chat" if chat else "voice",
    )


def _turn(item: dict[str, Json], key: str, origin: Origin) -> Turn:
    speaker = optional_text(item.get("participantId"))
    role = role_of(optional_text(item.get("role"))) or role_of(speaker) or "unknown"
    said = next((item[k] for k in _TEXTS if item.get(k)), None)
    timing = optional_record(item.get("conversationItemLevelTiming"))
    start = _seconds(timing.get("offset"), f"{key}.offset", origin)
    length = _seconds(timing.get("duration"), f"{key}.duration", origin)
    return Turn(
        index=0,
        speaker=speaker or optional_text(item.get("role")) or _NOBODY,
        role=role,
        role_source="unknown" if role == "unknown" else "told",
        text=text(said, f"{key}.text", origin),
        start=start,
        end=None if start is None or length is None else start + length,
    )


def _seconds(ticks: Json, key: str, origin: Origin) -> float | None:
    count = number(ticks, key, origin)
    return None if count is None else count * _TICK


READER: Final = Reader(
    id="azure-conversation",
    name="Azure Language conversation",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
