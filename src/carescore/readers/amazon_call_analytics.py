"""Amazon Transcribe Call Analytics: turns with the role of whoever speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, optional_text, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import milliseconds, no_speakers, share, spoken, voice_call
from carescore.readers.words import Word, mean, turns_by_start
from carescore.transcript import Transcript

_REMEDY: Final = "Export it with ParticipantRole on each turn, as Call Analytics writes it."


def accepts(document: Json) -> bool:
    """`Transcript` of turns with a role and offsets; Contact Lens names participants instead."""
    if not has(document, "Transcript"):
        return False
    turn = first_record(document["Transcript"])
    return has(turn, "ParticipantRole", "BeginOffsetMillis") and "ParticipantId" not in turn


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a job."""
    turns = records(document.get("Transcript"), "Transcript", origin)
    found = [_phrase(turn, f"Transcript[{index}]", origin) for index, turn in enumerate(turns)]
    words, warnings = spoken(found, no_speakers(origin, "Call Analytics", _REMEDY))
    call_id = text(document.get("JobName"), "JobName", origin)
    yield voice_call(turns_by_start(words), origin, call_id=call_id, warnings=warnings)


def _phrase(turn: dict[str, Json], key: str, origin: Origin) -> Word:
    items = records(turn.get("Items"), f"{key}.Items", origin)
    return Word(
        text=text(turn.get("Content"), f"{key}.Content", origin),
        speaker=text(turn.get("ParticipantRole"), f"{key}.ParticipantRole", origin) or None,
        start=milliseconds(turn.get("BeginOffsetMillis"), f"{key}.BeginOffsetMillis", origin),
        end=milliseconds(turn.get("EndOffsetMillis"), f"{key}.EndOffsetMillis", origin),
        # Punctuation is written with a confidence of 0.0, which is none.
        confidence=mean(
            share(item.get("Confidence"), f"{key}.Items.Confidence", origin)
            for item in items
            if not _is_punctuation(item)
        ),
    )


def _is_punctuation(item: dict[str, Json]) -> bool:
    """Whether an item is told to be a mark, or is one: not every output has types."""
    written = optional_text(item.get("Content"))
    return item.get("Type") == "punctuation" or (written != "" and not any(map(str.isalnum, written)))


READER: Final = Reader(
    id="amazon-call-analytics",
    name="Amazon Transcribe Call Analytics",
    content="json",
    roles="told",
    verified="real file",
    accepts=accepts,
    read=read,
)
