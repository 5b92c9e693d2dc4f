"""Training end to end on invented calls: the same bytes twice, and a model that has learned something."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from carescore.bundle import ARRAYS, MANIFEST
from carescore.codebook import CRITERIA
from carescore.errors import TrainingError
from carescore.scorecard import parse_scorecard
from carescore.scorer import Scorer
from carescore.training.train import GOLDEN, read_training_data, train
from tests.examples import call
from tests.training.invented import write_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def model(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "mine"
    train(read_training_data(corpus), folder, name="mine", version_="2.1.0")
    return folder


KIND = call(
    "C: honestly I am upset about this parcel",
    "A: that is exhausting, no wonder you are upset",
    "C: this is the third time I call",
    "A: let me fix that myself today",
    "C: oh great, thank you so much",
    "A: you will get a text from the driver",
)
COLD = call(
    "C: honestly I am upset about this parcel",
    "A: you should calm down, that is not important",
    "C: this is the third time I call",
    "A: that is not my department",
    "C: it is still not here",
    "A: no we cannot do that, you would have to ask the depot",
)


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_same_data_gives_the_same_bytes(jobs, corpus, model, tmp_path):
    train(read_training_data(corpus), tmp_path / "again", name="mine", version_="2.1.0", jobs=jobs)
    for name in (MANIFEST, ARRAYS):
        assert (tmp_path / "again" / name).read_bytes() == (model / name).read_bytes()


def test_the_model_has_learned_to_tell_kind_from_cold(model):
    scorer = Scorer.load(model=model)
    kind, cold = scorer.score_batch([KIND, COLD])
    assert (kind.status, cold.status) == ("draft", "draft")
    assert kind.score > cold.score + 20
    assert "empathy" in kind.turns[1].behaviours
    assert "distress" in kind.turns[0].behaviours
    assert kind.receipt.model == "mine 2.1.0"
    assert all(
        1 <= rating <= 5 for rating in (c.rating for c in kind.criteria.values()) if rating is not None
    )


def test_the_manifest_tells_what_it_was_made_of(corpus, model):
    manifest = json.loads((model / MANIFEST).read_text(encoding="utf-8"))
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    assert {(row["name"], row["sha256"]) for row in manifest["trained_on"]} == {
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files
    }
    assert [(row["calls"], row["turns"]) for row in manifest["trained_on"]] == [
        (12, 84), (12, 84), (0, 2), (0, 1), (0, 0)
    ]  # fmt: skip
    assert {"python", "numpy", "scikit-learn", "scipy", "spacy"} <= set(manifest["trained_with"])
    assert set(manifest["criteria"]) == set(CRITERIA)
    assert [(turn["side"], turn["text"]) for turn in manifest["golden"]] == list(GOLDEN)


def test_no_word_of_the_corpus_is_in_the_model(model):
    content = (model / ARRAYS).read_bytes() + (model / MANIFEST).read_bytes()
    for word in (b"parcel", b"depot", b"exhausting", b"upset"):
        assert word not in content


def test_a_scorecard_of_its_own_may_need_no_ratings(corpus, tmp_path):
    card = parse_scorecard(
        'schema = "carescore.scorecard/1"\nname = "team"\nversion = "1.0.0"\n'
        '[[criteria]]\nid = "a"\nname = "A"\npoints = { "shows empathy" = 2.0 }\n'
    )
    train(read_training_data(corpus), tmp_path / "mine", scorecard=card)
    assert Scorer.load(model=tmp_path / "mine", scorecard=card).score(KIND).score > 0
    assert json.loads((tmp_path / "mine" / MANIFEST).read_text(encoding="utf-8"))["criteria"] == {}


def test_too_few_rated_calls(tmp_path):
    data = read_training_data(write_corpus(tmp_path, calls=12))
    with pytest.raises(TrainingError, match="criterion 'empathy': fewer than 20 calls have a rating"):
        train(data, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_calls_without_labels(tmp_path):
    corpus = write_corpus(tmp_path)
    for path in (corpus / "corpus" / "calls").iterdir():
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        bare = [{**row, "turns": [{**turn, "labels": []} for turn in row["turns"]]} for row in rows]
        path.write_text("\n".join(map(json.dumps, bare)), encoding="utf-8")
    with pytest.raises(TrainingError, match="no label has enough turns to learn from"):
        train(read_training_data(corpus), tmp_path / "mine")


@pytest.mark.parametrize("folders", [[], ["corpus/calls"], ["corpus/bank"]])
def test_no_calls_at_all(folders, tmp_path):
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(TrainingError, match=r"no labelled calls\. Expected corpus/calls/\*\.jsonl"):
        read_training_data(tmp_path)
