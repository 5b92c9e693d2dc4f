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
from carescore.batched.moments import moments_of_calls
from carescore.batched.quoted import Surest, surest_turns
from carescore.call_features import OF_MOMENTS
from carescore.criteria import CriterionModel, arithmetic, as_score, rating_of
from carescore.results import CriterionScore, Evidence, Moment
from carescore.scorecard import Criterion, MomentRule, Scorecard
from carescore.scoring import (
    QUOTES_A_BEHAVIOUR,
    QUOTES_A_CRITERION,
    criterion_score,
    model_of,
    not_applicable,
    reason_in_words,
)

_Row = list[float]
_RuleMoments = dict[int, tuple[Moment, ...]]


@dataclass(frozen=True, slots=True)
class Lines:
    """What a criterion's reason and arithmetic are made from: the values of its features, its moments."""

    model: CriterionModel
    values: _Row
    moments: tuple[Moment, ...]

    def __call__(self) -> dict[str, Any]:
        """The two fields of the result."""
        features = dict(zip(self.model.weights, self.values, strict=True))
        return {
            "reason": reason_in_words(self.moments, self.model, features),
            "arithmetic": arithmetic(self.model, features),
        }


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """One criterion in many calls: `ratings`, `moments` and `quoted` have an entry a call.

    The rating is `None` where the criterion does not apply; `quoted` are the (turn, behaviour) pairs that
    its evidence should quote.
    """

    criterion: Criterion
    model: CriterionModel
    ratings: Sequence[float | None]
    values: Sequence[_Row]
    moments: Sequence[tuple[Moment, ...]]
    quoted: Sequence[tuple[tuple[int, str], ...]]

    def score_of(self, call: int, quotes: Mapping[tuple[int, str], Evidence]) -> CriterionScore:
        """The criterion in one call as a result, with its quotes."""
        rating, criterion = self.ratings[call], self.criterion
        if rating is None:
            return criterion_score(not_applicable(criterion), {})
        moments = self.moments[call]
        half = self.model.half_width
        return CriterionScore.told_later(
            Lines(self.model, self.values[call], moments),
            id=criterion.id,
            name=criterion.name,
            status="scored",
            rating=rating,
            score=as_score(rating),
            low=as_score(max(rating - half, 1.0)),
            high=as_score(min(rating + half, 5.0)),
            weight=criterion.weight,
            moments=moments,
            evidence=tuple([quotes[pair] for pair in self.quoted[call] if pair in quotes]),
        )

    def failed(self, call: int) -> bool:
        """Whether it is critical and its rating too low."""
        rating = self.ratings[call]
        return self.criterion.critical and rating is not None and rating < self.criterion.critical_below


class BatchJudge:
    """A scorecard and its models, made ready once for every batch."""

    def __init__(self, scorecard: Scorecard, learned: Mapping[str, CriterionModel]) -> None:
        self._names = _feature_names(scorecard, learned)
        place = {name: number for number, name in enumerate(self._names)}
        self._criteria = [_Prepared(one, model_of(one, learned), place) for one in scorecard.criteria]
        self._rules = tuple(dict.fromkeys(rule for one in scorecard.criteria for rule in one.moments))

    def judge(self, calls: Calls) -> tuple[JudgedCriterion, ...]:
        """Every criterion of the scorecard, in its order, judged on every call."""
        table = feature_table(calls, self._names)
        found = {rule: moments_of_calls(rule, calls) for rule in self._rules}
        surest = surest_turns(calls, QUOTES_A_BEHAVIOUR)
        return tuple(one.judge(table, found, surest) for one in self._criteria)


class _Prepared:
    """A criterion with the places of its features in the table of features."""

    def __init__(self, criterion: Criterion, model: CriterionModel, place: Mapping[str, int]) -> None:
        self.criterion = criterion
        self.model = model
        names = list(model.weights)
        self._weights = np.array([model.weights[name] for name in names], dtype=np.float64)
        self._of_call = [number for number, name in enumerate(names) if name not in OF_MOMENTS]
        self._places = [place[names[number]] for number in self._of_call]
        self._of_moments = [(number, OF_MOMENTS[n]) for number, n in enumerate(names) if n in OF_MOMENTS]
        self._by_name = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        self._opportunities = [place[name] for name in _opportunity_names(criterion)]

    def judge(
        self, table: NDArray[np.float64], found: Mapping[MomentRule, _RuleMoments], surest: Sequence[Surest]
    ) -> JudgedCriterion:
        """The criterion judged on every call of the table."""
        applies = self._applies(table)
        moments = self._moments(found, len(table))
        values = self._values(table, moments)
        ratings = self._ratings(values)
        return JudgedCriterion(
            criterion=self.criterion,
            model=self.model,
            ratings=[rating if there else None for rating, there in zip(ratings, applies, strict=True)],
            values=values.tolist(),
            moments=moments,
            quoted=[
                self._quoted(here, own) if there else ()
                for here, own, there in zip(surest, moments, applies, strict=True)
            ],
        )

    def _applies(self, table: NDArray[np.float64]) -> list[bool]:
        """Whether each call gave an opportunity for it; see `scoring.opportunity`."""
        chance = np.ones(len(table))
        if self._opportunities:
            chance -= table[:, self._opportunities].prod(axis=1)
        applies: list[bool] = (chance >= self.model.applies_at).tolist()
        return applies

    def _moments(self, found: Mapping[MomentRule, _RuleMoments], calls: int) -> list[tuple[Moment, ...]]:
        rules = [found[rule] for rule in self.criterion.moments]
        if len(rules) == 1:
            return [rules[0].get(call, ()) for call in range(calls)]
        return [
            tuple(
                sorted(
                    (moment for rule in rules for moment in rule.get(call, ())),
                    key=lambda moment: (moment.turn, moment.trigger),
                )
            )
            for call in range(calls)
        ]

    def _values(self, table: NDArray[np.float64], moments: Sequence[Sequence[Moment]]) -> NDArray[np.float64]:
        values = np.empty((len(table), len(self._weights)))
        values[:, self._of_call] = table[:, self._places]
        for number, feature in self._of_moments:
            values[:, number] = [feature(own) for own in moments]
        return values

    def _ratings(self, values: NDArray[np.float64]) -> list[float]:
        """Each call's rating, its points added up in the order of `criteria.arithmetic`."""
        points = (values * self._weights)[:, self._by_name]
        order = np.argsort(-np.abs(points), axis=1, kind="stable")
        rows = np.take_along_axis(points, order, axis=1).tolist()
        base = self.model.base
        return [rating_of([base, *row]) for row in rows]

    def _quoted(self, surest: Surest, moments: Iterable[Moment]) -> tuple[tuple[int, str], ...]:
        """See `scoring.judge`."""
        pairs = [pair for name in self.criterion.evidence for pair in surest.get(name, ())]
        pairs += [(moment.turn, moment.trigger) for moment in moments if moment.outcome != "met"]
        return tuple(sorted(set(pairs[:QUOTES_A_CRITERION])))


def _feature_names(scorecard: Scorecard, learned: Mapping[str, CriterionModel]) -> tuple[str, ...]:
    """Every feature of a call that some criterion needs, once."""
    models = [model_of(criterion, learned) for criterion in scorecard.criteria]
    weighed = [name for model in models for name in model.weights if name not in OF_MOMENTS]
    asked = [name for criterion in scorecard.criteria for name in _opportunity_names(criterion)]
    return tuple(dict.fromkeys([*weighed, *asked]))


def _opportunity_names(criterion: Criterion) -> list[str]:
    if criterion.applies_when == ("always",):
        return []
    return [f"free of {name}" for name in criterion.applies_when]
