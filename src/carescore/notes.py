"""What coaching says about one call. Every note quotes verbatim and names the turn and the time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Placement = Literal["before", "after", "instead"]
HowMissed = Literal["token", "missed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words as they were said: a piece of turn `turn`, which starts `time` seconds into the call.

    `speaker` is the label that the transcript has, `role` who that is ("agent", "customer").
    """

    turn: int
    speaker: str
    role: str
    text: str
    time: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """A moment worth celebrating: the agent's words, what they answered, and why they mattered.

    `worth` is what the words earned: the points (0–100) that `criterion` loses without them.
    """

    behaviour: str
    quote: Quote
    opening: Quote | None
    why: str
    criterion: str
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A line to try, put into the call and scored again.

    `text` goes `before` or `after` what the agent said in `turn`, or stands `instead` of `replaces`;
    `turn_text` is the turn as it was scored. `gain` is what `criterion` gained, in score points (0–100);
    no other criterion lost anything. Words in [square brackets] are for the agent to fill in.
    """

    text: str
    behaviour: str
    criterion: str
    gain: float
    turn: int
    placement: Placement
    replaces: str | None
    turn_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueMoment:
    """How a colleague met the same kind of opening. `similarity` (0–1) compares the two openings."""

    text: str
    opening: str
    similarity: float
    call_id: str
    agent: str | None
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedMoment:
    """An opening that was missed, or met in token only: what was said, what followed, what to try.

    `response` is `None` where the opening was the agent's own, such as a no without a way forward.
    """

    trigger: str
    outcome: HowMissed
    behaviour: str
    criterion: str
    opening: Quote
    response: Quote | None
    what_happened: str
    try_this: str
    rewrite: Rewrite | None = None
    colleague: ColleagueMoment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The one thing to work on, with the clearest `example` of where.

    `gain` is what it would have brought this call, in points of its score (0–100), measured by scoring the
    call again with the change made at `places` places; it is `None` where that could not be measured.
    """

    behaviour: str
    title: str
    why: str
    try_this: str
    places: int
    gain: float | None
    example: Quote | None

    @property
    def is_to_leave_out(self) -> bool:
        """Whether it is about words that were better not said, so that the change takes them out."""
        return self.behaviour in ("dismissive", "deflection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The story this customer will tell: the strongest moment with its answer, and how it ended."""

    text: str
    peak: Quote | None
    answer: Quote | None
    end: Quote
    last: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """Notes on one call for a person to use: what was good, one thing to work on, the exact moments.

    Where there is nothing to say, nothing is said: each part can be empty or `None`.
    """

    celebrate: tuple[Praise, ...] = ()
    focus: Focus | None = None
    missed_moments: tuple[MissedMoment, ...] = ()
    story: Story | None = None

    @property
    def is_example_told(self) -> bool:
        """Whether the example of the focus is one of the moments, so that it need not be quoted twice."""
        example = self.focus.example if self.focus else None
        return example is not None and example.turn in {one.opening.turn for one in self.missed_moments}

    def to_dict(self) -> dict[str, Any]:
        """The notes as plain data."""
        return asdict(self)
