"""What changed between two results of the same call: criterion by criterion, and in the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, TypeVar

from carescore.results import (
    CallScore,
    CriterionScore,
    Evidence,
    Moment,
    Part,
    Receipt,
    TurnBehaviours,
    UsedEstimator,
)

Kind = Literal["changed", "gone", "new"]
Value = float | str | bool | None
_Row = TypeVar("_Row")

SCHEMA: Final = "carescore.diff/1"
# Sums of the same numbers may differ in their last digits from one processor to another.
TOLERANCE: Final = 1e-9

_CALL: Final = ("status", "reason", "score", "low", "high", "passed")
_CRITERION: Final = ("status", "rating", "score", "low", "high", "weight", "reason", "name")
# What a receipt holds, by the word for it.
_CAUSES: Final = {
    "model": ("model", "model_sha256"),
    "scorecard": ("scorecard", "scorecard_sha256"),
    "transcript": ("transcript_sha256",),
    "redaction": ("redacted",),
    "estimator": ("estimators",),
    "library": ("carescore",),
    "codebook": ("codebook",),
    "tokenizer": ("tokenizer",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that has another value."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureChange:
    """A line of the arithmetic that changed; `None` where it was not there."""

    feature: str
    old: Part | None
    new: Part | None

    @property
    def points(self) -> float:
        """By how many rating points the line moved the rating."""
        return (self.new.points if self.new else 0.0) - (self.old.points if self.old else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentChange:
    """A moment that is met otherwise, or that only one of the two results has."""

    old: Moment | None
    new: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChange:
    """A quote that only one of the two results has, or that is more or less sure."""

    old: Evidence | None
    new: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionDifference:
    """What changed in one criterion. Largest moves of the rating come first in `features`."""

    id: str
    name: str
    kind: Kind
    old_status: str | None
    new_status: str | None
    old_rating: float | None
    new_rating: float | None
    fields: tuple[Change, ...]
    features: tuple[FeatureChange, ...]
    moments: tuple[MomentChange, ...]
    quotes: tuple[QuoteChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDifference:
    """What changed between two results of a call. `causes` are the words for what the receipts differ in."""

    call_id: str
    causes: tuple[str, ...]
    receipt: tuple[Change, ...]
    call: tuple[Change, ...]
    criteria: tuple[CriterionDifference, ...]
    behaviours: tuple[Change, ...]

    @property
    def same_numbers(self) -> bool:
        """Whether scores, ratings, moments, quotes and behaviours are all the same."""
        return not (self.call or self.criteria or self.behaviours)

    @property
    def same(self) -> bool:
        """Whether nothing differs, receipts included."""
        return self.same_numbers and not self.receipt

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain data."""
        return asdict(self)


def diff(old: CallScore, new: CallScore) -> CallDifference:
    """What changed from one result to another, which should be of the same call.

    Numbers that differ by less than 1e-9 count as the same. The names of file, agent and day, and the
    notes on reading, are not compared: they are told about the call, not found in it.
    """
    receipt = tuple(_receipt(old.receipt, new.receipt))
    changed = {change.field for change in receipt}
    critical = ", ".join(old.critical), ", ".join(new.critical)
    names = dict.fromkeys([*old.criteria, *new.criteria])
    found = (_criterion(old.criteria.get(name), new.criteria.get(name)) for name in names)
    return CallDifference(
        call_id=new.call_id,
        causes=tuple(word for word, names in _CAUSES.items() if changed & set(names)),
        receipt=receipt,
        call=(
            *_changes(old, new, _CALL),
            *([Change("critical", *critical)] if critical[0] != critical[1] else []),
        ),
        criteria=tuple(difference for difference in found if difference is not None),
        behaviours=tuple(_behaviours(old.turns, new.turns)),
    )


