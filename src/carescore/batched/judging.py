"""A scorecard over many calls at once: what `scoring.judge` says of each, in columns.

Reasons and lines of arithmetic are put into words when somebody reads them, by the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carescore.batched.calls import Calls
from carescore.batched.features import feature_table
from carescore.batched.moments import MomentFinder
from carescore.batched.quoted import Surest, surest_turns
from carescore.call_features import OF_MOMENTS
from carescore.criteria import CriterionModel, arithmetic, as_score, rating_of
from carescore.results import CriterionScore, Evidence, Moment
from carescore.scorecard import Criterion, Scorecard
from carescore.scoring import (
    QUOTES_A_BEHAVIOUR,
    QUOTES_A_CRITERION,
    criterion_score,
    model_of,
    not_applicable,
    reason_in_words,
)


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """One criterion in many calls: `ratings`, `moments` and `quoted` have an entry a call.

    The rating is `None` where the criterion does not apply; `quoted` are the (turn, behaviour) pairs that
    its evidence should quote.
    """

    criterion: Criterion
    half_width: float
    ratings: Sequence[float | None]
    moments: Sequence[tuple[Moment, ...]]
    quoted: Sequence[tuple[tuple[int, str], ...]]

    def score_of(self, call: int, quotes: Mapping[tuple[int, str], Evidence], lines: Lines) -> CriterionScore:
        """The criterion in one call as a result, with its quotes."""
        rating, criterion = self.ratings[call], self.criterion
        if rating is None:
            return criterion_score(not_applicable(criterion), {})
        return CriterionScore.told_later(
            lines,
            id=criterion.id,
            name=criterion.name,
            status="scored",
            rating=rating,
            score=as_score(rating),
            low=as_score(max(rating - self.half_width, 1.0)),
            high=as_score(min(rating + self.half_width, 5.0)),
            weight=criterion.weight,
            moments=self.moments[call],
            evidence=tuple([quotes[pair] for pair in self.quoted[call] if pair in quotes]),
        )

    def failed(self, call: int) -> bool:
        """Whether it is critical and its rating too low."""
        rating = self.ratings[call]
        return self.criterion.critical and rating is not None and rating < self.criterion.critical_below


@dataclass(frozen=True, slots=True)
class Judged:
    """Many calls judged: the criteria, and what their lines are made from.

    That is the table (calls × features), and which behaviours were seen in each call (calls × labels).
    """

    criteria: tuple[JudgedCriterion, ...]
    table: NDArray[np.float64]
    seen: NDArray[np.bool_]
    judge: BatchJudge

    def scores(self, call: int, quotes: Mapping[tuple[int, str], Evidence]) -> list[CriterionScore]:
        """Every criterion of one call as a result, with the quotes there are."""
        # Views would keep the whole batch.
        lines = Lines(self.judge, self.table[call].copy(), self.seen[call].copy())
        return [one.score_of(call, quotes, lines) for one in self.criteria]

    def failed(self, call: int) -> tuple[str, ...]:
        """The critical criteria whose rating is too low."""
        return tuple([one.criterion.id for one in self.criteria if one.failed(call)])

    def quoted(self, call: int) -> list[tuple[int, str]]:
        """The (turn, behaviour) pairs that some criterion quotes, in their order."""
        return sorted({pair for one in self.criteria for pair in one.quoted[call]})


@dataclass(frozen=True, slots=True)
class Lines:
    """The reasons and the arithmetic of one call's criteria, made from its row of the table when read."""

    judge: BatchJudge
    row: NDArray[np.float64]
    seen: NDArray[np.bool_]

    def __call__(self, score: CriterionScore) -> dict[str, Any]:
        """The two fields of the result of one criterion."""
        model, features = self.judge.features_of(score.id, self.row)
        return {
            "reason": reason_in_words(score.moments, model, features, self.judge.names_of(self.seen)),
            "arithmetic": arithmetic(model, features),
        }


