"""Labelled calls from files."""

from __future__ import annotations

import gzip
import json

import pytest

from carescore.errors import TrainingError, UsageError
from carescore.evaluation.labelled import is_standoff, read_labelled, training_files

CALL = {"conv_id": "1", "turns": [{"speaker": "agent", "text": "hello", "labels": ["greeting"]}]}
ROW = {"source": "star", "conv_id": "s-1", "turns": [{"rows": [0], "speaker": "agent", "labels": ["thanks"]}]}


def write(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_texts(folder):
    folder.mkdir()
    row = {"conv_id": "s-1", "turn": 0, "speaker": "agent", "text": "thank you", "labels": {}}
    with gzip.open(folder / "star.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    return folder


def test_both_shapes_are_read(tmp_path):
    calls = write(tmp_path / "mine.jsonl", CALL)
    labels = write(tmp_path / "labels.jsonl", ROW)
    assert (is_standoff(calls), is_standoff(labels)) == (False, True)
    found = read_labelled([calls, labels], write_texts(tmp_path / "texts"))
    assert [(call.source, call.turns[0].text) for call in found.calls] == [
        ("mine", "hello"),
        ("star", "thank you"),
    ]
    assert found.files == ("mine.jsonl", "labels.jsonl")
    assert found.missing == {}


def test_labels_without_their_text_are_counted(tmp_path):
    found = read_labelled([write(tmp_path / "a.jsonl", CALL), write(tmp_path / "b.jsonl", ROW)])
    assert (len(found.calls), found.missing) == (1, {"star": 1})
    with pytest.raises(UsageError, match=r"the texts of star are not at hand.*--public-texts"):
        read_labelled([tmp_path / "b.jsonl"])


def test_readers_are_counted_from_the_readings(tmp_path):
    home = tmp_path / "corpus"
    other = {**CALL, "conv_id": "2"}
    calls = write(home / "calls" / "mine.jsonl", CALL, other)
    write(home / "readings" / "mine.A.jsonl", CALL)
    write(home / "readings" / "mine.B.jsonl", CALL)
    assert read_labelled([calls]).readers == (2, 1)


def test_folders_and_sources(tmp_path):
    write(tmp_path / "calls" / "b.jsonl", CALL)
    write(tmp_path / "calls" / "a.jsonl", CALL, CALL)
    assert read_labelled([tmp_path / "calls"]).files == ("a.jsonl", "a.jsonl", "b.jsonl")
    only = read_labelled([tmp_path / "calls"], sources=["b"])
    assert (only.files, only.readers, len(only.calls)) == (("b.jsonl",), (1,), 1)
    with pytest.raises(UsageError, match=r"no source 'c' among the calls; there are: a, b\."):
        read_labelled([tmp_path / "calls"], sources=["b", "c"])


def test_what_training_takes(tmp_path):
    (tmp_path / "corpus" / "calls").mkdir(parents=True)
    assert training_files(tmp_path) == [tmp_path / "corpus" / "calls"]
    (tmp_path / "labels").mkdir()
    assert training_files(tmp_path)[1:] == [tmp_path / "labels"]


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        ("", UsageError, "no labelled call"),
        ("{\n", TrainingError, "a.jsonl, line 1: broken JSON"),
        ('{"turns": 3}\n', TrainingError, "a.jsonl, line 1: 'turns' should be a list"),
    ],
)
def test_mistakes_are_told(tmp_path, content, error, told):
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(error, match=told):
        read_labelled([tmp_path / "a.jsonl"])


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="there is no file or folder"):
        read_labelled([tmp_path / "none.jsonl"])
