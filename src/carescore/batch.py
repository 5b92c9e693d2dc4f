"""Many calls: in order, a batch at a time, in one process or several, with the same results."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from carescore.errors import CareScoreError, TranscriptError, UsageError
from carescore.results import CallScore
from carescore.transcript import Transcript

if TYPE_CHECKING:
    from carescore.scorer import Scorer

Item = Transcript | CareScoreError


def score_in_batches(scorer: Scorer, calls: Iterable[Item], *, n_jobs: int, size: int) -> Iterator[CallScore]:
    """The results in the order of the calls; with `n_jobs` other than 1, processes share the work."""
    if n_jobs == 0:
        raise UsageError("n_jobs=0 means no worker at all; use 1, a larger number, or -1 for every core.")
    batches = _batches(calls, size)
    if n_jobs == 1:
        for batch in batches:
            yield from _score(scorer, batch)
        return
    from joblib import Parallel, delayed

    from carescore.coaching.on_demand import coachable

    workers = Parallel(n_jobs=n_jobs, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
    sent: deque[list[Item]] = deque()
    for results in workers(delayed(_score)(scorer, batch) for batch in _noted(batches, sent)):
        for item, result in zip(sent.popleft(), results, strict=True):
            yield coachable(result, item, scorer) if isinstance(item, Transcript) else result


def _noted(batches: Iterable[list[Item]], sent: deque[list[Item]]) -> Iterator[list[Item]]:
    """The batches, each kept until its results are back: results come without their transcripts."""
    for batch in batches:
        sent.append(batch)
        yield batch


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
    except Exception as error:  # noqa: BLE001  a fault of ours must not cost a team its other calls
        reason = (
            f"carescore failed on this call ({type(error).__name__}). The others were scored; please report "
            "it, with the shape of the call rather than its words."
        )
        return scorer.unscored(call.call_id, reason, source=call.source)


def _unread(scorer: Scorer, item: object) -> CallScore:
    if isinstance(item, TranscriptError):
        name = item.place if item.source is None else item.source
        return scorer.unscored(name or "unreadable", str(item), source=item.source)
    if isinstance(item, CareScoreError):
        return scorer.unscored("unreadable", str(item))
    return scorer.unscored("unreadable", f"Expected a Transcript, found {type(item).__name__}.")
