"""`carescore train`: labelled calls to a model folder that `carescore score` uses."""

from __future__ import annotations

import json

import pytest

from tests.training.invented import write_corpus


def test_a_model_is_trained_and_used(terminal, calls, tmp_path):
    corpus = write_corpus(tmp_path / "data")
    ran = terminal.run(
        "train", "--data", corpus, "--output", tmp_path / "mine", "--name", "mine", "--version", "1.2.3"
    )
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == ["24 calls with 168 turns, 3 single turns", f"wrote {tmp_path / 'mine'}"]
    (calls / "one.txt").write_text(
        "Agent: good morning, how can I help you\n"
        "Customer: honestly I am upset about this parcel, I have called three times already\n"
        "Agent: that is exhausting, no wonder you are upset, let me fix that myself today\n",
        encoding="utf-8",
    )
    ran = terminal.run("score", calls / "one.txt", "--model", tmp_path / "mine", "--format", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)[0]["receipt"]["model"] == "mine 1.2.3"


def test_labels_without_their_texts_are_told(terminal, tmp_path):
    corpus = write_corpus(tmp_path / "data", calls=12)
    turn = {"rows": [0], "speaker": "agent", "labels": ["empathy"]}
    row = {"source": "public", "conv_id": "1", "turns": [turn, turn]}
    (corpus / "labels").mkdir()
    (corpus / "labels" / "public.jsonl").write_text(json.dumps(row), encoding="utf-8")
    ran = terminal.run("train", "--data", corpus, "--output", tmp_path / "mine")
    assert ran.code == 2  # there are too few calls to go on
    assert "labels of 2 turns of 'public' left out: their public text is not at hand" in ran.err


@pytest.mark.parametrize(
    ("write", "told"),
    [
        (lambda folder: None, "there is no such folder. Give the one with corpus/calls"),
        (lambda folder: folder.mkdir(), "no labelled calls. Expected corpus/calls/*.jsonl"),
        (
            lambda folder: write_corpus(folder, calls=12),
            "criterion 'empathy': fewer than 20 calls have a rating.",
        ),
        (lambda folder: spoil(write_corpus(folder)), "part0.jsonl, line 13: broken JSON"),
        (lambda folder: drop_words(write_corpus(folder)), "vectors.safetensors: not word vectors"),
    ],
    ids=["no folder", "an empty folder", "few calls", "broken JSON", "no word vectors"],
)
def test_what_is_missing_is_told(write, told, terminal, tmp_path):
    write(tmp_path / "data")
    ran = terminal.run("train", "--data", tmp_path / "data", "--output", tmp_path / "mine")
    assert ran.code == 2
    assert ran.err.splitlines()[-1].startswith("carescore: ")
    assert told in ran.err
    assert not (tmp_path / "mine").exists()


def spoil(corpus):
    with (corpus / "corpus" / "calls" / "part0.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")


def drop_words(corpus):
    (corpus / "words" / "vectors.safetensors").unlink()
