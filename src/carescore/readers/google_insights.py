"""Google CX Insights: an exported conversation with its transcript segments, or its row in BigQuery.

A segment has its participant's role; where it has none, the call's metadata tell whose channel it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
from carescore.readers.google_ccai import ROLES
from carescore.readers.messages import Message, conversation, instant
from carescore.readers.people import with_joined_roles
from carescore.readers.protobuf_json import duration, either
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, spoken, voice_call
from carescore.readers.times import iso_instant
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Role, Transcript, Turn

_REMEDY: Final = "Upload the recording with a channel for each person, and export the conversation again."
# Some clients write the number that stands for the name.
_ROLE_NAMES: Final = ("ROLE_UNSPECIFIED", "HUMAN_AGENT", "AUTOMATED_AGENT", "END_USER", "ANY_AGENT")
_CHATS: Final = ("CHAT", "2")


def accepts(document: Json) -> bool:
    """A conversation's transcript, or the transcript alone: segments with a text; or a row of BigQuery."""
    if has(document, "conversationName", "sentences"):
        return has(first_record(document["sentences"]), "sentence")
    segment = first_record(_segments(optional_record(document)))
    return has(segment, "text") and any(
        either(segment, *names) is not None
        for names in (("segmentParticipant", "segment_participant"), ("channelTag", "channel_tag"))
    )


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one conversation."""
    if has(document, "conversationName", "sentences"):
        document = _from_row(document, origin)
    segments = records(_segments(document), "transcriptSegments", origin)
    call_id = optional_text(document.get("name")).rpartition("/")[2]
    if optional_text(document.get("medium")) in _CHATS:
        yield _chat(segments, call_id, _agent(document), origin)
        return
    began = instant(either(document, "startTime", "start_time"), "startTime", origin)
    zero = began if began is not None else _sent(first_record(segments), "transcriptSegments[0]", origin)
    phrases = [
        _phrase(segment, f"transcriptSegments[{n}]", zero, origin) for n, segment in enumerate(segments)
    ]
    words, filled = spoken(phrases, no_speakers(origin, "CX Insights", _REMEDY))
    turns = [_with_told_role(turn) for turn in turns_by_start(words)]
    yield voice_call(
        with_joined_roles(turns, _channel_roles(document)),
        origin,
        call_id=call_id,
        agent=_agent(document),
        started=None if began is None else iso_instant(began),
        warnings=filled,
    )


def _from_row(row: dict[str, Json], origin: Origin) -> dict[str, Json]:
    """A row of BigQuery as the conversation that the API gives: its times count nanoseconds."""
    return {
        "name": row["conversationName"],
        "startTime": row.get("startTimestampUtc"),
        "medium": row.get("medium"),
        "agentId": row.get("agentId"),
        "transcriptSegments": [
            _segment_of(sentence, f"sentences[{n}]", origin)
            for n, sentence in enumerate(records(row["sentences"], "sentences", origin))
        ],
    }


def _segment_of(sentence: dict[str, Json], key: str, origin: Origin) -> dict[str, Json]:
    def seconds(name: str) -> str | None:
        found = number(sentence.get(name), f"{key}.{name}", origin)
        return None if found is None else f"{found / 1e9:.6f}s"

    return {
        "text": text(sentence.get("sentence"), f"{key}.sentence", origin),
        "segmentParticipant": {
            "role": sentence.get("participantRole"),
            "userId": sentence.get("participantId"),
        },
        "messageTime": sentence.get("createTimeNanos"),
        "words": [{"startOffset": seconds("startOffsetNanos"), "endOffset": seconds("endOffsetNanos")}],
    }


def _segments(document: dict[str, Json]) -> Json:
    transcript = document.get("transcript")
    return either(
        transcript if isinstance(transcript, dict) else document, "transcriptSegments", "transcript_segments"
    )


def _speaker(segment: dict[str, Json]) -> str:
    """The participant's role and id as the file has them, else the channel."""
    person = either(segment, "segmentParticipant", "segment_participant")
    role = either(person, "role")
    if isinstance(role, int) and 0 <= role < len(_ROLE_NAMES):
        role = _ROLE_NAMES[role]
    named = "" if role == _ROLE_NAMES[0] else optional_text(role)
    channel = optional_text(either(segment, "channelTag", "channel_tag"))
    if not named:
        return f"channel {channel}" if channel not in ("", "0") else ""  # channel 0 is a mono recording
    return f"{named} {optional_text(either(person, 'userId', 'user_id'))}".strip()


def _role(speaker: str) -> Role:
    return ROLES.get(speaker.partition(" ")[0], "unknown")


def _with_told_role(turn: Turn) -> Turn:
    role = _role(turn.speaker)
    return turn if role == "unknown" else replace(turn, role=role, role_source="told")


def _sent(segment: dict[str, Json], key: str, origin: Origin) -> float | None:
    return instant(either(segment, "messageTime", "message_time"), f"{key}.messageTime", origin)


def _phrase(segment: dict[str, Json], key: str, zero: float | None, origin: Origin) -> Word:
    words = records(segment.get("words"), f"{key}.words", origin)
    sent = _sent(segment, key, origin)
    start = None if sent is None or zero is None else max(0.0, sent - zero)
    end = None
    if words:
        # A zero offset is left out of the file.
        start = duration(either(words[0], "startOffset", "start_offset") or 0, f"{key}.startOffset", origin)
        end = duration(either(words[-1], "endOffset", "end_offset"), f"{key}.endOffset", origin)
    return Word(
        text=text(segment.get("text"), f"{key}.text", origin),
        speaker=_speaker(segment) or None,
        start=start,
        end=end,
        confidence=share(segment.get("confidence"), f"{key}.confidence", origin) or None,  # 0.0 is "not set"
    )


def _chat(segments: list[dict[str, Json]], call_id: str, agent: str | None, origin: Origin) -> Transcript:
    messages = [
        Message(
            speaker=_speaker(segment) or "unknown",
            role=_role(_speaker(segment)),
            text=text(segment.get("text"), f"transcriptSegments[{n}].text", origin),
            instant=_sent(segment, f"transcriptSegments[{n}]", origin),
        )
        for n, segment in enumerate(segments)
    ]
    return conversation(messages, origin, channel="chat", call_id=call_id, agent=agent)


def _channel_roles(document: dict[str, Json]) -> dict[str, Role]:
    """Roles by speaker label, where the metadata give each side a channel of its own."""
    meta = either(document, "callMetadata", "call_metadata")
    agent = optional_text(either(meta, "agentChannel", "agent_channel"))
    customer = optional_text(either(meta, "customerChannel", "customer_channel"))
    if not agent or not customer or agent == customer:
        return {}
    return {f"channel {agent}": "agent", f"channel {customer}": "customer"}


def _agent(document: dict[str, Json]) -> str | None:
    quality = either(document, "qualityMetadata", "quality_metadata")
    person = first_record(either(quality, "agentInfo", "agent_info"))
    return (
        optional_text(either(person, "displayName", "display_name"))
        or optional_text(either(document, "agentId", "agent_id"))
        or None
    )


READER: Final = Reader(
    id="google-insights",
    name="Google CX Insights conversation",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
