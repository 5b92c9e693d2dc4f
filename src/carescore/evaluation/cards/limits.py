"""What an evaluation shows to be weak, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.evaluation.labels import CORE
from carescore.evaluation.ratings import CriterionQuality
from carescore.evaluation.report import Evaluation
from carescore.evaluation.sections import LARGEST_ERROR, LARGEST_LENGTH
from carescore.evaluation.stuffing import LARGEST_GAIN
from carescore.evaluation.tables import percent, two

_WEAK: Final = 0.60
_FEW: Final = 30

_FLAGS: Final = {
    "weighted_kappa": "Ratings that agree too little with the readers (weighted kappa)",
    "correlation": "Ratings that follow the readers too loosely (correlation)",
    "mean_difference": "Ratings that are on average too high or, with a minus, too low",
    "exact": "Ratings that are too rarely the same as the reader's",
    "adjacent": "Ratings that are too often more than one point off",
    "covered": "Ratings whose intervals hold the reader's rating too rarely or too often",
}


def limits(found: Evaluation) -> Iterator[str]:
    """A sentence for each weakness, the gravest first."""
    weak = [
        row for row in found.labels if row.label in CORE and row.f1.value is not None and row.f1.value < _WEAK
    ]
    if weak:
        listed = ", ".join(f"{row.label} ({two(row.f1.value)})" for row in weak)
        yield f"Found badly (F1 under {two(_WEAK)}) though coaching rests on them: {listed}."
    few = [f"{row.label} ({row.support})" for row in found.labels if row.support < _FEW]
    if few:
        yield f"Too rare here to judge (under {_FEW} turns): {', '.join(few)}."
    for flag, words in _FLAGS.items():
        rows = [row for row in found.criteria if flag in row.flags]
        if rows:
            yield f"{words}: {', '.join(_with_value(row, flag) for row in rows)}."
    loud = [row for row in found.calibration if row.label in CORE and row.error > LARGEST_ERROR]
    if loud:
        listed = ", ".join(f"{row.label} ({two(row.error, 3)})" for row in loud)
        yield f"Probabilities that are off by more than {two(LARGEST_ERROR)} on average: {listed}."
    yield from _stress(found)
    sure = [row for row in found.groups if row.sure]
    if sure:
        listed = ", ".join(
            f"{row.kind} {row.group} ({two(row.standardised_difference.value)})" for row in sure
        )
        yield f"Kinds of calls rated too high or (-) too low beside others, in deviations: {listed}."


def _stress(found: Evaluation) -> Iterator[str]:
    every = next((row for row in found.swaps if row.kind == "all" and row.flips), None)
    if every is not None:
        yield (
            f"Swapping names, places, gender words, spellings or dialect markers flips a label in "
            f"{percent(every.flips, 1)} of {every.pairs:,} turns, and moves a probability by up to "
            f"{two(every.largest)}."
        )
    paid = [row for row in found.gains if row.mean.value is not None and row.mean.value > LARGEST_GAIN]
    if paid:
        tricks = {
            row.trick: [f"{r.criterion} +{two(r.mean.value)}" for r in paid if r.trick == row.trick]
            for row in paid
        }
        listed = "; ".join(f"{trick}: {', '.join(gained)}" for trick, gained in tricks.items())
        yield f"Stock phrases still earn rating points. {listed}."
    long = found.length.machine.value if found.length is not None else None
    if long is not None and abs(long) > LARGEST_LENGTH:
        yield f"Longer calls are rated higher (r = {two(long)})."


def _with_value(row: CriterionQuality, flag: str) -> str:
    value = getattr(row, flag).value
    shares: Sequence[str] = ("exact", "adjacent", "covered")
    return f"{row.criterion} ({percent(value) if flag in shares else two(value)})"
