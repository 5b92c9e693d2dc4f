"""carescore's figures beside published ones, which stand with their sources in `published.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from carescore.evaluation.bootstrap import Number
from carescore.evaluation.tables import Table, spread, two
from carescore.evaluation.word_lists import word_list


@dataclass(frozen=True, slots=True)
class Figure:
    """carescore on one task: as it is, and its probabilities as features of a classifier fitted in folds.

    `one_person` is what one human rater reaches on the same cases, where that can be computed.
    """

    task: str
    as_it_is: Number | None
    probe: Number | None
    one_person: float | None = None
    cases: int | None = None


_HEADS: Final = ("task", "measure", "carescore", "as features", "published", "plain floor", "one person")


def benchmark_table(figures: Sequence[Figure]) -> Table:
    """A row a task."""
    known = {task["id"]: task for task in word_list("benchmarks/published.toml")["tasks"]}
    rows = []
    for figure in figures:
        task: dict[str, Any] = known[figure.task]
        rows.append(
            [
                task["name"],
                task["measure"],
                _shown(figure.as_it_is),
                _shown(figure.probe),
                task.get("published", "–"),
                two(task.get("floor"), 3),
                two(figure.one_person, 3),
            ]
        )
    sources = dict.fromkeys(s for f in figures for s in known[f.task]["sources"])
    return Table(
        title="Public benchmarks",
        heads=list(_HEADS),
        rows=rows,
        words=(0, 1),
        note="carescore: as it is, never fitted to the set (95% interval). As features: a logistic "
        "regression on its probabilities alone, fitted and tested in the same kind of folds as the published "
        "and floor figures, which were fitted to the set. Sources: " + " ".join(sources),
    )


def _shown(number: Number | None) -> str:
    return "–" if number is None else spread(number, 3)
