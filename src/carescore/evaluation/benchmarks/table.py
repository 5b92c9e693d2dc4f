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
                task.get("range", two(task.get("published"), 3)),
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


def standing_table(figures: Sequence[Figure]) -> Table:
    """Where carescore is ahead of others and where it is not, by its interval: one row a task."""
    known = {task["id"]: task for task in word_list("benchmarks/published.toml")["tasks"]}
    rows = []
    for figure in figures:
        best = figure.probe or figure.as_it_is
        others = [known[figure.task].get("published"), known[figure.task].get("floor"), figure.one_person]
        if best is None or not any(others):
            continue
        how = "as features" if figure.probe else "as it is"
        cells = ["–" if other is None else f"{_standing(best, other)} ({two(other, 3)})" for other in others]
        rows.append([known[figure.task]["name"], f"{two(best.value, 3)} {how}", *cells])
    return Table(
        title="Where it stands",
        heads=["task", "carescore", "published", "plain floor", "one person"],
        rows=rows,
        words=range(5),
        note="Ahead or behind where the other figure lies outside the 95% interval. As features: a logistic "
        "regression on carescore's probabilities alone, fitted to the set in folds as the others were; as it "
        "is: never fitted to the set.",
    )


def _standing(ours: Number, other: float) -> str:
    if ours.low is None or ours.high is None or ours.low <= other <= ours.high:
        return "level"
    return "ahead" if ours.low > other else "behind"


def _shown(number: Number | None) -> str:
    return "–" if number is None else spread(number, 3)
