"""`carescore practice` as its users run it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from carescore.cli import app
from carescore.errors import CareScoreError
from tests.cli.running import Terminal
from tests.cli.test_coach import write
from tests.coaching.examples import cold_call, warm_call
from tests.examples import REPOSITORY


def run(*arguments: object) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, ["practice", *map(str, arguments)])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.exit_code, outcome.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, cold_call(), "boiler try 1.txt")
    write(tmp_path, warm_call(), "boiler try 2.txt")
    write(tmp_path, warm_call(), "other.txt")
    return tmp_path


def test_compare(folder: Path) -> None:
    code, text = run("compare", folder / "boiler try 1.txt", folder / "boiler try 2.txt")
    assert code == 0
    assert "boiler try 1.txt → boiler try 2.txt" in text
    assert "MET BETTER THAN BEFORE" in text


@pytest.mark.parametrize("command", [["run"], []])
def test_folder(folder: Path, command: list[str]) -> None:
    code, text = run(*command, folder)
    assert code == 0
    assert "SCENARIO boiler\n" in text
    assert "SCENARIO other\n" in text
    assert text.count("→ boiler try 2.txt") == 1


def test_output(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "practice.txt"
    output.parent.mkdir()
    calls = [folder / "boiler try 1.txt", folder / "boiler try 2.txt"]
    assert run("compare", *calls, "--output", output) == (0, "")
    assert "MET BETTER" in output.read_text(encoding="utf-8")


def test_what_cannot_be_read_is_told_and_the_rest_compared(folder: Path) -> None:
    (folder / "boiler try 3.txt").write_text("", encoding="utf-8")
    code, text = run("run", folder)
    assert code == 1
    assert "→ boiler try 2.txt" in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "nowhere"], "there is no folder 'nowhere'"),
        (["nowhere"], "there is no folder 'nowhere'"),
        (["compare", "nowhere", "nowhere"], "there is no such file"),
    ],
)
def test_wrong_usage(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CareScoreError, match=sentence):
        run(*arguments)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CareScoreError, match="no files"):
        run(tmp_path)


def test_a_coordinator_compares_two_tries_and_hands_out_pages(terminal: Terminal, tmp_path: Path) -> None:
    """As the README says it: a folder of attempts, side by side, then a page for each."""
    tries = REPOSITORY / "data" / "samples" / "practice"
    compared = terminal.run("practice", tries)
    assert compared.code == 0
    assert compared.out.startswith("SCENARIO practice\n")
    assert "first-try.txt → second-try.txt" in compared.out
    assert "MET BETTER THAN BEFORE" in compared.out
    handed_out = terminal.run("report", tries, "--output", tmp_path / "pages")
    assert handed_out.code == 0
    assert handed_out.err.endswith("open {}\n".format(tmp_path / "pages" / "index.html"))
    first = (tmp_path / "pages" / "call-00001.html").read_text(encoding="utf-8")
    assert "One thing to work on" in first
