"""What scoring costs beside cutting the same turns into words with spaCy and doing nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

from carescore.bench.figures import Figure
from carescore.bench.stopwatch import cpu, in_turn, ratio
from carescore.features import context_of_calls, extract
from carescore.reading import read_each
from carescore.scorer import BATCH, Scorer
from carescore.tokens import Tokenizer
from carescore.transcript import Transcript

_ROUNDS: Final = 5
_SINGLE: Final = 300


def tokenized(texts: Sequence[str]) -> Callable[[], None]:
    """spaCy's English tokenizer over some texts, its memory warm, the tokens thrown away."""
    import spacy

    tokenizer: Any = spacy.blank("en").tokenizer

    def run() -> None:
        for _ in tokenizer.pipe(texts):
            pass

    run()
    return run


class Behaviours:
    """The probability of every behaviour in every turn, a batch at a time."""

    def __init__(self, scorer: Scorer, calls: Sequence[Transcript]) -> None:
        self._model = scorer.bundle.behaviours
        self._batches = [calls[start : start + BATCH] for start in range(0, len(calls), BATCH)]
        self._warm = self._new()

    def warm(self) -> None:
        """With all words met before."""
        self._run(self._warm)

    def cold(self) -> None:
        """With no word met before."""
        self._run(self._fresh)

    def prepare(self) -> None:
        """A tokenizer that has not met a word, made outside of what is measured."""
        self._fresh = self._new()

    def _run(self, tokenizer: Tokenizer) -> None:
        for batch in self._batches:
            sides = [[turn.role for turn in call.turns] for call in batch]
            tokens = tokenizer.ids([turn.text for call in batch for turn in call.turns])
            features = extract(tokens, context_of_calls(sides))
            self._model.probabilities(features, list(chain.from_iterable(sides)))

    @staticmethod
    def _new() -> Tokenizer:
        tokenizer = Tokenizer()
        tokenizer.ids(["a"])
        return tokenizer


def scoring_figures(scorer: Scorer, calls: Sequence[Transcript]) -> list[Figure]:
    """Behaviours and whole results beside bare tokenization, calls a second, and single calls."""
    behaviours = Behaviours(scorer, calls)
    behaviours.warm()
    runs: dict[str, Callable[[], object]] = {
        "bare": tokenized([turn.text for call in calls for turn in call.turns]),
        "warm": behaviours.warm,
        "prepare": behaviours.prepare,
        "cold": behaviours.cold,
        "whole": lambda: list(scorer.score_many(calls)),
        "written": lambda: [one.to_json() for one in scorer.score_many(calls)],
    }
    found = in_turn(runs, _ROUNDS)
    whole = median(found["whole"])
    how = f"{len(calls):,} calls of 28 turns, processor time, median of {_ROUNDS} rounds in turn"
    beside = f"beside tokenizer.pipe; {how}"
    return [
        Figure(
            name="all behaviours, warm", value=ratio(found, "warm", "bare"), unit="×", goal=0.5, how=beside
        ),
        Figure(
            name="all behaviours, cold", value=ratio(found, "cold", "bare"), unit="×", goal=1.0, how=beside
        ),
        Figure(name="whole result", value=ratio(found, "whole", "bare"), unit="×", goal=2.0, how=beside),
        Figure(name="whole result as JSON", value=ratio(found, "written", "bare"), unit="×", how=beside),
        Figure(
            name="calls a core", value=len(calls) / whole, unit="calls/s", goal=500, at_least=True, how=how
        ),
        *_single(scorer, calls[:_SINGLE]),
    ]


def _single(scorer: Scorer, calls: Sequence[Transcript]) -> list[Figure]:
    times = sorted(min(cpu(lambda one=call: scorer.score(one)) for _ in range(2)) * 1000 for call in calls)  # type: ignore[misc]
    how = f"{len(calls)} calls one by one, warm, processor time"
    return [
        Figure(name="single call, median", value=median(times), unit="ms", goal=2, how=how),
        Figure(name="single call, 95%", value=quantiles(times, n=20)[-1], unit="ms", goal=5, how=how),
    ]


def from_file_to_file(scorer: Scorer, calls: Sequence[Transcript]) -> float:
    """Seconds a core for a call that is read from JSON lines, scored and written as JSON."""
    import json

    with TemporaryDirectory() as folder:
        given, written = Path(folder) / "calls.jsonl", Path(folder) / "results.jsonl"
        rows = [
            {"call_id": one.call_id, "turns": [{"speaker": t.role, "text": t.text} for t in one.turns]}
            for one in calls
        ]
        given.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

        def run() -> None:
            with written.open("w", encoding="utf-8") as file:
                for result in scorer.score_many(read_each(given)):
                    file.write(result.to_json() + "\n")

        return min(cpu(run) for _ in range(3)) / len(calls)
