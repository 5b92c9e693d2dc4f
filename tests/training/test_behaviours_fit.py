"""Fitting behaviours: thresholds, and what becomes a feature."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.training.behaviours_fit import FEWEST_POSITIVES, best_threshold, sure_threshold


def f1(truth: np.ndarray, said: np.ndarray) -> float:
    hits = int((truth & said).sum())
    return 2 * hits / (int(truth.sum()) + int(said.sum())) if hits else 0.0


def source(name: str, cut: float, positives: int = FEWEST_POSITIVES) -> list[tuple[str, bool, float]]:
    """Turns of a source of which those from the cut on are positive, as many above as below it."""
    above = [(name, True, cut + (1 - cut) * (i + 1) / (positives + 1)) for i in range(positives)]
    return above + [(name, False, cut * i / (positives + 1)) for i in range(positives)]


def threshold(rows: list[tuple[str, bool, float]]) -> float:
    names, truth, chance = (np.array(column) for column in zip(*rows, strict=True))
    return best_threshold(truth, chance, names)


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.5, 0.7])
def test_one_source_is_parted_where_it_parts(cut: float) -> None:
    assert threshold(source("a", cut)) == pytest.approx(cut, abs=0.06)


def test_a_large_source_does_not_decide_for_the_others() -> None:
    small = [row for name in "bcd" for row in source(name, 0.2)]
    assert threshold([*source("a", 0.6, positives=80), *small]) == pytest.approx(0.2, abs=0.1)


def test_a_source_with_hardly_a_positive_has_no_say() -> None:
    assert threshold([*source("a", 0.6), *source("b", 0.1, positives=FEWEST_POSITIVES - 1)]) > 0.5


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=8, unique_by=lambda row: row[1])
)
def test_no_other_cut_is_better_where_all_turns_count_as_one(rows: list[tuple[bool, float]]) -> None:
    truth, chance = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if truth.any():
        cut = threshold([("a", *row) for row in rows])
        best = max(f1(truth, chance >= other / 100) for other in range(5, 81))
        nearby = max(f1(truth, chance >= round(cut * 100 + d) / 100) for d in (-1, 0, 1))
        assert nearby <= best + 1e-9


@pytest.mark.parametrize(
    ("wrong_below", "expected"),
    [(0.2, 0.2), (0.5, 0.5), (0.7, 0.7)],
)
def test_what_speaks_against_a_person_is_called_only_where_it_is_mostly_right(
    wrong_below: float, expected: float
) -> None:
    chance = np.linspace(0.0, 0.99, 400)
    truth = chance >= wrong_below
    assert sure_threshold(truth, chance) <= expected
    called = chance >= sure_threshold(truth, chance)
    assert truth[called].mean() >= 0.7


def test_what_is_never_mostly_right_is_called_last_of_all() -> None:
    assert sure_threshold(np.zeros(50, dtype=bool), np.linspace(0, 1, 50)) == 0.8
