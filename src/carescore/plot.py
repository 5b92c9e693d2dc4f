"""Figures of results, to put on a slide or in a notebook; Matplotlib draws them (extra `viz`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from carescore.errors import UsageError
from carescore.results import CallScore, Outcome
from carescore.safe_text import visible
from carescore.team.period import day_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from carescore.practice import Comparison
    from carescore.trends import TeamView

_Bar = tuple[str, float | None, float | None, float | None]  # name, low, value, high

_BLUE, _GREY, _GREEN, _BROWN, _RED = "#0b4f9e", "#8a939c", "#0b6b4f", "#8a5000", "#b3241b"
# Colour, and a shape for those who do not see it.
_MARKS: Final[dict[Outcome, tuple[str, str]]] = {
    "met": (_GREEN, "o"),
    "token": (_BROWN, "^"),
    "missed": (_RED, "x"),
}
_LONGEST_NAME: Final = 32
_WIDTH: Final = 7.0  # inches
_DOTS: Final = 110  # an inch


def criteria(result: CallScore) -> Figure:
    """Each criterion of a call from 0 to 100 with its 90% interval; what did not apply is left out."""
    bars = [(c.name, c.low, c.score, c.high) for c in result.criteria.values()]
    title = f"Call {result.call_id}"
    if result.score is not None:
        title += f": {result.score:.0f} of 100"
    return _intervals(bars, title)


def moments(result: CallScore) -> Figure:
    """The moments of a call by turn: met, met in token only, missed."""
    found = {(m.turn, m.trigger, m.outcome) for c in result.criteria.values() for m in c.moments}
    figure, axes = _canvas(2.2)
    lanes = list(reversed(_MARKS))
    for outcome, (colour, shape) in _MARKS.items():
        turns = sorted(turn for turn, _, how in found if how == outcome)
        axes.scatter(turns, [lanes.index(outcome)] * len(turns), c=colour, marker=shape, s=60, zorder=3)
    axes.set_yticks(range(len(lanes)), lanes)
    axes.set_ylim(-0.6, len(lanes) - 0.4)
    axes.set_xlim(-0.5, max((turn.index for turn in result.turns), default=1) + 0.5)
    axes.set_xlabel("turn")
    axes.set_title(_words(f"Moments of call {result.call_id}"), loc="left")
    return figure


def levels(view: TeamView, measure: str = "score") -> Figure:
    """Where the team and its agents stand on the call score (`score`) or a criterion's id, with intervals.

    Agents stand in order of the alphabet and have no interval under the minimum of calls. Of a view with
    several scorecards or models the part with most calls is drawn. Raises `UsageError` for a measure that
    the view does not have.
    """
    if not view.parts:
        raise UsageError("there are no calls in this view, so there is nothing to draw.")
    part = view.parts[0]
    known = [level.criterion for level in part.team.levels]
    if measure not in known:
        raise UsageError(f"the view has no measure '{visible(measure)}' (it has: {', '.join(known)}).")
    place = known.index(measure)
    bars = [
        (profile.agent or "Team", level.low, level.level, level.high)
        for profile in (part.team, *part.agents)
        for level in (profile.levels[place],)
    ]
    team = part.team.levels[place]
    figure = _intervals(bars, f"{team.name}: team and agents, 90% intervals")
    if team.level is not None:
        figure.axes[0].axvline(team.level, color=_GREY, linestyle="--", linewidth=1, zorder=1)
    return figure


def over_time(results: Iterable[CallScore]) -> Figure:
    """Call scores by day, a dot a call; calls without a date or a score are left out."""
    dated = sorted((day, r.score) for r in results if (day := day_of(r)) is not None and r.score is not None)
    if not dated:
        raise UsageError("no scored call has a date, so there is nothing to draw over time.")
    figure, axes = _canvas(3.0)
    days = np.array([day for day, _ in dated], dtype="datetime64[D]")
    axes.scatter(days, [score for _, score in dated], c=_BLUE, s=18, alpha=0.6)
    axes.set_ylim(-3, 103)
    axes.set_ylabel("call score")
    figure.autofmt_xdate()
    return figure


def attempts(comparison: Comparison) -> Figure:
    """Two attempts at a scenario, criterion by criterion: the first hollow, the second filled."""
    changes = list(reversed((comparison.call, *comparison.criteria)))
    figure, axes = _canvas(0.9 + 0.45 * len(changes))
    for row, change in enumerate(changes):
        for interval, value, shift, face in (
            (change.before_interval, change.before, 0.13, "white"),
            (change.after_interval, change.after, -0.13, _BLUE),
        ):
            if interval is not None and value is not None:
                axes.plot(interval, [row + shift] * 2, color=_GREY if face == "white" else _BLUE, linewidth=2)
                axes.plot(value, row + shift, "o", markerfacecolor=face, markeredgecolor=_BLUE, zorder=3)
    _named_rows(axes, [change.name for change in changes])
    first, second = (_words(attempt.name) for attempt in (comparison.before, comparison.after))
    axes.set_title(f"○ {first}   ● {second}", loc="left")
    return figure


def _intervals(bars: Sequence[_Bar], title: str) -> Figure:
    shown = [
        (name, low, value, high)
        for name, low, value, high in reversed(bars)
        if low is not None and value is not None and high is not None
    ]
    figure, axes = _canvas(0.9 + 0.32 * max(len(shown), 1))
    for row, (_, low, value, high) in enumerate(shown):
        axes.plot([low, high], [row, row], color=_BLUE, linewidth=3, alpha=0.5, solid_capstyle="butt")
        axes.plot(value, row, "o", color=_BLUE, zorder=3)
    _named_rows(axes, [name for name, *_ in shown])
    axes.set_title(_words(title), loc="left")
    return figure


def _named_rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [_words(name) for name in names])
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlim(-2, 102)
    axes.set_xlabel("score, 0 to 100")


def _canvas(height: float) -> tuple[Figure, Axes]:
    figure = _figure_type()(figsize=(_WIDTH, height), layout="constrained")
    axes: Any = figure.add_subplot()
    axes.grid(axis="x", color="#d6dae0", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return figure, axes


@cache
def _figure_type() -> type[Figure]:
    """Figures that belong to nobody else, so that closing others does not touch them, and show themselves."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "Figures are drawn with Matplotlib, which is not installed: pip install 'carescore[viz]'."
        ) from None

    class ShownFigure(Figure):
        """A figure that notebooks show without pyplot."""

        def _repr_png_(self) -> bytes:
            picture = BytesIO()
            self.savefig(picture, format="png", dpi=_DOTS)
            return picture.getvalue()

    return ShownFigure


def _words(text: str) -> str:
    """A name as it is: short, without control characters, and no dollar begins a formula."""
    shown = visible(text)
    short = shown if len(shown) <= _LONGEST_NAME * 2 else shown[: _LONGEST_NAME * 2 - 1] + "…"
    return short.replace("$", r"\$")
