"""What scoring gives back: criteria with ratings, intervals, moments, arithmetic and verbatim evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Self

from carescore.errors import UsageError
from carescore.notes import Coaching
from carescore.safe_text import as_json
from carescore.shown import Shown

SCHEMA: Final = "carescore.result/1"

CriterionStatus = Literal["scored", "not_applicable", "not_enough_evidence"]
Outcome = Literal["met", "token", "missed"]
CallStatus = Literal["draft", "unscored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A verbatim quote: `text[start:end]` of the turn, and the behaviour it shows.

    `probability` (0–1) is the model's for that behaviour in that turn; `time` the turn's start in seconds.
    """

    turn: int
    start: int
    end: int
    quote: str
    behaviour: str
    probability: float
    time: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An opening that asked for a behaviour, and how it was met.

    `turn` showed the `trigger`; `response_turn` is the agent turn that met it, or that came instead.
    """

    turn: int
    trigger: str
    outcome: Outcome
    response_turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of a criterion's arithmetic: `points = value × weight`, in rating points."""

    feature: str
    value: float
    weight: float
    points: float


class _ToldLater:
    """A result some of whose fields are put into words when first read; the same as if it had them."""

    __slots__ = ("_later",)
    _later: Callable[[Any], Mapping[str, Any]] | None

    @classmethod
    def told_later(cls, later: Callable[[Self], Mapping[str, Any]], **fields: Any) -> Self:
        """A result with the given fields; `later`, asked with the result, gives all the others."""
        result, put = cls.__new__(cls), object.__setattr__
        for name, value in fields.items():
            put(result, name, value)
        put(result, "_later", later)
        return result

    if not TYPE_CHECKING:  # type checkers should see the declared fields, and no others

        def __getattr__(self, name: str) -> Any:
            """Only called for what is not there yet."""
            try:
                later = object.__getattribute__(self, "_later")
            except AttributeError:
                later = None
            if later is not None:
                for field_name, value in later(self).items():
                    object.__setattr__(self, field_name, value)
                object.__setattr__(self, "_later", None)
            return object.__getattribute__(self, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore(_ToldLater):
    """One criterion of one call.

    `rating` is on the codebook's scale from 1 to 5 and is the sum of the arithmetic's points; `score`,
    `low` and `high` are on 0–100, the last two a 90% interval. All four are `None` unless `scored`.
    """

    id: str
    name: str
    status: CriterionStatus
    rating: float | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    weight: float
    reason: str
    moments: tuple[Moment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    arithmetic: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnBehaviours:
    """The behaviours judged present in a turn, with their probabilities. `speaker` is the role."""

    index: int
    speaker: str
    behaviours: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedEstimator:
    """An estimator of the user's own that gave the probabilities of one behaviour: its file and threshold."""

    behaviour: str
    name: str
    sha256: str
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything that decides a score: the same receipt means the same numbers.

    No time of scoring is in it, so that scoring again gives the same bytes. `codebook` is the version of
    the labels' definitions and `tokenizer` what cut the words. `redacted` says whether private things were
    replaced (`redact=True`) before scoring; `transcript_sha256` is of the words after that. It is `None`
    where there were no words. `estimators` are the user's own that were asked. Results of earlier versions
    lack these four.
    """

    carescore: str
    model: str
    model_sha256: str
    scorecard: str
    scorecard_sha256: str
    transcript_sha256: str
    codebook: str | None = None
    tokenizer: str | None = None
    redacted: bool | None = None
    estimators: tuple[UsedEstimator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScore(Shown, _ToldLater):
    """The result for one call: a draft for a person to use, never a verdict.

    `score` is the weighted mean of the criteria that applied (0–100) with its 90% interval, or `None`.
    `passed` compares it with the scorecard's pass mark, if there is one; `critical` names the critical
    criteria that failed. `status` is `unscored` where nothing could be scored; `reason` says why.
    """

    call_id: str
    status: CallStatus
    reason: str
    agent: str | None
    source: str | None
    started: str | None
    channel: str | None
    role_source: str
    score: float | None
    low: float | None
    high: float | None
    passed: bool | None
    critical: tuple[str, ...]
    criteria: Mapping[str, CriterionScore]
    turns: tuple[TurnBehaviours, ...]
    warnings: tuple[str, ...]
    receipt: Receipt
    _shown_by: ClassVar[str] = "call"
    _coach: Callable[[CallScore], Coaching] | None = field(default=None, repr=False, compare=False)

    @property
    def coaching(self) -> Coaching:
        """Notes on the call: what to celebrate, one focus, missed moments with words to try, the story.

        Worked out from the transcript when first asked for. A result that was read back from JSON or
        unpickled has no transcript and raises `UsageError`: use `scorer.coach(call, result)`.
        """
        if self.status == "unscored":
            return Coaching()
        if self._coach is None:
            raise UsageError(
                f"{self.call_id}: this result has no transcript with it, and coaching quotes the transcript. "
                "Give it: `scorer.coach(call, result)`, where `call` is what `carescore.read(...)` returns."
            )
        return self._coach(self)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data in the published schema `carescore.result/1`."""
        data = {"schema": SCHEMA, **_data(self)}
        data["criteria"] = [_criterion_data(criterion) for criterion in self.criteria.values()]
        data["turns"] = tuple({**_data(turn), "behaviours": dict(turn.behaviours)} for turn in self.turns)
        data["receipt"] = {**_data(self.receipt), "estimators": tuple(map(_data, self.receipt.estimators))}
        return data

    def to_json(self) -> str:
        """The result as one line of JSON, the same bytes for the same result."""
        later = getattr(self, "_later", None)
        if isinstance(later, _Line):
            return later.text
        return as_json(self.to_dict(), separators=(",", ":"))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CallScore:
        """The result that `to_dict` wrote."""
        rest = {key: value for key, value in data.items() if key != "schema"}
        rest.update(_parts(data))
        rest["critical"] = tuple(data["critical"])
        rest["warnings"] = tuple(data["warnings"])
        return cls(**rest)


@dataclass(frozen=True, slots=True)
class _Line:
    """What is in a result's line of JSON, read when it is asked for."""

    text: str

    def __call__(self, result: CallScore) -> dict[str, Any]:
        return _parts(json.loads(self.text))


def facts_beside(result: CallScore) -> dict[str, Any]:
    """What is sent beside a result's line of JSON, to be at hand without reading it."""
    return {name: getattr(result, name) for name in _BESIDE}


def written_elsewhere(
    facts: Mapping[str, Any], line: str, coach: Callable[[CallScore], Coaching] | None
) -> CallScore:
    """The result of which another process sent the facts and the line; the same as the one it had."""
    return CallScore.told_later(_Line(line), _coach=coach, **facts)


def _parts(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a result that have parts of their own."""
    return {
        "criteria": {row["id"]: _criterion(row) for row in data["criteria"]},
        "turns": tuple(TurnBehaviours(**row) for row in data["turns"]),
        "receipt": _receipt(data["receipt"]),
    }


@cache
def result_schema() -> dict[str, Any]:
    """The JSON Schema of `carescore.result/1`."""
    text = files("carescore").joinpath("result.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _receipt(row: Mapping[str, Any]) -> Receipt:
    used = tuple(UsedEstimator(**one) for one in row.get("estimators", ()))
    return Receipt(**{**row, "estimators": used})


def _criterion(row: Mapping[str, Any]) -> CriterionScore:
    return CriterionScore(
        **{
            **row,
            "moments": tuple(Moment(**moment) for moment in row["moments"]),
            "evidence": tuple(Evidence(**evidence) for evidence in row["evidence"]),
            "arithmetic": tuple(Part(**part) for part in row["arithmetic"]),
        }
    )


def _criterion_data(criterion: CriterionScore) -> dict[str, Any]:
    data = _data(criterion)
    for name in ("moments", "evidence", "arithmetic"):
        data[name] = tuple([_data(item) for item in data[name]])
    return data


def _data(item: Any) -> dict[str, Any]:
    """The fields of a result's part; several times faster than `asdict`, which copies what cannot change."""
    names, values = _FIELDS[type(item)]
    return dict(zip(names, values(item), strict=True))


_BESIDE: Final = tuple(
    one.name
    for one in fields(CallScore)
    if not one.name.startswith("_") and one.name not in ("criteria", "turns", "receipt")
)
_FIELDS: Final = {
    kind: (names, attrgetter(*names))
    for kind in (CallScore, CriterionScore, TurnBehaviours, Receipt, UsedEstimator, Evidence, Moment, Part)
    if (names := tuple(one.name for one in fields(kind) if not one.name.startswith("_")))
}
