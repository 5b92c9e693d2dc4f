"""Results: plain data that says the same after any trip, and never NaN."""

from __future__ import annotations

import copy
import json
import pickle
import threading
from dataclasses import FrozenInstanceError, asdict, replace
from typing import Any

import jsonschema
import pytest

from carescore.results import SCHEMA, CallScore, CriterionScore, Evidence, Part, result_schema
from tests.examples import call


@pytest.fixture(scope="module")
def result(tiny_scorer) -> CallScore:
    return tiny_scorer.score(
        call(
            "C: I am frustrated and I called you twice",
            "A: I am sorry. It is denied because of this",
            "C: what nonsense, why",
            "A: on monday you have your refund, I see to it myself. Do call again",
            agent="Zoë",
            call_id="ü-1",
        ).with_warning("odd")
    )


def test_the_data_of_a_result(result):
    data = result.to_dict()
    assert next(iter(data)) == "schema"
    assert data["schema"] == SCHEMA == result_schema()["$id"]
    assert {name for name in data if name.startswith("_")} == set()
    assert [row["id"] for row in data["criteria"]] == list(result.criteria)
    assert data["criteria"][0]["evidence"][0]["quote"] == result.criteria["empathy"].evidence[0].quote
    assert (data["agent"], data["call_id"], list(data["warnings"])) == ("Zoë", "ü-1", ["odd"])


@pytest.mark.parametrize(
    "trip",
    [
        lambda result: CallScore.from_dict(result.to_dict()),
        lambda result: CallScore.from_dict(json.loads(result.to_json())),
        lambda result: CallScore.from_dict(json.loads(json.dumps(result.to_dict()))),
        lambda result: pickle.loads(pickle.dumps(result)),  # noqa: S301
        copy.deepcopy,
    ],
    ids=["dict", "JSON", "plain json.dumps", "pickle", "deepcopy"],
)
def test_a_result_survives(trip, result):
    again = trip(result)
    assert again == result
    assert again.to_json() == result.to_json()
    assert type(again.criteria["empathy"].evidence[0]) is Evidence
    assert isinstance(again.warnings, tuple)
    assert isinstance(again.turns, tuple)


def told_later(calls: list[str]) -> CriterionScore:
    """A criterion whose reason and arithmetic are put into words when they are read."""

    def words(score: CriterionScore) -> dict[str, Any]:
        calls.append(f"worked out {score.id}")
        return {"reason": "Because.", "arithmetic": (LINE,)}

    return CriterionScore.told_later(words, **PLAIN)


LINE = Part(feature="base", value=1.0, weight=2.0, points=2.0)
PLAIN: dict[str, Any] = {
    **{name: name for name in ("id", "name")},
    **dict.fromkeys(("rating", "score", "low", "high", "weight"), 2.0),
    "status": "scored",
    "moments": (),
    "evidence": (),
}
TOLD = CriterionScore(**PLAIN, reason="Because.", arithmetic=(LINE,))


@pytest.mark.parametrize(
    "read",
    [
        lambda score: score == TOLD,
        lambda score: TOLD.__eq__(score),
        lambda score: repr(score) == repr(TOLD),
        lambda score: hash(score) == hash(TOLD),
        lambda score: asdict(score) == asdict(TOLD),
        lambda score: pickle.dumps(score) == pickle.dumps(TOLD),
        lambda score: copy.copy(score) == TOLD,
        lambda score: copy.deepcopy(score) == TOLD,
        lambda score: replace(score, name="B") == replace(TOLD, name="B"),
        lambda score: (score.reason, score.arithmetic) == ("Because.", (LINE,)),
        lambda score: (score.arithmetic, score.reason) == ((LINE,), "Because."),
    ],
)
def test_what_is_told_later_is_as_if_it_had_been_there(read):
    worked_out: list[str] = []
    score = told_later(worked_out)
    assert (score.rating, score.moments, worked_out) == (2.0, (), [])
    assert read(score)
    assert read(score)
    assert worked_out == ["worked out id"]


def test_what_is_told_later_has_no_other_fields_and_cannot_be_changed():
    for score in (told_later([]), TOLD):
        assert not hasattr(score, "emotion")
        with pytest.raises(AttributeError, match="emotion"):
            _ = score.emotion
        with pytest.raises(FrozenInstanceError):
            score.reason = "Other."


def test_threads_may_read_what_is_told_later_at_once():
    ready, found = threading.Barrier(4), []
    score = told_later([])

    def read() -> None:
        ready.wait()
        found.append((score.reason, score.arithmetic))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [("Because.", (LINE,))] * 4


def test_json_is_one_line_with_letters_as_they_are(result):
    text = result.to_json()
    assert "\n" not in text
    assert '"agent":"Zoë"' in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def test_json_holds_no_number_that_is_none(result):
    with pytest.raises(ValueError, match="Out of range"):
        replace(result, score=float("nan")).to_json()


def test_nothing_in_a_result_can_be_changed(result):
    with pytest.raises(FrozenInstanceError):
        result.score = 100.0
    with pytest.raises(FrozenInstanceError):
        result.criteria["empathy"].rating = 5.0


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("receipt"),
        lambda data: data.update(extra=1),
        lambda data: data.update(schema="carescore.result/2"),
        lambda data: data.update(status="final"),
        lambda data: data.update(score=101),
        lambda data: data.update(reason=""),
        lambda data: data.update(criteria=[]),
        lambda data: data["receipt"].update(model_sha256="short"),
        lambda data: data["criteria"][0].update(rating=0.5),
        lambda data: data["criteria"][0].update(rating=None),
        lambda data: data["criteria"][0].update(status="not_applicable"),
        lambda data: data["criteria"][0]["moments"][0].update(outcome="ignored"),
        lambda data: data["criteria"][0]["evidence"][0].update(probability=1.5),
        lambda data: data["criteria"][0]["evidence"][0].update(emotion="anger"),
        lambda data: data["turns"][0]["behaviours"].update(distress=-0.1),
        lambda data: data["turns"][0].update(speaker="boss"),
    ],
)
def test_the_schema_refuses_what_no_result_says(change, result):
    data = json.loads(result.to_json())
    jsonschema.validate(data, result_schema())
    change(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, result_schema())
