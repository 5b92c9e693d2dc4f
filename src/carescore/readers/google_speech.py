"""Google Speech-to-Text v1 and v2: words with speaker tags, or channels; both encodings of durations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import Json, first_record, has, record, records, text
from carescore.readers.protobuf_json import duration, either
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, turns_by_channel, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again with separate recognition per channel if the recording has a channel for each "
    "person, else with speaker diarization."
)
# v1 in REST, v2 in REST, and both as the client libraries write them to a file.
_START: Final = ("startTime", "startOffset", "start_time", "start_offset")
_END: Final = ("endTime", "endOffset", "end_time", "end_offset")
_RESULT_END: Final = ("resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset")
_SPEAKER: Final = ("speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
_CHANNEL: Final = ("channelTag", "channel_tag")
_LANGUAGE: Final = ("languageCode", "language_code")


def accepts(document: Json) -> bool:
    """`results` as the API writes them, of one file or under the addresses of many."""
    results = document["results"] if has(document, "results") else None
    if isinstance(results, dict):
        return any(_are_results(_inline(value)) for value in results.values())
    return _are_results(results)


def read(document: Json, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    """The one call of a response, or each call of a batch over many files."""
    results = record(document, "document", origin).get("results")
    if not isinstance(results, dict):
        yield _call(results, origin)
        return
    for address, value in results.items():
        file = address.rsplit("/", 1)[-1]
        try:
            yield _call(_inline(value), replace(origin, call_id=file, place=file))
        except TranscriptError as error:
            yield error


def _are_results(results: Json) -> bool:
    """`alternatives` with words, or with a text beside what only this API adds."""
    result = first_record(results)
    best = first_record(result.get("alternatives"))
    signs = (*_RESULT_END, *_CHANNEL, *_LANGUAGE)
    return has(first_record(best.get("words")), "word") or (
        has(best, "transcript") and any(sign in result for sign in signs)
    )


def _inline(value: Json) -> Json:
    """The results of one file of a batch, wherever the version of the API puts them."""
    for key in ("inlineResult", "inline_result", "transcript"):
        if has(value, key) and isinstance(value[key], dict):
            value = value[key]
    return value["results"] if has(value, "results") else None


def _call(value: Json, origin: Origin) -> Transcript:
    results = records(value, "results", origin)
    rows = [(f"results[{index}]", result) for index, result in enumerate(results)]
    channels = _by_channel(rows, origin)
    several = len(channels) > 1
    words = [(channel, _words_once(own, origin)) for channel, own in channels.items()]
    if all(own for _, own in words):
        found = [_on_channel(word, channel) if several else word for channel, own in words for word in own]
    else:
        found = [_phrase(row, key, origin) for key, row in rows]
    said, warnings = spoken(found, no_speakers(origin, "Google Speech-to-Text", _REMEDY))
    arrange = turns_by_channel if several and all(own for _, own in words) else turns_in_order
    return voice_call(arrange(said), origin, warnings=warnings)


_Rows = list[tuple[str, dict[str, Json]]]


def _by_channel(rows: _Rows, origin: Origin) -> dict[str | None, _Rows]:
    """Results of each channel, or all of them under one key."""
    channels: dict[str | None, _Rows] = {}
    for key, result in rows:
        channels.setdefault(_channel(result, key, origin), []).append((key, result))
    return channels


def _channel(result: dict[str, Json], key: str, origin: Origin) -> str | None:
    return speaker_label(either(result, *_CHANNEL) or None, "channel", f"{key}.channelTag", origin)


def _on_channel(word: Word, channel: str | None) -> Word:
    return replace(word, speaker=" ".join(part for part in (channel, word.speaker) if part) or None)


def _words_once(rows: _Rows, origin: Origin) -> list[Word]:
    """Every word once: with diarization the last result repeats all words, now with their speakers."""
    each = [
        [
            _word(word, f"{key}.words[{place}]", origin)
            for place, word in enumerate(
                records(_best(row, key, origin).get("words"), f"{key}.words", origin)
            )
        ]
        for key, row in rows
    ]
    each = [words for words in each if words]
    if len(each) > 1 and _repeats_all(each):
        return each[-1]
    return [word for words in each for word in words]


def _repeats_all(each: list[list[Word]]) -> bool:
    """Whether the last list begins where the first did; without times, whether it alone has speakers."""
    first, last = each[0][0].start, each[-1][0].start
    if first is not None and last is not None:
        return last <= first
    tagged = [any(word.speaker for word in words) for words in each]
    return tagged[-1] and not any(tagged[:-1])


def _word(word: dict[str, Json], key: str, origin: Origin) -> Word:
    speaker = either(word, *_SPEAKER)
    return Word(
        text=text(word.get("word"), f"{key}.word", origin),
        # 0 is what an unset tag, and an unset confidence, look like.
        speaker=None if speaker == 0 else speaker_label(speaker, "speaker", f"{key}.speakerTag", origin),
        start=duration(either(word, *_START), f"{key}.startTime", origin),
        end=duration(either(word, *_END), f"{key}.endTime", origin),
        confidence=share(word.get("confidence"), f"{key}.confidence", origin) or None,
    )


def _phrase(row: dict[str, Json], key: str, origin: Origin) -> Word:
    """A whole result, where words were not asked for; only its end is told."""
    best = _best(row, key, origin)
    return Word(
        text=text(best.get("transcript"), f"{key}.transcript", origin).strip(),
        speaker=_channel(row, key, origin),
        end=duration(either(row, *_RESULT_END), f"{key}.resultEndTime", origin),
        confidence=share(best.get("confidence"), f"{key}.confidence", origin) or None,
    )


def _best(row: dict[str, Json], key: str, origin: Origin) -> dict[str, Json]:
    return next(iter(records(row.get("alternatives"), f"{key}.alternatives", origin)), {})


READER: Final = Reader(
    id="google-speech",
    name="Google Speech-to-Text",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
