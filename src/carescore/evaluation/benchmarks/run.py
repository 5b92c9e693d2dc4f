"""Every public benchmark whose texts are at hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from carescore.errors import UsageError
from carescore.evaluation.benchmarks import annomi, casino, politeness, stc3
from carescore.evaluation.benchmarks.public_sets import PublicConversation, read_public_set
from carescore.evaluation.benchmarks.table import Figure
from carescore.evaluation.judged import ScorerOf
from carescore.evaluation.labelled import rows_of

_Run = Callable[[Sequence[PublicConversation], ScorerOf, int, Collection[str]], list[Figure]]

SETS: Final[dict[str, _Run]] = {
    annomi.NAME: lambda calls, scorer_of, seed, seen: annomi.figures(calls, scorer_of, seed),
    politeness.NAME: lambda calls, scorer_of, seed, seen: politeness.figures(calls, scorer_of, seed),
    casino.NAME: casino.figures,
    stc3.NAME: lambda calls, scorer_of, seed, seen: stc3.figures(calls, scorer_of, seed),
}


def benchmark(
    public_texts: Path, scorer_of: ScorerOf, *, data: Path | None = None, seed: int = 0
) -> tuple[list[Figure], list[str]]:
    """The figures on every set in the folder, and the names of the sets that are not there.

    `data` is the training data, whose conversations are left out of sets that were also trained on.
    """
    if not public_texts.is_dir():
        raise UsageError(f"there is no folder '{public_texts}'. Give the one that holds the public texts.")
    seen = _seen(data)
    found: list[Figure] = []
    missing = []
    for name, run in SETS.items():
        conversations = read_public_set(public_texts, name)
        if not conversations:
            missing.append(name)
            continue
        found.extend(run(conversations, scorer_of, seed, seen))
    if not found:
        raise UsageError(f"'{public_texts}' holds none of the public sets: {', '.join(SETS)} (*.jsonl.gz).")
    return found, missing


def _seen(data: Path | None) -> set[str]:
    """The conversations whose labels are in the training data."""
    files = sorted((data / "labels").glob("*.jsonl")) if data is not None else []
    return {str(row.get("conv_id")) for file in files for row in rows_of(file)}
