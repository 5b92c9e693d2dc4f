"""The behaviour model: the same probabilities as plain arithmetic and as scikit-learn give."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from carescore.behaviours import BehaviourModel, columns, weighted_rows
from carescore.bundle import behaviour_model
from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS, CUSTOMER_BEHAVIOURS
from carescore.features import BUCKETS, Features, context_of_single_turns, extract, word_buckets
from tests.examples import SIGNS, shared_tokenizer, tiny_arrays

SIDES = ["agent", "customer", "system", "bot", "unknown", "agent", "customer"]


def rows(*buckets: Sequence[int], words: Sequence[Sequence[int]] = ()) -> Features:
    """Features written by hand."""
    words = words or [()] * len(buckets)
    flat, offsets = _end_to_end(buckets)
    flat_words, word_offsets = _end_to_end(words)
    return Features(flat.astype(np.int32), offsets, flat_words.astype(np.uint64), word_offsets)


def _end_to_end(rows_: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    flat = np.array([value for row in rows_ for value in row], dtype=np.uint64)
    return flat, np.cumsum([0, *map(len, rows_)]).astype(np.int64)


def random_model(seed: int, known: list[int]) -> BehaviourModel:
    rng = np.random.default_rng(seed)
    labels = len(BEHAVIOURS)
    return BehaviourModel(
        labels=BEHAVIOURS,
        buckets=np.array(known, dtype=np.int32),
        idf=rng.uniform(0.5, 8, len(known)),
        weights=rng.normal(0, 4, (len(known), labels)),
        word_ids=np.array([3, 5, 2**63 + 1], dtype=np.uint64),
        word_weights=rng.normal(0, 4, (3, labels)),
        intercepts=rng.normal(0, 2, labels),
        slopes=rng.uniform(0.2, 2, labels),
        shifts=rng.normal(0, 1, labels),
        thresholds=np.full(labels, 0.5),
    )


def plain_probability(
    model: BehaviourModel, row: Sequence[int], words: Sequence[int], side: str, label: int
) -> float:
    """What the model's docstring says, in plain Python."""
    owner = "agent" if model.labels[label] in AGENT_BEHAVIOURS else "customer"
    if side != owner:
        return 0.0
    place = {int(bucket): index for index, bucket in enumerate(model.buckets)}
    used = [place[bucket] for bucket in row if bucket in place]
    length = math.sqrt(sum(model.idf[index] ** 2 for index in used)) or 1.0
    dot = sum(model.idf[index] / length * model.weights[index, label] for index in used)
    word_weight = dict(zip(model.word_ids.tolist(), model.word_weights[:, label].tolist(), strict=True))
    said = sum(word_weight.get(word, 0.0) / len(words) ** 0.75 for word in words)
    raw = model.slopes[label] * (dot + said + model.intercepts[label]) + model.shifts[label]
    return 1 / (1 + math.exp(-raw))


ROWS = st.lists(st.sets(st.integers(0, 40), max_size=12).map(sorted), min_size=7, max_size=7)
WORDS = st.lists(st.sampled_from([0, 3, 4, 5, 6, 2**63 + 1, 2**64 - 1]), max_size=6)


@settings(max_examples=30)
@given(buckets=ROWS, words=st.lists(WORDS, min_size=7, max_size=7), seed=st.integers(0, 1000))
def test_probabilities_are_those_of_plain_arithmetic(buckets, words, seed):
    model = random_model(seed, list(range(0, 40, 2)))
    found = model.probabilities(rows(*buckets, words=words), SIDES)
    expected = [
        [plain_probability(model, row, said, side, label) for label in range(len(BEHAVIOURS))]
        for row, said, side in zip(buckets, words, SIDES, strict=True)
    ]
    assert np.abs(found - np.array(expected)).max() < 1e-12


