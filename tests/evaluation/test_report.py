"""The whole evaluation: saved, read back, printed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from carescore.errors import UsageError
from carescore.evaluation.labelled import Labelled
from carescore.evaluation.report import evaluate, read_evaluation
from carescore.evaluation.sections import sections, summary
from carescore.evaluation.tables import as_markdown, as_text
from tests.evaluation.scripted import SCORER_OF, call


def some_calls():
    """Twelve calls of two sources, with ratings."""
    return tuple(
        call(
            "A greeting: Good morning, Emma, greeting=0.9",
            f"C distress: I am upset, distress=0.{4 + n % 5}",
            f"A empathy: empathy=0.8 rate_overall={1 + n % 5} rate_empathy=3",
            source="one" if n % 2 else "two",
            channel="chat" if n % 2 else "phone",
            conv_id=f"c-{n}",
            ratings={"overall": 1 + (n + n % 2) % 5, "empathy": None if n == 3 else 3},
        )
        for n in range(12)
    )


@pytest.fixture(scope="module")
def found():
    calls = some_calls()
    labelled = Labelled(
        calls=calls, readers=(2,) * 6 + (1,) * 6, files=("a.jsonl",) * 12, missing={"star": 3}
    )
    return evaluate(labelled, SCORER_OF, trained_on=["a.jsonl"], seed=7)


def test_it_reads_back_the_same(found, tmp_path):
    path = tmp_path / "report.json"
    path.write_text(found.to_json(), encoding="utf-8")
    again = read_evaluation(path)
    assert again == found
    assert again.to_json() == found.to_json()
    assert json.loads(found.to_json())["schema"] == "carescore.evaluation/1"


def test_the_same_calls_give_the_same_bytes(found):
    calls = some_calls()
    labelled = Labelled(
        calls=calls, readers=(2,) * 6 + (1,) * 6, files=("a.jsonl",) * 12, missing={"star": 3}
    )
    assert evaluate(labelled, SCORER_OF, trained_on=["a.jsonl"], seed=7).to_json() == found.to_json()
    assert evaluate(labelled, SCORER_OF, trained_on=["a.jsonl"], seed=8).to_json() != found.to_json()


def test_it_tells_what_it_was_made_of(found):
    assert [(s.source, s.calls, s.turns, s.readers) for s in found.sources] == [
        ("two", 6, 18, {"1": 3, "2": 3}),
        ("one", 6, 18, {"1": 3, "2": 3}),
    ]
    assert (found.calls, found.turns, found.trained_on, found.left_out) == (12, 36, 12, False)
    told = summary(found)
    assert "12 calls with 36 turns; the model was trained on 12 of them" in told
    assert "left out: 3 of star" in told
    assert "fitted without its source" in summary(replace(found, left_out=True))
    assert "trained on none of them" in summary(replace(found, trained_on=0))


def test_every_section_is_printed(found):
    titles = [table.title for table in sections(found)]
    assert titles == [
        "Calls",
        "Labels",
        "Ratings of calls",
        "Calibration of labels",
        "What became of probabilities",
        "Badly written down",
        "Words that should not matter",
        "Stock phrases: rating points gained",
    ]
    for text in (as_text(sections(found)), as_markdown(sections(found))):
        assert "nan" not in text.lower().replace("finance", "")
        assert "understanding" in text
        assert "c-3" not in text


def test_no_text_of_a_call_is_in_it(found):
    assert "Good morning" not in found.to_json()
    assert "upset" not in found.to_json()


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "carescore.evaluation/1"}', '{"schema": "other"}'])
def test_what_is_no_evaluation_is_told(tmp_path, content):
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"report\.json: not a saved evaluation of this version\. Make one"):
        read_evaluation(path)
    with pytest.raises(UsageError, match="cannot be opened"):
        read_evaluation(tmp_path / "none.json")
