"""Whisper (verbose_json, whisper_timestamped): no speakers, so refused unless tinydiarize marks turns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, spoken, voice_call
from carescore.readers.tinydiarize import TURNS_ALTERNATE, alternating, is_marked
from carescore.readers.words import Word, mean, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Whisper alone never tells speakers: transcribe it with WhisperX and --diarize, with a diarizing model "
    "(response_format diarized_json), or each channel of the recording by itself."
)


def accepts(document: Json) -> bool:
    """The whole `text` beside timed `segments`, or `chunks` as pipelines for the model write them."""
    if has(document, "text", "chunks"):
        return has(first_record(document["chunks"]), "text", "timestamp")
    return has(document, "text", "segments") and has(
        first_record(document["segments"]), "start", "end", "text"
    )


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a result, if tinydiarize told its turns."""
    segments = records(document.get("segments"), "segments", origin)
    if not is_marked(segments):
        raise no_speakers(origin, "Whisper", _REMEDY)
    phrases = [_phrase(segment, f"segments[{n}]", origin) for n, segment in enumerate(segments)]
    words, _ = spoken(alternating(segments, phrases), no_speakers(origin, "Whisper", _REMEDY))
    yield voice_call(turns_in_order(words), origin, warnings=(TURNS_ALTERNATE,))


def _phrase(segment: dict[str, Json], key: str, origin: Origin) -> Word:
    words = records(segment.get("words"), f"{key}.words", origin)
    own = share(segment.get("confidence"), f"{key}.confidence", origin)
    return Word(
        text=text(segment.get("text"), f"{key}.text", origin).strip(),
        speaker=None,
        start=number(segment.get("start"), f"{key}.start", origin),
        end=number(segment.get("end"), f"{key}.end", origin),
        confidence=own
        if own is not None
        else mean(share(word.get("probability"), f"{key}.words.probability", origin) for word in words),
    )


READER: Final = Reader(
    id="whisper",
    name="Whisper",
    content="json",
    roles="none",
    verified="real file",
    accepts=accepts,
    read=read,
)
