"""Upheld disputes become cases; a case passes where the scorer says what people decided."""

from __future__ import annotations

import json
import re

import pytest

from carescore.errors import UsageError
from carescore.evaluation.disputes import check_cases, outcomes_text
from carescore.review.cases import cases_of, read_cases, with_calls
from carescore.review.expected import Expected
from carescore.review.log import ReviewLog
from tests.examples import call

CALL = call(
    "C: I am frustrated and I called you twice",
    "A: How exhausting. I see to it myself, you have the refund on monday",
    "C: what a relief, thank you",
    call_id="c1",
)

EXPECTED = [
    (Expected(rating=4.0, tolerance=0.5), None),
    (Expected(rating=1.0), r"rating \d\.\d\d, expected 1 ± 0\.5"),
    (Expected(status="scored"), None),
    (Expected(status="not_applicable"), "status scored, expected not_applicable"),
    (Expected(label="empathy", turn=1), None),
    (
        Expected(label="empathy", turn=1, present=False),
        "empathy found in turn 1, expected no empathy in turn 1",
    ),
    (Expected(label="apology", turn=1), "apology not found in turn 1"),
    (Expected(label="apology", turn=1, present=False), None),
    (Expected(label="apology", turn=9), "the call has no turn 9"),
]


def upheld(tmp_path, scorer, expected):
    log = ReviewLog(tmp_path / "r.db")
    log.open([scorer.score(CALL)], who="Ana")
    log.note("c1", who="Ana")
    log.dispute("c1", criterion="empathy", who="Ben", reason="x")
    log.resolve("c1", criterion="empathy", who="Cy", upheld=True, reason="x", expected=expected)
    return list(with_calls(cases_of(log.reviews()), [call("A: other"), CALL]))


@pytest.mark.parametrize(("expected", "problem"), EXPECTED, ids=[str(row[0]) for row in EXPECTED])
def test_a_case_is_checked(expected, problem, tmp_path, tiny_scorer):
    (case,) = upheld(tmp_path, tiny_scorer, expected)
    (tmp_path / "d.jsonl").write_text(case.to_json() + "\n\n", encoding="utf-8")
    (again,) = read_cases(tmp_path / "d.jsonl")
    assert again.to_json() == case.to_json()
    assert (again.expected, again.call.sha256) == (expected, CALL.sha256)
    (outcome,) = check_cases([again], tiny_scorer)
    assert outcome.passed is (problem is None)
    assert re.search(problem or "^$", outcome.problem or "")


def test_a_case_without_its_call_or_with_another_fails(tmp_path, tiny_scorer):
    (case,) = upheld(tmp_path, tiny_scorer, Expected(status="scored"))
    data = json.loads(case.to_json())
    changed = {**data, "turns": [{**data["turns"][0], "text": "Hello"}, *data["turns"][1:]]}
    bare = {name: value for name, value in data.items() if name != "turns"}
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, [changed, bare])), encoding="utf-8")
    outcomes = list(check_cases(read_cases(tmp_path / "d.jsonl"), tiny_scorer))
    assert [outcome.passed for outcome in outcomes] == [False, False]
    text = outcomes_text(outcomes)
    assert "is not the one that was disputed" in text
    assert "give it with --transcripts" in text
    assert "0 of 2 upheld disputes passed." in text
    found = with_calls(read_cases(tmp_path / "d.jsonl")[1:], [CALL])
    assert [outcome.passed for outcome in check_cases(found, tiny_scorer)] == [True]


def test_only_the_last_upheld_dispute_of_a_criterion_counts(tmp_path, tiny_scorer):
    upheld(tmp_path, tiny_scorer, Expected(rating=2.0))
    log = ReviewLog(tmp_path / "r.db")
    log.dispute("c1", criterion="empathy", who="Ben", reason="x")
    log.resolve("c1", criterion="empathy", who="Cy", upheld=True, reason="x", expected=Expected(rating=3.0))
    log.dispute("c1", criterion="clarity", who="Ben", reason="x")
    log.resolve("c1", criterion="clarity", who="Cy", upheld=False, reason="x")
    assert [case.expected.rating for case in cases_of(log.reviews())] == [3.0]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"rating": 3, "status": "scored"},
        {"rating": 0.5},
        {"rating": float("nan")},
        {"rating": 3, "tolerance": -1},
        {"status": "good"},
        {"label": "empathy"},
        {"turn": 3},
        {"rating": 3, "turn": 3},
        {"label": "charm", "turn": 3},
        {"label": "empathy", "turn": -1},
        {"colour": "red"},
    ],
)
def test_what_could_never_come_out_is_refused(facts):
    with pytest.raises(UsageError):
        Expected.from_dict(facts)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"schema": "other"}', '{"schema": "carescore.dispute/1"}', "[" * 50_000]
)
def test_other_lines_are_refused_at_their_place(line, tmp_path):
    (tmp_path / "d.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"^d\.jsonl, line 1: not a case"):
        read_cases(tmp_path / "d.jsonl")
    with pytest.raises(UsageError, match="cannot be opened"):
        read_cases(tmp_path / "none.jsonl")
