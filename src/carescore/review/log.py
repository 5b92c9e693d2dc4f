"""The review log: what people said about the machine's drafts, added row by row and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from carescore.errors import UsageError
from carescore.results import CallScore
from carescore.review.chain import Checked, by_call, check, entries_of
from carescore.review.entries import Action, Entry, checked_text, named, utc
from carescore.review.expected import Expected
from carescore.review.standing import CallReview, check_may_follow, machine_of, standing
from carescore.review.store import WAIT, Store, Writer

Time = str | datetime | None

# How many calls are entered in one transaction: few enough not to keep others waiting.
_AT_ONCE: Final = 500


class ReviewLog:
    """A log in a file. `wait` is how many seconds to wait while another program writes it.

    Every method that adds takes `who` does it and `at`, an ISO time with time zone (default: now), and adds
    one row or, if it raises `UsageError`, nothing.
    """

    def __init__(self, path: str | Path, *, wait: float = WAIT) -> None:
        self.path = Path(path)
        self.store = Store(self.path, wait=wait)

    def open(self, results: Iterable[CallScore], *, who: str, at: Time = None) -> int:
        """Enter results as drafts and return how many were new.

        A call that is in the log with the same receipt and score is passed over; one that was scored anew
        becomes a draft again, and its earlier review stays in the log. The file is made if it is not there.
        """
        person, when, added = named(who, "who"), utc(at), 0
        waiting = list(results)
        for start in range(0, max(len(waiting), 1), _AT_ONCE):
            with self.store.writing(new=True) as writer:
                for result in waiting[start : start + _AT_ONCE]:
                    added += _enter(writer, result, person, when)
        return added

    def note(
        self,
        call_id: str,
        *,
        who: str,
        ratings: Mapping[str, float | None] | None = None,
        note: str = "",
        at: Time = None,
    ) -> CallReview:
        """Review a call: ratings by criterion (1–5, or `None` for "does not apply"), a note, or both.

        The machine's ratings stay; a reviewer's stand beside them. Makes a draft reviewed.
        """
        given = {name: _rating(name, rating) for name, rating in (ratings or {}).items()}
        body = {"ratings": given, "note": checked_text(note, "the note")}
        return self._add(call_id, "note", None, who, at, body, criteria=tuple(given))

    def dispute(self, call_id: str, *, criterion: str, who: str, reason: str, at: Time = None) -> CallReview:
        """Dispute a criterion of a call that was reviewed."""
        return self._add(call_id, "dispute", criterion, who, at, {"reason": _reason(reason)})

    def resolve(
        self,
        call_id: str,
        *,
        criterion: str,
        who: str,
        upheld: bool,
        reason: str,
        expected: Expected | None = None,
        at: Time = None,
    ) -> CallReview:
        """Settle a dispute. One that is upheld says what was `expected`: it becomes a regression case."""
        if upheld != (expected is not None):
            raise UsageError(
                "an upheld dispute says what should have come out (a rating, a status or a behaviour), "
                "and one that is rejected does not."
            )
        body = {
            "upheld": upheld,
            "reason": _reason(reason),
            "expected": None if expected is None else expected.to_dict(),
        }
        return self._add(call_id, "resolve", criterion, who, at, body)

    def reviews(self) -> list[CallReview]:
        """Where every call stands, in the order in which they were entered."""
        calls = by_call(entries_of(self.store.rows()))
        return [standing(call_id, entries) for call_id, entries in calls.items()]

    def review(self, call_id: str) -> CallReview:
        """Where one call stands. Raises `UsageError` if it is not in the log."""
        found = standing(call_id, entries_of(self.store.rows(call_id)))
        if not found.entries:
            raise UsageError(f"{self.path.name}: call '{call_id}' is not in the log.")
        return found

    def check(self, *, head: str | None = None) -> Checked:
        """Whether every row is as it was written; see `carescore.review.chain.check`."""
        found = check(self.store.rows(), head=head)
        if found.whole and not self.store.rules_stand():
            return Checked(
                rows=found.rows,
                erased=found.erased,
                head=found.head,
                problem="the rules that forbid changes were taken out of the file; its rows are as written",
            )
        return found

    def _add(
        self,
        call_id: str,
        action: Action,
        criterion: str | None,
        who: str,
        at: Time,
        body: Mapping[str, Any],
        *,
        criteria: tuple[str, ...] = (),
    ) -> CallReview:
        person, when = named(who, "who"), utc(at)
        with self.store.writing() as writer:
            before = standing(call_id, entries_of(writer.rows(call_id)))
            for name in criteria or (criterion,):
                check_may_follow(before, action, name)
            entry = Entry(at=when, who=person, action=action, call_id=call_id, criterion=criterion, body=body)
            writer.append(entry)
        return standing(call_id, (*before.entries, entry))


def _enter(writer: Writer, result: CallScore, who: str, at: str) -> bool:
    body = machine_of(result)
    before = [e for e in entries_of(writer.rows(result.call_id)) if e.action == "open"]
    if before and dict(before[-1].body) == body:
        return False
    writer.append(Entry(at=at, who=who, action="open", call_id=result.call_id, body=body))
    return True


def _rating(criterion: str, rating: float | None) -> float | None:
    if rating is not None and not 1 <= rating <= 5:
        raise UsageError(f"the rating of '{criterion}' should be from 1 to 5, or NA where it does not apply.")
    return None if rating is None else float(rating)


def _reason(text: str) -> str:
    if not text.strip():
        raise UsageError("a dispute and its resolution need a reason.")
    return checked_text(text, "the reason")
