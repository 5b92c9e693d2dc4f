"""The whole evaluation of a model on labelled calls: one object, saved as JSON, read back, printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from carescore.errors import UsageError
from carescore.evaluation.bootstrap import draws
from carescore.evaluation.distortions import Loss, losses
from carescore.evaluation.groups import Group, groups
from carescore.evaluation.judged import Judged, ScorerOf, judge_calls
from carescore.evaluation.labelled import Labelled
from carescore.evaluation.labels import LabelQuality, Macro, label_quality
from carescore.evaluation.probabilities import Bin, Calibration, calibration, reliability
from carescore.evaluation.ratings import (
    CriterionQuality,
    Length,
    WorstCalls,
    length,
    rating_quality,
    worst_calls,
)
from carescore.evaluation.stuffing import Gain, gains
from carescore.evaluation.swaps import Swap, swaps
from carescore.safe_text import as_json

SCHEMA: Final = "carescore.evaluation/1"
_LARGEST: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The calls of one source that were evaluated, and how many of its calls so many readers read."""

    source: str
    calls: int
    turns: int
    readers: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything found. `left_out` is true if each call was judged by a model fitted without its source.

    `trained_on` counts the calls that are in files the model was trained on (0 if `left_out`).
    `unscored` counts the calls that the scorer abstained from; `missing` the labelled turns by source whose
    public text was not at hand. Intervals are 95%, from resampled calls.
    """

    schema: Literal["carescore.evaluation/1"] = SCHEMA
    model: str
    scorecard: str
    left_out: bool
    trained_on: int
    seed: int
    calls: int
    turns: int
    unscored: int
    missing: dict[str, int]
    sources: tuple[Source, ...]
    macro: Macro
    labels: tuple[LabelQuality, ...]
    criteria: tuple[CriterionQuality, ...]
    worst: WorstCalls | None
    length: Length | None
    calibration: tuple[Calibration, ...]
    reliability: tuple[Bin, ...]
    losses: tuple[Loss, ...]
    swaps: tuple[Swap, ...]
    gains: tuple[Gain, ...]
    groups: tuple[Group, ...]

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as plain data in the schema `carescore.evaluation/1`."""
        return asdict(self)

    def to_json(self) -> str:
        """The evaluation as JSON, the same bytes for the same calls, model and seed."""
        return as_json(self.to_dict(), indent=1) + "\n"


def evaluate(
    labelled: Labelled,
    scorer_of: ScorerOf,
    *,
    left_out: bool = False,
    trained_on: Collection[str] = (),
    seed: int = 0,
) -> Evaluation:
    """Judge labelled calls and compare with their labels and ratings.

    `left_out` says that each scorer has not seen the call's source, `trained_on` names the files that the
    model was trained on; `seed` decides every chance in it.
    """
    judged = judge_calls(labelled.calls, scorer_of)
    weights = draws(len(judged.calls), seed)
    labels, macro = label_quality(judged, weights)
    scorer = scorer_of(judged.calls[0])
    return Evaluation(
        model=f"{scorer.bundle.name}, fitted without each source" if left_out else scorer.bundle.label,
        scorecard=scorer.scorecard.label,
        left_out=left_out,
        trained_on=0 if left_out else sum(file in trained_on for file in labelled.files),
        seed=seed,
        calls=len(judged.calls),
        turns=len(judged.call),
        unscored=sum(result.status == "unscored" for result in judged.results),
        missing=labelled.missing,
        sources=_sources(judged, labelled),
        macro=macro,
        labels=labels,
        criteria=rating_quality(judged, seed),
        worst=worst_calls(judged),
        length=length(judged, seed),
        calibration=calibration(judged),
        reliability=reliability(judged),
        losses=losses(judged, scorer_of, weights, seed),
        swaps=swaps(judged, scorer_of, seed),
        gains=gains(judged, scorer_of, weights),
        groups=groups(judged, seed),
    )


def read_evaluation(path: Path) -> Evaluation:
    """The evaluation that `carescore evaluate --output FILE.json` saved, or a `UsageError`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path.name}: too large to be a saved evaluation.")
        return TypeAdapter(Evaluation).validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error.strerror}).") from None
    except ValidationError:
        raise UsageError(
            f"{path.name}: not a saved evaluation of this version. Make one with `carescore evaluate … "
            "--format json --output FILE`."
        ) from None


def _sources(judged: Judged, labelled: Labelled) -> tuple[Source, ...]:
    rows = []
    for name in dict.fromkeys(call.source for call in judged.calls):
        own = [index for index, call in enumerate(judged.calls) if call.source == name]
        readers = Counter(labelled.readers[index] for index in own)
        rows.append(
            Source(
                source=name,
                calls=len(own),
                turns=sum(len(judged.calls[index].turns) for index in own),
                readers={str(count): readers[count] for count in sorted(readers)},
            )
        )
    return tuple(rows)