class BatchJudge:
    """A scorecard and its models, made ready once for every batch of calls with these labels.

    The table it works on has a column for each feature of a call that any criterion needs, then one for
    each feature of a criterion's moments, and last a column of 0 and one of 1 to fill up shorter rows.
    """

    def __init__(
        self, scorecard: Scorecard, learned: Mapping[str, CriterionModel], labels: tuple[str, ...]
    ) -> None:
        self._criteria = scorecard.criteria
        self._labels = labels
        self._number = {criterion.id: number for number, criterion in enumerate(self._criteria)}
        self._models = [model_of(criterion, learned) for criterion in self._criteria]
        # By name, as lines of the same size are in the arithmetic.
        self._features = [sorted(model.weights) for model in self._models]
        self._names, self._of_moments = _columns(self._criteria, self._features)
        self._width = len(self._names) + len(self._of_moments) + 2
        self._places = self._padded(
            [self._columns_of(n) for n in range(len(self._criteria))], self._width - 2
        )
        self._weights = np.zeros(self._places.shape)
        for row, model, names in zip(self._weights, self._models, self._features, strict=True):
            row[: len(names)] = [model.weights[name] for name in names]
        self._opportunities = self._padded(
            [self._opportunity(one) for one in self._criteria], self._width - 1
        )
        self._applies_at = np.array([model.applies_at for model in self._models])
        self._finder = MomentFinder(
            tuple(dict.fromkeys(rule for one in self._criteria for rule in one.moments)), labels
        )

    def judge(self, calls: Calls) -> Judged:
        """Every criterion of the scorecard, in its order, judged on every call."""
        moments = self._moments(calls)
        table = np.zeros((len(calls), self._width))
        table[:, : len(self._names)] = feature_table(calls, self._names)
        for column, (number, name) in enumerate(self._of_moments, start=len(self._names)):
            table[:, column] = [OF_MOMENTS[name](own) for own in moments[number]]
        table[:, -1] = 1.0
        applies = (1.0 - table[:, self._opportunities].prod(axis=2) >= self._applies_at).T.tolist()
        values = table[:, self._places].transpose(1, 0, 2)  # criteria × calls × features
        points = values * self._weights[:, None, :]
        order = np.argsort(-np.abs(points), axis=2, kind="stable")
        criterion, call = np.arange(len(points))[:, None, None], np.arange(len(calls))[:, None]
        rows = points[criterion, call, order].tolist()
        surest = surest_turns(calls, QUOTES_A_BEHAVIOUR)
        judged = tuple(
            JudgedCriterion(
                criterion=criterion,
                half_width=self._models[n].half_width,
                ratings=[
                    rating_of([self._models[n].base, *row]) if there else None
                    for row, there in zip(rows[n], applies[n], strict=True)
                ],
                moments=moments[n],
                quoted=[
                    _quoted(criterion, here, own) if there else ()
                    for here, own, there in zip(surest, moments[n], applies[n], strict=True)
                ],
            )
            for n, criterion in enumerate(self._criteria)
        )
        return Judged(judged, table, _seen(calls), self)

    def features_of(
        self, criterion: str, row: NDArray[np.float64]
    ) -> tuple[CriterionModel, dict[str, float]]:
        """A criterion's model, and its features in a row of the table."""
        number = self._number[criterion]
        values = row[self._places[number]].tolist()
        # Rows of places are filled up at their ends.
        return self._models[number], dict(zip(self._features[number], values, strict=False))

    def names_of(self, seen: NDArray[np.bool_]) -> frozenset[str]:
        """The behaviours of a row of labels that are there."""
        return frozenset(label for label, there in zip(self._labels, seen.tolist(), strict=True) if there)

    def _columns_of(self, criterion: int) -> list[int]:
        """The columns of a criterion's features."""
        of_moments = {key: len(self._names) + place for place, key in enumerate(self._of_moments)}
        of_call = {name: place for place, name in enumerate(self._names)}
        return [
            of_moments[criterion, name] if name in OF_MOMENTS else of_call[name]
            for name in self._features[criterion]
        ]

    def _opportunity(self, criterion: Criterion) -> list[int]:
        """The columns whose product is the chance that there was none; of 0 where it always applies."""
        of_call = {name: place for place, name in enumerate(self._names)}
        return [of_call[name] for name in _opportunity_names(criterion)] or [self._width - 2]

    def _padded(self, rows: Sequence[Sequence[int]], filling: int) -> NDArray[np.int64]:
        found = np.full((len(rows), max(map(len, rows))), filling, dtype=np.int64)
        for row, given in zip(found, rows, strict=True):
            row[: len(given)] = given
        return found

    def _moments(self, calls: Calls) -> list[list[tuple[Moment, ...]]]:
        """For each criterion and call its moments, in their order."""
        found = self._finder.find(calls)
        return [
            [_in_order([found[rule].get(call, ()) for rule in one.moments]) for call in range(len(calls))]
            if one.moments
            else [()] * len(calls)
            for one in self._criteria
        ]


def _seen(calls: Calls) -> NDArray[np.bool_]:
    """Whether each behaviour is present in some turn of each call (calls × labels)."""
    seen = np.zeros((len(calls), len(calls.labels)), dtype=bool)
    turns, labels = np.nonzero(calls.present)
    seen[calls.call_of[turns], labels] = True
    return seen


def _in_order(of_rules: Sequence[tuple[Moment, ...]]) -> tuple[Moment, ...]:
    if len(of_rules) == 1:
        return of_rules[0]
    every = [moment for moments in of_rules for moment in moments]
    return tuple(sorted(every, key=lambda moment: (moment.turn, moment.trigger)))


def _quoted(criterion: Criterion, surest: Surest, moments: Iterable[Moment]) -> tuple[tuple[int, str], ...]:
    """See `scoring.judge`."""
    pairs = [pair for name in criterion.evidence for pair in surest.get(name, ())]
    pairs += [(moment.turn, moment.trigger) for moment in moments if moment.outcome != "met"]
    return tuple(sorted(set(pairs[:QUOTES_A_CRITERION])))


def _columns(
    criteria: Sequence[Criterion], features: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Every feature of a call that some criterion needs, and the features of each criterion's moments."""
    weighed = [name for names in features for name in names if name not in OF_MOMENTS]
    asked = [name for criterion in criteria for name in _opportunity_names(criterion)]
    of_moments = [(n, name) for n, names in enumerate(features) for name in names if name in OF_MOMENTS]
    return tuple(dict.fromkeys([*weighed, *asked])), of_moments


def _opportunity_names(criterion: Criterion) -> list[str]:
    if criterion.applies_when == ("always",):
        return []
    return [f"free of {name}" for name in criterion.applies_when]