def test_probabilities_are_those_of_scikit_learn():
    rng = np.random.default_rng(3)
    known = np.sort(rng.choice(BUCKETS, 60, replace=False)).astype(np.int32)
    buckets = [sorted(rng.choice(known, rng.integers(1, 20), replace=False).tolist()) for _ in range(200)]
    found = rows(*buckets)
    idf = rng.uniform(1, 6, 60)
    matrix = weighted_rows(found, columns(known), idf)
    arrays = {"weights": np.zeros((60, len(BEHAVIOURS))), "intercepts": np.zeros(len(BEHAVIOURS))}
    expected = {}
    for label in (0, 5, len(BEHAVIOURS) - 1):
        truth = rng.random(200) < 0.4
        fitted = LogisticRegression(C=12.0, solver="liblinear", random_state=0).fit(matrix, truth)
        arrays["weights"][:, label] = fitted.coef_[0]
        arrays["intercepts"][label] = fitted.intercept_[0]
        expected[label] = fitted.predict_proba(matrix)[:, 1]
    ones, zeros = np.ones(len(BEHAVIOURS)), np.zeros(len(BEHAVIOURS))
    words = {"word_ids": np.array([1], dtype=np.uint64), "word_weights": np.zeros((1, len(BEHAVIOURS)))}
    model = BehaviourModel(
        labels=BEHAVIOURS,
        buckets=known,
        idf=idf,
        slopes=ones,
        shifts=zeros,
        thresholds=ones / 2,
        **words,
        **arrays,
    )
    for label, probabilities in expected.items():
        side = "agent" if BEHAVIOURS[label] in AGENT_BEHAVIOURS else "customer"
        given_ = model.probabilities(found, [side] * 200)[:, label]
        assert np.abs(given_ - probabilities).max() < 1e-12


def test_labels_of_the_other_side_are_0():
    model = random_model(1, [1, 2, 3])
    found = model.probabilities(rows(*[[1, 2]] * 7), SIDES)
    agent = [label in AGENT_BEHAVIOURS for label in BEHAVIOURS]
    assert agent.count(False) == len(CUSTOMER_BEHAVIOURS)
    for side, row in zip(SIDES, found, strict=True):
        shown = {"agent": agent, "customer": [not x for x in agent]}.get(side, [False] * len(agent))
        assert (row > 0).tolist() == shown


def test_rows_have_length_1_or_0():
    known = np.array([2, 5, 9], dtype=np.int32)
    matrix = weighted_rows(
        rows([2, 5], [5, 7], [7, 8], [], [2, 5, 9]), columns(known), np.array([3.0, 4.0, 0.5])
    )
    assert matrix.toarray()[0].tolist() == [0.6, 0.8, 0.0]
    assert matrix.toarray()[1].tolist() == [0.0, 1.0, 0.0]
    lengths = np.sqrt((matrix.toarray() ** 2).sum(axis=1))
    assert lengths == pytest.approx([1, 1, 0, 0, 1])


def test_features_without_weight_do_no_harm():
    found = weighted_rows(rows([2]), columns(np.array([2], dtype=np.int32)), np.array([0.0]))
    assert found.toarray().tolist() == [[0.0]]


@pytest.mark.parametrize(("weight", "expected"), [(1e30, 1.0), (-1e30, 0.0)])
def test_the_largest_weights_overflow_nowhere(weight, expected):
    model = random_model(1, [1])
    model.weights[:] = weight
    found = model.probabilities(rows([1]), ["agent"])[0, : len(AGENT_BEHAVIOURS)]
    assert found == pytest.approx(expected, abs=1e-20)


@pytest.mark.parametrize(
    ("buckets", "share"), [([], 1.0), ([1, 2], 1.0), ([1, 4], 0.5), ([4, 5, 6], 0.0), ([1, 1, 4, 4], 0.5)]
)
def test_the_share_of_known_words(buckets, share):
    given_, bounds = np.array([9, *buckets, 1], dtype=np.int32), np.array([0, 1, len(buckets) + 1])
    assert random_model(1, [1, 2, 3]).known_shares(given_, bounds) == [0.0, share]


def test_columns():
    found = columns(np.array([3, BUCKETS - 1], dtype=np.int32))
    assert len(found) == BUCKETS
    assert {int(bucket): int(found[bucket]) for bucket in np.flatnonzero(found >= 0)} == {
        3: 0,
        BUCKETS - 1: 1,
    }


@pytest.mark.parametrize(("word", "behaviour"), SIGNS.items())
def test_the_tiny_model_of_these_tests_knows_its_signs(word, behaviour):
    model = behaviour_model(tiny_arrays(), BEHAVIOURS)
    tokens = shared_tokenizer().ids([f"the {word} is there", ""])
    assert model.known_shares(word_buckets(tokens.ids), tokens.offsets[[0, -1]]) == [1.0]
    side = "agent" if behaviour in AGENT_BEHAVIOURS else "customer"
    found = model.probabilities(extract(tokens, context_of_single_turns(1, [False])), [side])[0]
    assert [BEHAVIOURS[label] for label in np.flatnonzero(found >= 0.5)] == [behaviour]
