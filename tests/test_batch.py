"""Batches: order kept, and one call that breaks something costs only itself."""

from __future__ import annotations

import os
import pickle
import sys

import pytest

from carescore.errors import TranscriptError, UsageError
from carescore.scorer import BATCH
from tests.examples import call

GOOD = ("A: Hello, how can I help you with your order today?", "C: It is late and I am worried about it.")
KIND = (
    "C: I called twice and I am frustrated, this is not what we need now",
    "A: how exhausting. I see to it myself, you have it by monday",
    "C: what a relief, thank you",
)


def test_a_fault_on_one_call_costs_no_other(tiny_scorer, monkeypatch):
    score_batch = tiny_scorer.score_batch

    def breaks_on_second(calls):
        if any(one.call_id == "second" for one in calls):
            raise IndexError("a fault of ours")
        return score_batch(calls)

    monkeypatch.setattr(tiny_scorer, "score_batch", breaks_on_second)
    calls = [call(*GOOD, call_id=name) for name in ("first", "second", "third")]
    results = list(tiny_scorer.score_many(calls))
    assert [result.call_id for result in results] == ["first", "second", "third"]
    assert "(IndexError)" in results[1].reason
    assert results[1].status == "unscored"
    assert [results[0].reason, results[2].reason] == [
        one.reason for one in map(tiny_scorer.score, calls[::2])
    ]


def test_errors_keep_their_place(tiny_scorer):
    items = [
        call(*GOOD, call_id="a"),
        TranscriptError("not readable.", source="b.txt"),
        call(*GOOD, call_id="c"),
    ]
    assert [result.call_id for result in tiny_scorer.score_many(items)] == ["a", "b.txt", "c"]


def test_no_worker_at_all_is_refused(tiny_scorer):
    with pytest.raises(UsageError, match="n_jobs=0"):
        list(tiny_scorer.score_many([call(*GOOD)], n_jobs=0))


def test_workers_read_only_what_is_taken(tiny_scorer):
    taken = []

    def calls():
        for number in range(40 * BATCH):
            taken.append(number)
            yield call(*GOOD, call_id=str(number))

    found = tiny_scorer.score_many(calls(), n_jobs=2)
    assert taken == []
    assert [next(found).call_id for _ in range(BATCH)] == [str(number) for number in range(BATCH)]
    assert len(taken) <= 6 * BATCH
    found.close()


def test_what_workers_send_is_what_was_scored(tiny_scorer):
    items = [call(*KIND, call_id="kind", agent="Ana"), TranscriptError("not readable.", source="b.txt"), None]
    here = list(tiny_scorer.score_many(items))
    for backend in (None, "processes"):
        sent = list(tiny_scorer.score_many(items, n_jobs=2, backend=backend))
        assert [one.to_json() for one in sent] == [one.to_json() for one in here]
        assert sent == here
        assert [one.to_json() for one in sent] == [one.to_json() for one in here]  # read, too
        assert sent[0].coaching == here[0].coaching
        assert pickle.loads(pickle.dumps(sent[0])) == here[0]  # noqa: S301  our own


class _EndsItsReader:
    def __reduce__(self):
        return os._exit, (7,)


def test_a_worker_that_dies_is_told_in_a_sentence(tiny_scorer):
    with pytest.raises(UsageError, match=r"a worker process ended .* Use fewer processes"):
        list(tiny_scorer.score_many([call(*GOOD), _EndsItsReader()], n_jobs=2))


def test_there_is_no_other_backend(tiny_scorer):
    with pytest.raises(UsageError, match="no backend 'ray'; there are processes, dask"):
        list(tiny_scorer.score_many([call(*GOOD)], backend="ray"))


def test_dask_is_asked_for_where_it_is_missing(tiny_scorer, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'carescore\[dask\]'"):
        list(tiny_scorer.score_many([call(*GOOD)], backend="dask"))
