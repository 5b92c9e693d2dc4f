"""Speechmatics json-v2 (batch, and the messages of a real-time session) and its older json v1."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, record, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, spoken, voice_call
from carescore.readers.words import Word, turns_by_channel, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again with diarization set to channel if the recording has a channel for each person, "
    "else to speaker."
)
_UNKNOWN: Final = "UU"
_MESSAGE: Final = "AddTranscript"
_MARKS: Final = frozenset(".,?!;:…。、？！")


def accepts(document: Json) -> bool:
    """Results with content in their alternatives, such results in messages, or the lists of v1."""
    if isinstance(document, list):
        return any(
            has(item, "results") and item.get("message") == _MESSAGE for item in document[:20] if has(item)
        )
    return _is_v1(document) or _is_v2(document)


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a job or session."""
    refusal = no_speakers(origin, "Speechmatics", _REMEDY)
    call_id = None
    if isinstance(document, dict):
        job = record(document.get("job") or {}, "job", origin)
        call_id = text(job.get("id"), "job.id", origin)
    if _is_v1(document):
        words, warnings = spoken(_v1_words(document, origin), refusal)
        yield voice_call(turns_in_order(words), origin, call_id=call_id, warnings=warnings)
        return
    results = _results(document, origin)
    words, warnings = spoken(_v2_words(results, origin), refusal)
    arrange = turns_by_channel if any(result.get("channel") for result in results) else turns_in_order
    yield voice_call(arrange(words), origin, call_id=call_id, warnings=warnings)


def _is_v1(document: Json) -> bool:
    return has(document, "words", "speakers") and has(first_record(document["words"]), "name", "time")


def _is_v2(document: Json) -> bool:
    if not has(document, "results") or not ("format" in document or "metadata" in document):
        return False
    result = first_record(document["results"])
    return has(result, "type", "alternatives") and has(first_record(result["alternatives"]), "content")


def _results(document: Json, origin: Origin) -> list[dict[str, Json]]:
    """The results of a job, or those of all final messages of a session."""
    if not isinstance(document, list):
        return records(record(document, "document", origin).get("results"), "results", origin)
    messages = records(document, "messages", origin)
    final = (message for message in messages if message.get("message") == _MESSAGE)
    return [result for message in final for result in records(message.get("results"), "results", origin)]


def _v2_words(results: list[dict[str, Json]], origin: Origin) -> Iterator[Word]:
    """Words, entities as written ("12" and not "twelve"), and punctuation glued where it belongs."""
    joined_to: str | None = None
    for index, result in enumerate(results):
        word = _v2_word(result, f"results[{index}]", origin)
        if joined_to is not None and word.speaker == joined_to:
            word = replace(word, attached=True)
        attaches = result.get("attaches_to")
        joined_to = word.speaker if attaches in ("next", "both") else None
        yield word


def _v2_word(result: dict[str, Json], key: str, origin: Origin) -> Word:
    punctuation = result.get("type") == "punctuation"
    best = next(iter(records(result.get("alternatives"), f"{key}.alternatives", origin)), {})
    confidence = share(best.get("confidence"), f"{key}.confidence", origin)
    return Word(
        text=text(best.get("content"), f"{key}.content", origin),
        speaker=_v2_label(result, best, key, origin),
        start=number(result.get("start_time"), f"{key}.start_time", origin),
        end=number(result.get("end_time"), f"{key}.end_time", origin),
        confidence=None if punctuation else confidence,
        attached=punctuation and result.get("attaches_to", "previous") in ("previous", "both"),
    )


def _v2_label(result: dict[str, Json], best: dict[str, Json], key: str, origin: Origin) -> str | None:
    """The speaker, the channel ("channel_1", or as it was named), or both; "UU" is nobody known."""
    speaker = text(best.get("speaker"), f"{key}.speaker", origin)
    channel = text(result.get("channel"), f"{key}.channel", origin)
    known = "" if speaker == _UNKNOWN else speaker
    return " ".join(part for part in (channel, known) if part) or None


def _v1_words(document: dict[str, Json], origin: Origin) -> Iterator[Word]:
    """Words of v1, whose speakers stand apart, each with a stretch of time."""
    spans = sorted(_v1_spans(document, origin))
    starts = [start for start, _ in spans]
    for index, row in enumerate(records(document.get("words"), "words", origin)):
        key = f"words[{index}]"
        written = text(row.get("name"), f"{key}.name", origin)
        start = number(row.get("time"), f"{key}.time", origin)
        length = number(row.get("duration"), f"{key}.duration", origin)
        attached = bool(written) and set(written) <= _MARKS
        place = -1 if start is None else bisect_right(starts, start) - 1
        yield Word(
            text=written,
            speaker=spans[place][1] if place >= 0 and not attached else None,
            start=start,
            end=None if start is None or length is None else round(start + length, 6),
            confidence=None if attached else _v1_confidence(row, key, origin),
            attached=attached,
        )


def _v1_spans(document: dict[str, Json], origin: Origin) -> Iterator[tuple[float, str]]:
    """When each stretch of a speaker begins; it lasts until another's begins."""
    for index, row in enumerate(records(document.get("speakers"), "speakers", origin)):
        key = f"speakers[{index}]"
        start = number(row.get("time"), f"{key}.time", origin)
        name = text(row.get("name"), f"{key}.name", origin)
        if start is not None and name and name != _UNKNOWN:
            yield start, name


def _v1_confidence(row: dict[str, Json], key: str, origin: Origin) -> float | None:
    """The confidence, which v1 writes as "NaN" where it has none."""
    value = row.get("confidence")
    return None if value == "NaN" else share(value, f"{key}.confidence", origin)


READER: Final = Reader(
    id="speechmatics",
    name="Speechmatics",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
