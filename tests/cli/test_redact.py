"""`carescore redact`: text, files and folders without private things, and figures."""

from __future__ import annotations

import json

import pytest

import carescore as cs
from tests.examples import REPOSITORY

CALL = "Agent: Who am I speaking to?\nCustomer: Quillon Farrow, card 4111 1111 1111 1111.\n"
MARKED = "= chat written\nC: card {card: 4111 1111 1111 1111}\n\n= chat written\nC: hello\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mrs farrow.txt"
    path.write_text(CALL, encoding="utf-8")
    return path


def test_a_call_is_printed_with_placeholders(terminal, file):
    ran = terminal.run("redact", file)
    assert ran.code == 0
    assert ran.out == ("# mrs [NAME_1]\nAgent: Who am I speaking to?\nCustomer: [NAME_1], card [CARD_1].\n\n")
    assert ran.err.startswith("1 call: 1 name, 1 card replaced.")


def test_only_some_forms(terminal, file):
    assert "Quillon Farrow, card [CARD_1]." in terminal.run("redact", file, "--only", "card").out


@pytest.mark.parametrize("name", ["out", "out.json", "out.jsonl"])
def test_files_hold_the_calls_and_where_placeholders_stood(terminal, file, tmp_path, name):
    output = tmp_path / name
    assert terminal.run("redact", file, "--output", output).code == 0
    written = output / "mrs_NAME_1.json" if name == "out" else output
    text = written.read_text(encoding="utf-8")
    assert "Farrow" not in text
    data = json.loads(text)
    first = data[0] if name == "out.json" else data
    assert [row["form"] for row in first["redactions"]] == ["name", "card"]
    again = next(iter(cs.read_all(written)))
    assert [turn.text for turn in again.turns][1] == "[NAME_1], card [CARD_1]."
    assert [turn.role for turn in again.turns] == ["agent", "customer"]


def test_files_of_one_name_do_not_overwrite_each_other(terminal, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(CALL, encoding="utf-8")
    ran = terminal.run("redact", tmp_path / "a", tmp_path / "b", "--output", tmp_path / "out")
    assert ran.code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["same (2).json", "same.json"]


def test_score_can_redact(terminal):
    sample = REPOSITORY / "data/samples/phone_2025-03-21_1432.txt"
    ran = terminal.run("score", sample, "--redact", "--format", "json")
    assert ran.code == 0
    assert "31 Bell Meadow" not in ran.out
    assert "Femi" not in ran.out


def test_figures_on_marked_snippets(terminal, tmp_path):
    path = tmp_path / "marked.txt"
    path.write_text(MARKED, encoding="utf-8")
    ran = terminal.run("redact", "--measure", path)
    assert ran.code == 0
    assert "card       1  1.00 (.27 to 1.00)" in ran.out
    assert "Of 1 snippets with nothing private in them, 0 lost something." in " ".join(ran.out.split())
    markdown = tmp_path / "figures.md"
    assert terminal.run("redact", "--measure", path, "--output", markdown).code == 0
    assert markdown.read_text(encoding="utf-8").startswith("## Redaction by carescore")


def test_figures_are_told_file_by_file(terminal, tmp_path):
    for name in ("one", "other"):
        (tmp_path / f"{name}.txt").write_text(MARKED, encoding="utf-8")
    ran = terminal.run("redact", "--measure", tmp_path / "one.txt", tmp_path / "other.txt")
    assert ran.code == 0
    rows = [line.split() for line in ran.out.partition("FILE BY FILE")[2].splitlines()]
    assert ["form", "one", "other"] in rows
    assert ["card", "1.00", "of", "1", "1.00", "of", "1"] in rows
    assert ["taken", "wrongly", "0", "of", "1", "0", "of", "1"] in rows


def test_what_was_never_looked_at_is_measured_unless_told_otherwise(terminal, monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    ran = terminal.run("redact", "--measure")
    assert "all            256" in ran.out
    assert "held_out" in ran.out.partition("FILE BY FILE")[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give files or folders to redact"),
        (["no-such-file"], "there is no file or folder 'no-such-file'"),
        (["data/samples/README.md", "--output", "x.docx"], "'.docx' is no ending that redact writes"),
        (["--measure", "no-such-file"], "no-such-file: cannot be read"),
    ],
)
def test_wrong_usage_is_told(terminal, monkeypatch, arguments, message):
    monkeypatch.chdir(REPOSITORY)
    ran = terminal.run("redact", *arguments)
    assert ran.code == 2
    assert message in ran.err


def test_what_cannot_be_read_is_told_and_the_rest_delivered(terminal, file, tmp_path):
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    ran = terminal.run("redact", tmp_path)
    assert ran.code == 1
    assert "not read: broken.json" in ran.err
    assert "[CARD_1]" in ran.out
