"""Probabilities and a scorecard to judged criteria: what applies, how moments were met, what it adds up to.

Knows neither spaCy nor scikit-learn: a tool can bring its own probabilities, and a scorecard can be
tested with an array written by hand. This is one call, step by step; `batched` does the same for many.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from carescore.call_features import CallMeasures, is_feature
from carescore.codebook import AGENT_BEHAVIOURS
from carescore.criteria import CriterionModel, arithmetic, as_score
from carescore.errors import ScorecardError
from carescore.moments import Findings, find_moments
from carescore.results import CriterionScore, CriterionStatus, Evidence, Moment, Part
from carescore.scorecard import Criterion, Scorecard

# Rating points either way for a criterion whose weights a team wrote itself: nothing was fitted.
_UNFITTED_HALF_WIDTH: Final = 1.0
QUOTES_A_BEHAVIOUR: Final = 2
QUOTES_A_CRITERION: Final = 12
# Mean correlation of two criteria's errors in one call, seen on 150 calls of a source never trained on.
_SHARED_ERROR: Final = 0.4
_WORTH_TELLING: Final = 0.2
_MOSTLY_THERE: Final = 0.5
# Features that nearly every call has: worth telling only where they are missing.
_GRANTED: Final = ("never repeats itself", "ends with nothing open")
# Features that count the absence of something bad.
_ABSENCES: Final = ("free of ", "rarely ")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One criterion judged, and the (turn, behaviour) pairs that its evidence should quote."""

    criterion: Criterion
    status: CriterionStatus
    reason: str
    moments: tuple[Moment, ...] = ()
    parts: tuple[Part, ...] = ()
    half_width: float = 0.0
    quoted: tuple[tuple[int, str], ...] = ()

    @property
    def rating(self) -> float:
        """The sum of the arithmetic."""
        return sum(part.points for part in self.parts)


def check(scorecard: Scorecard, learned: Mapping[str, CriterionModel]) -> None:
    """Raise `ScorecardError` if the scorecard names a feature or a learned criterion that does not exist."""
    for criterion in scorecard.criteria:
        for name in (*criterion.points, *criterion.features):
            if not is_feature(name):
                raise ScorecardError(
                    f"{scorecard.name}: criterion '{criterion.id}': there is no feature '{name}'. "
                    "`carescore scorecard features` lists them."
                )
        if criterion.learned is not None and criterion.learned not in learned:
            known = ", ".join(learned) or "none"
            raise ScorecardError(
                f"{scorecard.name}: criterion '{criterion.id}': the model has learned no criterion "
                f"'{criterion.learned}' (it has: {known}). Give `points` instead, or train one."
            )


def judge(
    found: Findings, scorecard: Scorecard, learned: Mapping[str, CriterionModel]
) -> tuple[Judgement, ...]:
    """Every criterion of the scorecard, in its order, judged on one call."""
    measures = CallMeasures(found)
    return tuple(_judge(criterion, found, measures, learned) for criterion in scorecard.criteria)


def opportunity(criterion: Criterion, measures: CallMeasures) -> float:
    """How surely the call gave an opportunity for the criterion (0–1)."""
    if criterion.applies_when == ("always",):
        return 1.0
    return measures.opportunity(criterion.applies_when)


def criterion_score(judgement: Judgement, quotes: Mapping[tuple[int, str], Evidence]) -> CriterionScore:
    """The judgement as a result, with its quotes."""
    criterion = judgement.criterion
    scored = judgement.status == "scored"
    rating = judgement.rating if scored else 0.0
    return CriterionScore(
        id=criterion.id,
        name=criterion.name,
        status=judgement.status,
        rating=rating if scored else None,
        score=as_score(rating) if scored else None,
        low=as_score(max(rating - judgement.half_width, 1.0)) if scored else None,
        high=as_score(min(rating + judgement.half_width, 5.0)) if scored else None,
        weight=criterion.weight,
        reason=judgement.reason,
        moments=judgement.moments,
        evidence=tuple(quotes[pair] for pair in judgement.quoted if pair in quotes),
        arithmetic=judgement.parts,
    )


