"""Two readers of the same calls."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from carescore.codebook import BEHAVIOURS
from carescore.errors import UsageError
from carescore.evaluation.cards.two_readers import (
    ReadTwice,
    criterion_agreement,
    label_agreement,
    read_once,
    read_twice,
    together,
)
from tests.evaluation.cards.invented_readings import reading, rows_of, write, write_data


@pytest.fixture
def data(tmp_path):
    return write_data(tmp_path / "data")


def test_pairs_of_readings_are_found(data):
    assert [(found.name, found.calls) for found in read_twice(data)] == [("part0", 12)]
    assert read_once(data) == ["star"]


def test_labels_and_ratings_of_both(data):
    found = together(read_twice(data))
    labels = {row.label: row for row in label_agreement(found)}
    assert (labels["greeting"].first, labels["greeting"].second, labels["greeting"].f1.value) == (12, 0, 0.0)
    assert labels["service_offer"].f1.value == 1.0
    assert labels["service_offer"].kappa.value == 1.0
    assert "goodwill" not in labels
    criteria = {row.criterion: row for row in criterion_agreement(found)}
    assert criteria["empathy"].weighted_kappa.value == 1.0
    assert criteria["overall"].adjacent.value == 1.0
    assert criteria["overall"].exact.value < 1.0
    assert "clarity" not in criteria  # the second reader never rated it


def test_the_numbers_are_scikit_learns():
    chance = np.random.default_rng(2)
    first, second = np.zeros((2, 200, len(BEHAVIOURS)), dtype=bool)
    column = BEHAVIOURS.index("distress")
    first[:, column] = chance.random(200) < 0.3
    second[:, column] = np.where(chance.random(200) < 0.8, first[:, column], ~first[:, column])
    found = ReadTwice(
        name="x",
        calls=20,
        first=first,
        second=second,
        agent=np.arange(200) % 2 == 0,
        call=np.arange(200) // 10,
        ratings={},
    )
    row = label_agreement(found)[0]
    own = ~found.agent
    assert row.label == "distress"
    assert row.kappa.value == pytest.approx(
        cohen_kappa_score(first[own, column], second[own, column]), abs=1e-4
    )
    assert row.f1.value == pytest.approx(f1_score(first[own, column], second[own, column]), abs=1e-4)


def test_several_readings_together(data):
    rows = rows_of(data / "corpus" / "calls" / "part1.jsonl")
    write(data / "corpus" / "readings" / "part1.A.jsonl", [reading(row) for row in rows])
    write(data / "corpus" / "readings" / "part1.B.jsonl", [reading(row) for row in rows[:4]])
    found = together(read_twice(data))
    assert found.calls == 16
    assert found.call.max() == 15
    assert len(found.ratings["overall"]) == 16


def test_readings_that_do_not_fit_are_told(data):
    path = data / "corpus" / "readings" / "part0.B.jsonl"
    rows = rows_of(path)
    rows[0]["turns"] = rows[0]["turns"][:-1]
    write(path, rows)
    with pytest.raises(
        UsageError, match=r"readings 'part0': the readers of call c-0 have different numbers of turns"
    ):
        read_twice(data)
