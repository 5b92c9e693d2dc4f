"""WhisperX, and Whisper output to which another tool added `speaker` in the same shape or a like one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, records, text
from carescore.readers.json_turns import about_document
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, mean, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = "Transcribe it again with --diarize."


def accepts(document: Json) -> bool:
    """Timed `segments`, any of them or of their words with a speaker; or chunks given to `speakers`."""
    if has(document, "speakers", "chunks"):
        return has(first_record(document["speakers"]), "speaker", "text", "timestamp")
    if not has(document, "segments") or not has(first_record(document["segments"]), "start", "end", "text"):
        return False
    return "word_segments" in document or any(_has_speaker(segment) for segment in document["segments"])


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a result."""
    found: list[Word] = []
    key = "segments" if "segments" in document else "speakers"
    for index, segment in enumerate(records(document.get(key), key, origin)):
        found.extend(_pieces(_with_times(segment), f"{key}[{index}]", origin))
    words, warnings = spoken(found, no_speakers(origin, "WhisperX", _REMEDY))
    about = about_document(document, origin)  # written by others, who put the call's id beside the segments
    yield voice_call(
        turns_in_order(words),
        origin,
        call_id=about.call_id,
        agent=about.agent,
        started=about.started,
        warnings=warnings,
    )


def _with_times(segment: dict[str, Json]) -> dict[str, Json]:
    """The segment with the two times that a chunk has in one list; the last of a file may lack its end."""
    times = segment.get("timestamp")
    if not isinstance(times, list) or len(times) != 2:
        return segment
    return {**segment, "start": times[0], "end": times[1]}


def _has_speaker(segment: Json) -> bool:
    if has(segment, "speaker"):
        return True
    words = segment.get("words") if isinstance(segment, dict) else None
    return isinstance(words, list) and any(has(word, "speaker") for word in words)


def _pieces(segment: dict[str, Json], key: str, origin: Origin) -> list[Word]:
    """The segment as a whole, or its words where they have other speakers than it."""
    own = speaker_label(segment.get("speaker"), "speaker", f"{key}.speaker", origin)
    words: list[Word] = []
    current = own  # of a word that is not aligned, as numbers are: the speaker before it
    for place, row in enumerate(records(segment.get("words"), f"{key}.words", origin)):
        word = _word(row, current, f"{key}.words[{place}]", origin)
        current = word.speaker
        words.append(word)
    speakers = {word.speaker for word in words if word.start is not None and word.speaker is not None}
    if len(speakers) > 1:
        return words
    return [
        Word(
            text=text(segment.get("text"), f"{key}.text", origin).strip(),
            speaker=next(iter(speakers), own),
            start=number(segment.get("start"), f"{key}.start", origin),
            end=number(segment.get("end"), f"{key}.end", origin),
            confidence=mean(word.confidence for word in words),
        )
    ]


def _word(word: dict[str, Json], before: str | None, key: str, origin: Origin) -> Word:
    return Word(
        text=text(word.get("word"), f"{key}.word", origin).strip(),
        speaker=speaker_label(word.get("speaker"), "speaker", f"{key}.speaker", origin) or before,
        start=number(word.get("start"), f"{key}.start", origin),
        end=number(word.get("end"), f"{key}.end", origin),
        confidence=share(word.get("score"), f"{key}.score", origin),
    )


READER: Final = Reader(
    id="whisperx",
    name="WhisperX",
    content="json",
    roles="guessed",
    verified="documentation",
    accepts=accepts,
    read=read,
)
