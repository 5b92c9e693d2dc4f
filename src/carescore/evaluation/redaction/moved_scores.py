"""How far redaction moves scores: the same calls scored before and after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final

from carescore.evaluation.tables import MISSING, Table, percent, two
from carescore.redact import FORMS, redact
from carescore.results import CallScore
from carescore.scorer import BATCH, Scorer
from carescore.transcript import Transcript

LIMIT: Final = 0.05  # rating points, on the scale from 1 to 5
_POINTS: Final = 25.0  # of 0-100 in a rating point


def moved_scores(calls: Iterable[Transcript], scorer: Scorer, *, forms: Collection[str] = FORMS) -> Table:
    """Changes of the calls' scores, of their largest rating, and of each criterion, in rating points.

    `forms` are those that are redacted.
    """
    pairs = list(_pairs(calls, scorer, forms))
    both = [(a.score, b.score) for a, b in pairs if a.score is not None and b.score is not None]
    scores = [abs(before - after) / _POINTS for before, after in both]
    ratings = {
        name: [change for a, b in pairs if (change := _change(a, b, name)) is not None]
        for name in (criterion.id for criterion in scorer.scorecard.criteria)
    }
    every = [change for changes in ratings.values() for change in changes]
    lost = sum((a.score is None) != (b.score is None) for a, b in pairs)
    rows = {"score of the call": scores, "every rating": every, **ratings}
    return Table(
        title="Scores before and after redaction",
        heads=["what", "compared", f"moved by at most {two(LIMIT)}", "mean", "largest"],
        rows=[_row(name, changes) for name, changes in rows.items()],
        note=f"{len(pairs):,} calls, in rating points (1 to 5); a call's score is 0 to 100, and 25 of these "
        f"are a rating point. {lost} calls had a score before or after only. Placeholders are read as words "
        "that the model knows nothing about.",
    )


def _pairs(
    calls: Iterable[Transcript], scorer: Scorer, forms: Collection[str]
) -> Iterable[tuple[CallScore, CallScore]]:
    waiting = iter(calls)
    while batch := list(islice(waiting, BATCH)):
        after = [redact(call, forms=forms).transcript for call in batch]
        yield from zip(scorer.score_batch(batch), scorer.score_batch(after), strict=True)


def _change(before: CallScore, after: CallScore, name: str) -> float | None:
    one, other = before.criteria[name].rating, after.criteria[name].rating
    return None if one is None or other is None else abs(one - other)


def _row(name: str, changes: Sequence[float]) -> list[str]:
    if not changes:
        return [name, "0", MISSING, MISSING, MISSING]
    within = sum(change <= LIMIT for change in changes) / len(changes)
    mean = sum(changes) / len(changes)
    return [name, f"{len(changes):,}", percent(within, 1), two(mean, 3), two(max(changes))]
