"""Azure Speech in its three shapes: batch transcription, fast transcription, real-time phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import milliseconds, no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.times import from_iso_duration
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe each channel if the recording has one for each person (batch does so; fast takes "
    "channels), else turn diarization on."
)
_TICKS: Final = 10_000_000  # of 100 ns in a second
_NOBODY: Final = "Unknown"  # what real-time diarization writes until it knows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """What the three shapes have in common; times in seconds, the rest as written."""

    key: str
    written: Json
    speaker: Json
    channel: Json
    start: float | None
    length: float | None
    confidence: Json


def accepts(document: Json) -> bool:
    """Phrases of a batch, fast phrases beside their combined text, or a list of real-time results."""
    if isinstance(document, list):
        return has(first_record(document), "RecognitionStatus", "Offset", "Duration")
    if has(document, "recognizedPhrases"):
        return "combinedRecognizedPhrases" in document or has(
            first_record(document["recognizedPhrases"]), "nBest"
        )
    return has(document, "phrases", "combinedPhrases")


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a result."""
    if isinstance(document, list):
        found = list(_realtime(document, origin))
    elif has(document, "recognizedPhrases"):
        found = list(_batch(document, origin))
    else:
        found = list(_fast(document, origin))
    # Speakers and separate channels exclude each other in this service; one channel tells nobody apart.
    channels = {_channel(phrase, origin) for phrase in found} - {None}
    words, warnings = spoken(
        [_word(phrase, len(channels) > 1, origin) for phrase in found],
        no_speakers(origin, "Azure Speech", _REMEDY),
    )
    yield voice_call(turns_by_start(words), origin, warnings=warnings)


def _batch(document: dict[str, Json], origin: Origin) -> Iterator[_Phrase]:
    for index, row in enumerate(records(document.get("recognizedPhrases"), "recognizedPhrases", origin)):
        key = f"recognizedPhrases[{index}]"
        if row.get("recognitionStatus", "Success") != "Success":
            continue
        # nBest holds several guesses of the same words, the best first.
        best = next(iter(records(row.get("nBest"), f"{key}.nBest", origin)), {})
        yield _Phrase(
            key=key,
            written=best.get("display") or best.get("lexical"),
            speaker=row.get("speaker"),
            channel=row.get("channel"),
            start=_batch_time(row, "offset", key, origin),
            length=_batch_time(row, "duration", key, origin),
            confidence=best.get("confidence"),
        )


def _batch_time(row: dict[str, Json], name: str, key: str, origin: Origin) -> float | None:
    ticks = number(row.get(f"{name}InTicks"), f"{key}.{name}InTicks", origin)
    if ticks is not None:
        return ticks / _TICKS
    count = milliseconds(row.get(f"{name}Milliseconds"), f"{key}.{name}Milliseconds", origin)
    return count if count is not None else from_iso_duration(text(row.get(name), f"{key}.{name}", origin))


def _fast(document: dict[str, Json], origin: Origin) -> Iterator[_Phrase]:
    for index, row in enumerate(records(document.get("phrases"), "phrases", origin)):
        key = f"phrases[{index}]"
        # The preview of the service named its milliseconds plainly `offset` and `duration`.
        start = row.get("offsetMilliseconds", row.get("offset"))
        length = row.get("durationMilliseconds", row.get("duration"))
        yield _Phrase(
            key=key,
            written=row.get("text"),
            speaker=row.get("speaker"),
            channel=row.get("channel"),
            start=milliseconds(start, f"{key}.offsetMilliseconds", origin),
            length=milliseconds(length, f"{key}.durationMilliseconds", origin),
            confidence=row.get("confidence"),
        )


def _realtime(document: list[Json], origin: Origin) -> Iterator[_Phrase]:
    for index, row in enumerate(records(document, "results", origin)):
        key = f"results[{index}]"
        if row.get("RecognitionStatus") not in ("Success", 0):
            continue
        best = next(iter(records(row.get("NBest"), f"{key}.NBest", origin)), {})
        start = number(row.get("Offset"), f"{key}.Offset", origin)
        length = number(row.get("Duration"), f"{key}.Duration", origin)
        speaker = row.get("SpeakerId")
        yield _Phrase(
            key=key,
            written=row.get("DisplayText") or best.get("Display"),
            speaker=None if speaker == _NOBODY else speaker,
            channel=row.get("Channel"),
            start=None if start is None else start / _TICKS,
            length=None if length is None else length / _TICKS,
            confidence=best.get("Confidence"),
        )


def _channel(phrase: _Phrase, origin: Origin) -> str | None:
    return speaker_label(phrase.channel, "channel", f"{phrase.key}.channel", origin)


def _word(phrase: _Phrase, by_channel: bool, origin: Origin) -> Word:
    start, length = phrase.start, phrase.length
    speaker = speaker_label(phrase.speaker, "speaker", f"{phrase.key}.speaker", origin)
    return Word(
        text=text(phrase.written, f"{phrase.key}.text", origin),
        speaker=_channel(phrase, origin) if by_channel else speaker,
        start=start,
        end=None if start is None or length is None else round(start + length, 6),
        confidence=share(phrase.confidence, f"{phrase.key}.confidence", origin),
    )


READER: Final = Reader(
    id="azure-speech",
    name="Azure Speech",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
