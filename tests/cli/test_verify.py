"""`carescore verify` and `carescore diff`: exit codes and what is told."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def saved(terminal, calls, tiny_model, tmp_path):
    file = tmp_path / "results.jsonl"
    terminal.run("score", calls, "--model", tiny_model, "--output", file)
    return file


def test_untouched_results_verify(terminal, saved, calls, tiny_model):
    ran = terminal.run("verify", saved, "--transcript", calls, "--model", tiny_model)
    assert (ran.code, ran.out) == (
        0,
        "one: the same numbers\ntwo: the same numbers\n2 of 2 results verified.\n",
    )


def test_what_differs_is_told_and_ends_with_1(terminal, saved, calls, tiny_model):
    text = (calls / "one.txt").read_text(encoding="utf-8")
    (calls / "one.txt").write_text(text.replace("Monday", "Tuesday"), encoding="utf-8")
    (calls / "two.txt").unlink()
    (calls / "three.txt").write_text(text, encoding="utf-8")
    ran = terminal.run("verify", saved, "--transcript", calls, "--model", tiny_model)
    assert ran.code == 1
    assert "one: DIFFERS\n  Other words, roles or times" in ran.out
    assert "two: NOT FOUND among the transcripts" in ran.out
    ran = terminal.run("verify", saved, "--transcript", calls)
    assert "model: tiny 1.0.0 → care " in ran.out
    found = terminal.run("verify", saved, "--transcript", calls, "--format", "json")
    assert [(row["call_id"], row["same"]) for row in json.loads(found.out)] == [
        ("one", False),
        ("two", False),
    ]


def test_results_that_do_not_say_are_redacted_where_the_user_says_so(terminal, calls, tiny_model, tmp_path):
    text = (calls / "one.txt").read_text(encoding="utf-8")
    private = text.replace("What a relief", "Mail me at ana.quill@example.com, what a relief")
    (calls / "one.txt").write_text(private, encoding="utf-8")
    file = tmp_path / "redacted.jsonl"
    terminal.run("score", calls, "--model", tiny_model, "--redact", "--output", file)
    lines = file.read_text(encoding="utf-8")
    file.write_text(lines.replace(',"redacted":true', ""), encoding="utf-8")
    told = ("verify", file, "--transcript", calls, "--model", tiny_model)
    assert terminal.run(*told, "--redact").code == 0
    ran = terminal.run(*told)
    assert (ran.code, "--redact" in ran.out) == (1, True)


@pytest.mark.parametrize("arguments", [("none.jsonl", "--transcript", "."), ("results.jsonl",)])
def test_wrong_usage(arguments, terminal, saved, monkeypatch):
    monkeypatch.chdir(saved.parent)
    ran = terminal.run("verify", *arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_diff(terminal, saved, tmp_path):
    ran = terminal.run("diff", saved, saved)
    assert (ran.code, ran.out) == (0, "2 calls compared: 2 the same, 0 changed.\n")
    rows = [json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()]
    rows[1]["criteria"][0]["rating"] = 4.5
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = terminal.run("diff", saved, other)
    assert ran.code == 1
    assert "CALL two\n" in ran.out
    assert " → 4.50 (+" in ran.out
    assert "CALL" not in terminal.run("diff", saved, other, "--summary").out.replace("CALLS", "")
    assert terminal.run("diff", saved, tmp_path / "none.jsonl").code == 2
    found = json.loads(terminal.run("diff", saved, other, "--format", "json").out)
    assert (found["schema"], found["changed"][0]["criteria"][0]["new_rating"]) == ("carescore.diff/1", 4.5)
