"""Fit the criterion models: non-negative weights over named call features, from ratings of calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

from carescore.call_features import CallMeasures
from carescore.criteria import HIGHEST, LOWEST, CriterionModel
from carescore.moments import Findings, find_moments
from carescore.scorecard import Criterion
from carescore.scoring import opportunity

PENALTIES: Final = (0.3, 1.0, 3.0, 10.0)
FOLDS: Final = 5
COVERED: Final = 0.90  # share of calls whose rating the interval should hold
NEGLIGIBLE: Final = 0.03  # rating points: a smaller weight is left out of the printed arithmetic
SEED: Final = 20261121
FEWEST_CALLS: Final = 20


def fit_criterion(
    criterion: Criterion, calls: Sequence[Findings], ratings: Sequence[int | None]
) -> CriterionModel:
    """The model of one criterion; `ratings` has `None` for calls to which it does not apply."""
    rated = [index for index, rating in enumerate(ratings) if rating is not None]
    names = list(criterion.features)
    matrix = np.array([_features(criterion, names, calls[index]) for index in rated])
    target = np.array([float(rating) for rating in ratings if rating is not None])
    folds = np.random.default_rng(SEED).permutation(np.arange(len(rated)) % FOLDS)
    penalty = min(PENALTIES, key=lambda alpha: _error(matrix, target, folds, alpha))
    residuals = np.abs(_held_out(matrix, target, folds, penalty) - target)
    base, weights = _line(matrix, target, penalty)
    return CriterionModel(
        base=base,
        weights={name: weight for name, weight in zip(names, weights, strict=True) if weight > 0},
        half_width=round(float(np.quantile(residuals, COVERED)), 4),
        applies_at=_applies_at(criterion, calls, ratings),
    )


def _features(criterion: Criterion, names: Sequence[str], found: Findings) -> list[float]:
    moments = tuple(moment for rule in criterion.moments for moment in find_moments(rule, found))
    return list(CallMeasures(found).values(names, moments).values())


def _line(
    matrix: NDArray[np.float64], target: NDArray[np.float64], penalty: float
) -> tuple[float, list[float]]:
    """Base and weights of a ridge regression held to weights of 0 or more, fitted again without crumbs."""
    used = np.ones(matrix.shape[1], dtype=bool)
    for _ in range(3):
        model = Ridge(alpha=penalty, positive=True).fit(matrix * used, target)
        used = model.coef_ >= NEGLIGIBLE
    weights = [round(float(w), 4) if keep else 0.0 for w, keep in zip(model.coef_, used, strict=True)]
    base = float(np.mean(target - matrix @ np.array(weights)))
    return round(base, 4), weights


def _held_out(
    matrix: NDArray[np.float64], target: NDArray[np.float64], folds: NDArray[np.int64], penalty: float
) -> NDArray[np.float64]:
    predicted = np.zeros(len(target))
    for fold in range(FOLDS):
        base, weights = _line(matrix[folds != fold], target[folds != fold], penalty)
        predicted[folds == fold] = base + matrix[folds == fold] @ np.array(weights)
    return np.clip(predicted, LOWEST, HIGHEST)


def _error(
    matrix: NDArray[np.float64], target: NDArray[np.float64], folds: NDArray[np.int64], penalty: float
) -> float:
    return float(np.mean((_held_out(matrix, target, folds, penalty) - target) ** 2))


def _applies_at(criterion: Criterion, calls: Sequence[Findings], ratings: Sequence[int | None]) -> float:
    """The probability of an opportunity that best parts calls with a rating from those without."""
    if criterion.applies_when == ("always",):
        return 0.0
    chance = np.array([opportunity(criterion, CallMeasures(found)) for found in calls])
    applies = np.array([rating is not None for rating in ratings])
    cuts = np.linspace(0.05, 0.95, 19)
    right = [float(np.mean((chance >= cut) == applies)) for cut in cuts]
    return round(float(cuts[int(np.argmax(right))]), 4)
