"""Amazon Connect: Contact Lens calls and chats, the chats Connect keeps itself, and real-time segments.

Participants are listed apart from the turns, except in real-time segments, whose turns tell their role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carescore.readers.fields import Json, first_record, has, optional_record, record, records, text
from carescore.readers.people import agent_named
from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.speech import milliseconds
from carescore.readers.times import from_first, from_iso_instant, iso_instant
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import (
    Channel,
    Role,
    RoleSource,
    Transcript,
    Turn,
    join_same_speaker,
    renumber,
)

_CHANNELS: Final[dict[str, Channel]] = {"VOICE": "voice", "CHAT": "chat", "EMAIL": "email"}
# Connect gives a token for the next page while a contact lasts, even where there is none yet.
_MAY_BE_MORE: Final = ("It names a next page (NextToken): what was said after this page is missing.",)


@dataclass(frozen=True, slots=True)
class _Person:
    label: str
    role: Role
    role_source: RoleSource


def accepts(document: Json) -> bool:
    """`Participants` beside a `Transcript` whose items name their `ParticipantId`, or segments with such."""
    if has(document, "Segments"):
        return any(has(item, "ParticipantId", "Content") for item in _in_segments(document, 20))
    return has(document, "Transcript", "Participants") and any(
        has(first_record(document[key]), "ParticipantId") for key in ("Transcript", "Participants")
    )


def read(document: Json, origin: Origin) -> Iterator[Transcript]:
    """The one contact of a file."""
    items = _items(document, origin)
    timed = any(item.get("AbsoluteTime") for item in items)  # messages have instants, speech has offsets
    told = _CHANNELS.get(text(document.get("Channel"), "Channel", origin).upper())
    channel: Channel = told or ("chat" if timed else "voice")
    people = _people(records(document.get("Participants"), "Participants", origin), items, origin)
    metadata = record(document.get("CustomerMetadata") or {}, "CustomerMetadata", origin)
    contact = text(
        metadata.get("ContactId") or document.get("ContactId"), "CustomerMetadata.ContactId", origin
    )
    turns, started = _voice(items, people, origin) if channel == "voice" else _messages(items, people, origin)
    agent, warnings = agent_named(_said_by_named_agents(turns, people))
    yield Transcript(
        call_id=contact or origin.call_id,
        turns=renumber(turns),
        channel=channel,
        agent=agent,
        started=started,
        warnings=(*warnings, *(_MAY_BE_MORE if document.get("NextToken") else ())),
    )


def _items(document: Json, origin: Origin) -> list[dict[str, Json]]:
    """The turns and events; a real-time segment has its turn inside, and the instant inside that."""
    if "Segments" not in document:
        return records(document.get("Transcript"), "Transcript", origin)
    return [{**optional_record(item.get("Time")), **item} for item in _in_segments(document, None)]


def _in_segments(document: Json, most: int | None) -> list[dict[str, Json]]:
    segments = document.get("Segments")
    inside = segments[:most] if isinstance(segments, list) else []
    turns = (optional_record(segment).get("Transcript") for segment in inside)
    return [turn for turn in turns if isinstance(turn, dict)]


def _voice(
    items: list[dict[str, Json]], people: dict[str, _Person], origin: Origin
) -> tuple[list[Turn], str | None]:
    phrases = [
        Word(
            text=text(item.get("Content"), f"Transcript[{index}].Content", origin),
            speaker=_id_of(item, f"Transcript[{index}]", origin),
            start=milliseconds(
                item.get("BeginOffsetMillis"), f"Transcript[{index}].BeginOffsetMillis", origin
            ),
            end=milliseconds(item.get("EndOffsetMillis"), f"Transcript[{index}].EndOffsetMillis", origin),
        )
        for index, item in enumerate(items)
    ]
    turns = turns_by_start(phrase for phrase in phrases if phrase.text.strip())
    return join_same_speaker([_by(people, turn) for turn in turns]), None


def _messages(
    items: list[dict[str, Json]], people: dict[str, _Person], origin: Origin
) -> tuple[list[Turn], str | None]:
    """Messages as turns of their own; events (joined, left, ended) only tell when the contact began."""
    instants = [
        from_iso_instant(text(item.get("AbsoluteTime"), f"Transcript[{index}].AbsoluteTime", origin))
        for index, item in enumerate(items)
    ]
    turns = [
        _by(
            people,
            Turn(
                index=0,
                speaker=_id_of(item, f"Transcript[{index}]", origin),
                text=text(item.get("Content"), f"Transcript[{index}].Content", origin),
                start=start,
            ),
        )
        for index, (item, start) in enumerate(zip(items, from_first(instants), strict=True))
    ]
    first = min((instant for instant in instants if instant is not None), default=None)
    return turns, None if first is None else iso_instant(first)


def _by(people: dict[str, _Person], turn: Turn) -> Turn:
    person = people[turn.speaker]
    return Turn(
        index=0,
        speaker=person.label,
        role=person.role,
        role_source=person.role_source,
        text=turn.text,
        start=turn.start,
        end=turn.end,
    )


def _people(
    participants: list[dict[str, Json]], items: list[dict[str, Json]], origin: Origin
) -> dict[str, _Person]:
    """Everybody by id. A redacted chat lists no role and one name for all, so turns are asked too."""
    roles: dict[str, tuple[str, RoleSource]] = {}
    names: dict[str, str] = {}
    sources: tuple[tuple[str, list[dict[str, Json]], RoleSource], ...] = (
        ("Participants", participants, "joined"),
        ("Transcript", items, "told"),
    )
    for part, rows, source in sources:
        for index, row in enumerate(rows):
            key = f"{part}[{index}]"
            person = _id_of(row, key, origin)
            told = text(row.get("ParticipantRole"), f"{key}.ParticipantRole", origin)
            if told:
                roles[person] = (told, source)
            roles.setdefault(person, ("", "unknown"))
            name = text(row.get("DisplayName"), f"{key}.DisplayName", origin).strip()
            names[person] = names.get(person) or name
    count = Counter(names.values())
    return {
        person: _Person(
            label=names[person] if names[person] and count[names[person]] == 1 else person,
            role=role_of(told) or "unknown",
            role_source=source if role_of(told) else "unknown",
        )
        for person, (told, source) in roles.items()
    }


def _id_of(row: dict[str, Json], key: str, origin: Origin) -> str:
    """The id of a participant, or the role where a row names only that."""
    found = text(row.get("ParticipantId"), f"{key}.ParticipantId", origin)
    return found or text(row.get("ParticipantRole"), f"{key}.ParticipantRole", origin) or "unknown"


def _said_by_named_agents(turns: list[Turn], people: dict[str, _Person]) -> Iterator[tuple[str, str]]:
    """Names and words of the agents of a chat; redacted names and bare ids are no names."""
    for turn in turns:
        if turn.role == "agent" and turn.speaker not in people and not turn.speaker.startswith("["):
            yield turn.speaker, turn.text


READER: Final = Reader(
    id="contact-lens",
    name="Amazon Connect Contact Lens",
    content="json",
    roles="joined",
    verified="documentation",
    accepts=accepts,
    read=read,
)
