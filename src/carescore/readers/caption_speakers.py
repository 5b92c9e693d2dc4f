"""Who speaks in captions: a voice tag, or a name before the words, which not every cue repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin
from carescore.readers.silence import is_silence
from carescore.readers.speech import no_speakers, voice_call
from carescore.readers.text_labels import Label, is_name, label_of
from carescore.transcript import Role, Transcript, Turn

# "Ben: …", "[Agent]: …", "- Ben: …", ">> Ben: …", "**Ben:** …"; no digit or slash follows the colon, as
# in "10:30" and "https://…".
_PREFIX: Final = re.compile(
    r"\s*(?:>>+|[-–—])?\s*(?P<label>[^\s:<>][^:<>\n]{0,59}):[*_]{0,2}(?:\s+|(?![\d/\s])|$)"
)
# "[Agent] …" without a colon is a speaker only where the label is sure to be one: "[Music]" is none.
_BRACKETED: Final = re.compile(r"\s*(?:>>+|[-–—])?\s*[\[(](?P<label>[^\[\]()\n:]{1,60})[\])]\s*")
# Cues that may stand before the first name ("[Music]", "This call may be recorded.").
_MOST_LEADING: Final = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: its times and its lines, each with the voice that a tag names, if one does."""

    start: float
    end: float | None
    lines: tuple[tuple[str | None, str], ...]


def call_from_cues(cues: Sequence[Cue], origin: Origin) -> Transcript:
    """The call that captions hold; a cue without a speaker goes on with the last one."""
    if not cues:
        raise TranscriptError(
            "no captions were found in it; each needs a line of times such as "
            "'00:00:01.000 --> 00:00:04.000'.",
            source=origin.name,
        )
    in_order = sorted(cues, key=lambda cue: cue.start)
    lines = _lines(in_order)
    if not any(line.voice for line in lines):
        speaking = _speaking(lines)
        if not speaking:
            raise no_speakers(
                origin,
                "caption",
                "Export it with the speakers' names, or turn on speaker labels (diarization).",
            )
        lines = [_with_voice(line, speaking) for line in lines]
    pieces, nameless = _pieces(lines)
    warnings = (f"{nameless} captions before the first speaker's name have no speaker.",) if nameless else ()
    return voice_call(pieces, origin, warnings=warnings)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cue; `label` and `rest` are set where a speaker's label may open it."""

    cue: Cue
    opens: bool
    voice: str | None
    text: str
    label: Label | None
    rest: str = ""


def _lines(cues: Sequence[Cue]) -> list[_Line]:
    known: dict[str, Label | None] = {}

    def label(written: str) -> Label | None:
        if written not in known:
            known[written] = label_of(written)
        return known[written]

    return [
        _Line(cue, number == 0, voice, text, *((None, "") if voice else _prefix(text, label)))
        for cue in cues
        for number, (voice, text) in enumerate(cue.lines)
    ]


def _prefix(line: str, label_in: Callable[[str], Label | None]) -> tuple[Label | None, str]:
    """What may be a speaker's label at the start of a line, and the rest."""
    match = _PREFIX.match(line)
    label = label_in(_without_brackets(match["label"].strip(" *_"))) if match else None
    if match is not None and label is not None:
        return label, line[match.end() :]
    match = _BRACKETED.match(line)
    label = label_in(match["label"]) if match else None
    if match is not None and label is not None and label.sure:
        return label, line[match.end() :]
    return None, ""


def _without_brackets(label: str) -> str:
    return label.strip("[]()") if label.startswith(("[", "(")) else label


def _with_voice(line: _Line, speaking: frozenset[str]) -> _Line:
    if line.label is None or line.label.written not in speaking:
        return line
    return _Line(line.cue, line.opens, line.label.written, line.rest, line.label)


def _pieces(lines: Sequence[_Line]) -> tuple[list[Turn], int]:
    """Each line's words with their speaker, and how many stand before the first one."""
    speaker: str | None = None
    roles: dict[str | None, Role | None] = {None: None}
    pieces: list[Turn] = []
    nameless = 0
    for line in lines:
        speaker = line.voice or speaker
        if not line.text.strip() or is_silence(line.text):
            continue
        nameless += speaker is None
        if speaker not in roles:
            roles[speaker] = _told_role(speaker or "")
        role = roles[speaker]
        piece = Turn(
            index=0,
            speaker=speaker or "unknown",
            role=role or "unknown",
            role_source="told" if role else "unknown",
            text=line.text.strip(),
            start=line.cue.start,
            end=line.cue.end,
        )
        pieces.append(piece)
    return pieces, nameless


def _told_role(speaker: str) -> Role | None:
    """The role in a label; a guest of a meeting may be either side."""
    label = label_of(speaker)
    if label is None or not label.sure or label.phrase.startswith("guest"):
        return None
    return label.role


def _speaking(lines: Sequence[_Line]) -> frozenset[str]:
    """The labels that are speakers: sure ones, ones that recur, and names where most cues have a label.

    A word before a colon in what somebody says ("The plan: …") is none of these, or stands in a file
    whose first words have no label, which then has no speakers.
    """
    opening = [line.label for line in lines if line.opens]
    counts = Counter(label.written for label in opening if label is not None)
    surely = {line.label.written for line in lines if line.label is not None and line.label.sure}
    names = surely | {written for written in counts if _is_like_a_name(written)}
    if sum(counts[name] for name in names) >= 0.5 * len(opening) > 0:
        return frozenset(names)
    recurring = surely | {name for name in names if counts[name] > 1}
    chosen = recurring if len(recurring) > 1 else names
    leading = {label.written for label in opening[: _MOST_LEADING + 1] if label is not None}
    return frozenset(chosen) if len(chosen) > 1 and leading & chosen else frozenset()


def _is_like_a_name(label: str) -> bool:
    """A name, an account or a masked number: every word begins as in names, or a sign tells."""
    if is_name(label) or label[0] in "+*@" or any(character.isdigit() for character in label):
        return True
    return all(not word[0].islower() for word in label.replace("(", " ").split() if word)
