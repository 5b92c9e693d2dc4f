"""Snippets of calls in which private things are marked: `it's {card: four one one one}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from carescore.errors import UsageError
from carescore.redact import FORMS
from carescore.transcript import Transcript, Turn

_MARK: Final = re.compile(r"\{([a-z_]+): ([^{}]*)\}")
_TURN: Final = re.compile(r"([AC]): (.*)")
_SIDES: Final = {"A": "agent", "C": "customer"}


class Mark(NamedTuple):
    """`text[start:end]` of a turn is private, and of which form."""

    turn: int
    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a call without its marks, and the marks. `style` is "spoken" or "written"."""

    call: Transcript
    marks: tuple[Mark, ...]
    style: str


def read_marked(paths: Sequence[Path]) -> list[Snippet]:
    """The snippets in some files, in order. Raises `UsageError` naming file and line."""
    return [snippet for path in paths for snippet in _snippets(path)]


def _snippets(path: Path) -> Iterator[Snippet]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name}: cannot be read ({type(error).__name__}).") from None
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield _snippet(path, number - len(block), block)
            block = []


def _snippet(path: Path, first: int, lines: Sequence[str]) -> Snippet:
    head = lines[0].split()
    if len(head) != 3 or head[0] != "=" or head[2] not in ("spoken", "written"):
        raise UsageError(
            f"{path.name}, line {first}: expected '= CHANNEL STYLE' first, as in '= voice spoken'; "
            "the style is spoken or written."
        )
    told: list[tuple[str, str]] = []
    for number, line in enumerate(lines[1:], first + 1):
        match = _TURN.fullmatch(line)
        if match is not None:
            told.append((match[1], match[2]))
        elif told:
            told[-1] = (told[-1][0], f"{told[-1][1]}\n{line}")
        else:
            raise UsageError(f"{path.name}, line {number}: a turn begins with 'A: ' or 'C: '.")
    turns, marks = [], []
    for index, (side, marked) in enumerate(told):
        text, found = _unmarked(path, first, index, marked)
        role: Any = _SIDES[side]
        turns.append(Turn(index=index, speaker=side, role=role, role_source="told", text=text))
        marks.extend(found)
    channel: Any = head[1] if head[1] in ("voice", "chat", "email") else None
    call = Transcript(call_id=f"line {first}", turns=tuple(turns), channel=channel, source=path.name)
    return Snippet(call, tuple(marks), head[2])


def _unmarked(path: Path, first: int, turn: int, marked: str) -> tuple[str, list[Mark]]:
    """A turn's text without its braces, and what they marked."""
    text, marks, done = "", [], 0
    for match in _MARK.finditer(marked):
        if match[1] not in FORMS:
            raise UsageError(
                f"{path.name}, snippet at line {first}: '{match[1]}' is no form; use one of "
                f"{', '.join(FORMS)}."
            )
        text += marked[done : match.start()]
        marks.append(Mark(turn, len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        done = match.end()
    return text + marked[done:], marks
