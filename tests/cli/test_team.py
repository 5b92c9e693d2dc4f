"""`carescore team` as its users run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from carescore.cli import app
from carescore.errors import UsageError
from tests.team.examples import drawn, result, team


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    results = team(
        {"Ana": drawn(70, 12, seed=1), "Ben": drawn(50, 12, seed=2), "=cmd()": drawn(50, 6, seed=3)}
    )
    path = tmp_path / "results.jsonl"
    path.write_text("".join(one.to_json() + "\n" for one in results), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, ["team", *map(str, arguments)])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.exit_code, outcome.stdout


def test_text(saved: Path) -> None:
    code, text = run(saved)
    assert code == 0
    for heading in (
        "DRAFT",
        "LEVELS",
        "CHANGE OVER TIME",
        "MISSED MOST",
        "CELEBRATING",
        "EVENNESS",
        "LISTEN",
    ):
        assert heading in text
    assert max(map(len, text.splitlines())) < 130


def test_json_and_seed(saved: Path) -> None:
    data = json.loads(run(saved, "--format", "json", "--seed", 3)[1])
    assert (data["schema"], data["seed"], data["calls"]) == ("carescore.team/1", 3, 30)


def test_csv_has_no_formulas(saved: Path, tmp_path: Path) -> None:
    code, _ = run(saved, "--format", "csv", "--output", tmp_path / "team.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "team.csv").read_text(encoding="utf-8"))))
    assert code == 0
    assert {row["agent"] for row in rows} == {"", "Ana", "Ben", "'=cmd()"}
    assert {row["criterion"] for row in rows} == {"score", "empathy"}


def test_a_period_with_nothing_in_it_is_exit_code_1(saved: Path) -> None:
    code, text = run(saved, "--from", "2030-01-01")
    assert code == 1
    assert "no results to look at" in text


def test_transcripts_are_scored_on_the_way(tmp_path: Path, saved: Path, tiny_model: Path) -> None:
    words = "Customer: I am frustrated, I have called twice about this refund and nobody rang\nAgent: "
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "one.txt").write_text(
        f"{words}How exhausting, I see to it myself today\n", encoding="utf-8"
    )
    code, text = run(tmp_path / "calls", saved, "--model", tiny_model)
    assert code == 0
    assert "never averaged together" in " ".join(text.split())


@pytest.mark.parametrize("arguments", [("missing.jsonl",), ("--from", "May")])
def test_wrong_usage(arguments: tuple[str, ...], saved: Path) -> None:
    with pytest.raises(UsageError):
        run(saved, *arguments)


def test_unscored_results_only(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text(result("short", None).to_json(), encoding="utf-8")
    code, text = run(path)
    assert code == 1
    assert "Nothing could be scored" in text
    assert "Too short" in text
