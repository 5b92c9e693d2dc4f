"""OpenAI transcription with `response_format=diarized_json`: segments with a letter or a known name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, speaker_label, spoken, voice_call
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Transcript

_REMEDY: Final = "Transcribe it again with response_format=diarized_json."
_SEGMENT: Final = "transcript.text.segment"


def accepts(document: Json) -> bool:
    """`segments` whose type only this response has."""
    if not has(document, "segments"):
        return False
    segment = first_record(document["segments"])
    return has(segment, "start", "text") and segment.get("type") == _SEGMENT


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a response."""
    found = [
        Word(
            text=text(segment.get("text"), f"segments[{index}].text", origin).strip(),
            speaker=speaker_label(segment.get("speaker"), "speaker", f"segments[{index}].speaker", origin),
            start=number(segment.get("start"), f"segments[{index}].start", origin),
            end=number(segment.get("end"), f"segments[{index}].end", origin),
        )
        for index, segment in enumerate(records(document.get("segments"), "segments", origin))
    ]
    words, warnings = spoken(found, no_speakers(origin, "diarized_json", _REMEDY))
    yield voice_call(turns_by_start(words), origin, warnings=warnings)


READER: Final = Reader(
    id="openai-diarized",
    name="OpenAI diarized_json",
    content="json",
    roles="guessed",
    verified="documentation",
    accepts=accepts,
    read=read,
)
