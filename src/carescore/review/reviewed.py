"""Which results a person has reviewed, told from the log: only the very result that was entered counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from carescore.results import CallScore
from carescore.review.standing import CallReview, machine_of


def reviewed_results(reviews: Iterable[CallReview]) -> Callable[[CallScore], bool]:
    """Says of a result whether it has left the state of a draft.

    A call that was scored anew with another model, scorecard or text is a draft until it is reviewed again.
    """
    receipts = {
        review.call_id: review.receipt for review in reviews if review.state != "draft" and review.receipt
    }

    def is_reviewed(result: CallScore) -> bool:
        receipt = receipts.get(result.call_id)
        return receipt is not None and receipt == machine_of(result)["receipt"]

    return is_reviewed
