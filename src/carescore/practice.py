"""The same scenario tried again: what became better, criterion by criterion and moment by moment.

Two attempts differ clearly where their intervals do not overlap; everywhere else the honest answer is "no
clear change". In the ten practice scenarios of `data/corpus` (three tries each, 239 pairs of ratings) 98
changes were called by this rule, all in the direction of the ratings, and half of all changes were found;
the model has seen these calls, so expect less on yours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from carescore.coaching.quoting import opening_words
from carescore.coaching.words import Vocabulary, bundled_words
from carescore.errors import UsageError
from carescore.notes import Quote
from carescore.results import CallScore, CriterionScore, Moment, Outcome
from carescore.transcript import Transcript

Verdict = Literal["better", "worse", "no clear change", "not comparable"]

_SAME_OPENING: Final = 0.4  # share of the shorter opening's words of content from which two are the same
_RANK: Final[dict[Outcome, int]] = {"missed": 0, "token": 1, "met": 2}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a scenario: what was said and how it scored."""

    name: str
    call: Transcript
    result: CallScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A score (0–100) in two attempts, each with its 90% interval; `None` where it did not apply."""

    id: str
    name: str
    before: float | None
    after: float | None
    before_interval: tuple[float, float] | None
    after_interval: tuple[float, float] | None
    verdict: Verdict

    @property
    def points(self) -> float | None:
        """Points gained or lost."""
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentInAttempt:
    """How one attempt met an opening."""

    outcome: Outcome
    opening: Quote
    response: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMoment:
    """The same opening in both attempts, met otherwise."""

    trigger: str
    criterion: str
    before: MomentInAttempt
    after: MomentInAttempt

    @property
    def better(self) -> bool:
        """Whether the second attempt met it better."""
        return _RANK[self.after.outcome] > _RANK[self.before.outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two attempts side by side. `call` is the whole call, `criteria` those of the scorecard in order."""

    before: Attempt
    after: Attempt
    call: Change
    criteria: tuple[Change, ...]
    moments: tuple[ChangedMoment, ...]


def compare(before: Attempt, after: Attempt) -> Comparison:
    """What changed from one attempt to the other.

    Raises `UsageError` if they were scored with different scorecards or models: such scores do not compare.
    """
    _check_same_yardstick(before, after)
    old, new = before.result, after.result
    return Comparison(
        before=before,
        after=after,
        call=_change("call", "Call", old, new),
        criteria=tuple(
            _change(name, criterion.name, criterion, new.criteria[name])
            for name, criterion in old.criteria.items()
        ),
        moments=tuple(_changed_moments(before, after, bundled_words().vocabulary)),
    )


def _check_same_yardstick(before: Attempt, after: Attempt) -> None:
    old, new = before.result.receipt, after.result.receipt
    for what, one, other in (
        ("scorecards", (old.scorecard, old.scorecard_sha256), (new.scorecard, new.scorecard_sha256)),
        ("models", (old.model, old.model_sha256), (new.model, new.model_sha256)),
    ):
        if one != other:
            raise UsageError(
                f"'{before.name}' and '{after.name}' were scored with different {what} ({one[0]}, "
                f"{other[0]}); their scores do not compare. Score both again with the same one."
            )


def _change(
    name: str, title: str, before: CallScore | CriterionScore, after: CallScore | CriterionScore
) -> Change:
    old, new = _interval(before), _interval(after)
    return Change(
        id=name,
        name=title,
        before=before.score,
        after=after.score,
        before_interval=old,
        after_interval=new,
        verdict=_verdict(old, new),
    )


def _interval(scored: CallScore | CriterionScore) -> tuple[float, float] | None:
    return None if scored.low is None or scored.high is None else (scored.low, scored.high)


def _verdict(before: tuple[float, float] | None, after: tuple[float, float] | None) -> Verdict:
    if before is None or after is None:
        return "not comparable"
    if after[0] > before[1]:
        return "better"
    return "worse" if after[1] < before[0] else "no clear change"


def _changed_moments(before: Attempt, after: Attempt, vocabulary: Vocabulary) -> Iterator[ChangedMoment]:
    """The openings that both attempts have, where one was met otherwise; each paired with its likest."""
    left = _moments(after.result)
    for criterion, moment in _moments(before.result):
        twin = _twin(before.call, moment, criterion, after.call, left, vocabulary)
        if twin is None:
            continue
        left.remove((criterion, twin))
        if twin.outcome != moment.outcome:
            yield ChangedMoment(
                trigger=moment.trigger,
                criterion=criterion,
                before=_in_attempt(before.call, moment),
                after=_in_attempt(after.call, twin),
            )


def _moments(result: CallScore) -> list[tuple[str, Moment]]:
    """Each moment once, with the first criterion that counts it."""
    found: dict[tuple[int, str], tuple[str, Moment]] = {}
    for criterion in result.criteria.values():
        for moment in criterion.moments if criterion.weight else ():
            found.setdefault((moment.turn, moment.trigger), (criterion.id, moment))
    return sorted(found.values(), key=lambda row: (row[1].turn, row[1].trigger))


def _twin(
    call: Transcript,
    moment: Moment,
    criterion: str,
    other: Transcript,
    candidates: Sequence[tuple[str, Moment]],
    vocabulary: Vocabulary,
) -> Moment | None:
    wanted = vocabulary.content(call.turns[moment.turn].text)
    best: tuple[float, Moment] | None = None
    for name, candidate in candidates:
        if name == criterion and candidate.trigger == moment.trigger:
            likeness = _likeness(wanted, vocabulary.content(other.turns[candidate.turn].text))
            if likeness >= _SAME_OPENING and (best is None or likeness > best[0]):
                best = likeness, candidate
    return best[1] if best else None


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _in_attempt(call: Transcript, moment: Moment) -> MomentInAttempt:
    apart = moment.response_turn is not None and moment.response_turn != moment.turn
    return MomentInAttempt(
        outcome=moment.outcome,
        opening=opening_words(call, moment.turn),
        response=opening_words(call, moment.response_turn)
        if apart and moment.response_turn is not None
        else None,
    )
