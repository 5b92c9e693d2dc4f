"""Many calls: in order, a batch at a time, here or by workers elsewhere, with the same results."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from carescore.coaching.on_demand import CoachingOnDemand
from carescore.errors import CareScoreError, TranscriptError
from carescore.results import CallScore, facts_beside, written_elsewhere
from carescore.transcript import Transcript
from carescore.workers import Answer, Backend, workers

if TYPE_CHECKING:
    from carescore.scorer import Scorer

Item = Transcript | CareScoreError
# A result as it travels: the few facts that are read of each, and all of it as a line of JSON.
_Sent = tuple[dict[str, Any], str]


def score_in_batches(
    scorer: Scorer, calls: Iterable[Item], *, n_jobs: int, size: int, backend: Backend | None = None
) -> Iterator[CallScore]:
    """The results in the order of the calls; with `n_jobs` other than 1 or a `backend`, workers share it.

    Calls are read only as results are taken: a batch ahead, or three for each worker.
    """
    batches = _batches(calls, size)
    if n_jobs == 1 and backend is None:
        for batch in batches:
            yield from _score(scorer, batch)
        return
    with workers(ScoreBatch(scorer), n_jobs=n_jobs, backend=backend or "processes") as those:
        waiting: deque[tuple[list[Item], Answer]] = deque()
        for batch in batches:
            waiting.append((batch, those.ask(batch)))
            if len(waiting) >= those.most:
                yield from _arrived(*waiting.popleft(), scorer)
        while waiting:
            yield from _arrived(*waiting.popleft(), scorer)


@dataclass(frozen=True, slots=True)
class ScoreBatch:
    """The task of a worker, with the model and the scorecard in it: a batch of calls to results as sent."""

    scorer: Scorer

    def __call__(self, batch: list[Item]) -> list[_Sent]:
        """The results, put into words where there are many to do it; lines travel faster than objects."""
        return [(facts_beside(result), result.to_json()) for result in _score(self.scorer, batch)]


def _arrived(batch: list[Item], answer: Answer, scorer: Scorer) -> Iterator[CallScore]:
    """The results that a worker sent, each with its call to be coached from, which was not sent back."""
    for item, (facts, line) in zip(batch, answer.result(), strict=True):
        coach = CoachingOnDemand(item, scorer) if isinstance(item, Transcript) else None
        yield written_elsewhere(facts, line, coach)


def _batches(calls: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(calls)
    while batch := list(islice(iterator, size)):
        yield batch


def _score(scorer: Scorer, batch: list[Item]) -> list[CallScore]:
    """A batch's results; what cannot be scored becomes an unscored result in its place."""
    calls = [item for item in batch if isinstance(item, Transcript)]
    try:
        scored = iter(scorer.score_batch(calls))
    except Exception:  # noqa: BLE001  one call breaks the batch: the others are scored without it
        scored = (_one(scorer, call) for call in calls)
    return [next(scored) if isinstance(item, Transcript) else _unread(scorer, item) for item in batch]


def _one(scorer: Scorer, call: Transcript) -> CallScore:
    try:
        return scorer.score_batch([call])[0]
    except CareScoreError as error:  # an estimator of the user's own fails on it
        return scorer.unscored(call.call_id, str(error), source=call.source)
    except Exception as error:  # noqa: BLE001  a fault of ours must not cost a team its other calls
        reason = (
            f"carescore failed on this call ({type(error).__name__}). The others were scored; please report "
            "it, with the shape of the call rather than its words."
        )
        return scorer.unscored(call.call_id, reason, source=call.source)


def _unread(scorer: Scorer, item: object) -> CallScore:
    name, source = name_of(item)
    reason = (
        str(item)
        if isinstance(item, CareScoreError)
        else f"Expected a Transcript, found {type(item).__name__}."
    )
    return scorer.unscored(name, reason, source=source)


def name_of(item: object) -> tuple[str, str | None]:
    """The call id and the source of the result that an item will have."""
    if isinstance(item, Transcript):
        return item.call_id, item.source
    if isinstance(item, TranscriptError):
        return (item.place if item.source is None else item.source) or "unreadable", item.source
    return "unreadable", None
