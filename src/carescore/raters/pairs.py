"""Two raters on one criterion: how often and how closely they agree, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.intervals import Floats
from carescore.raters import measures
from carescore.raters.estimates import Estimate, resampled, share
from carescore.raters.ratings import MACHINE

# With nine calls the interval of a weighted kappa of .76 reaches from about .15 to .95 (simulated): it tells
# neither good raters nor bad ones. With ten it is hardly better; twenty tell something, forty are good.
MINIMUM_CALLS: Final = 10

# The limits of RSMTool's reports (Educational Testing Service), from Williamson, Xi and Breyer (2012),
# *Educ. Meas.: Issues Pract.* 31:2-13: what is wanted of ratings before they are relied upon.
LEAST_EXACT: Final = 0.50
LEAST_ADJACENT: Final = 0.95
LEAST_WEIGHTED_KAPPA: Final = 0.70
LEAST_CORRELATION: Final = 0.70
LARGEST_DIFFERENCE: Final = 0.15
LARGEST_DEGRADATION: Final = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A number on the wrong side of its limit; `sure` if its whole interval is."""

    measure: str
    value: float
    limit: float
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """Whether two raters agree that a criterion applies at all, over the calls that both considered.

    `agree` is the share (0-1) of calls in which both rate or both say NA; `kappa` is `None` where both
    always say the same.
    """

    calls: int
    both_rate: int
    both_na: int
    only_first_rates: int
    only_second_rates: int
    agree: Estimate
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Two raters on one criterion; the numbers are over the `calls` that both rated (NA left out).

    `mean_difference` is second - first in standard deviations: of the person where the second is the
    machine, pooled where both are people. All numbers are `None` under `MINIMUM_CALLS`; see `reason`.
    """

    criterion: str
    first: str
    second: str
    calls: int
    exact: Estimate | None = None
    adjacent: Estimate | None = None
    kappa: Estimate | None = None
    weighted_kappa: Estimate | None = None
    correlation: Estimate | None = None
    mean_difference: Estimate | None = None
    applies: Applies | None = None
    flags: tuple[Flag, ...] = ()
    reason: str


Given = Mapping[str, float | None]


def pair(criterion: str, first: str, ours: Given, second: str, theirs: Given, *, seed: int) -> PairAgreement:
    """Two raters' ratings by call id compared."""
    shared = [call for call in ours if call in theirs]
    rated = [(a, b) for a, b in ((ours[c], theirs[c]) for c in shared) if a is not None and b is not None]
    known = np.array(rated, dtype=np.float64).reshape(-1, 2).T
    applies = _applies(
        [ours[call] is not None for call in shared], [theirs[call] is not None for call in shared]
    )
    if len(rated) < MINIMUM_CALLS:
        reason = (
            f"Not shown: {_counted(len(rated))} rated by both; numbers are shown from {MINIMUM_CALLS} on."
        )
        return PairAgreement(
            criterion=criterion, first=first, second=second, calls=len(rated), applies=applies, reason=reason
        )
    numbers = _numbers(known[0], known[1], machine=second == MACHINE, seed=seed)
    return PairAgreement(
        criterion=criterion,
        first=first,
        second=second,
        calls=len(rated),
        applies=applies,
        flags=_flags(numbers),
        reason=f"{_counted(len(rated))} rated by both.",
        **numbers,
    )


def _numbers(a: Floats, b: Floats, *, machine: bool, seed: int) -> dict[str, Estimate | None]:
    difference = measures.machine_difference if machine else measures.mean_difference
    return {
        "exact": share(float(measures.exact(a, b)), len(a)),
        "adjacent": share(float(measures.adjacent(a, b)), len(a)),
        "kappa": resampled(measures.kappa, a, b, seed=seed),
        "weighted_kappa": resampled(measures.weighted_kappa, a, b, seed=seed),
        "correlation": resampled(measures.correlation, a, b, seed=seed),
        "mean_difference": resampled(difference, a, b, seed=seed, bounded=False),
    }


def _flags(numbers: Mapping[str, Estimate | None]) -> tuple[Flag, ...]:
    least = {
        "exact": LEAST_EXACT,
        "adjacent": LEAST_ADJACENT,
        "weighted_kappa": LEAST_WEIGHTED_KAPPA,
        "correlation": LEAST_CORRELATION,
    }
    flags = []
    for name, limit in least.items():
        number = numbers[name]
        if number is not None and number.value < limit:
            sure = number.high is not None and number.high < limit
            flags.append(Flag(measure=name, value=number.value, limit=limit, sure=sure))
    apart = numbers["mean_difference"]
    if apart is not None and abs(apart.value) > LARGEST_DIFFERENCE:
        ends = [end for end in (apart.low, apart.high) if end is not None]
        sure = bool(ends) and (min(ends) > LARGEST_DIFFERENCE or max(ends) < -LARGEST_DIFFERENCE)
        flags.append(Flag(measure="mean_difference", value=apart.value, limit=LARGEST_DIFFERENCE, sure=sure))
    return tuple(flags)


def _applies(ours: list[bool], theirs: list[bool]) -> Applies | None:
    """Agreement on whether the criterion applies; `None` without a shared call."""
    if not ours:
        return None
    first, second = np.array(ours), np.array(theirs)
    agree = float((first == second).mean())
    chance = float(first.mean() * second.mean() + (1 - first.mean()) * (1 - second.mean()))
    return Applies(
        calls=len(ours),
        both_rate=int((first & second).sum()),
        both_na=int((~first & ~second).sum()),
        only_first_rates=int((first & ~second).sum()),
        only_second_rates=int((~first & second).sum()),
        agree=share(agree, len(ours)),
        kappa=round((agree - chance) / (1 - chance), 4) if chance < 1 - 1e-12 else None,
    )


def _counted(calls: int) -> str:
    return "1 call" if calls == 1 else f"{calls} calls"
