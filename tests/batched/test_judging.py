"""Many calls at once: number for number and outcome for outcome what judging one call after another gives."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carescore.batched.calls import Calls
from carescore.batched.features import _AT_ONCE, feature_table
from carescore.batched.judging import BatchJudge
from carescore.call_features import OF_MOMENTS, CallMeasures, feature_names
from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.criteria import CriterionModel
from carescore.moments import Findings
from carescore.results import CriterionScore
from carescore.scorecard import Criterion, MomentRule, Scorecard, load_scorecard
from carescore.scoring import criterion_score, judge
from tests.examples import findings

OF_CALLS = tuple(name for name in feature_names() if name not in OF_MOMENTS)

# Some probabilities are equal, some just at the border, and many are none at all.
CHANCE = st.one_of(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), st.floats(0, 1))
ROWS = st.lists(
    st.tuples(st.sampled_from("AAACCCSB?"), st.dictionaries(st.sampled_from(BEHAVIOURS), CHANCE, max_size=8)),
    max_size=14,
)


@st.composite
def one_call(draw: st.DrawFn) -> Findings:
    rows = draw(ROWS)
    agent = [turn for turn, (side, _) in enumerate(rows) if side == "A"]
    repeats = draw(st.lists(st.sampled_from(agent), unique=True)) if agent else []
    return findings(rows, repeats=repeats)


CALLS = st.lists(one_call(), min_size=1, max_size=5)
SOME = st.lists(st.sampled_from(BEHAVIOURS), min_size=1, max_size=4, unique=True).map(tuple)
ANSWERS = st.lists(st.sampled_from(AGENT_BEHAVIOURS), min_size=1, max_size=3, unique=True).map(tuple)
RULES = st.builds(
    MomentRule, when=SOME, expect=ANSWERS, token=st.one_of(st.just(()), ANSWERS), within=st.integers(1, 3)
)


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    points = st.dictionaries(st.sampled_from(feature_names()), st.floats(-100, 100), min_size=1, max_size=12)
    criteria = [
        Criterion(
            id=f"c{number}",
            name="C",
            weight=draw(st.sampled_from([0.5, 1.0])),
            applies_when=draw(st.one_of(st.just(("always",)), SOME)),
            start=draw(st.floats(-10, 10)),
            points=draw(points),
            moments=draw(st.lists(RULES, max_size=2).map(tuple)),
            evidence=draw(st.one_of(st.just(()), SOME, st.just(BEHAVIOURS))),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    return Scorecard(schema="carescore.scorecard/1", name="team", version="1.0.0", criteria=criteria)


def together(calls: Sequence[Findings]) -> Calls:
    """The findings of some calls end to end."""
    return Calls(
        labels=calls[0].labels,
        probabilities=np.concatenate([one.probabilities for one in calls]),
        present=np.concatenate([one.present for one in calls]),
        sides=[side for one in calls for side in one.sides],
        repeats=np.concatenate([one.repeats for one in calls]),
        starts=np.cumsum([0, *(len(one.sides) for one in calls)]),
    )


def assert_alike(found: Any, expected: Any) -> None:
    """The same to the last word, and to 1e-12 in every number."""
    if dataclasses.is_dataclass(expected):
        assert type(found) is type(expected)
        for field in dataclasses.fields(expected):
            assert_alike(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(expected, tuple):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_alike(one, other)
    elif isinstance(expected, float):
        assert math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)
    else:
        assert found == expected


def assert_judged_alike(calls: Sequence[Findings], card: Scorecard, learned: dict[str, CriterionModel]):
    judged = BatchJudge(card, learned, calls[0].labels).judge(together(calls))
    for number, one in enumerate(calls):
        rows = zip(judged.scores(number, {}), judged.criteria, judge(one, card, learned), strict=True)
        for score, found, expected in rows:
            assert_alike(score, criterion_score(expected, {}))
            assert score.rating is None or sum(line.points for line in score.arithmetic) == score.rating
            assert found.quoted[number] == expected.quoted


@given(CALLS, scorecards())
def test_custom_scorecards_judge_alike(calls, card):
    assert_judged_alike(calls, card, {})


@given(CALLS)
def test_the_bundled_scorecard_judges_alike(scorer, calls):
    assert_judged_alike(calls, load_scorecard(), scorer.bundle.criteria)


@pytest.mark.parametrize("seed", range(6))
def test_long_calls_judge_alike(seed, scorer):
    rng = np.random.default_rng(seed)
    calls = []
    for _ in range(12):
        turns = int(rng.integers(1, 120))
        sides = rng.choice(["agent", "customer", "system"], turns, p=[0.45, 0.45, 0.1]).tolist()
        chances = rng.beta(0.15, 1.2, (turns, len(BEHAVIOURS)))
        repeats = (rng.random(turns) < 0.2) & (np.array(sides) == "agent")
        calls.append(Findings(BEHAVIOURS, chances, chances >= 0.5, sides, repeats))
    assert_judged_alike(calls, load_scorecard(), scorer.bundle.criteria)


@settings(max_examples=40)
@given(CALLS)
def test_every_feature_is_the_same_for_one_call_and_for_many(calls):
    table = feature_table(together(calls), OF_CALLS)
    for row, one in zip(table, calls, strict=True):
        expected = list(CallMeasures(one).values(OF_CALLS, ()).values())
        assert np.abs(row - np.array(expected)).max() < 1e-12


def test_a_feature_without_a_way_of_its_own_is_worked_out_call_by_call(monkeypatch):
    calls = [findings([("A", {"escalation": 0.5})]), findings([]), findings([("A", {"ownership": 1.0})])]
    monkeypatch.delitem(_AT_ONCE, "plan: who")
    assert feature_table(together(calls), ("plan: who",))[:, 0].tolist() == [0.5, 0.0, 1.0]


@settings(max_examples=30)
@given(CALLS, st.data())
def test_what_else_is_in_the_batch_changes_no_bit(scorer, calls, data):
    cuts = sorted({0, len(calls), *data.draw(st.lists(st.integers(0, len(calls)), max_size=2))})
    judging = BatchJudge(load_scorecard(), scorer.bundle.criteria, BEHAVIOURS)
    whole = judging.judge(together(calls))
    for first, last in pairwise(cuts):
        parts = judging.judge(together(calls[first:last]))
        for number in range(first, last):
            assert parts.scores(number - first, {}) == whole.scores(number, {})


def test_labels_may_come_in_any_order_or_be_few():
    labels = ("empathy", "effort", "apology", "distress")
    rows = [("C", {"distress": 0.9}), ("A", {"empathy": 0.7, "apology": 0.8})]
    calls = [findings(rows, labels=labels), findings(rows[:1], labels=labels)]
    rule = MomentRule(when=("churn_risk", "distress"), expect=("empathy", "thanks"))
    points = {"shows empathy": 2.0, "moments met": 1.0, "answers distress with empathy": 1.0}
    card = Scorecard(
        schema="carescore.scorecard/1",
        name="team",
        version="1.0.0",
        criteria=[
            Criterion(id="a", name="A", points=points, moments=(rule,), evidence=("thanks", "apology"))
        ],
    )
    assert_judged_alike(calls, card, {})
    (score,) = BatchJudge(card, {}, labels).judge(together(calls)).scores(0, {})
    assert isinstance(score, CriterionScore)
    assert [moment.outcome for moment in score.moments] == ["met"]
