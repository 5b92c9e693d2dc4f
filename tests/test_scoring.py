"""Scoring on hand-written arrays: what applies, what it adds up to, and what is quoted for it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.call_features import CallMeasures
from carescore.codebook import BEHAVIOURS
from carescore.criteria import CriterionModel
from carescore.errors import ScorecardError
from carescore.results import CriterionScore, Evidence
from carescore.scorecard import Criterion, MomentRule, Scorecard
from carescore.scoring import check, criterion_score, judge, opportunity, total
from tests.examples import findings

FEELING = MomentRule(when=("distress",), expect=("empathy",), token=("apology",))
UPSET = ("C", {"distress": 0.9})
KIND = ("A", {"empathy": 0.8})


def card(*criteria: Criterion) -> Scorecard:
    return Scorecard(schema="carescore.scorecard/1", name="team", version="1.0.0", criteria=criteria)


def criterion(**keys: Any) -> Criterion:
    return Criterion(**{"id": "care", "name": "Care", "points": {"shows empathy": 2.0}, **keys})


def judged(rows, *, learned=None, repeats=(), **keys):
    return judge(findings(rows, repeats=repeats), card(criterion(**keys)), learned or {})[0]


def scored(rows, **keys) -> CriterionScore:
    return criterion_score(judged(rows, **keys), {})


@pytest.mark.parametrize(
    ("applies_when", "rows", "chance"),
    [
        (("always",), [], 1.0),
        (("distress",), [], 0.0),
        (("distress",), [UPSET], 0.9),
        (("distress",), [("C", {"distress": 0.5}), ("C", {"distress": 0.5})], 0.75),
        (("distress", "effort"), [("C", {"distress": 0.5, "effort": 0.5})], 0.75),
        (("effort",), [UPSET], 0.0),
    ],
)
def test_the_chance_of_an_opportunity(applies_when, rows, chance):
    found = opportunity(criterion(applies_when=applies_when), CallMeasures(findings(rows)))
    assert found == pytest.approx(chance, abs=1e-12)


@pytest.mark.parametrize(
    ("probability", "applies_at", "status"),
    [
        (0.5, 0.5, "scored"),
        (0.49, 0.5, "not_applicable"),
        (0.79, 0.8, "not_applicable"),
        (0.81, 0.8, "scored"),
        (0.0, 0.0, "scored"),
    ],
)
def test_a_criterion_applies_where_the_call_gave_an_opportunity(probability, applies_at, status):
    (found,) = judge(
        findings([("C", {"distress": probability}), KIND]),
        card(criterion(points={}, learned="warmth", applies_when=("distress",))),
        {"warmth": CriterionModel(2.0, {}, 0.5, applies_at)},
    )
    assert found.status == status


def test_no_opportunity_is_told_and_never_a_zero():
    found = scored([KIND], applies_when=("distress", "effort"))
    assert found.status == "not_applicable"
    assert (found.rating, found.score, found.low, found.high) == (None, None, None, None)
    assert (found.moments, found.evidence, found.arithmetic) == ((), (), ())
    assert found.reason == "The call gave no opportunity for it (none of: distress, effort)."


@pytest.mark.parametrize(
    ("rows", "keys", "rating", "interval"),
    [
        ([KIND], {}, 2.6, (15.0, 65.0)),
        ([], {}, 1.0, (0.0, 25.0)),
        ([KIND, KIND], {"start": 2.0}, 3.92, (48.0, 98.0)),
        ([KIND, KIND], {"start": 4.0}, 5.0, (75.0, 100.0)),
        ([KIND], {"start": -3.0}, 1.0, (0.0, 25.0)),
        ([UPSET, KIND], {"points": {"moments met": 3.0}, "moments": (FEELING,)}, 4.0, (50.0, 100.0)),
        ([UPSET, KIND], {"points": {"rarely empathy": -2.0}, "start": 3.0}, 1.65936, (0.0, 41.483998)),
    ],
)
def test_ratings(rows, keys, rating, interval):
    found = scored(rows, **keys)
    assert found.rating == pytest.approx(rating, abs=1e-5)
    assert found.rating == sum(line.points for line in found.arithmetic)
    assert found.score == pytest.approx((found.rating - 1) * 25, abs=1e-5)
    assert (found.low, found.high) == pytest.approx(interval, abs=1e-5)


def test_a_learned_criterion_takes_its_weights_from_the_model():
    model = CriterionModel(1.5, {"shows empathy": 2.0}, 0.4)
    (found,) = judge(
        findings([KIND]), card(criterion(points={}, learned="warmth", start=4.0)), {"warmth": model}
    )
    assert [(line.feature, line.weight) for line in found.parts] == [("base", 1.5), ("shows empathy", 2.0)]
    assert found.rating == 3.1
    assert found.half_width == 0.4


@pytest.mark.parametrize(
    ("rows", "repeats", "reason"),
    [
        (
            [UPSET, KIND],
            (),
            "Moments: 1 met. Carried by: shows empathy. Lacked: often thanks.",
        ),
        ([UPSET, ("A", {"apology": 0.9})], (), "Moments: 1 token. Lacked: shows empathy, often thanks."),
        ([UPSET, ("A", {})], (), "Moments: 1 missed. Lacked: shows empathy, often thanks."),
        (
            [UPSET, KIND, UPSET, KIND],
            (3,),
            "Moments: 1 met, 1 token. Carried by: shows empathy. Lacked: often thanks.",
        ),
        (
            [("A", {"empathy": 1.0, "thanks": 1.0})],
            (),
            "Carried by: shows empathy. Lacked: often thanks.",
        ),
    ],
)
def test_the_reason_in_words(rows, repeats, reason):
    """What is mostly there carries, what is mostly absent was lacking; nothing is said to be both."""
    found = judged(
        rows, repeats=repeats, moments=(FEELING,), points={"shows empathy": 2.0, "often thanks": 0.6}
    )
    assert found.reason == reason


def test_a_call_in_which_nothing_stood_out_says_so():
    assert (
        judged([("A", {})], points={"shows empathy": 0.1}).reason == "Nothing in the call stood out for it."
    )


def test_what_speaks_against_the_agent_is_named_as_such():
    rows = [UPSET, ("A", {"dismissive": 0.9})]
    points = {"free of dismissive": 1.0, "rarely dismissive": 1.0, "never repeats itself": 2.0}
    assert judged(rows, moments=(), points=points).reason == "Held back by: dismissive."


def test_nobody_is_said_to_have_done_what_no_turn_shows():
    """Twenty turns with a small doubt each take points; none of them is a turn to point at."""
    rows = [("A", {"dismissive": 0.1})] * 20
    points = {"free of dismissive": 1.0, "rarely dismissive": 1.0}
    found = judged(rows, moments=(), points=points)
    assert found.rating < 2.0
    assert "dismissive" not in found.reason


def test_moments_of_several_rules_are_in_order():
    rules = (MomentRule(when=("effort",), expect=("thanks",)), FEELING)
    found = judged([UPSET, KIND, ("C", {"effort": 0.9}), KIND, UPSET, KIND], moments=rules)
    assert [(moment.turn, moment.outcome) for moment in found.moments] == [
        (0, "met"),
        (2, "missed"),
        (4, "met"),
    ]


@pytest.mark.parametrize(
    ("rows", "repeats", "keys", "quoted"),
    [
        ([KIND], (), {}, ()),
        ([KIND], (), {"evidence": ("empathy",)}, ((0, "empathy"),)),
        ([("A", {"empathy": 0.4})], (), {"evidence": ("empathy",)}, ()),
        # the two surest, in the order of the call
        (
            [("A", {"empathy": 0.6}), ("A", {"empathy": 0.9}), ("A", {"empathy": 0.7})],
            (),
            {"evidence": ("empathy",)},
            ((1, "empathy"), (2, "empathy")),
        ),
        ([KIND, KIND, KIND], (), {"evidence": ("empathy",)}, ((0, "empathy"), (1, "empathy"))),
        # nothing the agent only says again; the customer may say it again
        ([KIND, KIND], (1,), {"evidence": ("empathy",)}, ((0, "empathy"),)),
        ([UPSET, KIND, UPSET], (), {"evidence": ("distress",)}, ((0, "distress"), (2, "distress"))),
        # openings that were not met
        ([UPSET, ("A", {})], (), {"moments": (FEELING,)}, ((0, "distress"),)),
        ([UPSET, KIND], (), {"moments": (FEELING,)}, ()),
        ([UPSET, ("A", {})], (), {"moments": (FEELING,), "evidence": ("distress",)}, ((0, "distress"),)),
    ],
)
def test_what_is_quoted(rows, repeats, keys, quoted):
    assert judged(rows, repeats=repeats, **keys).quoted == quoted


def test_quotes_have_an_end():
    rows = [
        (side, dict.fromkeys(names, 0.9))
        for side, names in [("A", BEHAVIOURS[:24]), ("C", BEHAVIOURS[24:])] * 40
    ]
    found = judged(rows, evidence=BEHAVIOURS, moments=(FEELING,))
    assert len(found.quoted) == 12


def test_evidence_is_attached_where_it_was_found():
    quote = Evidence(turn=0, start=0, end=2, quote="ah", behaviour="empathy", probability=0.8)
    found = judged([KIND], evidence=("empathy",))
    assert criterion_score(found, {(0, "empathy"): quote}).evidence == (quote,)
    assert criterion_score(found, {}).evidence == ()


def result(score: float | None, weight: float = 1.0, half: float = 10.0) -> CriterionScore:
    low, high = (None, None) if score is None else (max(score - half, 0.0), min(score + half, 100.0))
    status: Any = "not_applicable" if score is None else "scored"
    return CriterionScore(
        id="x", name="X", status=status, score=score, low=low, high=high, weight=weight, reason="r"
    )


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], None),
        ([result(None)], None),
        ([result(50.0, weight=0.0)], None),
        ([result(50.0)], (50.0, 40.0, 60.0)),
        ([result(0.0)], (0.0, 0.0, 5.0)),
        ([result(40.0, 3.0), result(80.0, 1.0)], (50.0, 41.196592, 58.803408)),
        ([result(40.0, 0.3), result(80.0, 0.1)], (50.0, 41.196592, 58.803408)),
        # what did not apply leaves the denominator, and so does what has no weight
        ([result(40.0), result(None)], (40.0, 30.0, 50.0)),
        ([result(40.0), result(None, 99.0), result(100.0, 0.0)], (40.0, 30.0, 50.0)),
        ([result(30.0), result(70.0)], (50.0, 41.6334, 58.3666)),
    ],
)
def test_totals(scores, expected):
    assert total(scores) == expected


@given(
    st.lists(
        st.builds(
            result,
            st.one_of(st.none(), st.floats(0, 100)),
            st.one_of(st.just(0.0), st.floats(0.001, 1000)),
            st.floats(0, 100),
        ),
        max_size=8,
    )
)
def test_a_total_lies_inside_its_interval(scores):
    found = total(scores)
    counted = [one.score for one in scores if one.score is not None and one.weight > 0]
    assert (found is None) == (not counted)
    if found is not None:
        mean, low, high = found
        assert 0 <= low <= mean <= high <= 100
        assert min(counted) - 1e-5 <= mean <= max(counted) + 1e-5


PROBABILITIES = st.dictionaries(st.sampled_from(BEHAVIOURS), st.floats(0, 1), max_size=5)
POINTS = st.dictionaries(
    st.sampled_from(["shows empathy", "often empathy", "rarely distress", "moments met", "ends well"]),
    st.floats(-100, 100),
    min_size=1,
)


@given(
    rows=st.lists(st.tuples(st.sampled_from("ACS"), PROBABILITIES), max_size=6),
    points=POINTS,
    start=st.floats(-10, 10),
)
def test_every_rating_is_the_sum_of_its_arithmetic(rows, points, start):
    found = scored(rows, points=points, start=start, moments=(FEELING,), evidence=("empathy",))
    assert found.rating == sum(line.points for line in found.arithmetic)
    assert all(line.points == line.value * line.weight for line in found.arithmetic)
    assert 1 <= found.rating <= 5
    assert 0 <= found.low <= found.score <= found.high <= 100


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"points": {"shows anger": 1.0}},
            r"criterion 'care': there is no feature 'shows anger'\. `carescore scorecard features` lists",
        ),
        ({"features": ("nothing",)}, "team: criterion 'care': there is no feature 'nothing'"),
        (
            {"points": {}, "learned": "warmth"},
            r"has learned no criterion 'warmth' \(it has: none\)\. Give `points` instead, or train one",
        ),
    ],
)
def test_a_scorecard_that_asks_for_what_is_not_there(keys, message):
    with pytest.raises(ScorecardError, match=message):
        check(card(criterion(**keys)), {})


def test_a_scorecard_that_can_be_used():
    assert (
        check(card(criterion(), criterion(id="b", points={}, learned="w")), {"w": CriterionModel(1, {}, 1)})
        is None
    )
