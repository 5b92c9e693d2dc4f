"""Otter text exports: `Name  0:34` on a line, the words below it, a footer at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin, Reader
from carescore.readers.times import from_clock
from carescore.transcript import Transcript, Turn, join_same_speaker, renumber

_HEAD: Final = re.compile(
    r"(?P<name>\S.{0,79}?)[ \t\u00a0]{2,}(?P<clock>\d{1,3}:\d{2}(?::\d{2})?)[ \t\u00a0]*"
)
_FOOTER: Final = re.compile(r"\s*transcribed by https?://(?:www\.)?otter\.ai\S*\s*", re.IGNORECASE)
_NOBODY: Final = "unknown speaker"


def accepts(text: str) -> bool:
    """Two lines of name and time at least; the footer may be out of sight."""
    heads = (line for line in text.split("\n") if _HEAD.fullmatch(line))
    first, second = next(heads, None), next(heads, None)
    return first is not None and second is not None


def read(text: str, origin: Origin) -> Iterator[Transcript]:
    """The one call of the file. Neighbouring pieces of "Unknown Speaker" may be two people and stay apart."""
    turns: list[Turn] = []
    said: list[list[str]] = []
    for line in text.split("\n"):
        head = _HEAD.fullmatch(line)
        if head is not None:
            start = from_clock(head["clock"])
            turns.append(Turn(index=len(turns), speaker=head["name"].strip(), text="", start=start))
            said.append([])
        elif turns and line.strip() and not _FOOTER.fullmatch(line):
            said[-1].append(line.strip())
    turns = [replace(turn, text=" ".join(parts)) for turn, parts in zip(turns, said, strict=True)]
    if not turns:
        raise TranscriptError(
            "no lines of speaker and time, such as 'Dana  0:34', were found. Export from Otter with speaker "
            "names and timestamps on.",
            source=origin.name,
            place=origin.place,
        )
    yield Transcript(call_id=origin.call_id, turns=renumber(_joined(turns)))


def _joined(turns: list[Turn]) -> list[Turn]:
    marked = [
        replace(turn, speaker=f"{turn.speaker}\0{turn.index}") if turn.speaker.casefold() == _NOBODY else turn
        for turn in turns
    ]
    return [replace(turn, speaker=turn.speaker.partition("\0")[0]) for turn in join_same_speaker(marked)]


READER: Final = Reader(
    id="otter",
    name="Otter text export",
    content="text",
    roles="guessed",
    verified="real file",
    accepts=accepts,
    read=read,
)
