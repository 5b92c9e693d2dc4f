"""Score some calls on Spark with two local workers; run by `test_clusters`."""

from __future__ import annotations

import json
import os
import random
import sys

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

import pytest
from pyspark.sql import SparkSession

from carescore import spark
from carescore.errors import UsageError
from carescore.frame import COLUMNS, results_frame
from carescore.scorer import Scorer
from tests.examples import corpus_sample

LINES = """\
Agent: Good morning, how can I help you today?
Customer: My parcel is late, I have waited three weeks for it now and nobody calls me back.
"""


def main(session: SparkSession) -> None:
    scorer, calls = Scorer.load(), list(corpus_sample(60))
    here = {one.call_id: one for one in scorer.score_many(calls)}
    turns = [(one.call_id, turn.index, turn.speaker, turn.text) for one in calls for turn in one.turns]
    random.Random(2).shuffle(turns)
    shuffled = session.createDataFrame(turns, ["conversation_id", "turn", "speaker", "message"])

    lines = spark.score(shuffled, form="json").collect()
    found = {line["call_id"]: json.loads(line["result"]) for line in lines}
    assert set(found) == set(here)
    for name, one in here.items():
        assert (found[name]["score"], found[name]["low"]) == (one.score, one.low), name
        assert found[name]["receipt"]["transcript_sha256"] == one.receipt.transcript_sha256, name

    rows = spark.score(shuffled).toPandas()
    assert tuple(rows.columns) == COLUMNS
    asked = ["call_id", "criterion", "rating", "met", "missed", "reason"]
    expected = results_frame(here.values())[asked].sort_values(asked[:2]).to_numpy(dtype=str).tolist()
    assert rows[asked].sort_values(asked[:2]).to_numpy(dtype=str).tolist() == expected

    whole = session.createDataFrame([("a", LINES), ("b", "")], ["call_id", "transcript"])
    statuses = {row["call_id"]: row["call_status"] for row in spark.score(whole, scorer=scorer).collect()}
    assert statuses == {"a": "draft", "b": "unscored"}
    with pytest.raises(UsageError, match="Spark keeps no order of rows"):
        spark.score(shuffled.drop("turn"))


if __name__ == "__main__":
    made = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = made.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    main(session)
    session.stop()
    sys.stdout.write("all the same\n")
