"""A result's coaching: at hand where it was scored, never in what leaves the process."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace

import jsonschema
import pytest

from carescore.errors import CareScoreError
from carescore.results import CallScore, result_schema
from carescore.scorer import Scorer
from tests.coaching.examples import cold_call, warm_call


def test_a_result_is_coached_once(scorer: Scorer) -> None:
    result = scorer.score(cold_call())
    assert result.coaching is result.coaching
    assert result.coaching == scorer.coach(cold_call())


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_of_many_calls_are_coached_by_their_own_transcript(scorer: Scorer, jobs: int) -> None:
    calls = [cold_call(), warm_call()] * 65
    results = list(scorer.score_many(calls, n_jobs=jobs))
    for place in (0, 63, 64, 65, 129):  # on both sides of a batch's end
        story = results[place].coaching.story
        assert story is not None
        assert story.end.text in calls[place].turns[story.end.turn].text


def test_errors_among_the_calls_keep_results_and_transcripts_together(scorer: Scorer) -> None:
    calls = [cold_call(), CareScoreError("unreadable"), warm_call()]
    results = list(scorer.score_many(calls, n_jobs=2))
    assert [result.status for result in results] == ["draft", "unscored", "draft"]
    assert results[1].coaching.story is None
    story = results[2].coaching.story
    assert story is not None
    assert story.end.text in warm_call().turns[story.end.turn].text


@pytest.mark.parametrize("way", ["json", "pickle", "deepcopy"])
def test_the_transcript_stays_behind(scorer: Scorer, way: str) -> None:
    result = scorer.score(cold_call())
    travelled = {
        "json": lambda: CallScore.from_dict(json.loads(result.to_json())),
        "pickle": lambda: pickle.loads(pickle.dumps(result)),  # noqa: S301, our own bytes
        "deepcopy": lambda: copy.deepcopy(result),
    }[way]()
    assert travelled.to_json() == result.to_json()
    with pytest.raises(CareScoreError, match=r"scorer\.coach") as raised:
        assert travelled.coaching
    assert "boiler" not in str(raised.value)


def test_coaching_is_no_part_of_the_result(scorer: Scorer) -> None:
    result = scorer.score(cold_call())
    assert result == replace(result, _coach=None)
    assert "_coach" not in repr(result)
    assert not [key for key in result.to_dict() if key.startswith("_")]
    jsonschema.validate(json.loads(result.to_json()), result_schema())


def test_a_changed_result_is_coached_anew(scorer: Scorer) -> None:
    result = scorer.score(cold_call())
    assert replace(result, agent="Mina").coaching == result.coaching
