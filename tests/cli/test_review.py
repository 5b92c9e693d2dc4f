"""`carescore review`: the way of a call by command, to the case that evaluation must pass."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def saved(terminal, calls, tiny_model, tmp_path):
    file = tmp_path / "results.jsonl"
    terminal.run("score", calls, "--model", tiny_model, "--output", file)
    return file


@pytest.fixture
def log(terminal, saved, tmp_path):
    file = tmp_path / "reviews.db"
    ran = terminal.run("review", "open", file, saved, "--by", "Ana")
    assert (ran.code, ran.err) == (0, "2 drafts entered, 0 were in the log already.\n")
    return file


def test_the_way_of_a_call(terminal, saved, log, calls, tiny_model, tmp_path):
    at = ("--at", "2026-03-01T09:30:00Z")
    steps = [
        (
            "note",
            log,
            "one",
            "--by",
            "Ana",
            "--rating",
            "empathy=2",
            "--rating",
            "clarity=NA",
            "--note",
            "Hm.",
        ),
        ("dispute", log, "one", "empathy", "--by", "Ben", "--reason", "I did."),
        ("resolve", log, "one", "empathy", "--by", "Cy", "--upheld", "--rating", "1", "--reason", "No."),
        ("dispute", log, "one", "clarity", "--by", "Ben", "--reason", "I was."),
        ("resolve", log, "one", "clarity", "--by", "Cy", "--rejected", "--reason", "You were not."),
    ]
    states = []
    for step in steps:
        ran = terminal.run("review", *step, *at)
        assert ran.code == 0, ran.err
        states.append(ran.err.split()[-1])
    assert states == ["reviewed.", "disputed.", "resolved.", "disputed.", "resolved."]
    listed = terminal.run("review", "list", log)
    assert "2 calls: 1 resolved, 1 draft." in listed.out
    assert "Ana 2, upheld by Cy: should be 1 ± 0.5" in listed.out
    history = terminal.run("review", "list", log, "--call", "one").out
    assert "2026-03-01T09:30:00+00:00  Ben: disputed empathy\n      I did.\n" in history
    assert "two" not in terminal.run("review", "list", log, "--state", "resolved").out
    rows = list(csv.DictReader(terminal.run("review", "list", log, "--format", "csv").out.splitlines()))
    assert [row["rating"] for row in rows if row["rater"] == "Ana"] == ["2", "NA"]

    cases = tmp_path / "disputes.jsonl"
    assert terminal.run("review", "cases", log, "--transcripts", calls, "--output", cases).code == 0
    ran = terminal.run("evaluate", "--disputes", cases, "--model", tiny_model)
    assert (ran.code, "FAILED  one, empathy: rating" in ran.out) == (1, True)
    assert "0 of 1 upheld dispute passed." in ran.out
    ratings = tmp_path / "ratings.csv"
    terminal.run("review", "ratings", log, "--output", ratings)
    assert terminal.run("agree", ratings, saved).code == 0
    assert "1 of them reviewed by no person" in terminal.run("team", saved, "--reviews", log).out


def test_a_case_that_passes(terminal, log, calls, tiny_model, tmp_path):
    terminal.run("review", "note", log, "one", "--by", "Ana")
    terminal.run("review", "dispute", log, "one", "empathy", "--by", "Ben", "--reason", "x")
    ran = terminal.run(
        *("review", "resolve", log, "one", "empathy", "--by", "Cy", "--upheld", "--reason", "x"),
        *("--label", "empathy", "--turn", "2"),
    )
    assert ran.code == 0, ran.err
    cases = tmp_path / "d.jsonl"
    assert "1 of them without their transcript" in terminal.run("review", "cases", log, "-o", cases).err
    told = ("evaluate", "--disputes", cases, "--model", tiny_model)
    assert terminal.run(*told).code == 1
    ran = terminal.run(*told, "--transcripts", calls)
    assert (ran.code, ran.out) == (0, "1 of 1 upheld dispute passed.\n")


def test_a_broken_log_is_named_with_its_row(terminal, log):
    whole = terminal.run("review", "check", log)
    assert whole.code == 0
    head = whole.out.split()[-1]
    assert terminal.run("review", "check", log, "--head", head).code == 0
    assert terminal.run("review", "check", log, "--head", "0" * 63 + "1").code == 1
    with closing(sqlite3.connect(log)) as connection:
        connection.execute("DROP TRIGGER entries_unchanged")
        connection.execute("UPDATE entries SET contents = replace(contents, 'Ana', 'Eve') WHERE seq = 2")
        connection.commit()
    ran = terminal.run("review", "check", log)
    assert ran.code == 1
    assert "reviews.db: broken at row 2: its contents were changed. 1 row before that" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("note", "LOG", "nine", "--by", "A"), "call 'nine' is not in the log"),
        (("note", "LOG", "one", "--by", "A", "--rating", "empathy"), "written as empathy=4"),
        (("note", "LOG", "one", "--by", "A", "--rating", "empathy=good"), "a number from 1 to 5"),
        (
            ("dispute", "LOG", "one", "empathy", "--by", "A", "--reason", "x"),
            "nobody has reviewed this draft",
        ),
        (("list", "none.db"), "there is no review log"),
        (("check", "results.jsonl"), "it is not a review log"),
        (("open", "LOG", "none.jsonl", "--by", "A"), "cannot be opened"),
    ],
)
def test_wrong_usage(arguments, said, terminal, log, monkeypatch):
    monkeypatch.chdir(log.parent)
    ran = terminal.run("review", *(log if part == "LOG" else part for part in arguments))
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert "Traceback" not in ran.err


def test_a_name_does_not_steer_the_terminal(terminal, log):
    terminal.run("review", "note", log, "one", "--by", "\x1b[31mEve\u202e", "--note", "\x1b]0;x\x07")
    for form in ("text", "csv"):
        out = terminal.run("review", "list", log, "--format", form).out
        assert set(out) & {"\x1b", "\x07", "\u202e"} == set()
    assert "\x1b" not in terminal.run("review", "list", log, "--call", "one").out
