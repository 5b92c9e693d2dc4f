"""How well each label is found: precision, recall, F1 and average precision, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import BEHAVIOURS
from carescore.evaluation.bootstrap import Number, divided, number
from carescore.evaluation.judged import Found, Judged
from carescore.intervals import Floats

FEWEST_POSITIVES: Final = 8  # a label with fewer turns leaves the mean over labels
_ROWS_AT_ONCE: Final = 100

# The labels on which coaching rests most.
CORE: Final = (
    "empathy", "ownership", "open_question", "closed_question", "understanding_check", "escalation",
    "next_step", "timeframe", "follow_up_path", "refusal", "dismissive", "distress", "effort",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelQuality:
    """One label over `turns` turns of its side: `support` by the readers, `found` by the model."""

    label: str
    turns: int
    support: int
    found: int
    precision: Number
    recall: Number
    f1: Number
    average_precision: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """The mean over the `labels` that occur in `FEWEST_POSITIVES` turns or more."""

    labels: int
    f1: Number
    average_precision: Number


def label_quality(judged: Judged, weights: Floats) -> tuple[tuple[LabelQuality, ...], Macro]:
    """Every label, and their mean; `weights` as `draws` gives them."""
    precision, recall, f1 = scores(judged, judged.found, weights)
    ranked = np.stack([_average_precision(judged, column, weights) for column in range(len(BEHAVIOURS))], 1)
    support = judged.truth.sum(axis=0)
    rows = tuple(
        LabelQuality(
            label=label,
            turns=len(judged.turns_for(column)),
            support=int(support[column]),
            found=int(judged.found.present[:, column].sum()),
            precision=number(precision[:, column]),
            recall=number(recall[:, column]),
            f1=number(f1[:, column]),
            average_precision=number(ranked[:, column]),
        )
        for column, label in enumerate(BEHAVIOURS)
    )
    counted = support >= FEWEST_POSITIVES
    macro = Macro(
        labels=int(counted.sum()),
        f1=number(macro_f1(f1, support)),
        average_precision=number(_mean(ranked[:, counted])),
    )
    return rows, macro


def scores(judged: Judged, found: Found, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and F1 (resamples × labels) of `found` against the readers."""
    hits = weights @ _per_call(judged, judged.truth & found.present)
    false = weights @ _per_call(judged, ~judged.truth & found.present)
    missed = weights @ _per_call(judged, judged.truth & ~found.present)
    return (
        divided(hits, hits + false),
        divided(hits, hits + missed),
        divided(2 * hits, 2 * hits + false + missed),
    )


def macro_f1(f1: Floats, support: NDArray[np.int64]) -> Floats:
    """The mean F1 (resamples,) over labels with enough turns."""
    return _mean(f1[:, support >= FEWEST_POSITIVES])


def _mean(values: Floats) -> Floats:
    """The mean of each row over what is defined in it; NaN where nothing is."""
    known = ~np.isnan(values)
    return divided(np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1).astype(np.float64))


def _per_call(judged: Judged, cases: NDArray[np.bool_]) -> Floats:
    counts = np.zeros((len(judged.calls), cases.shape[1]))
    np.add.at(counts, judged.call, cases)
    return counts


def _average_precision(judged: Judged, column: int, weights: Floats) -> Floats:
    """Average precision (resamples,): the precision at each turn that shows the label, averaged.

    As scikit-learn's: turns of equal probability are one step. Turns after the last that shows it cannot
    change it.
    """
    turns = judged.turns_for(column)
    chance = judged.found.probabilities[turns, column]
    order = np.argsort(-chance, kind="stable")
    truth, chance, call = judged.truth[turns, column][order], chance[order], judged.call[turns][order]
    if not truth.any():
        return np.full(len(weights), np.nan)
    ends = np.flatnonzero(np.append(chance[1:] != chance[:-1], True))
    last = ends[np.searchsorted(ends, np.flatnonzero(truth)[-1])] + 1
    truth, call, ends = truth[:last], call[:last], ends[ends < last]
    parts = []
    for start in range(0, len(weights), _ROWS_AT_ONCE):
        drawn = weights[start : start + _ROWS_AT_ONCE][:, call]
        seen = np.cumsum(drawn, axis=1)[:, ends]
        hits = np.cumsum(drawn * truth, axis=1)[:, ends]
        gained = np.diff(hits, axis=1, prepend=0.0)
        parts.append(divided((gained * hits / np.maximum(seen, 1.0)).sum(axis=1), hits[:, -1]))
    return np.concatenate(parts)
