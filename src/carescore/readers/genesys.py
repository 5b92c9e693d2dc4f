"""Genesys Cloud: phrases of one communication, with the participants of the conversation.

A phrase tells only whether its speaker is on the company's side (`internal`) or not (`external`). On the
company's side there may be an IVR before the agent: who it is, the participants tell by their times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import (
    Json,
    first_record,
    has,
    number,
    optional_text,
    records,
    text,
)
from carescore.readers.messages import instant
from carescore.readers.order import by_start
from carescore.readers.people import agent_named
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, voice_call
from carescore.readers.times import iso_instant
from carescore.transcript import Channel, Role, RoleSource, Transcript, Turn, renumber

_EPOCH_MS: Final = 1e11  # 1973: an offset of three years is no call
_MOST_PARTICIPANTS: Final = 200
_PURPOSES: Final[dict[str, Role]] = {
    "external": "customer",
    "customer": "customer",
    "agent": "agent",
    "user": "agent",
    "ivr": "bot",
    "acd": "bot",
    "bot": "bot",
    "botflow": "bot",
    "workflow": "bot",
    "voicemail": "bot",
    "dialer": "bot",
    "fax": "system",
}
_CHANNELS: Final[dict[str, Channel]] = {
    "email": "email",
    "chat": "chat",
    "message": "chat",
    "webchat": "chat",
}

_SIDES: Final = frozenset({"internal", "external", "agent", "user"})
_NO_PEOPLE: Final = (
    "The file does not list its participants: all that the company's side says is taken to be the agent's, "
    "an IVR's too."
)


def accepts(document: Json) -> bool:
    """Transcripts of phrases with a purpose or a time in ms."""
    if not isinstance(document, dict):
        return False
    phrase = first_record(first_record(document.get("transcripts")).get("phrases"))
    return bool(phrase) and ("participantPurpose" in phrase or has(phrase, "startTimeMs", "text"))


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one communication; several transcripts of it are one call in several languages."""
    phrases = [
        (f"transcripts[{n}].phrases[{m}]", phrase)
        for n, part in enumerate(records(document.get("transcripts"), "transcripts", origin))
        for m, phrase in enumerate(records(part.get("phrases"), f"transcripts[{n}].phrases", origin))
    ]
    if phrases and not any(phrase.get("participantPurpose") for _, phrase in phrases):
        raise no_speakers(origin, "Genesys Cloud", "Export it with participantPurpose on its phrases.")
    clock = _Clock.of(document, phrases, origin)
    people = _participants(document, clock, origin)
    turns = by_start(_turn(phrase, key, clock, people, origin) for key, phrase in phrases)
    agent, several = agent_named(
        (t.speaker, t.text) for t in turns if t.role == "agent" and t.speaker not in _SIDES
    )
    warnings = several if people or not any(turn.speaker == "internal" for turn in turns) else (_NO_PEOPLE,)
    channel = _CHANNELS.get(optional_text(document.get("mediaType")).lower(), "voice")
    call_id = optional_text(document.get("conversationId"))
    if channel == "voice":
        yield voice_call(
            turns, origin, call_id=call_id, agent=agent, started=clock.started, warnings=warnings
        )
    else:
        yield Transcript(
            call_id=call_id or origin.call_id,
            turns=renumber(turns),
            channel=channel,
            agent=agent,
            started=clock.started,
            warnings=warnings,
        )


@dataclass(frozen=True, slots=True)
class _Clock:
    """When the call began: some exports count ms from 1970, some from the start."""

    zero_ms: float
    started: str | None

    @classmethod
    def of(
        cls, document: dict[str, Json], phrases: list[tuple[str, dict[str, Json]]], origin: Origin
    ) -> _Clock:
        told = (instant(document.get(k), k, origin) for k in ("conversationStartTime", "startTime"))
        began = next((moment for moment in told if moment is not None), None)
        starts = [number(phrase.get("startTimeMs"), f"{key}.startTimeMs", origin) for key, phrase in phrases]
        absolute = [ms for ms in starts if ms is not None and ms > _EPOCH_MS]
        if began is None or (absolute and began * 1000 > min(absolute)):
            began = min(absolute) / 1000 if absolute else began
        return cls(
            zero_ms=0.0 if began is None else began * 1000,
            started=None if began is None else iso_instant(began),
        )

    def seconds(self, value: Json, key: str, origin: Origin) -> float | None:
        ms = number(value, key, origin)
        if ms is None:
            return None
        return round((ms - self.zero_ms if ms > _EPOCH_MS else ms) / 1000, 6)


@dataclass(frozen=True, slots=True)
class _Participant:
    label: str
    role: Role
    start: float
    end: float


def _participants(document: dict[str, Json], clock: _Clock, origin: Origin) -> list[_Participant]:
    """Those on the company's side, people before machines: both may be on the line at once."""
    found = []
    listed = records(document.get("participants"), "participants", origin)
    if len(listed) > _MOST_PARTICIPANTS:
        raise TranscriptError(
            f"it lists {len(listed):,} participants; one conversation has at most {_MOST_PARTICIPANTS:,}. "
            "Export each conversation to a file of its own.",
            source=origin.name,
            place=origin.place,
        )
    for n, person in enumerate(listed):
        purpose = optional_text(person.get("participantPurpose")).lower()
        role = _PURPOSES.get(purpose, "unknown")
        start = clock.seconds(person.get("startTimeMs"), f"participants[{n}].startTimeMs", origin)
        end = clock.seconds(person.get("endTimeMs"), f"participants[{n}].endTimeMs", origin)
        if role != "customer":
            found.append(
                _Participant(
                    label=optional_text(person.get("name")) or optional_text(person.get("userId")) or purpose,
                    role=role,
                    start=float("-inf") if start is None else start,
                    end=float("inf") if end is None else end,
                )
            )
    return sorted(found, key=lambda person: person.role != "agent")


def _turn(
    phrase: dict[str, Json], key: str, clock: _Clock, people: list[_Participant], origin: Origin
) -> Turn:
    start = clock.seconds(phrase.get("startTimeMs"), f"{key}.startTimeMs", origin)
    length = phrase.get("duration")
    if isinstance(length, dict):
        length = length.get("totalMilliseconds")
    length_ms = number(length, f"{key}.duration", origin)
    speaker, role, source = _speaker(optional_text(phrase.get("participantPurpose")), start, people)
    return Turn(
        index=0,
        speaker=speaker,
        role=role,
        role_source=source,
        text=text(phrase.get("decoratedText") or phrase.get("text"), f"{key}.text", origin),
        start=start,
        end=None if start is None or length_ms is None else round(start + length_ms / 1000, 6),
        confidence=share(phrase.get("confidence"), f"{key}.confidence", origin),
    )


def _speaker(purpose: str, start: float | None, people: list[_Participant]) -> tuple[str, Role, RoleSource]:
    """The label and role of a phrase's speaker, whose side alone is told."""
    if purpose.lower() != "internal":
        role = _PURPOSES.get(purpose.lower(), "unknown")
        return purpose or "unknown", role, "unknown" if role == "unknown" else "told"
    if not people:
        return purpose, "agent", "told"
    if start is not None:
        for person in people:
            if person.start <= start < person.end and person.role != "unknown":
                return person.label, person.role, "joined"
    return purpose, "unknown", "unknown"


READER: Final = Reader(
    id="genesys",
    name="Genesys Cloud transcript",
    content="json",
    roles="joined",
    verified="documentation",
    accepts=accepts,
    read=read,
)
