"""`carescore purge`, `erase` and `export`: nothing goes without --yes."""

from __future__ import annotations

import json

import pytest

from carescore.saved_results import read_results
from tests.team.examples import result


@pytest.fixture
def file(tmp_path):
    found = [result("a", agent="Ana", day="2025-01-01"), result("b", agent="Ben", day="2025-06-01")]
    path = tmp_path / "r.jsonl"
    path.write_text("".join(one.to_json() + "\n" for one in found), encoding="utf-8")
    return path


COMMANDS = [
    (("purge", "--before", "2025-02-01"), "b"),
    (("purge", "--older-than", "90d", "--today", "2025-06-02"), "b"),
    (("erase", "--person", "ana"), "b"),
    (("erase", "--call", "b"), "a"),
]


@pytest.mark.parametrize(("command", "stays"), COMMANDS)
def test_nothing_goes_without_yes(command, stays, terminal, file):
    before = file.read_bytes()
    for more in ((), ("--dry-run",)):
        ran = terminal.run(*command, file, *more)
        assert (ran.code, file.read_bytes()) == (0, before)
        assert "1 record of 1 call would be removed, 1 stay" in ran.out
        assert "Nothing was removed." in ran.out
    ran = terminal.run(*command, file, "--yes")
    assert (ran.code, "Removed 1 record." in ran.out) == (0, True)
    assert [one.call_id for one in read_results(file)] == [stays]


def test_export(terminal, file, tmp_path):
    out = tmp_path / "ana.json"
    ran = terminal.run("export", file, "--person", "Ana", "--output", out)
    assert (ran.code, ran.err) == (0, "wrote 1 record from 1 file\n")
    assert json.loads(out.read_text(encoding="utf-8"))["files"][0]["records"][0]["call_id"] == "a"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("purge",), "either --older-than AGE or --before DAY"),
        (("purge", "--before", "2025-01-01", "--older-than", "9d"), "either"),
        (("purge", "--before", "May"), "a day is written as"),
        (("purge", "--older-than", "6m"), "90d or 26w"),
        (("erase",), "either --person NAME or --call ID"),
        (("erase", "--person", "Ana", "--yes", "--dry-run"), "say one of them"),
        (("erase", "--person", "A"), "2 letters"),
    ],
)
def test_wrong_usage(arguments, said, terminal, file):
    ran = terminal.run(arguments[0], file, *arguments[1:])
    assert (ran.code, said in ran.err) == (2, True), ran.err
