"""Calibration by hand."""

from __future__ import annotations

import pytest

from carescore.evaluation.probabilities import BINS, calibration, reliability
from tests.evaluation.scripted import call, judged


def turns(shown, chance, times):
    return [f"A {'empathy' if shown else ''}: empathy={chance}"] * times


def test_the_error_is_the_mean_distance_by_bins():
    # 0.85: 30 turns, 24 show it (80%), apart .05; 0.25: 10 turns, 5 show it (50%), apart .25
    lines = turns(True, 0.85, 24) + turns(False, 0.85, 6) + turns(True, 0.25, 5) + turns(False, 0.25, 5)
    row = next(row for row in calibration(judged(call(*lines))) if row.label == "empathy")
    assert row.turns == 40
    assert row.error == pytest.approx((30 * 0.05 + 10 * 0.25) / 40, abs=1e-4)
    assert row.worst == pytest.approx(0.05, abs=1e-4)  # the other bin has too few turns to be told
    assert (row.mean, row.share) == (pytest.approx(0.7), pytest.approx(29 / 40))


def test_labels_of_a_side_that_never_speaks_are_left_out():
    assert {row.label for row in calibration(judged(call("C distress: distress=1.0")))}.isdisjoint(
        {"empathy"}
    )


def test_the_bins_hold_every_turn_of_every_label():
    found = reliability(judged(call("A empathy: empathy=0.95", "C: distress=1.0")))
    assert len(found) == BINS
    assert sum(row.turns for row in found) == 24 + 7
    assert (found[0].turns, found[0].share) == (29, 0.0)
    assert (found[5].turns, found[5].mean, found[5].share) == (0, None, None)
    assert (found[9].turns, found[9].mean, found[9].share) == (2, 0.975, 0.5)
