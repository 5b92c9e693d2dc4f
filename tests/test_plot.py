"""Figures: they draw what the numbers say, and take no text for a formula."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.backends.backend_agg import FigureCanvasAgg

from carescore import plot
from carescore.errors import UsageError
from carescore.practice import Attempt, compare
from carescore.trends import team_view
from tests.report.examples import call, criteria, result, team_results

TEAM = team_results(24)
VIEW = team_view(TEAM)


def rows(figure):
    """The names on the vertical axis, from top to bottom."""
    return [label.get_text() for label in reversed(figure.axes[0].get_yticklabels())]


def values(figure):
    """The points that are drawn, from top to bottom."""
    points = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 1]
    return [float(line.get_xdata()[0]) for line in reversed(points)]


def test_criteria_that_did_not_apply_are_left_out():
    figure = plot.criteria(result())
    assert rows(figure) == ["Empathy"]
    assert values(figure) == [70.0]
    assert figure.axes[0].get_title(loc="left") == "Call call-1: 70 of 100"


def test_moments_stand_in_three_rows():
    figure = plot.moments(result())
    assert rows(figure) == ["met", "token", "missed"]
    turns = [sorted(x for x, _ in marks.get_offsets()) for marks in figure.axes[0].collections]
    assert turns == [[0.0], [0.0], [2.0]]


@pytest.mark.parametrize("measure", ["score", "empathy"])
def test_levels_have_the_team_first_and_agents_by_name(measure):
    figure = plot.levels(VIEW, measure)
    assert rows(figure) == ["Team", "Ana", "Ben"]
    place = [level.criterion for level in VIEW.parts[0].team.levels].index(measure)
    assert values(figure)[0] == VIEW.parts[0].team.levels[place].level


def test_agents_without_enough_calls_are_left_out():
    assert rows(plot.levels(team_view(team_results(9, agents=("Ana", "Ana", "Ben"))))) == ["Team", "Ana"]


def test_every_dated_call_is_a_dot():
    figure = plot.over_time([*TEAM, result("x", None), result("y", 5.0)])
    assert len(figure.axes[0].collections[0].get_offsets()) == 24


def test_attempts_stand_side_by_side():
    full, absent = criteria(40.0)
    first = Attempt("first", call(), result(score=40.0, criteria=(full, absent)))
    second = Attempt("second", call(), result(score=70.0))
    figure = plot.attempts(compare(first, second))
    assert rows(figure) == ["Call", "Empathy", "Clarity"]
    assert values(figure) == [70.0, 40.0, 70.0, 40.0]


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: plot.levels(team_view([])), "nothing to draw"),
        (lambda: plot.levels(VIEW, "kindness"), "no measure 'kindness'"),
        (lambda: plot.over_time([result("x", None)]), "no scored call has a date"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(draw, says):
    with pytest.raises(UsageError, match=says):
        draw()


@pytest.mark.parametrize(
    "text", ["$x$", "$\\frac{1}{0}$", "a$b", "$$", "\\$", "\x1b[31m", "<b>", "x" * 500, "{}"]
)
def test_no_name_is_a_formula(text):
    full, _ = criteria()
    named = result(text, agent=text, criteria=(replace(full, name=text),))
    team = team_view([replace(one, agent=text) for one in TEAM])
    for figure in (plot.criteria(named), plot.moments(named), plot.levels(team)):
        FigureCanvasAgg(figure).draw()


def test_notebooks_show_figures_as_pictures_without_more_ado():
    data, _ = DisplayFormatter().format(plot.criteria(result()))
    assert data["image/png"].startswith(b"\x89PNG")
    assert "matplotlib.pyplot" not in sys.modules  # which would keep every figure of a session in memory


def test_without_matplotlib_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.setattr(plot, "_figure_type", plot._figure_type.__wrapped__)
    with pytest.raises(UsageError, match=r"pip install 'carescore\[viz\]'"):
        plot.criteria(result())
