"""Own estimators: they answer as scikit-learn does, stand in the receipt, and verify asks for them."""

from __future__ import annotations

import builtins
import json
import pickle

import jsonschema
import numpy as np
import pytest

from carescore.bundle import load_bundle
from carescore.errors import ModelError, UsageError
from carescore.estimators import load_estimator
from carescore.results import CallScore, result_schema
from carescore.scorer import Scorer
from carescore.verification import verify, verify_each
from tests.estimators.made import PIPELINES, TEXTS, fitted, good, put
from tests.examples import call

LINES = (
    "A: Good morning, how can I help you?",
    "C: I am so sorry to hear that, I called you twice",
    "A: How exhausting for you. I am so sorry to hear that you waited.",
    "C: Thank you, that is our policy",
    "A: No you cannot do that.",
)
CALL = call(*LINES, call_id="c1")


@pytest.fixture
def mine(tmp_path):
    return put(tmp_path, good())


@pytest.fixture
def own(tiny_scorer, mine):
    return tiny_scorer.with_estimator("empathy", mine, threshold=0.6)


@pytest.mark.parametrize("name", PIPELINES)
def test_it_answers_as_scikit_learn_does(name, tmp_path):
    found = load_estimator("empathy", put(tmp_path, good(name)))
    texts = [*TEXTS, "", "something else", "so sorry, so sorry"]
    assert np.array_equal(found.probabilities(texts), fitted(name).predict_proba(texts)[:, 1])
    assert found.probabilities([]).shape == (0,)


def test_it_decides_its_behaviour_and_no_other(own, tiny_scorer):
    mine, theirs = own.behaviours(CALL), tiny_scorer.behaviours(CALL)
    column = mine.labels.index("empathy")
    asked = [CALL.turns[turn].text for turn in (0, 2, 4)]
    assert mine.probabilities[[0, 2, 4], column].tolist() == fitted().predict_proba(asked)[:, 1].tolist()
    assert mine.present[:, column].tolist() == (mine.probabilities[:, column] >= 0.6).tolist()
    assert mine.probabilities[[1, 3], column].tolist() == [0.0, 0.0]
    others = [place for place in range(len(mine.labels)) if place != column]
    assert np.array_equal(mine.probabilities[:, others], theirs.probabilities[:, others])
    assert "empathy" in own.score(CALL).turns[2].behaviours


def test_a_behaviour_of_the_customer_asks_about_customers(tiny_scorer, mine):
    found = tiny_scorer.with_estimator("distress", mine).behaviours(CALL)
    column = found.labels.index("distress")
    assert (found.probabilities[:, column] > 0).tolist() == [False, True, False, True, False]


def test_the_receipt_names_it(own, mine):
    result = own.score(CALL)
    (used,) = result.receipt.estimators
    assert (used.behaviour, used.name, used.threshold) == ("empathy", "mine.skops", 0.6)
    data = json.loads(result.to_json())
    jsonschema.validate(data, result_schema())
    assert data["receipt"]["estimators"] == [
        {"behaviour": "empathy", "name": "mine.skops", "sha256": used.sha256, "threshold": 0.6}
    ]
    assert CallScore.from_dict(data).receipt == result.receipt


def test_the_last_one_for_a_behaviour_counts_and_their_order_does_not(tiny_scorer, mine):
    one = tiny_scorer.with_estimator("empathy", mine).with_estimator("thanks", mine)
    other = tiny_scorer.with_estimator("thanks", mine).with_estimator("empathy", mine, threshold=0.9)
    assert [own.behaviour for own in other.estimators] == ["empathy", "thanks"]
    assert one.score(CALL).to_json() == other.with_estimator("empathy", mine).score(CALL).to_json()
    assert tiny_scorer.estimators == ()


