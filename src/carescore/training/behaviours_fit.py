"""Fit the behaviour model: one logistic regression a label, calibrated on calls it was not fitted to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack
from sklearn.linear_model import LogisticRegression

from carescore.behaviours import columns, weighted_rows, word_rows
from carescore.bundle import behaviour_model
from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.features import (
    BITS,
    Features,
    context_of_calls,
    context_of_single_turns,
    extract,
)
from carescore.tokens import Tokenizer
from carescore.training.corpus import BankTurn, LabelledCall
from carescore.training.degrade import Copy, degraded
from carescore.training.source_folds import FOLDS, source_folds
from carescore.training.words import WordVectors

COPIES: Final[dict[Copy, float]] = {"clean": 1.0, "flat": 0.5, "noisy": 0.5}  # weight of each copy
BANK_WEIGHT: Final = 0.7  # single turns help ranking more than they tell how common a behaviour is
INVERSE_PENALTY: Final = 12.0
SEEN_IN: Final = 4  # calls or bank turns a feature must come from, or it would remember one person's words
SEED: Final = 20261121
# Labels with fewer positive turns in whole calls are given the threshold of an even chance.
FEWEST_POSITIVES: Final = 8
# What speaks against a person is not said of them on a mere suspicion, whatever F1 gains by it.
_ACCUSATIONS: Final = ("dismissive", "deflection")
_RIGHT: Final = 0.7  # share of such turns, in calls left out, that readers must have seen the same way
_CUTS: Final = np.arange(5, 81) / 100


@dataclass(frozen=True, slots=True)
class Rows:
    """Turns ready to fit: their features, labels (rows × labels), side, group (call) and weight."""

    features: Features
    labels: NDArray[np.bool_]
    agent: NDArray[np.bool_]
    groups: NDArray[np.int64]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The arrays of a model, and out-of-fold probabilities for the clean turns of all calls, in order."""

    arrays: dict[str, NDArray[Any]]
    held_out: NDArray[np.float64]


def rows_of_calls(calls: Sequence[LabelledCall], copy: Copy, tokenizer: Tokenizer) -> Rows:
    """Every turn of the calls, one copy of it, in its context."""
    rng = random.Random(f"{SEED} {copy}")
    texts = [degraded(turn.text, copy, rng) for call in calls for turn in call.turns]
    context = context_of_calls([[turn.side for turn in call.turns] for call in calls])
    turns = [turn for call in calls for turn in call.turns]
    return Rows(
        features=extract(tokenizer.ids(texts), context),
        labels=_label_rows([turn.labels for turn in turns]),
        agent=np.array([turn.side == "agent" for turn in turns]),
        groups=np.repeat(np.arange(len(calls)), [len(call.turns) for call in calls]),
        weights=np.full(len(turns), COPIES[copy]),
    )


def rows_of_bank(bank: Sequence[BankTurn], copy: Copy, tokenizer: Tokenizer, first_group: int) -> Rows:
    """Every turn of the phrase bank, one copy of it; each is its own group."""
    rng = random.Random(f"{SEED} bank {copy}")
    texts = [degraded(text, copy, rng) for turn in bank for text in (turn.text, turn.before)]
    context = context_of_single_turns(len(bank), [bool(turn.before) for turn in bank])
    return Rows(
        features=extract(tokenizer.ids(texts), context),
        labels=_label_rows([turn.labels for turn in bank]),
        agent=np.array([turn.side == "agent" for turn in bank]),
        groups=first_group + np.arange(len(bank)),
        weights=np.full(len(bank), COPIES[copy] * BANK_WEIGHT),
    )


