"""Attempts at the same scenario, compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import pytest

from carescore.errors import UsageError
from carescore.practice import Attempt, Comparison, compare
from carescore.practice_text import comparison_text, scenario_text
from carescore.scenarios import Name, in_order, scenario_of
from carescore.scorer import Scorer
from tests.coaching.examples import cold_call, warm_call
from tests.examples import call


@pytest.fixture(scope="module")
def attempts(scorer: Scorer) -> tuple[Attempt, Attempt]:
    return (
        Attempt("try 1.txt", cold_call(), scorer.score(cold_call())),
        Attempt("try 2.txt", warm_call(), scorer.score(warm_call())),
    )


@pytest.fixture(scope="module")
def comparison(attempts: tuple[Attempt, Attempt]) -> Comparison:
    return compare(*attempts)


def test_a_clear_gain_is_called_one(comparison: Comparison) -> None:
    assert comparison.call.verdict == "better"
    verdicts = {change.id: change.verdict for change in comparison.criteria}
    assert verdicts["empathy"] == "better"
    assert list(verdicts) == list(comparison.before.result.criteria)


def test_the_other_way_round_it_is_a_loss(attempts: tuple[Attempt, Attempt], comparison: Comparison) -> None:
    back = compare(*reversed(attempts))
    swapped = {"better": "worse", "worse": "better"}
    for there, again in zip(comparison.criteria, back.criteria, strict=True):
        assert again.verdict == swapped.get(there.verdict, there.verdict)
    assert [moment.better for moment in back.moments] == [False] * len(comparison.moments)


def test_against_itself_nothing_changes(attempts: tuple[Attempt, Attempt]) -> None:
    same = compare(attempts[0], attempts[0])
    assert {change.verdict for change in same.criteria} <= {"no clear change", "not comparable"}
    assert {change.points for change in same.criteria} <= {0.0, None}
    assert same.moments == ()


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((20.0, 40.0), (41.0, 60.0), "better"),
        ((20.0, 40.0), (40.0, 60.0), "no clear change"),
        ((41.0, 60.0), (20.0, 40.0), "worse"),
        ((0.0, 0.0), (0.0, 0.0), "no clear change"),
        (None, (0.0, 10.0), "not comparable"),
        ((0.0, 10.0), None, "not comparable"),
    ],
)
def test_intervals_decide(
    attempts: tuple[Attempt, Attempt],
    before: tuple[float, float] | None,
    after: tuple[float, float] | None,
    verdict: str,
) -> None:
    def with_interval(attempt: Attempt, interval: tuple[float, float] | None) -> Attempt:
        low, high = interval or (None, None)
        middle = None if low is None or high is None else (low + high) / 2
        return replace(attempt, result=replace(attempt.result, score=middle, low=low, high=high))

    found = compare(with_interval(attempts[0], before), with_interval(attempts[1], after))
    assert found.call.verdict == verdict


def test_the_moments_that_changed(comparison: Comparison) -> None:
    changed = [
        (m.trigger, m.before.outcome, m.after.outcome, m.before.opening.turn) for m in comparison.moments
    ]
    assert ("distress", "missed", "met", 1) in changed or ("effort", "missed", "met", 1) in changed
    for moment in comparison.moments:
        assert moment.before.opening.text in cold_call().turns[moment.before.opening.turn].text
        assert moment.after.opening.text in warm_call().turns[moment.after.opening.turn].text


@pytest.mark.parametrize("field", ["scorecard_sha256", "model_sha256"])
def test_different_yardsticks_are_not_compared(attempts: tuple[Attempt, Attempt], field: str) -> None:
    first, second = attempts
    other = replace(second.result, receipt=replace(second.result.receipt, **{field: "0" * 64}))
    with pytest.raises(UsageError, match="do not compare"):
        compare(first, replace(second, result=other))


def test_as_text(comparison: Comparison) -> None:
    text = comparison_text(comparison)
    assert "try 1.txt → try 2.txt" in text
    assert "MET BETTER THAN BEFORE" in text
    assert "better" in text
    assert "(90%: " in text
    assert "LESS WELL" not in text


def test_an_attempt_that_was_not_scored_says_why(scorer: Scorer, attempts: tuple[Attempt, Attempt]) -> None:
    short = call("A: Hello", "C: Hi")
    text = comparison_text(compare(attempts[0], Attempt("short.txt", short, scorer.score(short))))
    assert "short.txt was not scored: " in text
    assert "not comparable" in text


def test_one_attempt_is_nothing_to_compare(attempts: tuple[Attempt, Attempt]) -> None:
    assert "nothing to compare yet" in scenario_text("boiler", attempts[:1])


def test_a_scenario_compares_its_first_and_last(attempts: tuple[Attempt, Attempt]) -> None:
    first, second = attempts
    text = scenario_text("boiler", [first, replace(first, name="between.txt"), second])
    assert "between.txt: " in text
    assert "try 1.txt → try 2.txt" in text


@pytest.mark.parametrize(
    ("path", "scenario", "place"),
    [
        ("refund try 1.txt", "refund", 1),
        ("refund_try2.vtt", "refund", 2),
        ("refund-2.txt", "refund", 2),
        ("late refund, try 3.txt", "late refund", 3),
        ("refund before.txt", "refund", 1),
        ("refund after.txt", "refund", 9999),
        ("refund_second_attempt.txt", "refund", 2),
        ("refund.txt", "refund", 0),
        ("2024.txt", "2024", 2024),
        ("ana/1.txt", "ana", 1),
        ("ana/refund/before.txt", "ana/refund", 1),
        ("therefore.txt", "therefore", 0),
        ("first-try.txt", "calls", 1),
        ("second-try.txt", "calls", 2),
        ("before.txt", "calls", 1),
        ("Try 2.txt", "calls", 2),
        ("1st try - refund.txt", "refund", 1),
        ("attempt 2, refund.txt", "refund", 2),
        ("second refund.txt", "refund", 2),
        ("12 refund.txt", "12 refund", 0),
    ],
)
def test_scenario_of_a_file(path: str, scenario: str, place: int) -> None:
    assert scenario_of(PurePath("calls") / path, PurePath("calls")) == Name(scenario, place)


def test_attempts_stand_in_their_order() -> None:
    names = [(Name("b", 10), "b10"), (Name("b", 2), "b2"), (Name("a", 0), "z"), (Name("a", 0), "y")]
    assert list(in_order(names)) == [("a", ["y", "z"]), ("b", ["b2", "b10"])]
