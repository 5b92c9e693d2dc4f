"""`carescore talk` as its users run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from carescore.cli import app
from carescore.errors import UsageError

CALL = "Agent: Good morning, what brings you to us?\nCustomer: My order is late and I am worried about it.\n"


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "one.txt").write_text(CALL, encoding="utf-8")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    return folder


def run(*arguments: object) -> str:
    outcome = CliRunner().invoke(app, ["talk", *map(str, arguments)], catch_exceptions=False)
    assert outcome.exit_code == 0
    return outcome.stdout


def test_text_has_a_row_a_call_and_the_definitions(calls: Path) -> None:
    lines = run(calls).splitlines()
    assert lines[0].startswith("CALL")
    assert lines[1].split()[:4] == ["one", "–", "–", "41%"]
    assert any(line.startswith("INTERRUPTS: ") for line in lines)


def test_json_and_csv(calls: Path) -> None:
    document = json.loads(run(calls, "--format", "json"))
    assert document["calls"][0]["word_share"] == pytest.approx(0.4118, abs=1e-3)
    assert "silence" in document["definitions"]
    rows = list(csv.DictReader(io.StringIO(run(calls, "--format", "csv"))))
    assert (rows[0]["call_id"], rows[0]["silence"]) == ("one", "")


def test_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        run("missing")
