"""Fitting behaviours: thresholds, and what becomes a feature."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.training.behaviours_fit import best_threshold


def f1(truth: np.ndarray, said: np.ndarray) -> float:
    hits = int((truth & said).sum())
    return 2 * hits / (int(truth.sum()) + int(said.sum())) if hits else 0.0


@pytest.mark.parametrize(
    ("truth", "probabilities", "expected"),
    [
        ([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1], 0.5),  # F1 of 1 is reached
        ([1, 0], [0.1, 0.9], 1 / 3),  # only saying yes to both: F1 = 2/3
        ([1, 0, 0, 0], [0.4, 0.9, 0.8, 0.7], 0.2),
        ([1], [0.3], 0.5),
        ([0, 0], [0.3, 0.1], 0.0),
    ],
)
def test_the_best_threshold_is_half_the_best_f1(truth, probabilities, expected):
    found = best_threshold(np.array(truth, dtype=bool), np.array(probabilities))
    assert found == pytest.approx(expected)


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=8, unique_by=lambda row: row[1])
)
def test_it_is_the_best_of_all_cuts(rows):
    truth = np.array([row[0] for row in rows])
    chance = np.array([row[1] for row in rows])
    best = max(f1(truth, chance >= cut) for cut in chance)
    assert best_threshold(truth, chance) == pytest.approx(best / 2)
    if truth.any():
        every = max(f1(truth, np.array(said)) for said in itertools.product([False, True], repeat=len(rows)))
        assert best <= every == 1.0
