"""Rows with one turn each to a call: what tables and turns in JSON share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from carescore.errors import TranscriptError
from carescore.readers.about import AboutCall
from carescore.readers.cells import Person, Row, medium, person, share_in, speaker_in, words_in
from carescore.readers.pace import unlikely_pace
from carescore.readers.people import agent_named, with_joined_roles
from carescore.readers.reader import Origin
from carescore.readers.row_times import CallTimes, call_times, iso_start, moment
from carescore.transcript import Role, Transcript, Turn, join_same_speaker, renumber

_NOBODY: Final = Person("unknown")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Said:
    """A row in which something is said."""

    row: Row
    text: str
    person: Person


def call_from_rows(rows: Sequence[Row], origin: Origin, about: AboutCall) -> Transcript:
    """The call of these rows: in order of turn numbers, else of time; recognised speech joined."""
    said = _said(rows, origin)
    where = origin.place or about.call_id
    if said and all(item.person is _NOBODY for item in said):
        raise TranscriptError(
            "its turns have no speakers. Turn on speaker labels (diarization) in the tool that wrote it, "
            "or give each turn a 'speaker' or a 'role'.",
            source=origin.name,
            place=where,
        )
    said, numbered = _by_number(said)
    times = _times(said, origin, where)
    timed = list(zip(said, times.starts, times.ends, strict=True))
    if not numbered and all(start is not None for start in times.starts):
        timed.sort(key=lambda item: item[1] or 0.0)
    turns = [_turn(index, *item, origin) for index, item in enumerate(timed)]
    channel = about.channel or _first(
        medium(row.cell(place)) for row in rows if (place := row.columns.channel) is not None
    )
    spoken = channel == "voice" or (channel is None and any(turn.end is not None for turn in turns))
    agent, several = (about.agent, ()) if about.agent else _agent(said)
    turns = with_joined_roles(turns, _roles_of_name(agent, turns))
    pace = unlikely_pace(turns) if spoken else None
    started = about.started or _first(
        iso_start(row.cell(place)) for row in rows if (place := row.columns.started) is not None
    )
    return Transcript(
        call_id=about.call_id or origin.call_id,
        turns=renumber(join_same_speaker(turns) if spoken else turns),
        channel=channel,
        agent=agent,
        started=started or times.started,
        warnings=(*about.warnings, *_gaps(rows, said), *times.warnings, *several, *filter(None, [pace])),
    )


def _said(rows: Sequence[Row], origin: Origin) -> list[_Said]:
    known: dict[tuple[str, str], Person] = {("", ""): _NOBODY}
    said: list[_Said] = []
    for row in rows:
        words = words_in(row, origin)
        if words:
            key = speaker_in(row, origin)
            if key not in known:
                known[key] = person(*key)
            said.append(_Said(row, words, known[key]))
    return said


def _by_number(said: list[_Said]) -> tuple[list[_Said], bool]:
    """The rows by the number of their turn, if each has one."""
    numbers: list[float] = []
    for item in said:
        value = item.row.cell(item.row.columns.order)
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            return said, False
        if number != number:
            return said, False
        numbers.append(number)
    return [said[place] for place in sorted(range(len(said)), key=numbers.__getitem__)], True


def _times(said: list[_Said], origin: Origin, where: str | None) -> CallTimes:
    starts, ends = [], []
    for item in said:
        row, columns = item.row, item.row.columns
        starts.append(moment(row.cell(columns.start), columns.start_unit, origin, row.place, "start"))
        ends.append(moment(row.cell(columns.end), columns.end_unit, origin, row.place, "end"))
    times = call_times(starts, ends, [item.text.count(" ") + 1 for item in said])
    if times is None:
        raise TranscriptError(
            "its times are written in different ways. Write all as seconds, all as clock times (00:01:02), "
            "or all as date and time.",
            source=origin.name,
            place=where,
        )
    return times


def _turn(index: int, said: _Said, start: float | None, end: float | None, origin: Origin) -> Turn:
    return Turn(
        index=index,
        speaker=said.person.label,
        role=said.person.role or "unknown",
        role_source="told" if said.person.role else "unknown",
        text=said.text,
        start=start,
        end=None if end is not None and start is not None and end < start else end,
        confidence=share_in(said.row, origin),
    )


def _agent(said: Sequence[_Said]) -> tuple[str | None, tuple[str, ...]]:
    """The agent's name, from a column for it, else from the labels of who speaks as agent."""
    told = [(_name(item.row), item.text) for item in said if item.row.columns.agent is not None]
    spoke = [(item.person.name or "", item.text) for item in said if item.person.role == "agent"]
    return agent_named([(name, text) for name, text in told if name] or [x for x in spoke if x[0]])


def _roles_of_name(agent: str | None, turns: Sequence[Turn]) -> dict[str, Role]:
    """The role of speakers who go by the name that the file gives for its agent."""
    if agent is None:
        return {}
    labels = {turn.speaker for turn in turns if turn.role == "unknown"}
    return {label: "agent" for label in labels if label.casefold() == agent.casefold()}


def _name(row: Row) -> str:
    value = row.cell(row.columns.agent)
    return str(value).strip() if isinstance(value, (str, int)) else ""


def _gaps(rows: Sequence[Row], said: Sequence[_Said]) -> tuple[str, ...]:
    """Warnings that count the turns without words, and those without a speaker."""
    empty, nameless = len(rows) - len(said), sum(item.person is _NOBODY for item in said)
    sentences = (
        (empty, f"{empty:,} of {len(rows):,} turns have no text and were left out."),
        (nameless, f"{nameless:,} of {len(said):,} turns have no speaker."),
    )
    return tuple(sentence for count, sentence in sentences if count)


def _first(values: Iterable[_Value | None]) -> _Value | None:
    return next((value for value in values if value is not None), None)
