"""All raters together on one criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from carescore.raters.estimates import Estimate, alpha
from carescore.raters.pairs import LARGEST_DEGRADATION, MINIMUM_CALLS, Flag, Given, PairAgreement
from carescore.raters.ratings import MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAgreement:
    """`alpha` is Krippendorff's ordinal alpha of the people, over `calls` that two of them rated.

    `people` and `machine` are mean quadratic weighted kappas, weighted by calls: between people, and of the
    machine with people. `degradation` is `machine - people`, flagged under -0.10. Each is `None` where
    there are fewer than `MINIMUM_CALLS` calls for it, or nobody to compare.
    """

    criterion: str
    raters: int
    calls: int
    alpha: Estimate | None
    people: float | None
    machine: float | None
    degradation: float | None
    flags: tuple[Flag, ...]


def together(
    criterion: str, given: Mapping[str, Given], pairs: Sequence[PairAgreement], *, seed: int
) -> CriterionAgreement:
    """One criterion from each rater's ratings by call, and from its pairs."""
    people = [own for name, own in given.items() if name != MACHINE]
    calls = dict.fromkeys(call for own in people for call in own)
    table = np.array([[_number(own.get(call)) for call in calls] for own in people]).reshape(len(people), -1)
    compared = int(((~np.isnan(table)).sum(axis=0) > 1).sum())
    human = _mean([p for p in pairs if p.second != MACHINE])
    machine = _mean([p for p in pairs if p.second == MACHINE])
    degradation = None if human is None or machine is None else round(machine - human, 4)
    return CriterionAgreement(
        criterion=criterion,
        raters=len(people),
        calls=compared,
        alpha=alpha(table, seed=seed) if compared >= MINIMUM_CALLS else None,
        people=human,
        machine=machine,
        degradation=degradation,
        flags=tuple(_flag(degradation)),
    )


def _flag(degradation: float | None) -> Iterator[Flag]:
    if degradation is not None and degradation < -LARGEST_DEGRADATION:
        yield Flag(measure="degradation", value=degradation, limit=-LARGEST_DEGRADATION, sure=False)


def _mean(pairs: Sequence[PairAgreement]) -> float | None:
    """The weighted kappas' mean, each pair counting by its calls."""
    known = [(p.weighted_kappa.value, p.calls) for p in pairs if p.weighted_kappa is not None]
    calls = sum(count for _, count in known)
    return round(sum(value * count for value, count in known) / calls, 4) if calls else None


def _number(rating: float | None) -> float:
    return float("nan") if rating is None else rating
