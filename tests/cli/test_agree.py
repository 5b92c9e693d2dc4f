"""`carescore agree` as its users run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from carescore.cli import app
from tests.team.examples import criterion, result


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    rows = [
        f"c{n},{rater},{1 + (n + extra) % 5}" for n in range(20) for extra, rater in enumerate(("Ana", "Ben"))
    ]
    path = tmp_path / "ratings.csv"
    path.write_text("\n".join(["call_id,rater,empathy", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    rows = [result(f"c{n}", criteria=[criterion("empathy", 25.0 * (n % 5))]) for n in range(20)]
    path.write_text("\n".join(row.to_json() for row in rows), encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    outcome = CliRunner().invoke(app, ["agree", *map(str, arguments)], catch_exceptions=False)
    assert outcome.exit_code == 0
    return outcome.stdout


def test_people_alone(ratings: Path) -> None:
    text = run(ratings)
    assert text.startswith("20 calls rated by 2 people.")
    for heading in ("ALL TOGETHER", "PAIRS OF RATERS", "HIGHER OR LOWER", "TALK ABOUT THESE FIRST"):
        assert heading in text


def test_people_and_the_machine(ratings: Path, saved: Path) -> None:
    pairs = json.loads(run(ratings, saved, "--format", "json"))["pairs"]
    assert [(p["first"], p["second"], p["exact"]["value"]) for p in pairs] == [
        ("Ana", "Ben", 0.0),
        ("Ana", "machine", 1.0),
        ("Ben", "machine", 0.0),
    ]


def test_csv(ratings: Path, saved: Path, tmp_path: Path) -> None:
    run(ratings, saved, "--format", "csv", "-o", tmp_path / "out.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert [row["calls"] for row in rows] == ["20"] * 3
