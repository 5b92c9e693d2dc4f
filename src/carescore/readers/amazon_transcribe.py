"""Amazon Transcribe, batch output: speaker labels, channel labels, or neither (which is refused)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, has, number, record, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, spoken, voice_call
from carescore.readers.words import Arrange, Word, turns_by_channel, turns_by_start, turns_in_order
from carescore.transcript import Transcript

_REMEDY: Final = (
    "Transcribe it again with channel identification (ChannelIdentification) if the recording has a channel "
    "for each person, else with speaker labels (ShowSpeakerLabels)."
)
_PARTS: Final = ("items", "speaker_labels", "channel_labels", "audio_segments")


def accepts(document: Json) -> bool:
    """`results` with `transcripts` and a part that only this service writes."""
    results = document["results"] if has(document, "results") else None
    return has(results, "transcripts") and any(has(results, part) for part in _PARTS)


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a job."""
    results = record(document.get("results"), "results", origin)
    refusal = no_speakers(origin, "Amazon Transcribe", _REMEDY)
    by_channel = list(_channel_words(results, origin))
    found = by_channel or list(_stream_words(results, origin))
    arrange: Arrange = turns_by_channel if by_channel else turns_in_order
    if not any(word.speaker for word in found):
        found, arrange = list(_segments(results, origin)) or found, turns_by_start
    words, warnings = spoken(found, refusal)
    call_id = text(document.get("jobName"), "jobName", origin)
    yield voice_call(arrange(words), origin, call_id=call_id, warnings=warnings)


def _channel_words(results: dict[str, Json], origin: Origin) -> Iterator[Word]:
    """The words of each channel, channel by channel."""
    labels = record(results.get("channel_labels") or {}, "results.channel_labels", origin)
    channels = records(labels.get("channels"), "results.channel_labels.channels", origin)
    for index, channel in enumerate(channels):
        key = f"results.channel_labels.channels[{index}]"
        label = text(channel.get("channel_label"), f"{key}.channel_label", origin) or f"ch_{index}"
        for number_, item in enumerate(records(channel.get("items"), f"{key}.items", origin)):
            yield _word(item, label, f"{key}.items[{number_}]", origin)


def _stream_words(results: dict[str, Json], origin: Origin) -> Iterator[Word]:
    """The words of the one stream, with the speakers of their own or of the segments."""
    speakers = _speakers_by_start(results, origin)
    for index, item in enumerate(records(results.get("items"), "results.items", origin)):
        key = f"results.items[{index}]"
        label = text(item.get("speaker_label"), f"{key}.speaker_label", origin)
        joined = speakers.get(text(item.get("start_time"), f"{key}.start_time", origin))
        yield _word(item, label or joined, key, origin)


def _speakers_by_start(results: dict[str, Json], origin: Origin) -> dict[str, str]:
    """Speakers by the start of their words, as written: older files label the words only there."""
    labels = record(results.get("speaker_labels") or {}, "results.speaker_labels", origin)
    found: dict[str, str] = {}
    for index, segment in enumerate(
        records(labels.get("segments"), "results.speaker_labels.segments", origin)
    ):
        key = f"results.speaker_labels.segments[{index}]"
        label = text(segment.get("speaker_label"), f"{key}.speaker_label", origin)
        for item in records(segment.get("items"), f"{key}.items", origin):
            own = text(item.get("speaker_label"), f"{key}.items.speaker_label", origin)
            start = text(item.get("start_time"), f"{key}.items.start_time", origin)
            if start and (own or label):
                found[start] = own or label
    return found


def _word(item: dict[str, Json], speaker: str | None, key: str, origin: Origin) -> Word:
    punctuation = item.get("type") == "punctuation"
    best = next(iter(records(item.get("alternatives"), f"{key}.alternatives", origin)), {})
    return Word(
        text=text(best.get("content"), f"{key}.content", origin),
        speaker=speaker or None,
        start=number(item.get("start_time"), f"{key}.start_time", origin),
        end=number(item.get("end_time"), f"{key}.end_time", origin),
        # Punctuation is written with a confidence of 0.0, which is none.
        confidence=None if punctuation else share(best.get("confidence"), f"{key}.confidence", origin),
        attached=punctuation,
    )


def _segments(results: dict[str, Json], origin: Origin) -> Iterator[Word]:
    """Newer files repeat the talk in `audio_segments`, which may be all that names the speakers."""
    for index, segment in enumerate(records(results.get("audio_segments"), "results.audio_segments", origin)):
        key = f"results.audio_segments[{index}]"
        label = segment.get("speaker_label") or segment.get("channel_label")
        yield Word(
            text=text(segment.get("transcript"), f"{key}.transcript", origin),
            speaker=text(label, f"{key}.speaker_label", origin) or None,
            start=number(segment.get("start_time"), f"{key}.start_time", origin),
            end=number(segment.get("end_time"), f"{key}.end_time", origin),
        )


READER: Final = Reader(
    id="amazon-transcribe",
    name="Amazon Transcribe",
    content="json",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