def _receipt(old: Receipt, new: Receipt) -> Iterator[Change]:
    """What the receipts differ in; what an older version did not note down is not known to differ."""
    for change in _changes(old, new, [field.name for field in fields(Receipt) if field.name != "estimators"]):
        if change.old is not None and change.new is not None:
            yield change
    if old.estimators != new.estimators:
        yield Change("estimators", _said(old.estimators), _said(new.estimators))


def _said(estimators: Sequence[UsedEstimator]) -> str:
    return ", ".join(
        f"{one.behaviour} by {one.name} ({one.sha256[:12]}…) from {one.threshold:g}" for one in estimators
    )


def _criterion(old: CriterionScore | None, new: CriterionScore | None) -> CriterionDifference | None:
    either = new or old
    if either is None:
        return None
    found = CriterionDifference(
        id=either.id,
        name=either.name,
        kind="new" if old is None else "gone" if new is None else "changed",
        old_status=old.status if old else None,
        new_status=new.status if new else None,
        old_rating=old.rating if old else None,
        new_rating=new.rating if new else None,
        fields=tuple(_changes(old, new, _CRITERION)) if old and new else (),
        features=_features(old.arithmetic if old else (), new.arithmetic if new else ()),
        moments=tuple(
            MomentChange(old=one, new=other)
            for one, other in _paired(
                old.moments if old else (), new.moments if new else (), lambda m: (m.turn, m.trigger)
            )
        ),
        quotes=tuple(
            QuoteChange(old=one, new=other)
            for one, other in _paired(
                old.evidence if old else (),
                new.evidence if new else (),
                lambda e: (e.turn, e.start, e.end, e.behaviour),
            )
        ),
    )
    same = not (found.fields or found.features or found.moments or found.quotes)
    return None if same and found.kind == "changed" else found


def _features(old: Sequence[Part], new: Sequence[Part]) -> tuple[FeatureChange, ...]:
    rows = [
        FeatureChange(feature=(one or other).feature, old=one, new=other)  # type: ignore[union-attr]
        for one, other in _paired(old, new, lambda part: part.feature)
    ]
    return tuple(sorted(rows, key=lambda row: (-abs(row.points), row.feature)))


def _behaviours(old: Sequence[TurnBehaviours], new: Sequence[TurnBehaviours]) -> Iterator[Change]:
    """Behaviours that are present in one result only, or with another probability, by turn."""
    before, after = _by_turn(old), _by_turn(new)
    for place in sorted(before.keys() | after.keys()):
        one, other = before.get(place), after.get(place)
        if not _alike(one, other):
            turn, behaviour = place
            yield Change(f"turn {turn}, {behaviour}", one, other)


def _by_turn(turns: Sequence[TurnBehaviours]) -> dict[tuple[int, str], Value]:
    found: dict[tuple[int, str], Value] = {}
    for turn in turns:
        found[turn.index, "speaker"] = turn.speaker
        found.update({(turn.index, name): chance for name, chance in turn.behaviours.items()})
    return found


def _changes(old: object, new: object, names: Iterable[str]) -> Iterator[Change]:
    for name in names:
        one, other = getattr(old, name), getattr(new, name)
        if not _alike(one, other):
            yield Change(name, one, other)


def _paired(
    old: Sequence[_Row], new: Sequence[_Row], key: Callable[[_Row], object]
) -> Iterator[tuple[_Row | None, _Row | None]]:
    """The rows that differ, those of the same key beside each other."""
    before: Mapping[object, _Row] = {key(row): row for row in old}
    after: Mapping[object, _Row] = {key(row): row for row in new}
    for place in dict.fromkeys([*before, *after]):
        one, other = before.get(place), after.get(place)
        if one is None or other is None or not _same_row(one, other):
            yield one, other


def _same_row(one: object, other: object) -> bool:
    names = [field.name for field in fields(one)]  # type: ignore[arg-type]
    return all(_alike(getattr(one, name), getattr(other, name)) for name in names)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= TOLERANCE
    return bool(one == other)