def fit_behaviours(
    calls: Sequence[LabelledCall],
    bank: Sequence[BankTurn],
    words: WordVectors,
    tokenizer: Tokenizer,
    *,
    jobs: int = 1,
) -> Fitted:
    """Fit on everything; calibrate and set thresholds on sources left out in turn (`FOLDS` folds)."""
    copies = [rows_of_calls(calls, copy, tokenizer) for copy in COPIES]
    bank_copies = [rows_of_bank(bank, copy, tokenizer, len(calls)) for copy in COPIES] if bank else []
    folds = source_folds([call.source for call in calls])
    clean = copies[0]
    margins = np.zeros((len(clean.agent), len(BEHAVIOURS)))
    for fold in range(FOLDS):
        inside = [_only(rows, folds[rows.groups] != fold) for rows in copies]
        arrays = _fit([*inside, *bank_copies], words, jobs)
        out = folds[clean.groups] == fold
        margins[out] = _margins(_only(clean, out).features, arrays)
    calibration = _calibrated(margins, clean, [calls[group].source for group in clean.groups])
    arrays = {**_fit([*copies, *bank_copies], words, jobs), **calibration}
    held_out = 1.0 / (1.0 + np.exp(-(margins * calibration["slopes"] + calibration["shifts"])))
    held_out[np.not_equal.outer(clean.agent, _OF_AGENT)] = 0.0
    return Fitted(arrays, held_out)


_OF_AGENT: Final = np.array([label in AGENT_BEHAVIOURS for label in BEHAVIOURS])