def total(scores: Sequence[CriterionScore]) -> tuple[float, float, float] | None:
    """Score, low and high of the whole call: the weighted mean over the criteria that applied.

    The criteria's errors go together in part: with a correlation r between any two, half-widths h add up
    to sqrt((1 - r) * sum(h ** 2) + r * sum(h) ** 2).
    """
    counted = [
        (c.weight, c.score, (c.high - c.low) / 2)
        for c in scores
        if c.score is not None and c.low is not None and c.high is not None and c.weight > 0
    ]
    weight = sum(row[0] for row in counted)
    if not weight:
        return None
    mean = sum(share * score for share, score, _ in counted) / weight
    halves = [share * spread / weight for share, _, spread in counted]
    half = math.sqrt((1 - _SHARED_ERROR) * sum(own**2 for own in halves) + _SHARED_ERROR * sum(halves) ** 2)
    return round(mean, 6), round(max(mean - half, 0.0), 6), round(min(mean + half, 100.0), 6)


def _judge(
    criterion: Criterion, found: Findings, measures: CallMeasures, learned: Mapping[str, CriterionModel]
) -> Judgement:
    model = model_of(criterion, learned)
    if opportunity(criterion, measures) < model.applies_at:
        return not_applicable(criterion)
    moments = tuple(
        sorted(
            (moment for rule in criterion.moments for moment in find_moments(rule, found)),
            key=lambda moment: (moment.turn, moment.trigger),
        )
    )
    features = measures.values(model.weights, moments)
    parts = arithmetic(model, features)
    return Judgement(
        criterion,
        "scored",
        reason_in_words(moments, model, features, found.showing),
        moments,
        parts,
        model.half_width,
        _quoted(criterion, moments, found),
    )


def not_applicable(criterion: Criterion) -> Judgement:
    """The judgement of a criterion in a call that gave no opportunity for it."""
    listed = ", ".join(criterion.applies_when)
    return Judgement(criterion, "not_applicable", f"The call gave no opportunity for it (none of: {listed}).")


def model_of(criterion: Criterion, learned: Mapping[str, CriterionModel]) -> CriterionModel:
    """The learned model of a criterion, or the one made of its own points."""
    if criterion.learned is not None:
        return learned[criterion.learned]
    return CriterionModel(criterion.start, dict(criterion.points), _UNFITTED_HALF_WIDTH)


def reason_in_words(
    moments: Sequence[Moment], model: CriterionModel, features: Mapping[str, float], seen: Collection[str]
) -> str:
    """In words: how the moments went, what carried the rating, what it lacked, what held it back.

    Only behaviours `seen` in the call are said to have held it back: small doubts that add up over many
    turns stand in the arithmetic, but nobody is accused of what no turn shows.
    """
    counts = [(o, sum(m.outcome == o for m in moments)) for o in ("met", "token", "missed")]
    good = {name: weight for name, weight in model.weights.items() if not name.startswith(_ABSENCES)}
    there = {name for name in good if features[name] >= _MOSTLY_THERE}
    carried = {name: good[name] * features[name] for name in good if name in there and name not in _GRANTED}
    lacked = {name: good[name] * (1.0 - features[name]) for name in good if name not in there}
    held_back: dict[str, float] = {}
    for name in (name for name in model.weights if name not in good):
        behaviour = name.rpartition(" ")[2]
        lost = model.weights[name] * (1.0 - features[name]) * (behaviour in seen)
        held_back[behaviour] = held_back.get(behaviour, 0.0) + lost
    sentences = [
        ("Moments", ", ".join(f"{count} {outcome}" for outcome, count in counts if count)),
        ("Carried by", _largest(carried)),
        ("Lacked", _largest(lacked)),
        ("Held back by", _largest(held_back)),
    ]
    told = " ".join(f"{head}: {body}." for head, body in sentences if body)
    return told or "Nothing in the call stood out for it."


def _largest(points: Mapping[str, float]) -> str:
    """Up to three names that stand for a fifth of a rating point or more, the largest first."""
    worth = sorted((-value, name) for name, value in points.items() if value >= _WORTH_TELLING)
    return ", ".join(name for _, name in worth[:3])


def _quoted(criterion: Criterion, moments: Sequence[Moment], found: Findings) -> tuple[tuple[int, str], ...]:
    """What to quote: the turns that show the criterion's behaviours best, then openings that were not met."""
    pairs: list[tuple[int, str]] = []
    for name in criterion.evidence:
        turns = (turn for turn in found.showing.get(name, ()) if not _is_repeat(turn, name, found))
        pairs.extend((turn, name) for turn in islice(turns, QUOTES_A_BEHAVIOUR))
    pairs.extend((moment.turn, moment.trigger) for moment in moments if moment.outcome != "met")
    return tuple(sorted(dict.fromkeys(pairs[:QUOTES_A_CRITERION])))


def _is_repeat(turn: int, behaviour: str, found: Findings) -> bool:
    return behaviour in AGENT_BEHAVIOURS and bool(found.repeats[turn])
