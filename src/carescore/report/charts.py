"""Calls over time and over the scale, as drawings and as the numbers behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Final

from carescore.render import coordinate
from carescore.results import CallScore
from carescore.team.levels import MINIMUM_CALLS
from carescore.team.period import day_of

# The drawing is as wide as a phone, so that its words are not made smaller there.
_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 346.0, 8.0, 128.0
_MOST_WEEKS: Final = 26  # beyond these, calls are summed up by month


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A week (`name` is its first day) or month: how many calls, and their mean where they are enough."""

    name: str
    calls: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    """Call scores by day: `dots` is the path of a drawing, `means` the places of the stretches' means."""

    dots: str
    means: tuple[tuple[float, float], ...]
    first: str
    last: str
    unit: str
    stretches: tuple[Stretch, ...]


def over_time(results: Sequence[CallScore]) -> OverTime | None:
    """The scored calls that have a date; `None` if they lie on one day only."""
    dated = sorted((day, r.score) for r in results if (day := day_of(r)) is not None and r.score is not None)
    if not dated or dated[0][0] == dated[-1][0]:
        return None
    first, last = dated[0][0], dated[-1][0]
    unit = "week" if (last - first).days <= 7 * _MOST_WEEKS else "month"
    groups: dict[date, list[tuple[date, float]]] = {}
    for day, score in dated:
        groups.setdefault(_beginning(day, unit), []).append((day, score))
    return OverTime(
        dots="".join(
            f"M{coordinate(_x(day, first, last))} {coordinate(_y(score))}h0" for day, score in dated
        ),
        means=tuple(
            (fmean(_x(day, first, last) for day, _ in rows), _y(fmean(score for _, score in rows)))
            for rows in groups.values()
            if len(rows) >= MINIMUM_CALLS
        ),
        first=first.isoformat(),
        last=last.isoformat(),
        unit=unit,
        stretches=tuple(
            _stretch(start, unit, [score for _, score in rows]) for start, rows in groups.items()
        ),
    )


def tens(results: Sequence[CallScore]) -> tuple[int, ...]:
    """How many calls score from 0 to 10, from 10 to 20 and so on; 100 counts to the last."""
    counts = [0] * 10
    for result in results:
        if result.score is not None:
            counts[min(int(result.score // 10), 9)] += 1
    return tuple(counts)


def _stretch(start: date, unit: str, scores: Sequence[float]) -> Stretch:
    name = start.isoformat() if unit == "week" else f"{start:%Y-%m}"
    mean = fmean(scores) if len(scores) >= MINIMUM_CALLS else None
    return Stretch(name=name, calls=len(scores), mean=mean)


def _beginning(day: date, unit: str) -> date:
    return day - timedelta(days=day.weekday()) if unit == "week" else day.replace(day=1)


def _x(day: date, first: date, last: date) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (day - first).days / (last - first).days


def _y(score: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * score / 100
