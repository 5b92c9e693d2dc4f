"""Rev.ai transcripts: monologues of elements, text and punctuation, to be put together as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, record, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, mean, turns_by_start
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again without skip_diarization, or with speaker_channels_count if the recording has a "
    "channel for each person."
)


def accepts(document: Json) -> bool:
    """`monologues` of `elements`."""
    return has(document, "monologues") and has(first_record(document["monologues"]), "elements")


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a transcript."""
    names = _names(document, origin)
    monologues = records(document.get("monologues"), "monologues", origin)
    found = [_phrase(m, names, f"monologues[{n}]", origin) for n, m in enumerate(monologues)]
    words, warnings = spoken(found, no_speakers(origin, "Rev.ai", _REMEDY))
    yield voice_call(turns_by_start(words), origin, warnings=warnings)


def _names(document: dict[str, Json], origin: Origin) -> dict[str, str]:
    """Names by number, where people edited them in."""
    return {
        text(row.get("id"), "speakers.id", origin): text(row.get("name"), "speakers.name", origin)
        for row in records(document.get("speakers"), "speakers", origin)
    }


def _phrase(monologue: dict[str, Json], names: dict[str, str], key: str, origin: Origin) -> Word:
    elements = records(monologue.get("elements"), f"{key}.elements", origin)
    info = record(monologue.get("speaker_info") or {}, f"{key}.speaker_info", origin)
    number_ = text(monologue.get("speaker"), f"{key}.speaker", origin)
    name = text(info.get("display_name"), f"{key}.speaker_info.display_name", origin) or names.get(number_)
    starts = [number(element.get("ts"), f"{key}.elements.ts", origin) for element in elements]
    ends = [number(element.get("end_ts"), f"{key}.elements.end_ts", origin) for element in elements]
    return Word(
        text=_text(elements, key, origin),
        speaker=speaker_label(name or number_, "speaker", f"{key}.speaker", origin),
        start=next((start for start in starts if start is not None), None),
        end=max((end for end in ends if end is not None), default=None),
        confidence=mean(
            share(element.get("confidence"), f"{key}.elements.confidence", origin)
            for element in elements
            if element.get("type") == "text"
        ),
    )


def _text(elements: list[dict[str, Json]], key: str, origin: Origin) -> str:
    """Elements one after the other: spaces are elements too, except between two words side by side."""
    parts: list[str] = []
    after_word = False
    for element in elements:
        value = text(element.get("value"), f"{key}.elements.value", origin)
        is_word = element.get("type") != "punct"
        parts.append(f" {value}" if is_word and after_word else value)
        after_word = is_word
    return "".join(parts).strip()


READER: Final = Reader(
    id="revai",
    name="Rev.ai",
    content="json",
    roles="guessed",
    verified="documentation",
    accepts=accepts,
    read=read,
)
