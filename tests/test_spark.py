"""`carescore.spark` where there is no Spark; with one, see `tests/clusters`."""

from __future__ import annotations

import sys

import pandas as pd
import pytest

from carescore import spark
from carescore.errors import UsageError


def test_spark_is_asked_for_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql.pandas.types", None)
    with pytest.raises(UsageError, match=r"pip install 'carescore\[spark\]'"):
        spark.score(pd.DataFrame({"call_id": [], "transcript": []}))


class _Handed:
    def __init__(self, value):
        self.value = value


@pytest.mark.parametrize("form", ["rows", "json"])
def test_a_part_of_a_frame_keeps_the_ids_of_its_calls(form, tiny_scorer):
    good = "Agent: good morning, how can i help you today?\nCustomer: i am frustrated, i called you twice now"
    good += "\nAgent: how exhausting, i see to it myself and i call you again for it"
    part = pd.DataFrame({"call_id": ["a", "b", "c"], "transcript": [good, "", good]})
    task = spark._Scoring(_Handed(tiny_scorer), None, False, form)
    (found,) = task.frames([part])
    assert list(dict.fromkeys(found["call_id"])) == ["a", "b", "c"]
    if form == "rows":
        statuses = found.groupby("call_id")["call_status"].first()
        assert list(statuses) == ["draft", "unscored", "draft"]
        assert str(found["quote_turn"].dtype) == "Int64"