def _fit(parts: Sequence[Rows], words: WordVectors, jobs: int) -> dict[str, NDArray[Any]]:
    buckets, idf = _vocabulary(parts)
    rows = vstack(
        [
            hstack(
                [
                    weighted_rows(part.features, columns(buckets), idf),
                    csr_array(word_rows(part.features, words.ids) @ words.vectors),
                ]
            )
            for part in parts
        ]
    ).tocsr()
    matrix = csr_array(
        (rows.data, rows.indices.astype(np.int32), rows.indptr.astype(np.int32)), shape=rows.shape
    )
    labels = np.vstack([part.labels for part in parts])
    agent = np.concatenate([part.agent for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    sides = {True: np.flatnonzero(agent), False: np.flatnonzero(~agent)}
    fits = Parallel(n_jobs=jobs)(
        delayed(_fit_label)(
            matrix[sides[bool(of_agent)]],
            labels[sides[bool(of_agent)], column],
            weights[sides[bool(of_agent)]],
        )
        for column, of_agent in enumerate(_OF_AGENT)
    )
    weights = np.stack([weight for weight, _ in fits], axis=1)
    return {
        "buckets": buckets,
        "idf": idf.astype(np.float32),
        "weights": weights[: len(buckets)].astype(np.float32),
        "word_ids": words.ids,
        "word_weights": (words.vectors @ weights[len(buckets) :]).astype(np.float16),
        "intercepts": np.array([intercept for _, intercept in fits], dtype=np.float32),
    }


def _fit_label(
    matrix: csr_array, labels: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    if labels.all() or not labels.any():
        return np.zeros(matrix.shape[1]), 10.0 if labels.all() else -10.0
    model = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", random_state=SEED)
    model.fit(matrix, labels, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def _vocabulary(parts: Sequence[Rows]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Features that enough calls or bank turns share, and their inverse document frequency."""
    pairs = np.concatenate(
        [(part.groups[_row_of(part.features)] << BITS) | part.features.buckets for part in parts]
    )
    distinct = np.unique(pairs) & ((1 << BITS) - 1)
    groups = np.bincount(distinct, minlength=1 << BITS)
    buckets = np.flatnonzero(groups >= SEEN_IN).astype(np.int32)
    turns = sum(len(part.agent) for part in parts)
    rows = np.bincount(np.concatenate([part.features.buckets for part in parts]), minlength=1 << BITS)
    idf = np.log((1 + turns) / (1 + rows[buckets])) + 1.0
    return buckets, idf.astype(np.float32).astype(np.float64)


def _margins(features: Features, arrays: dict[str, NDArray[Any]]) -> NDArray[np.float64]:
    """The margins that a model of these arrays would give, not yet calibrated."""
    uncalibrated = dict.fromkeys(("slopes", "shifts", "thresholds"), np.ones(len(BEHAVIOURS)))
    return behaviour_model({**arrays, **uncalibrated}, BEHAVIOURS).margins(features)


def _calibrated(margins: NDArray[np.float64], rows: Rows, sources: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Slope, shift and threshold of each label from margins of calls left out; `sources` has each turn's."""
    slopes, shifts = np.ones(len(BEHAVIOURS)), np.zeros(len(BEHAVIOURS))
    thresholds = np.full(len(BEHAVIOURS), 0.5)
    named = np.array(sources)
    for column, of_agent in enumerate(_OF_AGENT):
        side = rows.agent == of_agent
        truth, given = rows.labels[side, column], margins[side, column]
        if truth.sum() >= FEWEST_POSITIVES:
            slopes[column], shifts[column] = _platt(given, truth)
            calibrated = 1.0 / (1.0 + np.exp(-(given * slopes[column] + shifts[column])))
            thresholds[column] = best_threshold(truth, calibrated, named[side])
            if BEHAVIOURS[column] in _ACCUSATIONS:
                thresholds[column] = max(thresholds[column], sure_threshold(truth, calibrated))
    values = {"slopes": slopes, "shifts": shifts, "thresholds": thresholds}
    return {name: array.astype(np.float32) for name, array in values.items()}


def _platt(margins: NDArray[np.float64], truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of a sigmoid through the margins (Platt 1999)."""
    model = LogisticRegression(C=1e4, solver="lbfgs", max_iter=1000)
    model.fit(margins.reshape(-1, 1), truth)
    return max(float(model.coef_[0, 0]), 1e-3), float(model.intercept_[0])


def best_threshold(
    truth: NDArray[np.bool_], probabilities: NDArray[np.float64], sources: NDArray[np.str_]
) -> float:
    """The threshold with the highest F1 in the mean over sources, so that the largest does not decide.

    Only sources with `FEWEST_POSITIVES` or more count; where there is none, all turns count as one. Among
    equals the one in the middle.
    """
    counted = [sources == source for source in np.unique(sources)]
    counted = [rows for rows in counted if truth[rows].sum() >= FEWEST_POSITIVES] or [truth == truth]
    f1 = np.mean([_f1_at(truth[rows], probabilities[rows]) for rows in counted], axis=0)
    return float(np.median(_CUTS[f1 >= f1.max() - 1e-12]))


def sure_threshold(truth: NDArray[np.bool_], probabilities: NDArray[np.float64]) -> float:
    """The lowest threshold from which seven in ten turns called positive are so; the highest if none is."""
    called = probabilities[:, None] >= _CUTS
    right = (called & truth[:, None]).sum(axis=0) / np.maximum(called.sum(axis=0), 1)
    return float(_CUTS[int(np.argmax(right >= _RIGHT))] if (right >= _RIGHT).any() else _CUTS[-1])


def _f1_at(truth: NDArray[np.bool_], probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 (cuts,) of calling a turn positive from each cut on."""
    called = probabilities[:, None] >= _CUTS
    f1: NDArray[np.float64] = 2 * (called & truth[:, None]).sum(axis=0) / (called.sum(axis=0) + truth.sum())
    return f1


def _label_rows(labels: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    rows = np.zeros((len(labels), len(BEHAVIOURS)), dtype=bool)
    column_of = {name: column for column, name in enumerate(BEHAVIOURS)}
    for row, names in enumerate(labels):
        rows[row, [column_of[name] for name in names]] = True
    return rows


def _row_of(features: Features) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(features.offsets) - 1), np.diff(features.offsets))


def _only(rows: Rows, mask: NDArray[np.bool_]) -> Rows:
    """The rows where the mask is true."""
    features = rows.features
    return Rows(
        features=Features(
            *_slices(features.buckets, features.offsets, mask),
            *_slices(features.words, features.word_offsets, mask),
        ),
        labels=rows.labels[mask],
        agent=rows.agent[mask],
        groups=rows.groups[mask],
        weights=rows.weights[mask],
    )


def _slices(
    values: NDArray[Any], offsets: NDArray[np.int64], mask: NDArray[np.bool_]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The values of the kept rows, and their new offsets."""
    counts = np.diff(offsets)
    kept = np.concatenate([[0], np.cumsum(counts[mask])]).astype(np.int64)
    return values[np.repeat(mask, counts)], kept
