"""From labelled data to a model folder, the same bits every time from the same data and versions."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.bundle import behaviour_model, golden_probabilities, save_bundle
from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.criteria import CriterionModel
from carescore.errors import TrainingError
from carescore.moments import Findings
from carescore.repeats import repeated_turns
from carescore.scorecard import Scorecard, load_scorecard
from carescore.tokens import Tokenizer
from carescore.training.behaviours_fit import FEWEST_POSITIVES, Fitted, fit_behaviours
from carescore.training.corpus import (
    BankTurn,
    InputFile,
    LabelledCall,
    PublicTexts,
    input_file,
    read_bank,
    read_calls,
    read_standoff,
)
from carescore.training.criteria_fit import FEWEST_CALLS, RatedCall, fit_criterion
from carescore.training.words import WordVectors, read_word_vectors

# An invented call; its probabilities are stored with the model and must come out again when it is loaded.
GOLDEN: Final = (
    ("agent", "Good morning, Fenwick Boilers, this is Aba. How can I help?"),
    ("customer", "It's been off for three days and I've rung twice already, I'm at my wits' end."),
    ("agent", "Three days without heating in this cold, that's miserable. When did it first cut out?"),
    ("customer", "Sunday night I think. Nobody called me back!"),
    ("agent", "I'll ring the engineer myself now, and you'll have a text with the time by four."),
    ("customer", "thank you, that's a relief"),
)

# How sure two readers who agree are that a behaviour is there; and that one is there which neither labelled.
_READ: Final = 0.97
_NOT_READ: Final = 0.01


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Everything a model is fitted to, and the files it came from."""

    calls: tuple[LabelledCall, ...]
    bank: tuple[BankTurn, ...]
    words: WordVectors
    inputs: tuple[InputFile, ...]
    missing: dict[str, int]


def read_training_data(data: Path, public_texts: Path | None = None) -> TrainingData:
    """The corpus below `data`: `corpus/calls`, `corpus/bank`, and `labels` where their texts are at hand."""
    calls: list[LabelledCall] = []
    bank: list[BankTurn] = []
    inputs: list[InputFile] = []
    texts = PublicTexts(public_texts)
    for path in sorted((data / "corpus" / "calls").glob("*.jsonl")):
        found = read_calls(path)
        calls.extend(found)
        inputs.append(input_file(path, len(found), sum(len(call.turns) for call in found)))
    for path in sorted((data / "corpus" / "bank").glob("*.tsv")):
        turns = read_bank(path)
        bank.extend(turns)
        inputs.append(input_file(path, 0, len(turns)))
    for path in sorted((data / "labels").glob("*.jsonl")):
        found = read_standoff(path, texts)
        calls.extend(found)
        if found:
            inputs.append(input_file(path, len(found), sum(len(call.turns) for call in found)))
    if not calls:
        raise TrainingError(
            f"{data}: no labelled calls. Expected corpus/calls/*.jsonl (and corpus/bank/*.tsv) in it."
        )
    vectors = data / "words" / "vectors.safetensors"
    words = read_word_vectors(vectors)
    inputs.append(input_file(vectors, 0, 0))
    return TrainingData(tuple(calls), tuple(bank), words, tuple(inputs), texts.missing)


def train(
    data: TrainingData,
    output: Path,
    *,
    name: str = "care",
    version_: str = "1.0.0",
    scorecard: Scorecard | None = None,
    jobs: int = 1,
) -> None:
    """Fit behaviours and criteria, and write the model folder `output`."""
    card = scorecard or load_scorecard()
    tokenizer = Tokenizer()
    _check(data.calls)
    fitted = fit_behaviours(data.calls, data.bank, data.words, tokenizer, jobs=jobs)
    criteria = fit_criteria(data.calls, fitted, card)
    model = behaviour_model(fitted.arrays, BEHAVIOURS)
    golden = golden_probabilities(model, list(GOLDEN), tokenizer)
    save_bundle(
        output,
        fitted.arrays,
        {
            "name": name,
            "version": version_,
            "labels": BEHAVIOURS,
            "criteria": {name: _entry(criterion) for name, criterion in criteria.items()},
            "golden": [
                {"side": side, "text": text, "probabilities": [round(float(p), 9) for p in row]}
                for (side, text), row in zip(GOLDEN, golden, strict=True)
            ],
            "trained_on": [asdict(file) for file in data.inputs],
            "trained_with": {
                "python": platform.python_version(),
                **{package: version(package) for package in ("numpy", "scikit-learn", "scipy", "spacy")},
            },
        },
    )


def fit_criteria(
    calls: Sequence[LabelledCall], fitted: Fitted, scorecard: Scorecard
) -> dict[str, CriterionModel]:
    """A model for every learned criterion of the scorecard, on findings from calls left out."""
    thresholds = fitted.arrays["thresholds"].astype(np.float64)
    found = findings_of(calls, fitted.held_out, thresholds)
    read = findings_of(calls, _as_probabilities(calls), np.full(len(BEHAVIOURS), 0.5))
    models = {}
    for criterion in scorecard.criteria:
        if criterion.learned is None:
            continue
        rows = [
            RatedCall(call.source, call.ratings[criterion.learned], *both)
            for call, *both in zip(calls, found, read, strict=True)
            if criterion.learned in call.ratings
        ]
        if sum(row.rating is not None for row in rows) < FEWEST_CALLS:
            raise TrainingError(f"criterion '{criterion.id}': fewer than {FEWEST_CALLS} calls have a rating.")
        models[criterion.learned] = fit_criterion(criterion, rows)
    return models


def _as_probabilities(calls: Sequence[LabelledCall]) -> NDArray[np.float64]:
    """The readers' labels as probabilities (turns × labels), with the doubt that even they deserve."""
    turns = [turn for call in calls for turn in call.turns]
    rows = [
        [
            _READ
            if name in turn.labels
            else _NOT_READ * ((turn.side == "agent") == (name in AGENT_BEHAVIOURS))
            for name in BEHAVIOURS
        ]
        for turn in turns
    ]
    return np.array(rows)


def findings_of(
    calls: Sequence[LabelledCall], probabilities: NDArray[np.float64], thresholds: NDArray[np.float64]
) -> list[Findings]:
    """The findings of each call from the probabilities of all turns, end to end."""
    findings, first = [], 0
    for call in calls:
        block = probabilities[first : first + len(call.turns)]
        sides = [turn.side for turn in call.turns]
        findings.append(
            Findings(
                labels=BEHAVIOURS,
                probabilities=block,
                present=block >= thresholds,
                sides=sides,
                repeats=repeated_turns([turn.text for turn in call.turns], sides),
            )
        )
        first += len(call.turns)
    return findings


def _entry(model: CriterionModel) -> dict[str, object]:
    return {
        "base": model.base,
        "weights": model.weights,
        "half_width": model.half_width,
        "applies_at": model.applies_at,
    }


def _check(calls: Sequence[LabelledCall]) -> None:
    counts = {name: sum(name in t.labels for call in calls for t in call.turns) for name in BEHAVIOURS}
    thin = [f"{name} ({count})" for name, count in counts.items() if count < FEWEST_POSITIVES]
    if len(thin) == len(BEHAVIOURS):
        raise TrainingError("no label has enough turns to learn from; are the calls labelled?")
