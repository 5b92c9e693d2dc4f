"""Plain text with a label before each turn: `Agent: …`, `[00:01:02] Ben (Agent): …`, `**Customer:** …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin, Reader
from carescore.readers.text_calls import Part, calls_in
from carescore.readers.text_header import header_of
from carescore.readers.text_inline import on_own_lines
from carescore.readers.text_lines import STYLES, Line, lines_of
from carescore.readers.text_speakers import (
    Speaker,
    cast,
    header_roles,
    key_of,
    longer_name,
    speaking_labels,
)
from carescore.readers.text_times import Stamp, from_call_start, newest_first
from carescore.transcript import Transcript, Turn, join_same_speaker, renumber

_NOT_PLAIN: Final = re.compile(
    r"\s*(?:<(?:[!?/]|(?:html|head|body|div|p|table|svg|xml|tt|ul|span)\b)|WEBVTT|%PDF|\{\\rtf|PK\x03)",
    re.IGNORECASE,
)
_WRAPPED: Final = re.compile(r"[^\W\d_]-$")
# A style that finds labels on this share of the written lines needs no rival.
_MOST_LINES: Final = 0.3
# Characters that show how a text sets labels apart; no call comes after a longer preamble.
_ENOUGH: Final = 300_000


@dataclass(slots=True)
class _Piece:
    """What one label introduces, while its lines are being gathered."""

    speaker: Speaker
    stamp: Stamp | None
    said: list[str] = field(default_factory=list)


def accepts(text: str) -> bool:
    """Any text that is no markup: the last reader asked, which refuses with a reason."""
    return not _NOT_PLAIN.match(text) and any(character.isalpha() for character in text[:2000])


def read(text: str, origin: Origin) -> Iterator[Transcript]:
    """Every call in the text; a text without speaker labels is refused."""
    lines, speaking = _in_best_style(text)
    if not speaking:
        raise TranscriptError(
            "this text has no speakers: no line begins with a label such as 'Agent:' or 'Speaker 1:'. Turn "
            "on speaker labels (diarization) in the tool that wrote it, or write a label before each turn.",
            source=origin.name,
            place=origin.place,
        )
    parts, warning = calls_in(lines)
    for number, part in enumerate(parts, 1):
        known = speaking | speaking_labels(part.lines) if len(parts) > 1 else speaking
        call_id = _id(part, number, origin) if len(parts) > 1 else origin.call_id
        call = _call(part.lines, known, call_id)
        yield call if warning is None else call.with_warning(warning)


def _in_best_style(text: str) -> tuple[list[Line], frozenset[str]]:
    """The lines, read in the way that finds the most turns of two or more speakers.

    The beginning of a long text decides for all of it, so that one without labels is refused soon.
    """
    beginning = text[:_ENOUGH]
    written, style, lines, speaking = _best_reading(beginning)
    if not speaking or len(text) <= _ENOUGH:
        return lines, speaking
    whole = text if written == beginning else on_own_lines(text)
    lines = lines_of(text if whole is None else whole, style)
    return lines, speaking_labels(lines)


def _best_reading(text: str) -> tuple[str, str, list[Line], frozenset[str]]:
    """The best of the readings, with its lines and speakers."""
    found: tuple[str, str, list[Line], frozenset[str]] = (text, "", [], frozenset())
    best = (False, -1)
    for written, style in _readings(text):
        lines = lines_of(written, style)
        speaking = speaking_labels(lines)
        turns = sum(1 for line in lines if line.label is not None and key_of(line.label) in speaking)
        if (len(speaking) > 1, turns) > best:
            best, found = (len(speaking) > 1, turns), (written, style, lines, speaking)
        if len(speaking) > 1 and turns >= _MOST_LINES * sum(1 for line in lines if line.kind == "text"):
            break
    return found


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """The text in each style that its labels may have, and with its one long line parted."""
    first, *others = STYLES
    yield text, first
    unrolled = on_own_lines(text)
    if unrolled is not None and unrolled != text:
        yield unrolled, first
    for style in others:
        yield text, style


def _id(part: Part, number: int, origin: Origin) -> str:
    """A number counts within the file; a longer id stands for itself."""
    if part.id is not None and not part.id.isdigit():
        return part.id
    return f"{origin.call_id}-{part.id or number}"


def _call(lines: list[Line], speaking: frozenset[str], call_id: str) -> Transcript:
    """One call: its people, its turns and what its header tells."""
    people = cast(lines, speaking)
    names = header_roles(lines)
    speech = (n for n, line in enumerate(lines) if line.label and key_of(line.label) in people)
    header = header_of(lines[: next((n for n in speech if n not in names), 0)])
    pieces = _pieces([line for n, line in enumerate(lines) if n not in names], people)
    if newest_first([piece.stamp for piece in pieces]):
        pieces.reverse()
    turns = _turns(pieces)
    day = next((piece.stamp.day for piece in pieces if piece.stamp), None)
    return Transcript(
        call_id=header.call_id or call_id,
        turns=renumber(turns if header.channel == "chat" else join_same_speaker(turns)),
        channel=header.channel,
        agent=longer_name(_agent(people), filter(None, [header.agent])) or header.agent,
        started=header.started or (day.iso if day is not None else None),
    )


def _pieces(lines: list[Line], people: dict[str, Speaker]) -> list[_Piece]:
    """What each label introduces, with the unlabelled lines that go on with it."""
    pieces: list[_Piece] = []
    pending: Stamp | None = None
    ended = False
    for line in lines:
        speaker = people.get(key_of(line.label)) if line.label is not None else None
        if speaker is not None:
            pieces.append(_Piece(speaker, line.stamp or pending, [line.said]))
            pending, ended = None, False
        elif line.kind == "time":
            if pieces and pieces[-1].stamp is None and not any(pieces[-1].said):
                pieces[-1].stamp = line.stamp
            else:
                pending = line.stamp
        elif pieces and not ended and (line.kind == "text" or _is_all(line, pieces[-1])):
            pieces[-1].said.append(line.text)
        ended = ended or line.kind == "end"
    return [piece for piece in pieces if any(piece.said)]


def _is_all(line: Line, piece: _Piece) -> bool:
    """Whether something in brackets is all that follows a label ("[inaudible]")."""
    return line.kind == "aside" and not any(piece.said)


def _turns(pieces: list[_Piece]) -> list[Turn]:
    words = sum(len(text.split()) for piece in pieces for text in piece.said)
    stamps = from_call_start([piece.stamp for piece in pieces], words)
    return [
        Turn(
            index=index,
            speaker=piece.speaker.label,
            role=piece.speaker.role,
            role_source=piece.speaker.role_source,
            text=_flowing(piece.said),
            start=stamp.start if stamp else None,
            end=stamp.end if stamp else None,
        )
        for index, (piece, stamp) in enumerate(zip(pieces, stamps, strict=True))
    ]


def _flowing(said: list[str]) -> str:
    """Lines as running text; a word that was wrapped at its hyphen ("forty-" / "five") stays one word."""
    lines = [text.strip() for text in said if text.strip()]
    ends = ["" if _WRAPPED.search(line) else " " for line in lines]
    return "".join(line + end for line, end in zip(lines, ends, strict=True)).strip()


def _agent(people: dict[str, Speaker]) -> str | None:
    """The agent's name, if one person is the agent: with several, a call is nobody's alone."""
    agents = {person.label: person.name for person in people.values() if person.role == "agent"}
    return next(iter(agents.values())) if len(agents) == 1 else None


READER: Final = Reader(
    id="text",
    name="Plain text",
    content="text",
    roles="told",
    verified="real file",
    accepts=accepts,
    read=read,
)
