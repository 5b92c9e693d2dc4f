"""How well two readers of the same calls agree, from their readings before differences were settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import BEHAVIOURS, CRITERIA
from carescore.errors import UsageError
from carescore.evaluation.bootstrap import Number, divided, draws, number, of_pairs
from carescore.evaluation.judged import OF_AGENT
from carescore.evaluation.labelled import rows_of
from carescore.raters import measures


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTwice:
    """The calls that two readers read: labels (turns × labels) of each, sides, call, and ratings.

    `ratings` has for each criterion the calls' ratings of both, with `None` for NA.
    """

    name: str
    calls: int
    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    agent: NDArray[np.bool_]
    call: NDArray[np.int64]
    ratings: Mapping[str, tuple[tuple[float | None, float | None], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAgreement:
    """Two readers on one label: how often each gave it, F1 of one against the other, Cohen's kappa."""

    label: str
    first: int
    second: int
    f1: Number
    kappa: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAgreement:
    """Two readers on one criterion, over the calls that both rated; `applies` over all calls."""

    criterion: str
    calls: int
    weighted_kappa: Number
    exact: Number
    adjacent: Number
    applies: float


def read_twice(data: Path) -> list[ReadTwice]:
    """Every pair of readings `NAME.A.jsonl` and `NAME.B.jsonl` below `data`."""
    homes = (data / "corpus" / "readings", data / "labels" / "readings")
    pairs = [
        (first, first.with_name(first.name.removesuffix(".A.jsonl") + ".B.jsonl"))
        for home in homes
        for first in sorted(home.glob("*.A.jsonl"))
    ]
    return [_both(first, second) for first, second in pairs if second.is_file()]


def read_once(data: Path) -> list[str]:
    """The names of readings that have no second reader."""
    homes = (data / "corpus" / "readings", data / "labels" / "readings")
    names = [file.name.removesuffix(".A.jsonl") for home in homes for file in sorted(home.glob("*.A.jsonl"))]
    twice = {found.name for found in read_twice(data)}
    return [name for name in names if name not in twice]


def together(readings: list[ReadTwice]) -> ReadTwice:
    """All readings as one; there must be one at least."""
    firsts = np.cumsum([0, *(found.calls for found in readings)])
    return ReadTwice(
        name="all",
        calls=int(firsts[-1]),
        first=np.vstack([found.first for found in readings]),
        second=np.vstack([found.second for found in readings]),
        agent=np.concatenate([found.agent for found in readings]),
        call=np.concatenate([found.call + start for found, start in zip(readings, firsts, strict=False)]),
        ratings={
            name: tuple(pair for found in readings for pair in found.ratings.get(name, ()))
            for name in CRITERIA
        },
    )


def label_agreement(found: ReadTwice, seed: int = 0) -> tuple[LabelAgreement, ...]:
    """Each label that one of the two gave."""
    weights = draws(found.calls, seed)
    rows = []
    for column, label in enumerate(BEHAVIOURS):
        own = found.agent == OF_AGENT[column]
        first, second, call = found.first[own, column], found.second[own, column], found.call[own]
        if not (first | second).any():
            continue
        counts = [
            weights @ np.bincount(call, weights=cases, minlength=found.calls)
            for cases in (first & second, first, second, np.ones(len(first)))
        ]
        both, one, other, turns = counts
        chance = divided(one * other + (turns - one) * (turns - other), turns**2)
        same = divided(turns - one - other + 2 * both, turns)
        rows.append(
            LabelAgreement(
                label=label,
                first=int(first.sum()),
                second=int(second.sum()),
                f1=number(divided(2 * both, one + other)),
                kappa=number(divided(same - chance, 1 - chance)),
            )
        )
    return tuple(rows)


def criterion_agreement(found: ReadTwice, seed: int = 0) -> tuple[CriterionAgreement, ...]:
    """Each criterion that both rated in some call."""
    rows = []
    for name in CRITERIA:
        pairs = found.ratings.get(name, ())
        rated = [(a, b) for a, b in pairs if a is not None and b is not None]
        if not rated:
            continue
        first, second = np.array(rated, dtype=np.float64).T
        rows.append(
            CriterionAgreement(
                criterion=name,
                calls=len(rated),
                weighted_kappa=of_pairs(measures.weighted_kappa, first, second, seed),
                exact=of_pairs(measures.exact, first, second, seed),
                adjacent=of_pairs(measures.adjacent, first, second, seed),
                applies=round(sum((a is None) == (b is None) for a, b in pairs) / len(pairs), 4),
            )
        )
    return tuple(rows)


def _both(first: Path, second: Path) -> ReadTwice:
    name = first.name.removesuffix(".A.jsonl")
    theirs = {str(row.get("conv_id")): row for row in rows_of(second)}
    shared = [
        (row, theirs[str(row.get("conv_id"))]) for row in rows_of(first) if str(row.get("conv_id")) in theirs
    ]
    turns = [list(_turns(name, *pair)) for pair in shared]
    flat = [turn for call in turns for turn in call]
    return ReadTwice(
        name=name,
        calls=len(shared),
        first=np.array([labels for _, labels, _ in flat], dtype=bool).reshape(-1, len(BEHAVIOURS)),
        second=np.array([labels for _, _, labels in flat], dtype=bool).reshape(-1, len(BEHAVIOURS)),
        agent=np.array([side == "agent" for side, _, _ in flat], dtype=bool),
        call=np.repeat(np.arange(len(turns)), [len(call) for call in turns]),
        ratings={
            criterion: tuple(
                (one["ratings"][criterion], other["ratings"][criterion])
                for one, other in shared
                if criterion in (one.get("ratings") or ()) and criterion in (other.get("ratings") or ())
            )
            for criterion in CRITERIA
        },
    )


def _turns(
    name: str, one: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[tuple[str, list[bool], list[bool]]]:
    if len(one["turns"]) != len(other["turns"]):
        raise UsageError(
            f"readings '{name}': the readers of call {one.get('conv_id')} have different numbers of turns."
        )
    for mine, yours in zip(one["turns"], other["turns"], strict=True):
        yield (
            str(mine["speaker"]),
            [label in mine["labels"] for label in BEHAVIOURS],
            [label in yours["labels"] for label in BEHAVIOURS],
        )
