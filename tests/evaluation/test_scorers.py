"""Models that have not seen a source."""

from __future__ import annotations

import json

import pytest

from carescore.errors import UsageError
from carescore.evaluation import scorers
from carescore.evaluation.scorers import left_out_scorers, one_scorer, trained_on
from tests.evaluation.scripted import call
from tests.training.invented import write_corpus


@pytest.fixture
def fits(monkeypatch):
    """The sources of the calls that each fit was given; every fit writes the invented manifest."""
    seen = []

    def train(data, output, *, jobs):
        seen.append(sorted({c.source for c in data.calls}))
        output.mkdir(parents=True, exist_ok=True)
        manifest = {"trained_on": [{**vars_of(file)} for file in data.inputs]}
        (output / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    class Loaded:
        @staticmethod
        def load(*, model=None):
            return object()

    monkeypatch.setattr(scorers, "train", train)
    monkeypatch.setattr(scorers, "Scorer", Loaded)
    return seen


def vars_of(file):
    return {name: getattr(file, name) for name in ("name", "sha256", "calls", "turns")}


def test_each_source_is_left_out_once(fits, tmp_path):
    told = []
    scorer_of = left_out_scorers(write_corpus(tmp_path / "data"), told=told.append)
    first = scorer_of(call("A: x", source="part0"))
    assert scorer_of(call("A: y", source="part0")) is first
    assert scorer_of(call("A: x", source="part1")) is not first
    assert scorer_of(call("A: x", source="elsewhere")) is not first
    assert fits == [["part1"], ["part0"], ["part0", "part1"]]
    assert told[0] == "fitting without part0: 12 calls"


def test_kept_models_are_used_again_until_the_data_changes(fits, tmp_path):
    data = write_corpus(tmp_path / "data")
    for _ in range(2):
        left_out_scorers(data, kept=tmp_path / "kept")(call("A: x", source="part0"))
    assert len(fits) == 1
    with (data / "corpus" / "bank" / "agent.tsv").open("a", encoding="utf-8") as file:
        file.write("-\t\tright\n")
    left_out_scorers(data, kept=tmp_path / "kept")(call("A: x", source="part0"))
    assert len(fits) == 2


def test_sources_can_be_left_out_in_groups(fits, tmp_path):
    data = write_corpus(tmp_path / "data")
    for name, count in {"part2": 6, "part3": 5}.items():
        lines = (data / "corpus" / "calls" / "part0.jsonl").read_text(encoding="utf-8").splitlines()[:count]
        (data / "corpus" / "calls" / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    scorer_of = left_out_scorers(data, folds=2)
    scorers = {name: scorer_of(call("A: x", source=name)) for name in ("part0", "part1", "part2", "part3")}
    assert fits == [["part1", "part3"], ["part0", "part2"]]
    assert scorers["part0"] is scorers["part2"]
    assert scorers["part1"] is scorers["part3"]


@pytest.mark.parametrize("source", ["../../up", "a/b", ".hidden", "", "x" * 300])
def test_a_source_of_any_name_stays_in_the_folder(fits, tmp_path, source):
    name = scorers._folder_name((source,))
    assert "/" not in name
    assert name.startswith("without-")
    assert len(name) < 120


def test_a_real_fit_scores(tmp_path):
    scorer = left_out_scorers(write_corpus(tmp_path / "data", calls=44))(call("A: x", source="part0"))
    assert scorer.bundle.name == "care"
    assert set(scorer.bundle.criteria)


def test_the_same_scorer_for_all(tiny_model):
    scorer_of = one_scorer(tiny_model)
    assert scorer_of(call("A: x")) is scorer_of(call("A: y", source="other"))
    assert trained_on(tiny_model) == ("invented.jsonl",)
    assert trained_on()


def test_no_data(tmp_path):
    with pytest.raises(UsageError, match=r"there is no such folder\. Give the one with corpus/calls"):
        left_out_scorers(tmp_path / "none")
