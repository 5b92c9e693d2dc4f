"""Batches: order kept, and one call that breaks something costs only itself."""

from __future__ import annotations

import pytest

from carescore.errors import TranscriptError, UsageError
from tests.examples import call

GOOD = ("A: Hello, how can I help you with your order today?", "C: It is late and I am worried about it.")


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
