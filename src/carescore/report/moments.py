"""The moments of a call in order, each told once, and where they stand in the drawing of the call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.render import clock
from carescore.results import CallScore, Outcome
from carescore.team.words import team_words
from carescore.transcript import Transcript

# The drawing is as wide as a phone, so that its words are not made smaller there.
_LEFT, _RIGHT, _STEP, _TOP = 62.0, 346.0, 24.0, 14.0
_NEAR: Final = 7.0  # units; markers nearer than this stand above one another
_LANES: Final[tuple[Outcome, ...]] = ("met", "token", "missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMoment:
    """One opening: what opened it (`opening`, in words), how it was met, which `criteria` ask for that."""

    turn: int
    time: float | None
    opening: str
    outcome: Outcome
    response_turn: int | None
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment's place in the drawing."""

    x: float
    y: float
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Three lanes, one for each outcome (its name and its height), with markers from the start to the end."""

    height: float
    lanes: tuple[tuple[Outcome, float], ...]
    markers: tuple[Marker, ...]
    first: str
    last: str


def told_moments(result: CallScore, call: Transcript | None) -> tuple[ToldMoment, ...]:
    """Each opening once for each way in which it was met, in the order of the call."""
    found: dict[tuple[int, str, Outcome], list[tuple[str, int | None]]] = {}
    for criterion in sorted(result.criteria.values(), key=lambda criterion: criterion.weight == 0):
        for moment in criterion.moments:
            key = (moment.turn, moment.trigger, moment.outcome)
            found.setdefault(key, []).append((criterion.name, moment.response_turn))
    return tuple(
        ToldMoment(
            turn=turn,
            time=None if call is None else call.turns[turn].start,
            opening=team_words().opening(trigger).replace("a customer", "the customer"),
            outcome=outcome,
            response_turn=rows[0][1],
            criteria=tuple(name for name, _ in rows),
        )
        for (turn, trigger, outcome), rows in sorted(found.items(), key=lambda item: item[0][:2])
    )


def timeline(moments: Sequence[ToldMoment], result: CallScore, call: Transcript | None) -> Timeline | None:
    """Where the moments stand, by time where every turn has one, else by turn; `None` without moments."""
    if not moments:
        return None
    places, first, last = _axis(result, call)
    markers, deepest = [], dict.fromkeys(_LANES, 0)
    reached: dict[tuple[Outcome, int], float] = {}
    for moment in moments:
        x = _LEFT + (_RIGHT - _LEFT) * places.get(moment.turn, 0.0)
        row = next(row for row in range(len(moments)) if x - reached.get((moment.outcome, row), 0.0) >= _NEAR)
        reached[moment.outcome, row] = x
        deepest[moment.outcome] = max(deepest[moment.outcome], row)
        markers.append((x, row, moment.outcome))
    tops = dict(_tops(deepest))
    return Timeline(
        height=tops["missed"] + deepest["missed"] * _STEP / 2 + _STEP + 8.0,
        lanes=tuple(tops.items()),
        markers=tuple(Marker(x, tops[lane] + row * _STEP / 2, lane) for x, row, lane in markers),
        first=first,
        last=last,
    )


def _tops(deepest: Mapping[Outcome, int]) -> Iterator[tuple[Outcome, float]]:
    top = _TOP
    for lane in _LANES:
        yield lane, top
        top += _STEP + deepest[lane] * _STEP / 2


def _axis(result: CallScore, call: Transcript | None) -> tuple[dict[int, float], str, str]:
    """Each turn's place from 0 to 1, and what stands at both ends."""
    starts = {} if call is None else {t.index: t.start for t in call.turns if t.start is not None}
    if call is not None and len(starts) == len(call.turns) and max(starts.values()) > 0:
        first, last = min(starts.values()), max(starts.values())
        length = (last - first) or 1.0
        return {turn: (at - first) / length for turn, at in starts.items()}, clock(first), clock(last)
    turns = [turn.index for turn in result.turns]
    end = max(turns, default=0) or 1
    return {turn: turn / end for turn in turns}, "turn 0", f"turn {end}"
