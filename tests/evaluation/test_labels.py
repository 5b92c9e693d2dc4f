"""Precision, recall, F1 and average precision beside scikit-learn's."""

from __future__ import annotations

import random

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from carescore.codebook import BEHAVIOURS
from carescore.evaluation.bootstrap import draws
from carescore.evaluation.labels import FEWEST_POSITIVES, label_quality
from tests.evaluation.scripted import call, judged


def some_calls(count=40, seed=1):
    """Calls whose turns are found at coarse probabilities, so that many are equal."""
    chance = random.Random(seed)
    calls = []
    for _ in range(count):
        lines = []
        for _ in range(chance.randint(1, 6)):
            shows = chance.random() < 0.3
            found = chance.choice([0.2, 0.4, 0.6, 0.8]) + (0.1 if shows and chance.random() < 0.7 else 0)
            lines.append(f"A {'empathy' if shows else ''}: empathy={found:.1f}")
            lines.append("C distress: distress=0.9")
        calls.append(call(*lines))
    return calls


def test_the_numbers_are_scikit_learns():
    found = judged(*some_calls())
    rows, _ = label_quality(found, draws(len(found.calls), 0))
    row = next(row for row in rows if row.label == "empathy")
    column = BEHAVIOURS.index("empathy")
    turns = found.turns_for(column)
    truth, given = found.truth[turns, column], found.found.present[turns, column]
    chance = found.found.probabilities[turns, column]
    precision, recall, f1, _ = precision_recall_fscore_support(truth, given, average="binary")
    expected = (precision, recall, f1, average_precision_score(truth, chance))
    got = (row.precision, row.recall, row.f1, row.average_precision)
    assert [number.value for number in got] == pytest.approx(expected, abs=1e-4)
    assert (row.turns, row.support, row.found) == (len(turns), truth.sum(), given.sum())
    assert all(number.low <= number.value <= number.high for number in got)


def test_a_call_drawn_twice_counts_twice():
    calls = some_calls(6)
    found = judged(*calls)
    again = judged(*calls, calls[0], calls[0])
    weights = np.ones((1, 6))
    weights[0, 0] = 3
    column = BEHAVIOURS.index("empathy")
    one = label_quality(found, np.vstack([weights, weights]))[0][column]
    other = label_quality(again, np.ones((2, 8)))[0][column]
    assert one.f1 == other.f1
    assert one.average_precision == other.average_precision


def test_only_labels_with_enough_turns_enter_the_mean():
    enough = [call("A empathy: empathy=0.9", "A thanks: nothing") for _ in range(FEWEST_POSITIVES)]
    found = judged(*enough, call("A apology: apology=0.1"))
    rows, macro = label_quality(found, draws(len(found.calls), 0))
    f1 = {row.label: row.f1.value for row in rows}
    assert (f1["empathy"], f1["thanks"], f1["apology"], f1["refusal"]) == (1.0, 0.0, 0.0, None)
    assert (macro.labels, macro.f1.value) == (2, 0.5)


def test_the_other_sides_turns_do_not_count():
    found = judged(call("A empathy: empathy=0.9", "C: words", "S: words"))
    rows, _ = label_quality(found, draws(1, 0))
    turns = {row.label: row.turns for row in rows}
    assert (turns["empathy"], turns["distress"]) == (1, 1)
