"""`carescore coach` as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from carescore.cli import app
from carescore.errors import UsageError
from carescore.transcript import Transcript
from tests.coaching.examples import cold_call, warm_call


def write(folder: Path, transcript: Transcript, name: str) -> Path:
    path = folder / name
    lines = [f"{'Agent' if turn.role == 'agent' else 'Customer'}: {turn.text}" for turn in transcript.turns]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, ["coach", *map(str, arguments)])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.exit_code, outcome.stdout


def test_text(tmp_path: Path) -> None:
    write(tmp_path, cold_call(), "a.txt")
    write(tmp_path, warm_call(), "b.txt")
    code, text = run(tmp_path)
    assert code == 0
    assert text.index("ONE THING TO WORK ON") < text.index("WORTH CELEBRATING")
    assert text.count("THE STORY THIS CUSTOMER MAY TELL") == 2


def test_jsonl(tmp_path: Path) -> None:
    output = tmp_path / "notes.jsonl"
    code, text = run(write(tmp_path, cold_call(), "a.txt"), "--format", "jsonl", "--output", output)
    assert (code, text) == (0, "")
    row = json.loads(output.read_text(encoding="utf-8"))
    assert set(row) == {"call_id", "score", "coaching"}
    assert row["coaching"]["missed_moments"][0]["opening"]["turn"] == 1


def test_colleagues(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    write(team, warm_call(), "warm.txt")
    code, text = run(write(tmp_path, cold_call(), "cold.txt"), "--colleagues", team)
    assert code == 0
    assert "A colleague met this with: " in text


def test_own_words(tmp_path: Path) -> None:
    words = tmp_path / "words"
    call = write(tmp_path, cold_call(), "a.txt")
    assert run("--copy-words", words)[0] == 0
    assert run(call, "--words", words) == run(call)
    notes = words / "words.toml"
    text = notes.read_text(encoding="utf-8").replace("What lets them", "WHAT LETS THEM")
    notes.write_text(text.replace("listens for one thing first", "LISTENS FIRST"), encoding="utf-8")
    assert any(word in run(call, "--words", words)[1] for word in ("WHAT LETS THEM", "LISTENS FIRST"))
    with pytest.raises(UsageError, match="not overwritten"):
        run("--copy-words", words)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [([], "say which calls"), (["nowhere"], "there is no file or folder 'nowhere'")],
)
def test_wrong_usage(arguments: list[str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        run(*arguments)


def test_what_cannot_be_read_is_told_and_the_rest_coached(tmp_path: Path) -> None:
    write(tmp_path, cold_call(), "a.txt")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    code, text = run(tmp_path)
    assert code == 1
    assert "ONE THING TO WORK ON" in text
