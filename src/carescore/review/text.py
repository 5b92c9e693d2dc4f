"""The review log as text to read: where each call stands, people's ratings beside the machine's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from carescore.render import counted
from carescore.review.chain import Checked
from carescore.review.entries import Entry
from carescore.review.expected import Expected
from carescore.review.standing import CallReview, Dispute
from carescore.safe_text import visible

_WIDTH: Final = 32
COLUMNS: Final = (
    "call_id",
    "state",
    "agent",
    "criterion",
    "machine",
    "rater",
    "rating",
    "dispute",
    "expected",
)


def list_text(reviews: Sequence[CallReview]) -> str:
    """A line a call, and below it what people say otherwise than the machine."""
    lines = []
    for review in reviews:
        name = review.call_id if len(review.call_id) <= _WIDTH else review.call_id[: _WIDTH - 1] + "…"
        score = "–" if review.score is None else f"{review.score:.0f}"
        people = ", ".join(review.reviewers) or "nobody yet"
        lines.append(f"{name:<{_WIDTH}}  {review.state:<8}  score {score:>3}  reviewed by {people}")
        lines += [f"    {line}" for line in _beside(review)]
    states = [review.state for review in reviews]
    told = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    lines.append(f"{counted(len(reviews), 'call')}{': ' if told else ''}{told}.")
    return "\n".join(visible(line) for line in lines) + "\n"


def history_text(review: CallReview) -> str:
    """Everything that was entered about one call, in order."""
    lines = [f"{review.call_id}: {review.state}"]
    for entry in review.entries:
        lines.append(f"  {entry.at}  {entry.who}: {_did(entry)}")
        lines += [f"      {line}" for line in _said(entry)]
    lines += ["", "Machine and people:", *(f"  {line}" for line in _beside(review, everything=True))]
    return "\n".join(visible(line) for line in lines) + "\n"


def check_text(found: Checked, name: str) -> str:
    """What a check found, with the hash to note down."""
    erased = f", {found.erased} of them erased" if found.erased else ""
    if found.whole:
        return (
            f"{name}: {counted(found.rows, 'row')}{erased}, every one as it was written.\nhead {found.head}\n"
        )
    where = "" if found.broken is None else f"broken at row {found.broken}: "
    return f"{name}: {where}{found.problem}. {counted(found.rows, 'row')} before that are as written.\n"


def rows(reviews: Sequence[CallReview]) -> Iterator[dict[str, Any]]:
    """A row for each criterion and each person who rated it, or one if nobody did."""
    for review in reviews:
        latest = {dispute.criterion: dispute for dispute in review.disputes}
        for name in _criteria(review):
            dispute = latest.get(name)
            facts = {
                "call_id": review.call_id,
                "state": review.state,
                "agent": review.agent or "",
                "criterion": name,
                "machine": _machine(review.machine.get(name)),
                "dispute": "" if dispute is None else _outcome(dispute),
                "expected": "" if dispute is None or dispute.expected is None else str(dispute.expected),
            }
            own = [rating for rating in review.ratings if rating.criterion == name]
            for one in own:
                yield {**facts, "rater": one.who, "rating": _number(one.rating)}
            if not own:
                yield {**facts, "rater": "", "rating": ""}


def _criteria(review: CallReview) -> list[str]:
    return list(
        dict.fromkeys(
            [
                *review.machine,
                *(rating.criterion for rating in review.ratings),
                *(dispute.criterion for dispute in review.disputes),
            ]
        )
    )


def _beside(review: CallReview, *, everything: bool = False) -> Iterator[str]:
    latest = {dispute.criterion: dispute for dispute in review.disputes}
    for name in _criteria(review):
        people = [f"{r.who} {_number(r.rating)}" for r in review.ratings if r.criterion == name]
        dispute = latest.get(name)
        if people or dispute or everything:
            said = [f"machine {_machine(review.machine.get(name))}", *people]
            if dispute is not None:
                said.append(_outcome(dispute) + _expectation(dispute.expected))
            yield f"{name}: {', '.join(said)}"


def _did(entry: Entry) -> str:
    of = "" if entry.criterion is None else f" {entry.criterion}"
    if entry.action == "open":
        score = entry.body["score"]
        return f"entered the draft ({'no score' if score is None else f'score {score:.1f}'})"
    if entry.action == "note":
        rated = ", ".join(f"{name} {_number(rating)}" for name, rating in entry.body["ratings"].items())
        return f"reviewed{': ' if rated else ''}{rated}"
    if entry.action == "resolve":
        return f"{'upheld' if entry.body['upheld'] else 'rejected'} the dispute of{of}"
    return f"disputed{of}"


def _said(entry: Entry) -> Iterator[str]:
    for name in ("note", "reason"):
        if entry.body.get(name):
            yield " ".join(str(entry.body[name]).split())
    if entry.body.get("expected"):
        yield f"should be: {Expected.from_dict(entry.body['expected'])}"


def _outcome(dispute: Dispute) -> str:
    if dispute.upheld is None:
        return f"disputed by {dispute.who}"
    return f"{'upheld' if dispute.upheld else 'rejected'} by {dispute.resolved_by}"


def _expectation(expected: Expected | None) -> str:
    return "" if expected is None else f": should be {expected}"


def _machine(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return "–"
    if found["rating"] is not None:
        return f"{found['rating']:.2f}"
    return "NA" if found["status"] == "not_applicable" else "–"


def _number(rating: float | None) -> str:
    return "NA" if rating is None else f"{rating:g}"
