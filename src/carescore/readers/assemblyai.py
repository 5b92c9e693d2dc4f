"""AssemblyAI transcripts: utterances where speakers or channels were asked for, else words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import Json, has, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import milliseconds, no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again with multichannel=true if the recording has a channel for each person, else with "
    "speaker_labels=true."
)
# Keys that only this service's transcript resource has, whatever was asked for.
_SIGNS: Final = (
    "audio_url",
    "acoustic_model",
    "speech_model",
    "speech_models",
    "speaker_labels",
    "dual_channel",
)


def accepts(document: Json) -> bool:
    """The transcript resource: `words` and `status` beside the settings of the request."""
    return has(document, "words", "status") and any(sign in document for sign in _SIGNS)


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a transcript resource."""
    if document.get("status") == "error":
        raise TranscriptError(
            "AssemblyAI could not transcribe this recording (status error). Transcribe it again.",
            source=origin.name,
            place=origin.place,
        )
    found = _phrases(document, "utterances", origin)
    if not any(phrase.speaker for phrase in found):
        found = _phrases(document, "words", origin) or found
    words, warnings = spoken(found, no_speakers(origin, "AssemblyAI", _REMEDY))
    call_id = text(document.get("id"), "id", origin)
    yield voice_call(turns_by_start(words), origin, call_id=call_id, warnings=warnings)


def _phrases(document: dict[str, Json], part: str, origin: Origin) -> list[Word]:
    return [
        Word(
            text=text(row.get("text"), f"{part}[{index}].text", origin),
            speaker=_speaker(row, f"{part}[{index}]", origin),
            start=milliseconds(row.get("start"), f"{part}[{index}].start", origin),
            end=milliseconds(row.get("end"), f"{part}[{index}].end", origin),
            confidence=share(row.get("confidence"), f"{part}[{index}].confidence", origin),
        )
        for index, row in enumerate(records(document.get(part), part, origin))
    ]


def _speaker(row: dict[str, Json], key: str, origin: Origin) -> str | None:
    """The speaker's letter or name; with channels it is the channel's number, or that and a letter."""
    told = speaker_label(row.get("speaker"), "channel", f"{key}.speaker", origin)
    return told or speaker_label(row.get("channel"), "channel", f"{key}.channel", origin)


READER: Final = Reader(
    id="assemblyai",
    name="AssemblyAI",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
