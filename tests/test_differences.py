"""Differences between results: every kind of change is found, explained, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from carescore.differences import diff
from carescore.differences_of_many import diff_many
from carescore.differences_text import differences_text
from carescore.errors import UsageError
from carescore.results import Moment, Part
from tests.team.examples import criterion, quote, result


def warmth(score=60.0, **changes):
    whole = criterion("empathy", score, evidence=[quote(2, "empathy", "how exhausting")])
    line = Part(feature="shows empathy", value=0.5, weight=2.0, points=1.0)
    met = Moment(turn=1, trigger="distress", outcome="missed", response_turn=2)
    return replace(whole, **{"arithmetic": (line,), "moments": (met,), **changes})


OLD = result("c1", criteria=[warmth()])
LINE, MET = OLD.criteria["empathy"].arithmetic[0], OLD.criteria["empathy"].moments[0]

# What is changed, whether numbers then differ, and what the text says of it.
CHANGES = [
    ("nothing", lambda: OLD, True, "1 the same, 0 changed"),
    ("a digit that no processor promises", lambda: replace(OLD, score=60 + 1e-12), True, "1 the same"),
    ("the score", lambda: replace(OLD, score=66.0), False, "score 60 → 66 (+6.0)"),
    ("no score", lambda: replace(OLD, score=None, status="unscored"), False, "status: draft → unscored"),
    ("passing", lambda: replace(OLD, passed=True), False, "passed: none → True"),
    ("a critical failure", lambda: replace(OLD, critical=("empathy",)), False, "critical: none → empathy"),
    ("the rating", lambda: one(rating=4.4), False, "Empathy: 3.40 → 4.40 (+1.00)"),
    (
        "applicability",
        lambda: replace(OLD, criteria={"empathy": warmth(None)}),
        False,
        "Empathy: 3.40 → does not apply",
    ),
    ("the weight", lambda: one(weight=2.0), False, "weight: 1 → 2"),
    (
        "a feature",
        lambda: one(arithmetic=(replace(LINE, value=0.75, points=1.5),)),
        False,
        "+0.50  shows empathy: 0.50 × 2.00 → 0.75 × 2.00",
    ),
    ("no features", lambda: one(arithmetic=()), False, "-1.00  shows empathy: 0.50 × 2.00 → none"),
    (
        "how a moment was met",
        lambda: one(moments=(replace(MET, outcome="met"),)),
        False,
        "moment at turn 1, distress: missed (turn 2) → met (turn 2)",
    ),
    ("a quote", lambda: one(evidence=()), False, 'no longer quoted: turn 2 (empathy) "how exhausting"'),
    (
        "a quote's probability",
        lambda: one(evidence=(quote(2, "empathy", "how exhausting", 0.5),)),
        False,
        "1 quotes with another probability",
    ),
    (
        "a criterion more",
        lambda: replace(OLD, criteria={**OLD.criteria, "clarity": criterion("clarity", 50.0)}),
        False,
        "Clarity: not in it → 3.00",
    ),
    (
        "the model",
        lambda: receipt(model="care 2.0.0", model_sha256="c" * 64),
        True,
        "model: care 1.0.0 → care 2.0.0",
    ),
    ("only the scorecard's content", lambda: receipt(scorecard_sha256="c" * 64), True, "Another scorecard"),
    ("the words", lambda: receipt(transcript_sha256="c" * 64), True, "transcript (words, roles or times)"),
    ("the library", lambda: receipt(carescore="9.9.9"), True, "carescore: 0.1.0 → 9.9.9"),
    ("what older receipts lack", lambda: receipt(codebook="1.0.0"), True, "1 the same, 0 changed"),
    ("the agent's name", lambda: replace(OLD, agent="Ana", source="x", warnings=("w",)), True, "1 the same"),
]


def one(**changes):
    return replace(OLD, criteria={"empathy": warmth(**changes)})


def receipt(**changes):
    return replace(OLD, receipt=replace(OLD.receipt, **changes))


@pytest.mark.parametrize(
    ("changed", "same", "said"), [row[1:] for row in CHANGES], ids=[r[0] for r in CHANGES]
)
def test_each_change_is_found_and_told(changed, same, said):
    found = diff(OLD, changed())
    assert found.same_numbers is same
    assert said in differences_text(diff_many([OLD], [changed()]))
    assert diff(changed(), OLD).same_numbers is same


def test_a_change_that_no_receipt_explains_is_called_so():
    assert "changed by hand or damaged" in differences_text(diff_many([OLD], [one(rating=4.4)]))
    explained = replace(one(rating=4.4), receipt=replace(OLD.receipt, model_sha256="c" * 64))
    assert "by hand" not in differences_text(diff_many([OLD], [explained]))


def test_behaviours_of_turns(tiny_scorer):
    from tests.examples import call

    lines = ["C: I am frustrated, I called you twice", "A: how exhausting, I see to it myself now"]
    old = tiny_scorer.score(call(*lines, "C: what a relief, thank you so much for it"))
    new = tiny_scorer.score(call(*lines, "C: what nonsense, thank you so much for it"))
    assert [(change.field, change.new) for change in diff(old, new).behaviours] == [
        ("turn 2, satisfaction", None)
    ]


def test_calls_are_matched_by_id_and_counted():
    old = [
        result("a", 50.0),
        result("b", 50.0),
        result("gone", 50.0),
        result("twice", 1.0),
        result("twice", 9.0),
    ]
    new = [
        result("b", 60.0),
        result("a", 50.0),
        result("new", 50.0),
        result("twice", 1.0),
        result("twice", 8.0),
    ]
    found = diff_many(old, new)
    assert (found.compared, [call.call_id for call in found.changed]) == (4, ["b", "twice"])
    assert (found.only_old, found.only_new) == (("gone",), ("new",))
    assert found.score_mean == pytest.approx((10 - 1) / 4)
    (row,) = found.criteria
    assert (row.id, row.calls, row.rated, row.largest_call) == ("empathy", 2, 2, "b")
    assert row.mean == pytest.approx((0.4 - 0.04) / 2)
    assert json.loads(found.to_json())["only_old"] == ["gone"]
    assert "Only in the first: gone." in differences_text(found, calls=False)


def test_single_results_belong_together_whatever_their_ids():
    assert diff_many([result("a", 50.0)], [result("b", 50.0)]).changed[0].causes == ("transcript",)
    with pytest.raises(UsageError, match="no call is in both: the first has 2 calls, the second 1"):
        diff_many([result("a"), result("b")], [result("c")])


def test_no_quote_or_name_steers_the_terminal():
    odd = one(evidence=(quote(2, "empathy", "\x1b[31mred\u202e"),))
    text = differences_text(diff_many([OLD], [replace(odd, call_id="\x1b]0;x\x07")]))
    assert set(text) & {"\x1b", "\x07", "\u202e"} == set()
