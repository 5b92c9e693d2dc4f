"""Fit the criterion models: non-negative weights over named call features, from ratings of calls.

Three choices, each made on training calls with whole sources left out in turn:

- Weights are fitted within sources: sources differ in how high their calls are rated for reasons that the
  features do not hold, and such differences would pass for weights.
- A feature's value is the mean of what the readers' labels give and of what the model found in calls it was
  not fitted to. The readers' alone would trust the model too much; the model's alone would lean on whatever
  it happens to find.
- Half the regression toward the mean is undone: ratings of noisy findings crowd around 3, where a reader's
  do not. Undoing all of it agrees a little better, but puts more calls a whole point off and at the ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

from carescore.call_features import CallMeasures
from carescore.criteria import HIGHEST, LOWEST, CriterionModel
from carescore.moments import Findings, find_moments
from carescore.scorecard import Criterion
from carescore.scoring import opportunity
from carescore.training.source_folds import FOLDS, source_folds

PENALTY: Final = 10.0  # from 1 to 30 it makes no difference on sources left out
UNDONE: Final = 0.5  # share of the regression toward the mean
COVERED: Final = 0.90  # share of calls whose rating the interval should hold
NEGLIGIBLE: Final = 0.03  # rating points: a smaller weight is left out of the printed arithmetic
FEWEST_CALLS: Final = 20


@dataclass(frozen=True, slots=True)
class RatedCall:
    """One call with one criterion's rating (`None` where it does not apply).

    `found` is what a model found that was not fitted to the call, `read` what its readers labelled.
    """

    source: str
    rating: int | None
    found: Findings
    read: Findings


@dataclass(frozen=True, slots=True)
class _Rows:
    """Calls × features as found and as weights are learned from, ratings (calls,) and sources (calls,)."""

    found: NDArray[np.float64]
    learned: NDArray[np.float64]
    target: NDArray[np.float64]
    sources: NDArray[np.int64]

    def only(self, mask: NDArray[np.bool_]) -> _Rows:
        return _Rows(self.found[mask], self.learned[mask], self.target[mask], self.sources[mask])


def fit_criterion(criterion: Criterion, calls: Sequence[RatedCall]) -> CriterionModel:
    """The model of one criterion; its interval comes from sources the weights were not fitted to."""
    rated = [call for call in calls if call.rating is not None]
    rows = _rows(criterion, rated)
    residuals = np.abs(_left_out(rows, [call.source for call in rated]) - rows.target)
    base, weights = _line(rows)
    return CriterionModel(
        base=base,
        weights={name: w for name, w in zip(criterion.features, weights.tolist(), strict=True) if w > 0},
        half_width=round(float(np.quantile(residuals, COVERED)), 4),
        applies_at=_applies_at(criterion, calls),
    )


def _rows(criterion: Criterion, rated: Sequence[RatedCall]) -> _Rows:
    found = np.array([_features(criterion, call.found) for call in rated])
    read = np.array([_features(criterion, call.read) for call in rated])
    names = sorted({call.source for call in rated})
    return _Rows(
        found=found,
        learned=(found + read) / 2,
        target=np.array([float(call.rating or 0) for call in rated]),
        sources=np.array([names.index(call.source) for call in rated]),
    )


def _features(criterion: Criterion, found: Findings) -> list[float]:
    moments = tuple(moment for rule in criterion.moments for moment in find_moments(rule, found))
    return list(CallMeasures(found).values(criterion.features, moments).values())


def _line(rows: _Rows) -> tuple[float, NDArray[np.float64]]:
    """Base and weights (features,) of a ridge held to weights of 0 or more, fitted again without crumbs."""
    matrix, target = _within(rows.learned, rows.sources), _within(rows.target, rows.sources)
    used = np.ones(matrix.shape[1], dtype=bool)
    for _ in range(3):
        model = Ridge(alpha=PENALTY, positive=True, fit_intercept=False).fit(matrix * used, target)
        used = model.coef_ >= NEGLIGIBLE
    weights: NDArray[np.float64] = np.where(used, model.coef_, 0.0)
    spread = float(np.std(rows.found @ weights))
    if spread > 0:
        wider = max(1.0, float(np.std(rows.target)) / spread)
        weights = np.asarray(np.round(weights * (1.0 + UNDONE * (wider - 1.0)), 4))
    return round(float(np.mean(rows.target - rows.found @ weights)), 4), weights


def _within(values: NDArray[np.float64], sources: NDArray[np.int64]) -> NDArray[np.float64]:
    """The values less the mean of their source."""
    counts = np.bincount(sources)[:, None]
    table = values.reshape(len(values), -1)
    sums = np.zeros((len(counts), table.shape[1]))
    np.add.at(sums, sources, table)
    centred: NDArray[np.float64] = (table - (sums / np.maximum(counts, 1))[sources]).reshape(values.shape)
    return centred


def _left_out(rows: _Rows, sources: Sequence[str]) -> NDArray[np.float64]:
    """Each call's rating by weights fitted to other sources."""
    folds = source_folds(sources)
    predicted = np.zeros(len(rows.target))
    for fold in range(FOLDS):
        out = folds == fold
        base, weights = _line(rows.only(~out))
        predicted[out] = base + rows.found[out] @ weights
    return np.clip(predicted, LOWEST, HIGHEST)


def _applies_at(criterion: Criterion, calls: Sequence[RatedCall]) -> float:
    """The probability of an opportunity that best parts calls with a rating from those without."""
    if criterion.applies_when == ("always",):
        return 0.0
    chance = np.array([opportunity(criterion, CallMeasures(call.found)) for call in calls])
    applies = np.array([call.rating is not None for call in calls])
    cuts = np.linspace(0.05, 0.95, 19)
    right = [float(np.mean((chance >= cut) == applies)) for cut in cuts]
    return round(float(cuts[int(np.argmax(right))]), 4)
