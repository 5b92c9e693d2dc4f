"""Where the review of a call stands, worked out from its entries: the machine's score beside people's.

draft ──▶ reviewed ──▶ disputed ──▶ resolved
              a dispute may also follow on resolved; scoring a call anew makes it a draft again
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

from carescore.errors import UsageError
from carescore.results import CallScore, Receipt
from carescore.review.entries import Action, Entry
from carescore.review.expected import Expected

State = Literal["draft", "reviewed", "disputed", "resolved"]

# The states in which an action may follow, and what to do where it may not.
_MAY_FOLLOW: Final[Mapping[Action, tuple[State, ...]]] = {
    "note": ("draft", "reviewed", "disputed", "resolved"),
    "dispute": ("reviewed", "disputed", "resolved"),
    "resolve": ("disputed",),
}
_INSTEAD: Final[Mapping[Action, str]] = {
    "dispute": "nobody has reviewed this draft yet; do so with `carescore review note` first.",
    "resolve": "nothing about it is disputed; `carescore review dispute` opens a dispute.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRating:
    """What a reviewer rated a criterion: 1–5, or `None` for "does not apply"."""

    who: str
    at: str
    criterion: str
    rating: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disputed criterion. `upheld` is `None` while it is open; `expected` says what should come out."""

    criterion: str
    who: str
    at: str
    reason: str
    upheld: bool | None = None
    expected: Expected | None = None
    resolved_by: str | None = None
    resolved_at: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReview:
    """One call: `machine` has the machine's criteria as scored (status, rating), never changed by anybody.

    `entries` are all that was entered about the call, in order.
    """

    call_id: str
    state: State = "draft"
    agent: str | None = None
    started: str | None = None
    source: str | None = None
    score: float | None = None
    receipt: Mapping[str, Any] = field(default_factory=dict)
    machine: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ratings: tuple[PersonRating, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def open_disputes(self) -> tuple[Dispute, ...]:
        """The disputes that nobody has settled."""
        return tuple(dispute for dispute in self.disputes if dispute.upheld is None)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who has reviewed it, each once."""
        return tuple(dict.fromkeys(entry.who for entry in self.entries if entry.action == "note"))


def standing(call_id: str, entries: Iterable[Entry]) -> CallReview:
    """Where a call stands after its entries, some of which may have been erased."""
    review = CallReview(call_id=call_id)
    for entry in entries:
        try:
            review = replace(_STEPS[entry.action](review, entry), entries=(*review.entries, entry))
        except (KeyError, TypeError, AttributeError, ValueError):
            raise UsageError(
                f"call '{call_id}': an entry of its review is not what carescore writes there; "
                "`carescore review check` tells whether the log was tampered with."
            ) from None
    return review


def check_may_follow(review: CallReview, action: Action, criterion: str | None = None) -> None:
    """Raise `UsageError` where an action cannot follow on where a call stands."""
    if not review.entries:
        raise UsageError(
            f"call '{review.call_id}' is not in the log; `carescore review open LOG RESULTS` enters it."
        )
    if review.state not in _MAY_FOLLOW[action]:
        raise UsageError(f"call '{review.call_id}': {_INSTEAD[action]}")
    if criterion is not None and review.machine and criterion not in review.machine:
        raise UsageError(
            f"call '{review.call_id}' has no criterion '{criterion}' (it has {', '.join(review.machine)})."
        )
    disputed = [dispute.criterion for dispute in review.open_disputes]
    if action == "dispute" and criterion in disputed:
        raise UsageError(f"'{criterion}' of call '{review.call_id}' is disputed already; resolve that first.")
    if action == "resolve" and criterion not in disputed:
        raise UsageError(
            f"'{criterion}' of call '{review.call_id}' is not disputed (disputed are: {', '.join(disputed)})."
        )


def machine_of(result: CallScore) -> dict[str, Any]:
    """What of a result is entered into the log: numbers and versions, and not a word of the call."""
    return {
        "agent": result.agent,
        "started": result.started,
        "source": result.source,
        "score": result.score,
        "status": result.status,
        "receipt": _receipt(result.receipt),
        "criteria": [
            {"id": name, "status": found.status, "rating": found.rating}
            for name, found in result.criteria.items()
        ],
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    """A receipt as JSON gives it back, without what it does not say: earlier versions did not write that."""
    said = {key: value for key, value in asdict(receipt).items() if value not in (None, ())}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}


def _opened(review: CallReview, entry: Entry) -> CallReview:
    """A draft: of a new call, or of one that was scored anew, whose earlier review stays in its entries."""
    body = entry.body
    return CallReview(
        call_id=review.call_id,
        agent=body["agent"],
        started=body["started"],
        source=body["source"],
        score=body["score"],
        receipt=body["receipt"],
        machine={row["id"]: row for row in body["criteria"]},
        entries=review.entries,
        disputes=tuple(dispute for dispute in review.disputes if dispute.upheld is not None),
    )


def _noted(review: CallReview, entry: Entry) -> CallReview:
    """Reviewed. A reviewer's later rating of a criterion stands for the earlier one."""
    own = dict(entry.body["ratings"])
    kept = tuple(r for r in review.ratings if (r.who, r.criterion in own) != (entry.who, True))
    new = tuple(
        PersonRating(who=entry.who, at=entry.at, criterion=name, rating=rating)
        for name, rating in own.items()
    )
    state: State = "reviewed" if review.state == "draft" else review.state
    return replace(review, state=state, ratings=(*kept, *new))


def _disputed(review: CallReview, entry: Entry) -> CallReview:
    dispute = Dispute(
        criterion=entry.criterion or "", who=entry.who, at=entry.at, reason=entry.body["reason"]
    )
    return replace(review, state="disputed", disputes=(*review.disputes, dispute))


def _resolved(review: CallReview, entry: Entry) -> CallReview:
    """Resolved once no dispute is open."""
    expected = entry.body["expected"]
    disputes = tuple(
        replace(
            dispute,
            upheld=entry.body["upheld"],
            expected=None if expected is None else Expected.from_dict(expected),
            resolved_by=entry.who,
            resolved_at=entry.at,
            resolution=entry.body["reason"],
        )
        if dispute.criterion == entry.criterion and dispute.upheld is None
        else dispute
        for dispute in review.disputes
    )
    still = any(dispute.upheld is None for dispute in disputes)
    return replace(review, state="disputed" if still else "resolved", disputes=disputes)


def _erased(review: CallReview, entry: Entry) -> CallReview:
    return review


_STEPS: Final = {
    "open": _opened,
    "note": _noted,
    "dispute": _disputed,
    "resolve": _resolved,
    "erase": _erased,
}
