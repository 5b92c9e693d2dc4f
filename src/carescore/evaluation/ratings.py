"""How well the ratings of calls agree with the readers': criterion by criterion, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.codebook import CRITERIA
from carescore.criteria import as_score
from carescore.evaluation.bootstrap import Number, of_pairs
from carescore.evaluation.judged import Judged
from carescore.intervals import Floats
from carescore.raters import measures
from carescore.raters.pairs import (
    LARGEST_DIFFERENCE,
    LEAST_ADJACENT,
    LEAST_CORRELATION,
    LEAST_EXACT,
    LEAST_WEIGHTED_KAPPA,
)
from carescore.results import CallScore

COVERED: Final = (0.85, 0.95)  # the share of calls that a 90% interval should hold
_NEAR: Final = 1e-6
_RECALLS: Final = (0.5, 0.7)
_WORST: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionQuality:
    """One criterion: agreement over the `calls` that reader and machine both rated.

    `applies` is the share of `considered` calls in which both rate or both say that there is nothing to
    rate; `covered` the share of calls whose interval holds the reader's rating; `width` its mean width in
    rating points. `flags` names what falls short of the limits of RSMTool's reports.
    """

    criterion: str
    calls: int
    considered: int
    weighted_kappa: Number
    correlation: Number
    mean_difference: Number
    exact: Number
    adjacent: Number
    applies: Number
    covered: Number
    width: float | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCalls:
    """Finding the `worst` of `calls` calls (the reader's lowest fifth on `overall`) by the machine's rating.

    Precision where the machine's lowest calls are read until half, or seven tenths, of them are found.
    """

    calls: int
    worst: int
    precision_at_half: float | None
    precision_at_seven_tenths: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Pearson's correlation of a call's length in words with `overall`, of the machine and of the readers."""

    calls: int
    machine: Number
    readers: Number


def rating_quality(judged: Judged, seed: int) -> tuple[CriterionQuality, ...]:
    """Every criterion that the readers rated."""
    return tuple(
        _criterion(name, judged, seed)
        for name in CRITERIA
        if any(name in call.ratings for call in judged.calls)
    )


def pairs_of(name: str, judged: Judged) -> tuple[list[int], Floats, Floats]:
    """The calls in which reader and machine both rate a criterion, and the two ratings of each."""
    chosen, reader, machine = [], [], []
    for index, (call, result) in enumerate(zip(judged.calls, judged.results, strict=True)):
        theirs, ours = call.ratings.get(name), _rating(result, name)
        if theirs is not None and ours is not None:
            chosen.append(index)
            reader.append(float(theirs))
            machine.append(ours)
    return chosen, np.array(reader), np.array(machine)


def worst_calls(judged: Judged) -> WorstCalls | None:
    """How well the lowest fifth of calls is found; `None` where no call was rated."""
    _, reader, machine = pairs_of("overall", judged)
    if not len(reader):
        return None
    worst = reader <= np.quantile(reader, _WORST, method="lower")
    found = np.cumsum(worst[np.argsort(machine, kind="stable")])
    precisions: list[float | None] = []
    for recall in _RECALLS:
        read = int(np.argmax(found >= recall * worst.sum())) + 1
        precisions.append(round(float(found[read - 1] / read), 4) if not worst.all() else None)
    return WorstCalls(
        calls=len(reader),
        worst=int(worst.sum()),
        precision_at_half=precisions[0],
        precision_at_seven_tenths=precisions[1],
    )


def length(judged: Judged, seed: int) -> Length | None:
    """Whether longer calls are rated higher; `None` where no call was rated."""
    chosen, reader, machine = pairs_of("overall", judged)
    if not chosen:
        return None
    words = np.array(
        [sum(len(turn.text.split()) for turn in judged.calls[index].turns) for index in chosen], dtype=float
    )
    return Length(
        calls=len(chosen),
        machine=of_pairs(measures.correlation, words, machine, seed),
        readers=of_pairs(measures.correlation, words, reader, seed),
    )


def _criterion(name: str, judged: Judged, seed: int) -> CriterionQuality:
    chosen, reader, machine = pairs_of(name, judged)
    results = [judged.results[index] for index in chosen]
    applies = [
        (call.ratings[name] is not None) == (_rating(result, name) is not None)
        for call, result in zip(judged.calls, judged.results, strict=True)
        if name in call.ratings and _considered(result, name)
    ]
    numbers = {
        "weighted_kappa": of_pairs(measures.weighted_kappa, reader, machine, seed),
        "correlation": of_pairs(measures.correlation, reader, machine, seed),
        "mean_difference": (
            of_pairs(measures.machine_difference, reader, machine, seed)
            if len(reader) > 1  # one call has no standard deviation
            else Number(value=None)
        ),
        "exact": of_pairs(measures.exact, reader, machine, seed),
        "adjacent": of_pairs(measures.adjacent, reader, machine, seed),
        "covered": _share(_covered(name, results, reader), seed),
    }
    return CriterionQuality(
        criterion=name,
        calls=len(chosen),
        considered=len(applies),
        applies=_share(applies, seed),
        width=_width(name, results),
        flags=_flags(numbers),
        **numbers,
    )


def _rating(result: CallScore, name: str) -> float | None:
    criterion = result.criteria.get(name)
    return None if criterion is None else criterion.rating


def _considered(result: CallScore, name: str) -> bool:
    criterion = result.criteria.get(name)
    return criterion is not None and criterion.status != "not_enough_evidence"


def _covered(name: str, results: Sequence[CallScore], reader: Floats) -> list[bool]:
    inside = []
    for result, rating in zip(results, reader.tolist(), strict=True):
        low, high = result.criteria[name].low, result.criteria[name].high
        if low is not None and high is not None:
            inside.append(low - _NEAR <= as_score(rating) <= high + _NEAR)
    return inside


def _width(name: str, results: Sequence[CallScore]) -> float | None:
    ends = [(result.criteria[name].low, result.criteria[name].high) for result in results]
    widths = [high - low for low, high in ends if low is not None and high is not None]
    return round(sum(widths) / len(widths) / 25.0, 2) if widths else None


def _share(cases: Sequence[bool], seed: int) -> Number:
    known = np.array(cases, dtype=np.float64)
    return of_pairs(lambda first, _: np.asarray(first.mean(axis=-1)), known, known, seed)


def _flags(numbers: dict[str, Number]) -> tuple[str, ...]:
    least = {
        "weighted_kappa": LEAST_WEIGHTED_KAPPA,
        "correlation": LEAST_CORRELATION,
        "exact": LEAST_EXACT,
        "adjacent": LEAST_ADJACENT,
    }
    flags = [
        name for name, limit in least.items() if (value := numbers[name].value) is not None and value < limit
    ]
    apart, covered = numbers["mean_difference"].value, numbers["covered"].value
    if apart is not None and abs(apart) > LARGEST_DIFFERENCE:
        flags.append("mean_difference")
    if covered is not None and not COVERED[0] <= covered <= COVERED[1]:
        flags.append("covered")
    return tuple(flags)
