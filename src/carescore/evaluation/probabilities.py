"""Whether probabilities mean what they say: of turns given 70%, do about 70% show the label?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.codebook import BEHAVIOURS
from carescore.evaluation.judged import Judged
from carescore.intervals import Floats

BINS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Expected calibration error of one label: mean distance of probability and share, by `BINS` bins.

    Bins are of equal width and weighted by turns (Naeini et al. 2015). `mean` is the mean probability,
    `share` how many of the turns show the label. `worst` is the largest distance of a bin with 20 turns
    or more.
    """

    label: str
    turns: int
    mean: float
    share: float
    error: float
    worst: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """All labels' turns with a probability between `low` and `high`: how many, and what came of them."""

    low: float
    high: float
    turns: int
    mean: float | None
    share: float | None


_ENOUGH: Final = 20


def calibration(judged: Judged) -> tuple[Calibration, ...]:
    """Every label that some turn could show."""
    return tuple(
        _of_label(judged, column) for column in range(len(BEHAVIOURS)) if len(judged.turns_for(column))
    )


def reliability(judged: Judged) -> tuple[Bin, ...]:
    """The bins of all labels together, from the lowest probabilities to the highest."""
    chances, shown = [], []
    for column in range(len(BEHAVIOURS)):
        turns = judged.turns_for(column)
        chances.append(judged.found.probabilities[turns, column])
        shown.append(judged.truth[turns, column])
    chance, truth = np.concatenate(chances), np.concatenate(shown)
    place = _bin(chance)
    bins = []
    for index in range(BINS):
        here = place == index
        count = int(here.sum())
        bins.append(
            Bin(
                low=index / BINS,
                high=(index + 1) / BINS,
                turns=count,
                mean=round(float(chance[here].mean()), 4) if count else None,
                share=round(float(truth[here].mean()), 4) if count else None,
            )
        )
    return tuple(bins)


def _of_label(judged: Judged, column: int) -> Calibration:
    turns = judged.turns_for(column)
    chance, truth = judged.found.probabilities[turns, column], judged.truth[turns, column]
    place = _bin(chance)
    counts = np.bincount(place, minlength=BINS)
    apart = np.abs(np.bincount(place, weights=chance - truth, minlength=BINS))
    filled = counts >= _ENOUGH
    gaps = apart[filled] / counts[filled]
    return Calibration(
        label=BEHAVIOURS[column],
        turns=len(turns),
        mean=round(float(chance.mean()), 4),
        share=round(float(truth.mean()), 4),
        error=round(float(apart.sum() / len(turns)), 4),
        worst=round(float(gaps.max()), 4) if len(gaps) else None,
    )


def _bin(chance: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.minimum((chance * BINS).astype(np.int64), BINS - 1)
