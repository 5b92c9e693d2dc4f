"""Fireflies: the sentences of a meeting, from its API or its JSON download. Speakers are names."""

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
from carescore.readers.speech import no_speakers, speaker_label, spoken, voice_call
from carescore.readers.times import from_clock, iso_instant
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Transcript


def accepts(document: Json) -> bool:
    """Sentences with a speaker, as the API or the download has them."""
    sentence = first_record(document if isinstance(document, list) else _meeting(document).get("sentences"))
    if "speaker_name" not in sentence and "speaker_id" not in sentence:
        return False
    return has(sentence, "text", "start_time") or has(sentence, "sentence", "startTime")


def _meeting(document: Json) -> dict[str, Json]:
    """The transcript, which the API wraps twice (`data.transcript`)."""
    data = optional_record(optional_record(document).get("data")) or optional_record(document)
    return optional_record(data.get("transcript")) or data


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one meeting."""
    meeting = _meeting(document)
    sentences = document if isinstance(document, list) else meeting.get("sentences")
    listed = records(sentences, "sentences", origin)
    phrases = [_phrase(sentence, f"sentences[{n}]", origin) for n, sentence in enumerate(listed)]
    words, filled = spoken(phrases, no_speakers(origin, "Fireflies", "Ask for speaker_name as well."))
    began = instant(meeting.get("date"), "date", origin)
    yield voice_call(
        turns_by_start(words),
        origin,
        call_id=optional_text(meeting.get("id")),
        started=None if began is None else iso_instant(began),
        warnings=filled,
    )


def _phrase(sentence: dict[str, Json], key: str, origin: Origin) -> Word:
    name = text(sentence.get("speaker_name"), f"{key}.speaker_name", origin).strip()
    return Word(
        text=text(sentence.get("text", sentence.get("sentence")), f"{key}.text", origin),
        speaker=name or speaker_label(sentence.get("speaker_id"), "speaker", f"{key}.speaker_id", origin),
        start=_seconds(sentence.get("start_time", sentence.get("startTime")), f"{key}.start_time", origin),
        end=_seconds(sentence.get("end_time", sentence.get("endTime")), f"{key}.end_time", origin),
    )


def _seconds(value: Json, key: str, origin: Origin) -> float | None:
    """Seconds as the API has them, or the clock time (`01:05`) of the download."""
    told = from_clock(value) if isinstance(value, str) else None
    return number(value, key, origin) if told is None else told


READER: Final = Reader(
    id="fireflies",
    name="Fireflies transcript",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
