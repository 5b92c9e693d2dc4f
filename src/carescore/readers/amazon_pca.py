"""Amazon Post-Call Analytics (the PCA solution): segments with a display name for each speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import Json, first_record, has, number, record, records, text
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, spoken, voice_call
from carescore.readers.times import from_iso_instant
from carescore.readers.words import Word, mean, turns_by_start
from carescore.transcript import Transcript

_REMEDY: Final = "Process the call again with speaker separation or on two channels."
_BY_ORDER: Final = (
    "Post-Call Analytics gave its display names to speakers in the order of their numbers, not by voice: "
    "check that the agent is who it says."
)


def accepts(document: Json) -> bool:
    """`ConversationAnalytics` beside `SpeechSegments`."""
    return has(document, "ConversationAnalytics", "SpeechSegments")


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one call of a file."""
    header = record(document.get("ConversationAnalytics"), "ConversationAnalytics", origin)
    names = _names(header, origin)
    segments = records(document.get("SpeechSegments"), "SpeechSegments", origin)
    found = [_phrase(s, names, f"SpeechSegments[{n}]", origin) for n, s in enumerate(segments)]
    words, warnings = spoken(found, no_speakers(origin, "Post-Call Analytics", _REMEDY))
    if names and _separated_by_voice(header):
        warnings = (*warnings, _BY_ORDER)
    yield voice_call(
        turns_by_start(words),
        origin,
        call_id=text(header.get("GUID"), "ConversationAnalytics.GUID", origin),
        agent=text(header.get("Agent"), "ConversationAnalytics.Agent", origin) or None,
        started=_started(header, origin),
        warnings=warnings,
    )


def _names(header: dict[str, Json], origin: Origin) -> dict[str, str]:
    """Display names by speaker ("spk_0" to "Agent")."""
    key = "ConversationAnalytics.SpeakerLabels"
    return {
        text(row.get("Speaker"), f"{key}.Speaker", origin): text(
            row.get("DisplayText"), f"{key}.DisplayText", origin
        )
        for row in records(header.get("SpeakerLabels"), key, origin)
    }


def _phrase(segment: dict[str, Json], names: dict[str, str], key: str, origin: Origin) -> Word:
    speaker = text(segment.get("SegmentSpeaker"), f"{key}.SegmentSpeaker", origin)
    # A segment of the voice menu may come under the number of a person.
    label = "IVR" if segment.get("IVRSegment") is True else names.get(speaker) or speaker
    shown = text(segment.get("DisplayText"), f"{key}.DisplayText", origin)
    words = records(segment.get("WordConfidence"), f"{key}.WordConfidence", origin)
    return Word(
        text=shown or text(segment.get("OriginalText"), f"{key}.OriginalText", origin),
        speaker=label or None,
        start=number(segment.get("SegmentStartTime"), f"{key}.SegmentStartTime", origin),
        end=number(segment.get("SegmentEndTime"), f"{key}.SegmentEndTime", origin),
        confidence=mean(
            share(w.get("Confidence"), f"{key}.WordConfidence.Confidence", origin) for w in words
        ),
    )


def _separated_by_voice(header: dict[str, Json]) -> bool:
    job = first_record(header.get("SourceInformation")).get("TranscribeJobInfo")
    return isinstance(job, dict) and job.get("ChannelIdentification") in (0, "0", "false")


def _started(header: dict[str, Json], origin: Origin) -> str | None:
    """The conversation's time; where none was given the solution writes the time of processing instead."""
    written = text(header.get("ConversationTime"), "ConversationAnalytics.ConversationTime", origin)
    if written == header.get("ProcessTime") or from_iso_instant(written) is None:
        return None
    return written.strip().replace(" ", "T", 1)


READER: Final = Reader(
    id="amazon-pca",
    name="Amazon Post-Call Analytics",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
