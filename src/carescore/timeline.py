"""A call's turns in time: whether the times can be true, where nobody speaks, who speaks over whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from carescore.talk_words import talk_words
from carescore.transcript import Role, Transcript, Turn

_FEWEST_WORDS: Final = 20  # under that, a strange pace shows nothing about units
# Words in a minute of talk, pauses inside turns included; nobody speaks slower or faster over a whole call.
_SLOWEST, _FASTEST = 20.0, 500.0
_UNITS: Final = (("milliseconds", 1000.0), ("ticks of 100 nanoseconds", 10_000_000.0), ("minutes", 1 / 60))
_TIMED: Final = 0.9  # share of the words that must have times
_OVERLAP: Final = 1.0  # seconds; shorter overlaps come of quick turns and of recognisers' imprecision
_LONG_SILENCE: Final = 3.0
_ASKED_HOLD: Final = 10.0
_CERTAIN_HOLD: Final = 30.0
_LOOKED_BACK: Final = 2  # turns before a silence in which a hold may have been announced, sounds left out


@dataclass(frozen=True, slots=True)
class Span:
    """A turn, from `start` to `end` in seconds; `sound` if it is only a listening sound."""

    role: Role
    start: float
    end: float
    words: int
    text: str
    sound: bool

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Silence:
    """A time in which nobody speaks; `hold` as `talk.definitions()` states it."""

    start: float
    seconds: float
    hold: bool


def timeline(call: Transcript) -> tuple[tuple[Span, ...], str | None]:
    """The spoken turns in order of time, or none and the reason why times cannot be used."""
    spoken = [turn for turn in call.turns if turn.role != "system" and turn.text.strip()]
    spans = [span for turn in spoken if (span := _span(turn)) is not None]
    words = sum(len(turn.text.split()) for turn in spoken)
    known = sum(span.words for span in spans)
    if not spans:
        return (), None
    if known < _TIMED * words:
        return (), f"Only {known / words:.0%} of the words have times, so nothing is measured in time."
    strange = _strange_pace(spans, known)
    if strange is not None:
        return (), strange
    return tuple(sorted(spans, key=lambda span: (span.start, span.end))), None


def silences(spans: Sequence[Span]) -> Iterator[Silence]:
    """The times in which nobody speaks, between the first turn and the last."""
    reach = spans[0].start
    before: deque[Span] = deque(maxlen=_LOOKED_BACK)
    for span in spans:
        if span.start > reach:
            seconds = span.start - reach
            asked = any(talk_words().asks_to_wait(s.text) for s in before if s.role == "agent")
            hold = seconds >= _CERTAIN_HOLD or (seconds >= _ASKED_HOLD and asked)
            yield Silence(reach, seconds, hold)
        reach = max(reach, span.end)
        if not span.sound:
            before.append(span)


def long_silences(found: Sequence[Silence]) -> list[Silence]:
    """Those of more than three seconds."""
    return [silence for silence in found if silence.seconds > _LONG_SILENCE]


def interruptions(spans: Sequence[Span], by: Role, of: Role) -> int:
    """Times that `by` starts while `of` speaks, and both speak on for a second or more."""
    ours = [span for span in spans if span.role == by and not span.sound]
    theirs = [span for span in spans if span.role == of and not span.sound]
    return sum(
        any(
            other.start < span.start and min(other.end, span.end) - span.start >= _OVERLAP for other in theirs
        )
        for span in ours
    )


def overlaps_known(spans: Sequence[Span]) -> bool:
    """Whether any two turns overlap at all; where none do, the recogniser may have cut overlaps away."""
    return any(later.start < earlier.end for earlier, later in pairwise(spans))


def _span(turn: Turn) -> Span | None:
    if turn.start is None or turn.end is None or turn.end < turn.start:
        return None
    sound = talk_words().is_listening(turn.text)
    return Span(turn.role, turn.start, turn.end, len(turn.text.split()), turn.text, sound)


def _strange_pace(spans: Sequence[Span], words: int) -> str | None:
    """A sentence on times that cannot be true, with the unit they are probably in."""
    seconds = sum(span.seconds for span in spans)
    if words < _FEWEST_WORDS:
        return None
    if seconds <= 0:
        return "All turns begin and end at once, so nothing is measured in time."
    pace = words / seconds * 60
    if _SLOWEST <= pace <= _FASTEST:
        return None
    likely = [name for name, factor in _UNITS if _SLOWEST <= pace * factor <= _FASTEST]
    hint = f"They look like {likely[0]}; convert them to seconds." if likely else "Check their unit."
    return (
        f"The times cannot be seconds ({pace:,.3g} words in a minute), so nothing is measured in them. {hint}"
    )
