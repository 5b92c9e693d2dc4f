"""Caption files cut into cues, WebVTT and SubRip alike: times, and the lines below them.

Written by hand because what is there loses words or time: webvtt-py drops cues whose times have a
comma, and the pattern of `srt` needs 45 s for 2,000 digits in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin
from carescore.readers.times import from_clock

_CLOCK: Final = r"\d[\d:.,]{3,18}"
_TIMING: Final = re.compile(rf"[ \t]*({_CLOCK})[ \t]*-->[ \t]*({_CLOCK})(?:[ \t].*)?")
_BROKEN_TIMING: Final = re.compile(r"[ \t\d:.,]{0,30}-->[ \t\d:.,]{0,30}")
# Teams writes "<guid>/32-0" as the id of a cue.
_LONG_ID: Final = re.compile(r"[0-9a-fA-F-]{16,40}(?:/\d{1,9}-\d{1,9})?")


@dataclass(frozen=True, slots=True)
class TimedLines:
    """One cue as the file has it; `id` is the line above its times, empty where there is none."""

    start: float
    end: float | None
    lines: tuple[str, ...]
    id: str = ""


@dataclass(slots=True)
class _Open:
    """The cue that is being read."""

    start: float
    end: float | None
    id: str
    lines: list[str] = field(default_factory=list)

    def closed(self) -> TimedLines:
        lines = tuple(line for line in self.lines if line.strip())
        return TimedLines(self.start, self.end, lines, self.id)


def cues(content: str, origin: Origin, *, empty_line_ends: bool) -> Iterator[TimedLines]:
    """Each cue, up to the next line of times; in WebVTT an empty line ends it as well.

    Numbers and ids of cues are left out, and so are blocks of notes and styles: they belong to no cue.
    """
    current: _Open | None = None
    above = ""
    for number, line in enumerate(content.split("\n"), 1):
        times = _times(line, number, origin) if "-->" in line else None
        if times is not None:
            if current is not None:
                _drop_id(current.lines, current.id)
                yield current.closed()
            current = _Open(*times, id=above.strip())
        elif empty_line_ends and not line.strip():
            if current is not None:
                yield current.closed()
            current = None
        elif current is not None:
            current.lines.append(line)
        above = line
    if current is not None:
        yield current.closed()


def _times(line: str, number: int, origin: Origin) -> tuple[float, float | None] | None:
    """Start and end from a line of times, `None` where the arrow is part of what was said."""
    match = _TIMING.fullmatch(line)
    if match is not None:
        start, end = from_clock(match[1]), from_clock(match[2])
        if start is not None and end is not None:
            return start, end if end >= start else None
    if match is not None or _BROKEN_TIMING.fullmatch(line):
        raise TranscriptError(
            "the times of this caption cannot be read; expected '00:00:01.000 --> 00:00:04.000'.",
            source=origin.name,
            place=f"line {number}",
        )
    return None


def _drop_id(lines: list[str], previous: str) -> None:
    """Take off the next cue's number or id where it stands right above that cue's times."""
    last = lines[-1].strip() if lines else ""
    alone = last.isdecimal() and len(lines) > 1 and not lines[-2].strip()
    if alone or _LONG_ID.fullmatch(last) or _follows(last, previous):
        lines.pop()


def _follows(number: str, previous: str) -> bool:
    """Whether both are numbers of cues, one after the other."""
    if not (number.isdecimal() and previous.isdecimal() and max(len(number), len(previous)) < 10):
        return False
    return int(number) == int(previous) + 1