@pytest.mark.slow
def test_batches_workers_and_copies_give_the_same(own):
    calls = [CALL, call(*LINES[:3], call_id="c2")]
    alone = [own.score(one).to_json() for one in calls]
    assert [result.to_json() for result in own.score_many(calls)] == alone
    assert [result.to_json() for result in own.score_many(calls, n_jobs=2)] == alone
    assert pickle.loads(pickle.dumps(own)).score(CALL).to_json() == alone[0]  # noqa: S301


def test_verify_asks_for_the_same_file(own, tiny_scorer, mine, tmp_path):
    result, plain = own.score(CALL), tiny_scorer.score(CALL)
    renamed = tmp_path / "renamed.skops"
    renamed.write_bytes(mine.read_bytes())
    for scorer in (own, tiny_scorer.with_estimator("empathy", renamed, threshold=0.6)):
        assert verify(result, transcript=CALL, scorer=scorer).same
    other = put(tmp_path, good("counts and bayes"))
    refused = [
        (result, tiny_scorer, "--estimator empathy=mine.skops@0.6"),
        (result, tiny_scorer.with_estimator("empathy", other, threshold=0.6), "Given was mine.skops"),
        (result, tiny_scorer.with_estimator("empathy", renamed), "Given was renamed.skops"),
        (plain, own, "scored without an estimator of your own for 'empathy'"),
    ]
    for saved, scorer, said in refused:
        with pytest.raises(UsageError, match=said.replace(".", r"\.")):
            verify(saved, transcript=CALL, scorer=scorer)
        with pytest.raises(UsageError, match="c1: "):
            list(verify_each([saved], [CALL], scorer=scorer))


class Broken:
    """Answers that are no probabilities."""

    def __init__(self, answer):
        self.answer = answer

    def predict_proba(self, texts):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer(len(texts))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda n: np.full((n, 2), np.nan), "not between 0 and 1"),
        (lambda n: np.full((n, 2), 1.5), "not between 0 and 1"),
        (lambda n: np.full((n, 2), -0.5), "not between 0 and 1"),
        (lambda n: np.full((n, 3), 0.5), "two probabilities for each text"),
        (lambda n: np.full(n, 0.5), "two probabilities for each text"),
        (lambda n: np.full((n + 1, 2), 0.5), "two probabilities for each text"),
        (lambda n: np.array([["a", "b"]] * n), "two probabilities for each text"),
        (lambda n: None, "two probabilities for each text"),
        (ValueError("what a customer said"), r"mine\.skops: gives no probabilities \(ValueError\)\.$"),
    ],
)
def test_every_answer_is_checked(answer, said, own, tiny_scorer):
    (estimator,) = own.estimators
    broken = type(estimator)("empathy", "mine.skops", "0" * 64, 0.5, Broken(answer))
    with pytest.raises(ModelError, match=said):
        broken.probabilities(["one", "two"])
    scorer = Scorer(tiny_scorer.bundle, tiny_scorer.scorecard, estimators=[broken])
    (result,) = scorer.score_many([CALL])
    assert result.status == "unscored"
    assert result.reason.startswith("mine.skops: ")


@pytest.mark.parametrize(
    ("behaviour", "threshold", "said"),
    [
        ("warmth", 0.5, "there is no behaviour 'warmth'; there are greeting"),
        ("empathy", 0.0, "above 0 and at most 1"),
        ("empathy", float("nan"), "above 0 and at most 1"),
    ],
)
def test_wrong_usage(behaviour, threshold, said, mine, tiny_scorer):
    with pytest.raises(UsageError, match=said):
        tiny_scorer.with_estimator(behaviour, mine, threshold=threshold)


def test_without_skops_one_sentence_says_what_to_do(mine, monkeypatch):
    whole = builtins.__import__

    def missing(name, *rest):
        if name.startswith("skops"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match=r"pip install 'carescore\[estimators\]'"):
        load_estimator("empathy", mine)


def test_the_bundled_model_takes_one_too(mine):
    result = Scorer(load_bundle(), Scorer.load().scorecard).with_estimator("thanks", mine).score(CALL)
    assert result.receipt.estimators[0].behaviour == "thanks"
