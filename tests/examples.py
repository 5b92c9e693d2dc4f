"""Small calls, models and arrays that tests are written with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carescore.bundle import ARRAYS, MANIFEST, behaviour_model, golden_probabilities, save_bundle
from carescore.codebook import BEHAVIOURS, CRITERIA
from carescore.features import word_buckets
from carescore.moments import Findings
from carescore.tokens import Tokenizer
from carescore.transcript import ROLES, Transcript, Turn

REPOSITORY = Path(__file__).parents[1]
SOURCES = REPOSITORY / "src" / "carescore"
CORPUS = REPOSITORY / "data" / "corpus"

SIDES = {"A": "agent", "C": "customer", "S": "system", "B": "bot", "?": "unknown"}

# Each word is a sure sign of its behaviour to the tiny model; all other words tell it nothing.
SIGNS: dict[str, str] = {
    "exhausting": "empathy",
    "sorry": "apology",
    "myself": "ownership",
    "department": "deflection",
    "refund": "solution",
    "because": "explanation",
    "monday": "timeframe",
    "why": "open_question",
    "denied": "refusal",
    "nonsense": "dismissive",
    "frustrated": "distress",
    "twice": "effort",
    "relief": "satisfaction",
}
# Words that it knows too, so that calls made of them pass for English.
COMMON = (
    "a again and at be by call called can did do for from good have hello help how i in is it me my no not "
    "now of on our see that the there this to we what when will with yes you your . , ! ? am so thank"
)
GOLDEN = [("customer", "I am frustrated, I called twice"), ("agent", "How exhausting, I see to it myself")]


def call(*lines: str, call_id: str = "call", **facts: Any) -> Transcript:
    """A call from lines such as "A: Hello" (A agent, A2 another, C customer, B bot, S system)."""
    turns = []
    for index, line in enumerate(lines):
        label, _, text = line.partition(": ")
        role: Any = SIDES[label[0]]
        turns.append(
            Turn(
                index=index,
                speaker=label,
                role=role,
                role_source="unknown" if role == "unknown" else "told",
                text=text,
                start=2.5 * index,
                end=2.5 * index + 2.0,
            )
        )
    return Transcript(call_id=call_id, turns=tuple(turns), **facts)


def findings(
    rows: Sequence[tuple[str, Mapping[str, float]]],
    *,
    repeats: Sequence[int] = (),
    labels: tuple[str, ...] = BEHAVIOURS,
) -> Findings:
    """Findings written by hand: for each turn its side ("A", "C", ...) and the probabilities above 0."""
    probabilities = np.zeros((len(rows), len(labels)))
    for turn, (_, shown) in enumerate(rows):
        for name, probability in shown.items():
            probabilities[turn, labels.index(name)] = probability
    repeated = np.zeros(len(rows), dtype=bool)
    repeated[list(repeats)] = True
    return Findings(
        labels=labels,
        probabilities=probabilities,
        present=probabilities >= 0.5,
        sides=[SIDES[side] for side, _ in rows],
        repeats=repeated,
    )


def tiny_arrays() -> dict[str, NDArray[Any]]:
    """The arrays of a model that knows the words of `SIGNS`, and common words that mean nothing to it."""
    known = [*SIGNS, *COMMON.split()]
    buckets = word_buckets(shared_tokenizer().ids(known).ids)
    order = np.argsort(buckets)
    weights = np.zeros((len(known), len(BEHAVIOURS)), dtype=np.float32)
    for row, place in enumerate(order):
        if known[place] in SIGNS:
            weights[row, BEHAVIOURS.index(SIGNS[known[place]])] = 12.0
    per_label = {"intercepts": -5.0, "slopes": 1.0, "shifts": 0.0, "thresholds": 0.5}
    return {
        "buckets": buckets[order],
        "idf": np.where(order < len(SIGNS), 1.0, 0.02).astype(np.float32),
        "weights": weights,
        "word_ids": np.sort(shared_tokenizer().ids(["dreadful", "lovely"]).ids),
        "word_weights": np.zeros((2, len(BEHAVIOURS)), dtype=np.float16),
        **{name: np.full(len(BEHAVIOURS), value, dtype=np.float32) for name, value in per_label.items()},
    }


def tiny_facts(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The manifest's fields for `tiny_arrays`: nine criteria, and golden probabilities."""
    golden = golden_probabilities(behaviour_model(arrays, BEHAVIOURS), GOLDEN, shared_tokenizer())
    return {
        "name": "tiny",
        "version": "1.0.0",
        "labels": BEHAVIOURS,
        "criteria": {
            name: {
                "base": 1.5,
                "weights": {"shows empathy": 1.5, "shows solution": 1.0, "free of dismissive": 0.5},
                "half_width": 0.8,
                "applies_at": 0.5,
            }
            for name in CRITERIA
        },
        "golden": [
            {"side": side, "text": text, "probabilities": [float(p) for p in row]}
            for (side, text), row in zip(GOLDEN, golden, strict=True)
        ],
        "trained_on": [{"name": "invented.jsonl", "sha256": "0" * 64, "calls": 2, "turns": 4}],
        "trained_with": {"python": "3.11"},
    }


def save_tiny_model(folder: Path) -> Path:
    """Write the tiny model and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _tiny_files().items():
        (folder / name).write_bytes(content)
    return folder


@cache
def _tiny_files() -> dict[str, bytes]:
    arrays = tiny_arrays()
    with TemporaryDirectory() as folder:
        save_bundle(folder, arrays, tiny_facts(arrays))
        return {name: (Path(folder) / name).read_bytes() for name in (MANIFEST, ARRAYS)}


@cache
def shared_tokenizer() -> Tokenizer:
    """One tokenizer for all tests of a process, since building one takes a while."""
    return Tokenizer()


@cache
def corpus_calls() -> tuple[Transcript, ...]:
    """Every labelled call of the repository as a transcript, in order."""
    return tuple(_corpus())


def corpus_sample(count: int) -> tuple[Transcript, ...]:
    """Some of them, spread over all files."""
    calls = corpus_calls()
    return calls[:: max(1, len(calls) // count)][:count]


def _corpus() -> Iterator[Transcript]:
    for path in sorted((CORPUS / "calls").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            turns = tuple(
                Turn(
                    index=index,
                    speaker=turn["speaker"],
                    role=turn["speaker"] if turn["speaker"] in ROLES else "unknown",
                    role_source="told",
                    text=turn["text"],
                )
                for index, turn in enumerate(row["turns"])
            )
            yield Transcript(call_id=row["conv_id"], turns=turns, source=path.name)
