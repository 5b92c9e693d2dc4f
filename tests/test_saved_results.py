"""Saved results come back equal; anything else gives an error that names the place and tells no words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from carescore.errors import UsageError
from carescore.saved_results import holds_results, read_results
from carescore.scorer import Scorer
from tests.examples import call
from tests.report.examples import result as reported_result
from tests.team.examples import result

SECRET = "my card is 4929 1234"


def line(**changes: object) -> str:
    return json.dumps({**json.loads(result("c1").to_json()), **changes})


def test_real_results_come_back_equal(tmp_path: Path, tiny_scorer: Scorer) -> None:
    lines = (
        "A: Hello there",
        "C: I am frustrated, I called twice about all of it",
        "A: How exhausting, I see to it myself now",
    )
    scored = [tiny_scorer.score(call(*lines, call_id=f"c{n}", agent="Ana")) for n in range(3)]
    one, other = tmp_path / "a.jsonl", tmp_path / "b.json"
    one.write_text("\n".join(s.to_json() for s in scored) + "\n\n", encoding="utf-8")
    other.write_text("[" + ",\n".join(s.to_json() for s in scored) + "]", encoding="utf-8-sig")
    for path in (one, other):
        assert holds_results(path)
        assert list(read_results(path)) == scored
        assert [r.to_json() for r in read_results(path)] == [s.to_json() for s in scored]


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("a.jsonl", result("c1").to_json(), True),
        ("a.json", "[\n  " + json.dumps(json.loads(result("c1").to_json()), indent=2) + "]", True),
        ("a.txt", result("c1").to_json(), False),
        ("a.json", '{"turns": []}', False),
        ("a.jsonl", "", False),
    ],
)
def test_results_are_told_from_transcripts(tmp_path: Path, name: str, text: str, held: bool) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert holds_results(path) is held
    assert not holds_results(tmp_path)
    assert not holds_results(tmp_path / "missing.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (line()[:-30], "line 1: not JSON"),
        (f'{line()}\n{{"schema": "other", "x": "{SECRET}"}}', "line 2: not a result"),
        (f'["{SECRET}"]', "result 1: not a result"),
        ("[1, 2", "not JSON"),
        (line(score=SECRET), "'score' is not"),
        (line(score=float("nan")), "not JSON"),
        (line(status=SECRET), "'status' is not"),
        (line(criteria=[{"name": SECRET}]), "'criteria' is not"),
        (line(criteria=SECRET), "'criteria' is not"),
        (line(criteria=[{"id": "empathy", "score": SECRET}]), "criteria.empathy"),
        (line(receipt=None), "'receipt' is not"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_anything_else_is_refused_at_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        list(read_results(path))
    assert said in str(error.value)
    assert "results.jsonl" in str(error.value)
    assert SECRET not in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        list(read_results(tmp_path / "missing.jsonl"))
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        list(read_results(tmp_path / "binary.jsonl"))


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("score", {"score": 70.0, "low": None}),
        ("score", {"score": None}),
        ("score", {"score": 170.0}),
        ("criteria.0.score", {"rating": None}),
        ("criteria.0.score", {"high": None}),
        ("criteria.0.score", {"status": "not_applicable"}),
        ("criteria.0.score", {"score": -1.0}),
        ("criteria.0.evidence", {"evidence": {"start": 5, "end": 2}}),
        ("criteria.0.evidence", {"evidence": {"turn": -1}}),
        ("criteria.0.moments", {"moments": {"turn": -1}}),
        ("criteria.0.moments", {"moments": {"response_turn": -2}}),
    ],
)
def test_values_that_no_result_has_are_refused(where, values, tmp_path):
    data = json.loads(reported_result().to_json())
    row = data if where == "score" else data["criteria"][0]
    for key, value in values.items():
        if isinstance(value, dict):
            row[key][0].update(value)
        else:
            row[key] = value
    (tmp_path / "results.jsonl").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UsageError, match=rf"results.jsonl, line 1: '{re.escape(where)}' is not"):
        list(read_results(tmp_path / "results.jsonl"))


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_numbers_without_end_are_refused(number, tmp_path):
    text = reported_result().to_json().replace('"score":70.0', f'"score":{number}', 1)
    (tmp_path / "results.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="line 1: not JSON that carescore wrote"):
        list(read_results(tmp_path / "results.jsonl"))
