"""How much higher or lower one rater rates than the others rate the same calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from carescore.intervals import student
from carescore.raters.pairs import MINIMUM_CALLS
from carescore.raters.ratings import MACHINE

Direction = Literal["higher", "lower", "no clear difference", "not shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leniency:
    """`difference` is in rating points (of 1-5): this rater minus the mean of the other people.

    It is taken where they rated the same criterion of the same call, averaged over a call and then over
    calls, with its 90% t interval over calls.

    A person is compared with the other people, the machine with all people. Under `MINIMUM_CALLS` shared
    calls the numbers are `None`.
    """

    rater: str
    calls: int
    direction: Direction
    difference: float | None = None
    low: float | None = None
    high: float | None = None


# The ratings of each call and criterion by rater, without NA.
Shared = Mapping[tuple[str, str], Mapping[str, float]]


def leniency(raters: Sequence[str], shared: Shared) -> tuple[Leniency, ...]:
    """Each rater's leniency, in the order of the raters; those with nobody to compare with are left out."""
    found = (_of(rater, _differences(rater, shared)) for rater in raters)
    return tuple(one for one in found if one.calls)


def _differences(rater: str, shared: Shared) -> list[float]:
    """A call's mean difference, for each call."""
    by_call: dict[str, list[float]] = {}
    for (call, _), given in shared.items():
        others = [rating for name, rating in given.items() if name not in (rater, MACHINE)]
        if rater in given and others:
            by_call.setdefault(call, []).append(given[rater] - sum(others) / len(others))
    return [sum(differences) / len(differences) for differences in by_call.values()]


def _of(rater: str, differences: list[float]) -> Leniency:
    calls = len(differences)
    if calls < MINIMUM_CALLS:
        return Leniency(rater=rater, calls=calls, direction="not shown")
    values = np.array(differences)
    middle = float(values.mean())
    half = float(student(calls - 1.0)) * float(values.std(ddof=1)) / calls**0.5
    low, high = round(middle - half, 4), round(middle + half, 4)
    direction: Direction = "higher" if low > 0 else "lower" if high < 0 else "no clear difference"
    return Leniency(
        rater=rater, calls=calls, direction=direction, difference=round(middle, 4), low=low, high=high
    )
