"""An invented data folder with two readings of some calls, and labels of a public source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.training.invented import write_corpus


def write_data(folder: Path) -> Path:
    """Calls, a phrase bank, readings A and B of the first part, stand-off labels with their licence."""
    data = write_corpus(folder)
    rows = rows_of(data / "corpus" / "calls" / "part0.jsonl")
    write(data / "corpus" / "readings" / "part0.A.jsonl", [reading(row) for row in rows])
    write(data / "corpus" / "readings" / "part0.B.jsonl", [reading(row, other=True) for row in rows])
    turn = {"rows": [0], "speaker": "agent", "labels": ["empathy"]}
    write(data / "labels" / "star.jsonl", [{"source": "star", "conv_id": "s-1", "turns": [turn]}])
    write(data / "labels" / "readings" / "star.A.jsonl", [{"conv_id": "s-1", "turns": [turn]}])
    (data / "labels" / "sources.toml").write_text(
        '[star]\nname = "Dialogues"\nfrom = "someone/STAR"\nlicence = "MIT"\n'
        'citation = "Them 2020"\nuse = "train"\n',
        encoding="utf-8",
    )
    return data


def reading(row: dict[str, Any], *, other: bool = False) -> dict[str, Any]:
    """A reading of a call; the other reader finds no greeting, and rates overall one lower."""
    turns = [
        {"speaker": t["speaker"], "labels": [n for n in t["labels"] if not (other and n == "greeting")]}
        for t in row["turns"]
    ]
    ratings = dict(row["ratings"])
    if other:
        ratings["overall"] = max(ratings["overall"] - 1, 1)
        ratings["clarity"] = None
    return {"conv_id": row["conv_id"], "turns": turns, "ratings": ratings}


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
