"""Call features on hand-written arrays: each number as its line in the table of features says."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.call_features import CallMeasures, feature_names, is_feature
from carescore.codebook import BEHAVIOURS
from carescore.moments import Findings
from carescore.results import Moment
from carescore.scorecard import load_scorecard
from tests.examples import findings

MET, TOKEN, MISSED = (
    Moment(turn=0, trigger="distress", outcome=outcome) for outcome in ("met", "token", "missed")
)


def value(name, rows, *, repeats=(), moments=()):
    return CallMeasures(findings(rows, repeats=repeats)).value(name, moments)


@pytest.mark.parametrize(
    ("name", "moments", "expected"),
    [
        ("moments met", (), 0.0),
        ("moments met", (MET,), 1.0),
        ("moments met", (TOKEN,), 0.25),
        ("moments met", (MISSED,), 0.0),
        ("moments met", (MET, TOKEN, MISSED, MISSED), 0.3125),
        ("no moment missed", (), 0.0),
        ("no moment missed", (MET, TOKEN), 1.0),
        ("no moment missed", (MET, MISSED), 0.0),
        ("first moment met", (), 0.0),
        ("first moment met", (MET, MISSED), 1.0),
        ("first moment met", (TOKEN, MET), 0.0),
    ],
)
def test_features_of_moments(name, moments, expected):
    assert value(name, [], moments=moments) == expected


HALF = ("A", {"empathy": 0.5})
ASK = ("A", {"open_question": 1.0})
SOLVE = ("A", {"solution": 1.0})
UPSET = ("C", {"distress": 1.0})
PLEASED = ("C", {"satisfaction": 0.75})
OPEN = ("C", {"unresolved": 0.5})
QUIET = ("C", {})
SILENT = ("A", {})

TABLE = [
    # shows, often, free of, rarely
    ("shows empathy", [], (), 0.0),
    ("shows empathy", [HALF], (), 0.5),
    ("shows empathy", [HALF, HALF], (), 0.75),
    ("shows empathy", [HALF, HALF], (1,), 0.5),
    ("often empathy", [], (), 0.0),
    ("often empathy", [HALF, HALF], (), 1 - math.exp(-0.5)),
    ("often empathy", [HALF, HALF], (1,), 1 - math.exp(-0.25)),
    ("free of empathy", [], (), 1.0),
    ("free of empathy", [HALF, HALF], (), 0.25),
    ("free of empathy", [HALF, HALF], (1,), 0.25),
    ("rarely empathy", [], (), 1.0),
    ("rarely empathy", [HALF, HALF], (), math.exp(-0.5)),
    ("rarely empathy", [HALF, HALF], (1,), math.exp(-0.5)),
    # answers A with B
    ("answers distress with empathy", [UPSET, HALF], (), 0.5),
    ("answers distress with empathy", [UPSET, HALF], (1,), 0.0),
    ("answers distress with empathy", [UPSET, SILENT, HALF], (), 0.0),
    ("answers distress with empathy", [UPSET, HALF, UPSET, SILENT], (), 0.25),
    ("answers distress with empathy", [UPSET, QUIET, HALF], (), 0.5),
    ("answers distress with empathy", [HALF, UPSET], (), 0.0),
    ("answers distress with empathy", [("C", {"distress": 0.1}), HALF], (), 0.0),
    ("answers distress with empathy", [("C", {"distress": 0.2}), HALF], (), 0.5),
    ("answers distress with empathy", [("C", {"distress": 0.5}), HALF, UPSET, SILENT], (), 0.25 / 1.5),
    ("answers distress with empathy", [], (), 0.0),
    # asks before solving
    ("asks before solving", [], (), 0.0),
    ("asks before solving", [ASK], (), 1 / 3),
    ("asks before solving", [ASK, ASK, ASK, ASK], (), 1.0),
    ("asks before solving", [ASK, ASK], (1,), 1 / 3),
    ("asks before solving", [SOLVE, ASK], (), 0.0),
    ("asks before solving", [ASK, SOLVE, ASK], (), 1 / 3),
    ("asks before solving", [("A", {"open_question": 1.0, "solution": 1.0}), ASK], (), 1 / 3),
    ("asks before solving", [("A", {"solution": 0.5}), ASK], (), 0.5 / 3),
    ("asks before solving", [("A", {"open_question": 0.5, "closed_question": 0.5})], (), 0.75 / 3),
    # the plan
    ("plan: who", [("A", {"escalation": 0.5, "ownership": 0.75})], (), 0.75),
    ("plan: what", [("A", {"next_step": 0.5})], (), 0.5),
    ("plan: by when", [("A", {"timeframe": 0.5})], (), 0.5),
    ("plan: how to follow up", [("A", {"follow_up_path": 0.5})], (), 0.5),
    ("plan complete", [("A", {"escalation": 1.0}), ("A", {"timeframe": 1.0})], (), 0.5),
    # the end
    ("ends well", [], (), 0.0),
    ("ends well", [PLEASED], (), 0.75),
    ("ends well", [PLEASED, QUIET, SILENT], (), 0.75),
    ("ends well", [PLEASED, QUIET, QUIET], (), 0.0),
    ("ends with nothing open", [], (), 1.0),
    ("ends with nothing open", [OPEN, QUIET], (), 0.5),
    ("ends with nothing open", [UPSET, OPEN], (), 0.0),
    ("ends with nothing open", [UPSET, QUIET, QUIET], (), 1.0),
    # repeats
    ("never repeats itself", [], (), 1.0),
    ("never repeats itself", [QUIET], (), 1.0),
    ("never repeats itself", [SILENT, QUIET, SILENT], (2,), 0.5),
    ("never repeats itself", [SILENT, SILENT], (0, 1), 0.0),
]


@pytest.mark.parametrize(("name", "rows", "repeats", "expected"), TABLE)
def test_features_of_calls(name, rows, repeats, expected):
    assert value(name, rows, repeats=repeats) == pytest.approx(expected, abs=1e-12)


def test_the_table_tries_every_kind_of_feature():
    tried = {name for name, *_ in TABLE} | {"moments met", "no moment missed", "first moment met"}
    alone = [name for name in feature_names() if name.rpartition(" ")[2] not in BEHAVIOURS]
    families = {name.rpartition(" ")[0] for name in feature_names()} & {"shows", "often", "free of", "rarely"}
    assert set(alone) <= tried
    assert {name.rpartition(" ")[0] for name in tried} >= families != set()


PROBABILITY = st.floats(0, 1)


@st.composite
def calls(draw) -> Findings:
    sides = draw(st.lists(st.sampled_from("AACCS"), max_size=6))
    names = st.sampled_from(BEHAVIOURS)
    rows = [
        (side, draw(st.dictionaries(names, PROBABILITY, max_size=4)) if side != "S" else {}) for side in sides
    ]
    agent = [turn for turn, side in enumerate(sides) if side == "A"]
    return findings(rows, repeats=draw(st.lists(st.sampled_from(agent), unique=True)) if agent else [])


@given(calls(), st.lists(st.sampled_from([MET, TOKEN, MISSED]), max_size=4))
def test_every_feature_lies_between_0_and_1(found, moments):
    values = CallMeasures(found).values(feature_names(), moments)
    assert set(values) == set(feature_names())
    assert {name: number for name, number in values.items() if not -1e-12 <= number <= 1 + 1e-12} == {}


def repeated(found: Findings, turn: int) -> Findings:
    """The call with one of the agent's turns said again at its end."""
    return Findings(
        labels=found.labels,
        probabilities=np.vstack([found.probabilities, found.probabilities[turn]]),
        present=np.vstack([found.present, found.present[turn]]),
        sides=[*found.sides, found.sides[turn]],
        repeats=np.append(found.repeats, True),
    )


