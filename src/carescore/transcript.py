"""A conversation as data: who said what, when, and how we know who the agent is."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, Final, Literal, get_args

from carescore.errors import TranscriptError

Role = Literal["agent", "customer", "bot", "system", "unknown"]
RoleSource = Literal["told", "joined", "given", "guessed", "unknown"]
Channel = Literal["voice", "chat", "email"]

ROLES: Final[tuple[str, ...]] = get_args(Role)

# A day of talk is about 150,000 words; what is longer is not one call.
MAX_CHARACTERS: Final = 1_000_000
MAX_TURNS: Final = 10_000

# From the surest way of knowing a role to none.
_SOURCE_ORDER: Final[tuple[RoleSource, ...]] = ("given", "told", "joined", "guessed", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says before another speaks, or one message of a chat.

    `speaker` is the label as the file has it ("Ben", "spk_0"); `role` is who that is in the call.
    System events and internal notes have the role `system`: nobody said them to the customer.
    `start` and `end` are seconds from the start of the call, `confidence` is the recogniser's (0–1);
    each is `None` where the source does not tell.
    """

    index: int
    speaker: str
    role: Role = "unknown"
    role_source: RoleSource = "unknown"
    text: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Get ready to travel to another process in half the time that dataclasses need by themselves."""
        return _turn, _VALUES(self)


_NAMES: Final = tuple(one.name for one in fields(Turn))
_VALUES: Final[Callable[[Turn], tuple[Any, ...]]] = attrgetter(*_NAMES)


def _turn(*values: Any) -> Turn:
    return Turn(**dict(zip(_NAMES, values, strict=True)))


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """Who is probably the agent, how sure the guess is (0–1), and why."""

    speaker: str
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One call, chat or mail thread.

    `source` is where it came from (a file name, never a path with secrets), `format` the reader that
    read it, `started` an ISO date or time if the source has one, `agent` the agent's name.
    `redacted` says that private things were replaced when it was read (`redact=True`); `warnings` are
    sentences about what could not be read as it should be.
    """

    call_id: str
    turns: tuple[Turn, ...]
    channel: Channel | None = None
    agent: str | None = None
    started: str | None = None
    source: str | None = None
    format: str | None = None
    role_guess: RoleGuess | None = None
    redacted: bool = False
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is not text, and what is too large to be one call."""
        for turn in self.turns:
            if turn.role not in ROLES or not _is_text(turn.text):
                raise TranscriptError(
                    f"turn {turn.index}: expected Unicode text and one of the roles {', '.join(ROLES)}.",
                    source=self.source,
                    place=self.call_id,
                )
            if not all(map(_is_number, (turn.start, turn.end, turn.confidence))):
                raise TranscriptError(
                    f"turn {turn.index}: start, end and confidence should be numbers, or None if not known.",
                    source=self.source,
                    place=self.call_id,
                )
        if len(self.turns) > MAX_TURNS:
            raise TranscriptError(
                f"the call has {len(self.turns):,} turns; at most {MAX_TURNS:,} are scored as one call. "
                "Split it, or give a call-id column if the file holds many calls.",
                source=self.source,
                place=self.call_id,
            )
        characters = sum(len(turn.text) for turn in self.turns)
        if characters > MAX_CHARACTERS:
            raise TranscriptError(
                f"the call has {characters:,} characters; at most {MAX_CHARACTERS:,} are scored as one "
                "call. Split it, or give a call-id column if the file holds many calls.",
                source=self.source,
                place=self.call_id,
            )

    @property
    def speakers(self) -> tuple[str, ...]:
        """Each speaker's label once, in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))

    @property
    def role_source(self) -> RoleSource:
        """How the roles are known: the least certain way among the people in the call."""
        people = [t.role_source for t in self.turns if t.role in ("agent", "customer", "unknown")]
        return max(people, key=_SOURCE_ORDER.index, default="unknown")

    @property
    def sha256(self) -> str:
        """Fingerprint of what was scored: roles, texts and times in order, not names or files."""
        rows = [[t.role, t.text, t.start, t.end] for t in self.turns]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()

    def with_warning(self, sentence: str) -> Transcript:
        """The same call with one more warning."""
        return replace(self, warnings=(*self.warnings, sentence))


def _is_text(value: object) -> bool:
    """Whether it is a string of whole characters; half ones (lone surrogates) cannot even be written."""
    if not isinstance(value, str):
        return False
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def _is_number(value: float | None) -> bool:
    """Whether it is known and finite, or not known; pandas puts NaN where nothing is known."""
    return value is None or (isinstance(value, (int, float)) and abs(value) < math.inf)


def join_same_speaker(turns: list[Turn]) -> list[Turn]:
    """Join neighbouring pieces of one speaker, as recognisers and captions cut them, and renumber.

    Times span the pieces; confidence is their mean, weighted by length of text.
    """
    runs: list[list[Turn]] = []
    for turn in turns:
        last = runs[-1][-1] if runs else None
        if last is not None and (last.speaker, last.role) == (turn.speaker, turn.role):
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return [_joined(index, run) for index, run in enumerate(runs)]


def _joined(index: int, run: list[Turn]) -> Turn:
    if len(run) == 1 and run[0].text == run[0].text.strip():
        return _numbered(index, run[0])
    ends = [t.end for t in run if t.end is not None]
    known = [(t.confidence, max(len(t.text), 1)) for t in run if t.confidence is not None]
    weight = sum(length for _, length in known)
    return replace(
        run[0],
        index=index,
        text=" ".join(t.text.strip() for t in run if t.text.strip()),
        end=max(ends) if ends else None,
        confidence=sum(c * n for c, n in known) / weight if weight else None,
    )


def renumber(turns: list[Turn]) -> tuple[Turn, ...]:
    """The turns with something said in them, numbered from 0."""
    kept = [turn for turn in turns if turn.text.strip()]
    return tuple(_numbered(index, turn) for index, turn in enumerate(kept))


def _numbered(index: int, turn: Turn) -> Turn:
    # Most turns have their number already, and a copy costs more than all else in reading a table.
    return turn if turn.index == index else replace(turn, index=index)
