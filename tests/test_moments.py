"""Moments on hand-written arrays: met, in token only, or missed."""

from __future__ import annotations

import pytest

from carescore.moments import find_moments
from carescore.scorecard import MomentRule
from tests.examples import findings

DISTRESS = ("C", {"distress": 0.9})
EFFORT = ("C", {"effort": 0.8})
QUIET = ("C", {})
EMPATHY = ("A", {"empathy": 0.9})
SORRY = ("A", {"apology": 0.9})
OTHER = ("A", {"closed_question": 0.9})
NO = ("A", {"refusal": 0.9})
NO_BUT = ("A", {"refusal": 0.9, "solution": 0.7})
FIX = ("A", {"solution": 0.9})
NOTE = ("S", {})

FEELING = MomentRule(when=("distress", "effort"), expect=("empathy",), token=("apology",), within=1)
LONGER = FEELING.model_copy(update={"within": 3})
BAD_NEWS = MomentRule(when=("refusal",), expect=("solution",), token=("apology",), within=1)


def moments(rule, rows, repeats=()):
    return [
        (moment.turn, moment.trigger, moment.outcome, moment.response_turn)
        for moment in find_moments(rule, findings(rows, repeats=repeats))
    ]


@pytest.mark.parametrize(
    ("rule", "rows", "expected"),
    [
        # met, token, missed
        (FEELING, [DISTRESS, EMPATHY], [(0, "distress", "met", 1)]),
        (FEELING, [DISTRESS, SORRY], [(0, "distress", "token", 1)]),
        (FEELING, [DISTRESS, OTHER], [(0, "distress", "missed", 1)]),
        (FEELING, [DISTRESS, ("A", {"empathy": 0.6, "apology": 0.9})], [(0, "distress", "met", 1)]),
        (FEELING, [], []),
        (FEELING, [QUIET, EMPATHY], []),
        # the agent's turns count, not the other turns between
        (FEELING, [DISTRESS, NOTE, QUIET, EMPATHY], [(0, "distress", "met", 3)]),
        (FEELING, [DISTRESS, OTHER, EMPATHY], [(0, "distress", "missed", 1)]),
        # what came before does not answer
        (FEELING, [EMPATHY, DISTRESS, OTHER], [(1, "distress", "missed", 2)]),
        # windows
        (LONGER, [DISTRESS, OTHER, QUIET, OTHER, EMPATHY], [(0, "distress", "met", 4)]),
        (LONGER, [DISTRESS, OTHER, OTHER, OTHER, EMPATHY], [(0, "distress", "missed", 1)]),
        (LONGER, [DISTRESS, OTHER, SORRY, OTHER], [(0, "distress", "token", 2)]),
        (LONGER, [DISTRESS, SORRY, EMPATHY], [(0, "distress", "met", 2)]),
        (LONGER, [DISTRESS, SORRY, SORRY], [(0, "distress", "token", 1)]),
        # the call ends after the opening
        (FEELING, [OTHER, DISTRESS], []),
        (LONGER, [DISTRESS, OTHER], [(0, "distress", "missed", 1)]),
        (FEELING, [DISTRESS, NOTE], []),
        # the surest of the triggers names the moment; each opening is one
        (FEELING, [("C", {"distress": 0.6, "effort": 0.7}), EMPATHY], [(0, "effort", "met", 1)]),
        (
            FEELING,
            [DISTRESS, EFFORT, EMPATHY],
            [(0, "distress", "met", 2), (1, "effort", "met", 2)],
        ),
        # below the threshold is not there
        (FEELING, [("C", {"distress": 0.49}), EMPATHY], []),
        (FEELING, [DISTRESS, ("A", {"empathy": 0.49})], [(0, "distress", "missed", 1)]),
        # an opening of the agent's own may be met in the same turn, or in the next
        (BAD_NEWS, [NO_BUT], [(0, "refusal", "met", 0)]),
        (BAD_NEWS, [NO, QUIET, FIX], [(0, "refusal", "met", 2)]),
        (BAD_NEWS, [NO, QUIET, OTHER, FIX], [(0, "refusal", "missed", 0)]),
        (BAD_NEWS, [NO, SORRY], [(0, "refusal", "token", 1)]),
        (BAD_NEWS, [NO], [(0, "refusal", "missed", 0)]),
    ],
)
def test_moments(rule, rows, expected):
    assert moments(rule, rows) == expected


@pytest.mark.parametrize(
    ("rows", "repeats", "expected"),
    [
        ([DISTRESS, EMPATHY, DISTRESS, EMPATHY], [3], ["met", "token"]),
        ([DISTRESS, EMPATHY, DISTRESS, EMPATHY], [], ["met", "met"]),
        ([DISTRESS, EMPATHY], [1], ["token"]),
        ([DISTRESS, OTHER], [1], ["missed"]),
    ],
)
def test_a_repeated_answer_is_a_token(rows, repeats, expected):
    assert [outcome for _, _, outcome, _ in moments(FEELING, rows, repeats)] == expected


def test_a_fresh_answer_after_a_repeated_one_meets_the_moment():
    rows = [EMPATHY, DISTRESS, EMPATHY, EMPATHY]
    assert moments(LONGER, rows, [2]) == [(1, "distress", "met", 3)]


def test_labels_may_come_in_any_order():
    labels = ("empathy", "effort", "apology", "distress")
    found = findings([DISTRESS, EMPATHY], labels=labels)
    assert [moment.outcome for moment in find_moments(FEELING, found)] == ["met"]