@given(calls().filter(lambda found: len(found.agent_turns)), st.data())
def test_a_phrase_said_again_raises_no_feature(found, data):
    turn = data.draw(st.sampled_from(found.agent_turns.tolist()))
    before, after = CallMeasures(found), CallMeasures(repeated(found, turn))
    raised = [
        name
        for name in feature_names()
        if "moment" not in name and after.value(name, ()) > before.value(name, ()) + 1e-12
    ]
    # An answer can only be lost: what was unanswered at the end of the call now counts as unanswered.
    assert raised == []


@given(calls().filter(lambda found: len(found.agent_turns)))
def test_what_is_bad_still_counts_when_it_is_repeated(found):
    all_repeated = replace(found, repeats=np.array([side == "agent" for side in found.sides]))
    for family in ("free of", "rarely"):
        for name in ("dismissive", "deflection"):
            feature = f"{family} {name}"
            assert CallMeasures(all_repeated).value(feature, ()) == CallMeasures(found).value(feature, ())


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("shows empathy", True),
        ("free of dismissive", True),
        ("moments met", True),
        ("plan complete", True),
        ("answers distress with empathy", True),
        ("answers distress with thanks", False),
        ("shows anger", False),
        ("shows  empathy", False),
        ("empathy", False),
        ("free dismissive", False),
        ("said empathy", False),
        ("", False),
        ("__class__", False),
    ],
)
def test_names_of_features(name, there):
    assert is_feature(name) == there
    assert (name in feature_names()) == there


def test_every_feature_of_the_bundled_scorecard_exists_once():
    for criterion in load_scorecard().criteria:
        assert all(is_feature(name) for name in criterion.features)
        assert len(set(criterion.features)) == len(criterion.features)
    assert len(set(feature_names())) == len(feature_names())


def test_labels_may_come_in_any_order():
    found = findings([HALF, HALF], labels=tuple(reversed(BEHAVIOURS)))
    assert CallMeasures(found).value("shows empathy", ()) == 0.75
