"""whisper.cpp: two channels told apart by loudness (-di), turns of tinydiarize (-tdrz), or no speakers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.readers.fields import Json, first_record, has, record, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import milliseconds, no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.times import from_clock
from carescore.readers.tinydiarize import TURNS_ALTERNATE, alternating, is_marked
from carescore.readers.words import Word, mean, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again with --diarize if the recording has a channel for each person, else with "
    "--tinydiarize and a tdrz model."
)
_UNSURE: Final = "?"


def accepts(document: Json) -> bool:
    """`transcription` of segments with both kinds of times."""
    return has(document, "transcription") and has(
        first_record(document["transcription"]), "timestamps", "offsets"
    )


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a result."""
    segments = records(document.get("transcription"), "transcription", origin)
    phrases = [_phrase(segment, f"transcription[{n}]", origin) for n, segment in enumerate(segments)]
    notes: tuple[str, ...] = ()
    if is_marked(segments) and not any(phrase.speaker for phrase in phrases):
        phrases, notes = list(alternating(segments, phrases)), (TURNS_ALTERNATE,)
    words, warnings = spoken(phrases, no_speakers(origin, "whisper.cpp", _REMEDY))
    yield voice_call(turns_in_order(words), origin, warnings=(*notes, *warnings))


def _phrase(segment: dict[str, Json], key: str, origin: Origin) -> Word:
    offsets = record(segment.get("offsets") or {}, f"{key}.offsets", origin)
    clock = record(segment.get("timestamps") or {}, f"{key}.timestamps", origin)
    tokens = records(segment.get("tokens"), f"{key}.tokens", origin)
    times = {
        side: milliseconds(offsets[side], f"{key}.offsets.{side}", origin)
        if side in offsets
        else from_clock(text(clock.get(side), f"{key}.timestamps.{side}", origin))
        for side in ("from", "to")
    }
    phrase = Word(
        text=text(segment.get("text"), f"{key}.text", origin).strip(),
        speaker=speaker_label(segment.get("speaker"), "speaker", f"{key}.speaker", origin),
        start=times["from"],
        end=times["to"],
        confidence=mean(
            share(token.get("p"), f"{key}.tokens.p", origin)
            for token in tokens
            if not str(token.get("text")).startswith("[_")
        ),
    )
    return replace(phrase, speaker=None) if phrase.speaker == _UNSURE else phrase


READER: Final = Reader(
    id="whisper-cpp",
    name="whisper.cpp",
    content="json",
    roles="guessed",
    verified="documentation",
    accepts=accepts,
    read=read,
)
