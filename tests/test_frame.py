"""Frames of results: a row for each call and criterion, what does not apply is missing and never 0."""

from __future__ import annotations

import pandas as pd
import pytest

from carescore.frame import COLUMNS, arrow_schema, results_frame, rows
from tests.examples import call

CALL = call(
    "C: I am frustrated and I called you twice",
    "A: how exhausting. It is not good",
    "C: yes it is, and what will you do for me now",
    "A: I see to it myself, you have a refund by monday",
    call_id="a",
    agent="Ana",
    source="a.txt",
    started="2031-05-06",
    channel="voice",
)
NUMBERS = ["call_score", "call_low", "call_high", "rating", "score", "low", "high", "weight"]


def test_the_rows_of_a_call(tiny_scorer):
    result = tiny_scorer.score(CALL)
    frame = results_frame([result])
    assert tuple(frame.columns) == COLUMNS
    assert frame["criterion"].tolist() == list(result.criteria)
    first = frame.iloc[0].to_dict()
    empathy = result.criteria["empathy"]
    assert first == {
        "call_id": "a",
        "agent": "Ana",
        "source": "a.txt",
        "started": "2031-05-06",
        "channel": "voice",
        "call_status": "draft",
        "call_score": result.score,
        "call_low": result.low,
        "call_high": result.high,
        "criterion": "empathy",
        "status": "scored",
        "rating": empathy.rating,
        "score": empathy.score,
        "low": empathy.low,
        "high": empathy.high,
        "weight": 0.2,
        "met": 1,
        "token": 0,
        "missed": 0,
        "quote": "how exhausting.",
        "quote_turn": 1,
        "reason": empathy.reason,
    }


def test_what_does_not_apply_is_missing(tiny_scorer):
    frame = results_frame([tiny_scorer.score(CALL), tiny_scorer.score(call("A: hello", call_id="b"))])
    other = frame[frame["status"] == "not_applicable"]
    assert len(other) > 0
    assert other[["rating", "score", "low", "high"]].isna().all(axis=None)
    unscored = frame[frame["call_id"] == "b"]
    assert set(unscored["status"]) == {"not_enough_evidence"}
    assert unscored[["call_score", "rating", "score", "quote", "quote_turn"]].isna().all(axis=None)
    assert (unscored[["met", "token", "missed"]] == 0).all(axis=None)


@pytest.mark.parametrize("calls", [[], [CALL]])
def test_numbers_are_numbers_in_any_frame(calls, tiny_scorer):
    frame = results_frame(tiny_scorer.score_many(calls))
    assert len(frame) == 9 * len(calls)
    assert {str(frame[name].dtype) for name in NUMBERS} == {"float64"}


def test_parquet_columns_are_those_of_the_frame(tiny_scorer):
    import pyarrow as pa

    schema = arrow_schema()
    assert tuple(schema.names) == COLUMNS
    table = pa.Table.from_pylist(list(rows([tiny_scorer.score(CALL)])), schema=schema)
    assert table.column("criterion").to_pylist()[0] == "empathy"
    assert table.column("met").to_pylist()[0] == 1


def test_a_frame_in_gives_a_frame_out(tiny_scorer):
    turns = pd.DataFrame(
        [
            {"call_id": name, "speaker": turn.role, "text": turn.text}
            for name in ("x", "y")
            for turn in CALL.turns
        ]
    )
    frame = tiny_scorer.score_frame(turns)
    assert frame["call_id"].tolist() == ["x"] * 9 + ["y"] * 9
    assert frame["call_score"].notna().all()
    alone = results_frame([tiny_scorer.score(CALL)])
    assert frame["rating"].tolist()[:9] == pytest.approx(alone["rating"].tolist(), nan_ok=True)
