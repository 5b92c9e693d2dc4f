"""Deepgram: words by speaker, by channel, or by both.

A response to a recording, one alternative of it (as vCons hold it), or the messages of a live stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, optional_record, record, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Arrange, Word, turns_by_channel, turns_by_start, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again with multichannel=true if the recording has a channel for each person, else with "
    "diarize=true."
)


def accepts(document: Json) -> bool:
    """`results.channels`, each with `alternatives`; an alternative with words; final messages of a stream."""
    if isinstance(document, list):
        return any(_is_message(item) for item in document[:20])
    if _is_alternative(document):
        return True
    results = document["results"] if has(document, "results") else {}
    return has(results, "channels") and has(first_record(results["channels"]), "alternatives")


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a response."""
    if isinstance(document, list):
        document = _from_messages(records(document, "messages", origin), origin)
    elif _is_alternative(document):
        document = _response([{"alternatives": [document]}])
    results = record(document.get("results"), "results", origin)
    metadata = record(document.get("metadata") or {}, "metadata", origin)
    channels = records(results.get("channels"), "results.channels", origin)
    found = list(_words(channels, origin))
    arrange: Arrange = turns_by_channel if len(channels) > 1 else turns_in_order
    if not any(word.speaker for word in found):
        phrases = list(_utterances(results, origin)) or list(_paragraphs(channels, origin))
        found, arrange = phrases or found, turns_by_start
    words, warnings = spoken(found, no_speakers(origin, "Deepgram", _REMEDY))
    call_id = text(metadata.get("request_id"), "metadata.request_id", origin)
    yield voice_call(arrange(words), origin, call_id=call_id, warnings=warnings)


def _is_alternative(document: Json) -> bool:
    if not has(document, "transcript", "confidence") or "utterances" in document:
        return False
    word = first_record(document.get("words"))
    paragraphs = optional_record(document.get("paragraphs")).get("paragraphs")
    told = has(word, "word", "start", "end") and ("punctuated_word" in word or "speaker" in word)
    return told or has(first_record(paragraphs), "sentences")


def _is_message(item: Json) -> bool:
    return has(item, "is_final", "channel") and has(item["channel"], "alternatives")


def _response(channels: list[Json], **metadata: Json) -> dict[str, Json]:
    return {"results": {"channels": channels}, "metadata": metadata}


def _from_messages(messages: list[dict[str, Json]], origin: Origin) -> dict[str, Json]:
    """The final words of a stream as a response, channel by channel; earlier drafts of them are left out."""
    words: dict[int, list[Json]] = {}
    final = [message for message in messages if _is_message(message) and message["is_final"] is True]
    for n, message in enumerate(final):
        place = message.get("channel_index")
        channel = place[0] if isinstance(place, list) and place and isinstance(place[0], int) else 0
        best = first_record(message["channel"]["alternatives"])
        words.setdefault(channel, []).extend(records(best.get("words"), f"messages[{n}].words", origin))
    about = optional_record(first_record(final).get("metadata"))
    channels = [{"alternatives": [{"words": found}]} for _, found in sorted(words.items())]
    return _response(channels, request_id=about.get("request_id"))


def _words(channels: list[dict[str, Json]], origin: Origin) -> Iterator[Word]:
    """Words channel by channel: they know their speaker better than utterances, which cut by pauses."""
    several = len(channels) > 1
    for index, channel in enumerate(channels):
        key = f"results.channels[{index}]"
        best = next(iter(records(channel.get("alternatives"), f"{key}.alternatives", origin)), {})
        for place, word in enumerate(records(best.get("words"), f"{key}.words", origin)):
            at = f"{key}.words[{place}]"
            speaker = speaker_label(word.get("speaker"), "speaker", f"{at}.speaker", origin)
            written = text(word.get("punctuated_word"), f"{at}.punctuated_word", origin)
            yield Word(
                text=written or text(word.get("word"), f"{at}.word", origin),
                speaker=_on_channel(index, speaker) if several else speaker,
                start=number(word.get("start"), f"{at}.start", origin),
                end=number(word.get("end"), f"{at}.end", origin),
                confidence=share(word.get("confidence"), f"{at}.confidence", origin),
            )


def _on_channel(index: int, speaker: str | None) -> str:
    return f"channel {index}" if speaker is None else f"channel {index} {speaker}"


def _utterances(results: dict[str, Json], origin: Origin) -> Iterator[Word]:
    """Utterances, for output from which the words were stripped."""
    rows = records(results.get("utterances"), "results.utterances", origin)
    several = len({str(row.get("channel")) for row in rows}) > 1
    for index, row in enumerate(rows):
        key = f"results.utterances[{index}]"
        speaker = speaker_label(row.get("speaker"), "speaker", f"{key}.speaker", origin)
        channel = speaker_label(row.get("channel"), "channel", f"{key}.channel", origin)
        both = " ".join(part for part in (channel, speaker) if part)
        yield _phrase(row, "transcript", (both or None) if several else speaker, key, origin)


def _paragraphs(channels: list[dict[str, Json]], origin: Origin) -> Iterator[Word]:
    """Paragraphs, where only they have speakers."""
    for index, channel in enumerate(channels):
        key = f"results.channels[{index}].alternatives[0].paragraphs"
        best = next(
            iter(records(channel.get("alternatives"), f"results.channels[{index}].alternatives", origin)), {}
        )
        block = record(best.get("paragraphs") or {}, key, origin)
        for place, paragraph in enumerate(records(block.get("paragraphs"), f"{key}.paragraphs", origin)):
            at = f"{key}.paragraphs[{place}]"
            speaker = speaker_label(paragraph.get("speaker"), "speaker", f"{at}.speaker", origin)
            label = _on_channel(index, speaker) if len(channels) > 1 else speaker
            for sentence in records(paragraph.get("sentences"), f"{at}.sentences", origin):
                yield _phrase(sentence, "text", label, f"{at}.sentences", origin)


def _phrase(row: dict[str, Json], field: str, speaker: str | None, key: str, origin: Origin) -> Word:
    return Word(
        text=text(row.get(field), f"{key}.{field}", origin),
        speaker=speaker,
        start=number(row.get("start"), f"{key}.start", origin),
        end=number(row.get("end"), f"{key}.end", origin),
        confidence=share(row.get("confidence"), f"{key}.confidence", origin),
    )


READER: Final = Reader(
    id="deepgram",
    name="Deepgram",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
