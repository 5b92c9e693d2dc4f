"""Raters compared: pairs, flags, leniency, what to talk about, and what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from carescore.agreement import Agreement, Rating, agree
from carescore.errors import UsageError
from carescore.raters.pairs import MINIMUM_CALLS, PairAgreement
from carescore.results import CallScore
from tests.team.examples import criterion, quote, result


def rated(rater: str, ratings: Sequence[float | None], name: str = "empathy") -> list[Rating]:
    return [
        Rating(call_id=f"c{n:03}", rater=rater, criterion=name, rating=rating)
        for n, rating in enumerate(ratings)
    ]


def scored(ratings: Sequence[float | None], name: str = "empathy") -> list[CallScore]:
    rows = [(n, None if rating is None else (rating - 1) * 25) for n, rating in enumerate(ratings)]
    return [
        result(
            f"c{n:03}", 50.0, criteria=[criterion(name, score, evidence=[quote(3, "empathy", f"words {n}")])]
        )
        for n, score in rows
    ]


def true_ratings(calls: int, seed: int = 1) -> list[float]:
    return [float(x) for x in np.random.default_rng(seed).integers(1, 6, calls)]


def shaken(ratings: Sequence[float], seed: int, by: float = 0.0) -> list[float]:
    noise = np.random.default_rng(seed).choice([-1, 0, 0, 0, 1], len(ratings))
    return [float(np.clip(r + n + by, 1, 5)) for r, n in zip(ratings, noise, strict=True)]


def only(found: Agreement) -> PairAgreement:
    assert len(found.pairs) == 1
    return found.pairs[0]


def test_numbers_of_a_pair() -> None:
    truth = true_ratings(60)
    pair = only(agree([*rated("Ana", truth), *rated("Ben", shaken(truth, 2))]))
    assert (pair.first, pair.second, pair.calls) == ("Ana", "Ben", 60)
    assert pair.exact is not None
    assert pair.weighted_kappa is not None
    assert 0.5 < pair.exact.value < 0.8
    assert pair.adjacent is not None
    assert pair.adjacent.value == 1.0
    assert pair.weighted_kappa.low is not None
    assert pair.weighted_kappa.high is not None
    assert pair.weighted_kappa.low < pair.weighted_kappa.value < pair.weighted_kappa.high


def test_raters_who_agree_have_no_flags_and_raters_who_guess_have_all() -> None:
    truth = true_ratings(80)
    good = only(agree([*rated("Ana", truth), *rated("Ben", truth)]))
    assert good.flags == ()
    bad = only(
        agree([*rated("Ana", truth), *rated("Ben", [min(r + 1, 5) for r in true_ratings(80, seed=5)])])
    )
    flags = {flag.measure: flag.sure for flag in bad.flags}
    assert list(flags) == ["exact", "adjacent", "weighted_kappa", "correlation", "mean_difference"]
    assert all(flags.values())


def test_a_number_just_short_of_its_limit_may_be_chance() -> None:
    truth = [1.0, 2.0, 3.0, 4.0, 5.0] * 4
    other = [r if n % 20 < 9 else min(r + 1, 5) - (r == 5) for n, r in enumerate(truth)]
    pair = only(agree([*rated("Ana", truth), *rated("Ben", other)]))
    exact = next(flag for flag in pair.flags if flag.measure == "exact")
    assert (exact.value, exact.limit, exact.sure) == (0.45, 0.5, False)


@pytest.mark.parametrize("calls", [0, 1, MINIMUM_CALLS - 1])
def test_under_the_minimum_there_are_no_numbers(calls: int) -> None:
    ana, ben = rated("Ana", true_ratings(40)), rated("Ben", [*true_ratings(calls), *[None] * (40 - calls)])
    found = agree([*ana, *ben])
    assert only(found).exact is None
    assert f"{calls} call" in only(found).reason
    assert found.criteria[0].alpha is None
    assert "no numbers" in found.to_text()


def test_whether_it_applies_is_compared_apart() -> None:
    ana = [3.0] * 20 + [None] * 10 + [2.0] * 6
    ben = [3.0] * 20 + [None] * 14 + [2.0] * 2
    applies = only(agree([*rated("Ana", ana), *rated("Ben", ben)])).applies
    assert applies is not None
    assert (applies.both_rate, applies.both_na, applies.only_first_rates, applies.only_second_rates) == (
        22,
        10,
        4,
        0,
    )
    from sklearn.metrics import cohen_kappa_score

    expected = cohen_kappa_score([a is None for a in ana], [b is None for b in ben])
    assert applies.kappa == pytest.approx(expected, abs=1e-4)


def test_an_abstention_or_an_empty_cell_is_no_disagreement() -> None:
    found = agree([*rated("Ana", true_ratings(20)), *rated("Ben", true_ratings(12))])
    applies = only(found).applies
    assert applies is not None
    assert applies.calls == 12


@pytest.mark.parametrize(
    ("by", "direction"), [(1.0, "higher"), (-1.0, "lower"), (0.0, "no clear difference")]
)
def test_leniency(by: float, direction: str) -> None:
    truth = [float(np.clip(r, 2, 4)) for r in true_ratings(60)]
    rows = [
        *rated("Ana", shaken(truth, 1)),
        *rated("Ben", shaken(truth, 2)),
        *rated("Cleo", shaken(truth, 3, by)),
    ]
    found = {one.rater: one for one in agree(rows).leniency}
    assert found["Cleo"].direction == direction
    if by:
        assert found["Cleo"].difference == pytest.approx(by, abs=0.3)


def test_people_are_not_compared_with_the_machine_for_leniency() -> None:
    truth = [float(np.clip(r, 2, 4)) for r in true_ratings(40)]
    people = [*rated("Ana", truth), *rated("Ben", truth)]
    found = {one.rater: one for one in agree(people, scored([r + 1 for r in truth])).leniency}
    assert found["Ana"].difference == 0.0
    assert found["machine"].difference == pytest.approx(1.0)
    assert found["machine"].direction == "higher"


def test_the_machine_is_held_against_what_people_reach() -> None:
    truth = true_ratings(60)
    people = [*rated("Ana", truth), *rated("Ben", shaken(truth, 2))]
    good = agree(people, scored(shaken(truth, 3))).criteria[0]
    bad = agree(people, scored(true_ratings(60, seed=9))).criteria[0]
    assert good.flags == ()
    assert [flag.measure for flag in bad.flags] == ["degradation"]
    assert good.people is not None
    assert good.machine is not None
    assert good.degradation == pytest.approx(good.machine - good.people, abs=1e-4)
    assert bad.degradation is not None
    assert bad.degradation < -0.5


def test_the_largest_disagreements_come_first_with_quotes() -> None:
    truth = [3.0] * 30
    ben = [5.0, 1.5, 4.0, None, *[3.0] * 26]
    found = agree([*rated("Ana", truth), *rated("Ben", ben)], scored([3.0] * 30)).disagreements
    assert [(one.call_id, one.apart) for one in found] == [("c000", 2.0), ("c003", None)]
    assert found[0].ratings == {"Ana": 3.0, "Ben": 5.0, "machine": 3.0}
    assert [q.quote for q in found[0].quotes] == ["words 0"]
    without = agree([*rated("Ana", truth), *rated("Ben", ben)]).disagreements
    assert without[0].quotes == ()


def test_more_disagreements_than_are_listed_come_in_order() -> None:
    found = agree([*rated("Ana", [1.0] * 40), *rated("Ben", [3.0, 5.0, 4.0, 1.0] * 10)]).disagreements
    apart = [one.apart for one in found if one.apart is not None]
    assert apart == [4.0] * 10
    assert all(a.call_id < b.call_id for a, b in pairwise(found))


def test_several_criteria_and_raters() -> None:
    truth = true_ratings(30)
    rows = [
        *(
            row
            for name in ("empathy", "clarity")
            for rater in ("Ana", "Ben", "Cleo")
            for row in rated(rater, truth, name)
        ),
        *rated("Ana", truth, "tone"),
    ]
    found = agree(rows)
    assert [(p.criterion, p.first, p.second) for p in found.pairs][:3] == [
        ("empathy", "Ana", "Ben"),
        ("empathy", "Ana", "Cleo"),
        ("empathy", "Ben", "Cleo"),
    ]
    assert [one.criterion for one in found.criteria] == ["empathy", "clarity"]
    assert any("tone" in note for note in found.notes)


@pytest.mark.parametrize(
    ("ratings", "results", "said"),
    [
        ([], None, "only one rater"),
        (rated("Ana", [3.0] * 12), None, "only one rater"),
        (rated("Ana", [3.0] * 12), [], "none of the rated calls"),
        (rated("machine", [3.0] * 12), scored([3.0] * 12), "another name"),
        (rated("Ana", [3.0] * 12, "tone"), scored([3.0] * 12), "no criterion is rated by two raters"),
        (
            rated("Ana", [3.0] * 12),
            [
                result("c000"),
                result("c001", receipt={"scorecard": "care 1.1.0", "scorecard_sha256": "c" * 64}),
            ],
            "scored in 2 ways (scorecard care 1.0.0, model care 1.0.0; scorecard care 1.1.0",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(
    ratings: list[Rating], results: list[CallScore] | None, said: str
) -> None:
    with pytest.raises(UsageError) as error:
        agree(ratings, results)
    assert said in str(error.value)


def test_data_rows_and_text() -> None:
    truth = true_ratings(30)
    found = agree([*rated("Ana", truth), *rated("Ben\x1b[31m", shaken(truth, 2))], scored(truth), seed=3)
    data = json.loads(found.to_json())
    assert (data["schema"], data["seed"], len(data["pairs"])) == ("carescore.agreement/1", 3, 3)
    frame = found.to_frame()
    assert frame["weighted_kappa"].notna().all()
    assert list(frame["second"]) == ["Ben\x1b[31m", "machine", "machine"]
    text = found.to_text()
    assert "\x1b" not in text
    assert "trained on" in text
    assert (
        found.to_json()
        == agree(
            [*rated("Ana", truth), *rated("Ben\x1b[31m", shaken(truth, 2))], scored(truth), seed=3
        ).to_json()
    )
