"""The scorer end to end: faithful quotes, the same bytes every time, and no call that stops another."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import threading
from dataclasses import replace
from itertools import pairwise
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS, CUSTOMER_BEHAVIOURS
from carescore.errors import CareScoreError, ModelError, TranscriptError, UsageError
from carescore.results import CallScore, result_schema
from carescore.scorecard import load_scorecard, parse_scorecard
from carescore.scorer import BATCH, Scorer
from carescore.transcript import Transcript, Turn
from tests.examples import REPOSITORY, call, corpus_calls, corpus_sample

SAMPLE = corpus_sample(60)
VALIDATOR = jsonschema.Draft202012Validator(result_schema())
KIND = call(
    "C: I called twice and I am frustrated",
    "A: how exhausting. I see to it myself, you have it by monday",
    "C: what a relief, thank you",
    "A: good, is there more that I can do for you now?",
    call_id="kind",
    agent="Ana",
    channel="chat",
    started="2031-05-06",
    source="kind.txt",
)


@pytest.fixture(scope="module")
def results(scorer) -> list[CallScore]:
    return list(scorer.score_many(SAMPLE))


def test_every_quote_is_word_for_word(results):
    quoted = 0
    for one, result in zip(SAMPLE, results, strict=True):
        for criterion in result.criteria.values():
            for evidence in criterion.evidence:
                assert evidence.quote == one.turns[evidence.turn].text[evidence.start : evidence.end]
                assert evidence.quote.strip() == evidence.quote != ""
                quoted += 1
    assert quoted > 5 * len(SAMPLE)


@pytest.mark.slow
def test_every_quote_of_the_whole_corpus_is_word_for_word(scorer):
    for one, result in zip(corpus_calls(), scorer.score_many(corpus_calls()), strict=True):
        for criterion in result.criteria.values():
            for evidence in criterion.evidence:
                assert evidence.quote == one.turns[evidence.turn].text[evidence.start : evidence.end]
        VALIDATOR.validate(json.loads(result.to_json()))


def test_every_result_fits_the_published_schema(results, scorer):
    VALIDATOR.check_schema(result_schema())
    unscored = [
        *scorer.score_many([TranscriptError("broken", source="x.txt")]),
        scorer.score(call("A: Hello")),
    ]
    for result in (*results, *unscored):
        VALIDATOR.validate(json.loads(result.to_json()))


def test_every_result_survives_the_trip_through_json(results):
    for result in results:
        assert CallScore.from_dict(result.to_dict()) == result
        again = CallScore.from_dict(json.loads(result.to_json()))
        assert again == result
        assert again.to_json() == result.to_json()


def test_ratings_add_up_and_lie_in_their_intervals(results):
    statuses = set()
    for result in results:
        for criterion in result.criteria.values():
            statuses.add(criterion.status)
            if criterion.status == "scored":
                assert sum(line.points for line in criterion.arithmetic) == criterion.rating
                assert 0 <= criterion.low <= criterion.score <= criterion.high <= 100
        assert result.low <= result.score <= result.high
        weighted = [(c.weight, c.score) for c in result.criteria.values() if c.score is not None]
        mean = sum(weight * score for weight, score in weighted) / sum(weight for weight, _ in weighted)
        assert result.score == pytest.approx(mean, abs=1e-5)
    assert statuses == {"scored", "not_applicable"}


def test_a_result_tells_what_it_was_made_of(tiny_scorer):
    result = tiny_scorer.score(KIND)
    assert (result.call_id, result.agent, result.source) == ("kind", "Ana", "kind.txt")
    assert (result.channel, result.started, result.role_source) == ("chat", "2031-05-06", "told")
    assert (result.status, result.reason) == ("draft", "7 of 9 criteria applied.")
    assert result.receipt.transcript_sha256 == KIND.sha256
    assert result.receipt.model_sha256 == tiny_scorer.bundle.sha256
    assert (result.receipt.model, result.receipt.scorecard) == ("tiny 1.0.0", "care 1.0.0")
    assert result.receipt.scorecard_sha256 == load_scorecard().sha256
    assert list(result.criteria) == [criterion.id for criterion in load_scorecard().criteria]


def test_the_behaviours_of_a_call(tiny_scorer):
    result = tiny_scorer.score(KIND)
    shown = [(turn.index, turn.speaker, sorted(turn.behaviours)) for turn in result.turns]
    assert shown == [
        (0, "customer", ["distress", "effort"]),
        (1, "agent", ["empathy", "ownership", "timeframe"]),
        (2, "customer", ["satisfaction"]),
        (3, "agent", []),
    ]
    moment = result.criteria["empathy"].moments[0]
    assert (moment.turn, moment.outcome, moment.response_turn) == (0, "met", 1)
    assert {quote.quote for quote in result.criteria["empathy"].evidence} == {"how exhausting."}
    table = tiny_scorer.behaviours(KIND)
    assert table.labels == BEHAVIOURS
    assert table.present.tolist() == (table.probabilities >= 0.5).tolist()
    frame = table.to_frame()
    assert list(frame.columns) == list(BEHAVIOURS)
    assert frame.to_numpy().tolist() == table.probabilities.tolist()
    for row, turn in zip(table.probabilities, KIND.turns, strict=True):
        others = CUSTOMER_BEHAVIOURS if turn.role == "agent" else AGENT_BEHAVIOURS
        assert [row[BEHAVIOURS.index(name)] for name in others] == [0.0] * len(others)


# What cannot be judged is not judged, and says why.
LONG = "and this is so good to see that we will do it for you now"
GATES = [
    (call(), "Nobody in it is an agent, so there is nothing to score."),
    (call("S: Chat started", "S2: Chat ended"), "Nobody in it is an agent"),
    (call(f"A: {LONG}", f"A2: {LONG}"), "Only the agent speaks in it"),
    (call(f"C: {LONG}", f"C2: {LONG}"), "Nobody in it is an agent"),
    (call(f"B: {LONG}", f"C: {LONG}"), "Only a bot spoke with the customer"),
    (call(f"?1: {LONG}", f"?2: {LONG}"), r"It is not known who the agent is .*'\?1', '\?2'.*--agent NAME"),
    (call(f"A: {LONG}", f"?: {LONG}"), "It is not known who the agent is"),
    (call("C: hello", "A: hello"), "It has 2 words; the scorecard asks for at least 20."),
    (call("C: ", "A:  \n"), "It has 0 words; the scorecard asks for at least 20."),
    (
        call("C: " + "guten tag mein paket ist weg " * 5, "A: das tut mir sehr leid"),
        "The model knows only .* another",
    ),
    (call("C: " + "日本語 " * 30, "A: こんにちは"), "The model knows only 0% of its words"),
    (call("C: " + "qzx " * 30, "A: qzx"), "The model knows only 0% of its words"),
]


@pytest.mark.parametrize(("one", "reason"), GATES, ids=[reason for _, reason in GATES])
def test_what_cannot_be_judged_is_not(one, reason, tiny_scorer):
    result = tiny_scorer.score(one)
    assert result.status == "unscored"
    assert (result.score, result.low, result.high, result.passed, result.critical) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert result.turns == ()
    for criterion in result.criteria.values():
        assert criterion.status == "not_enough_evidence"
        assert (criterion.rating, criterion.score, criterion.evidence) == (None, None, ())
        assert criterion.reason == result.reason
    assert re.search(reason, result.reason), result.reason


def test_the_scorecard_says_how_many_turns_are_enough(tiny_scorer):
    card = tiny_scorer.scorecard.model_copy(update={"minimum_turns": 3})
    assert Scorer(tiny_scorer.bundle, card).score(KIND).reason == (
        "The agent has 2 turns; the scorecard asks for at least 3."
    )
    card = tiny_scorer.scorecard.model_copy(update={"minimum_words": 0})
    assert Scorer(tiny_scorer.bundle, card).score(call("C: hello", "A: hello")).status == "draft"


CARD = """
schema = "carescore.scorecard/1"
name = "team"
version = "1.0.0"
pass_mark = {mark}
[[criteria]]
id = "a"
name = "A"
weight = 3
start = {start}
points = {{ "never repeats itself" = 0.0 }}
critical = {critical}
critical_below = 3
[[criteria]]
id = "b"
name = "B"
start = 5
points = {{ "never repeats itself" = 0.0 }}
[[criteria]]
id = "c"
name = "C"
applies_when = ["churn_risk"]
points = {{ "never repeats itself" = 0.0 }}
critical = true
critical_below = 5
"""


@pytest.mark.parametrize(
    ("mark", "start", "critical", "score", "passed", "failed"),
    [
        (70, 3, "false", 62.5, False, ()),
        (62.5, 3, "false", 62.5, True, ()),
        (62.6, 3, "false", 62.5, False, ()),
        (62.5, 3, "true", 62.5, True, ()),
        (20, 2, "true", 43.75, False, ("a",)),
        (20, 2, "false", 43.75, True, ()),
        (0, 1, "false", 25.0, True, ()),
    ],
)
def test_pass_marks_and_critical_criteria(mark, start, critical, score, passed, failed, tiny_scorer):
    card = parse_scorecard(CARD.format(mark=mark, start=start, critical=critical))
    result = Scorer(tiny_scorer.bundle, card).score(KIND)
    assert result.score == score
    assert (result.passed, result.critical) == (passed, failed)
    assert result.criteria["c"].status == "not_applicable"


def test_without_a_pass_mark_nothing_passes_or_fails(tiny_scorer):
    assert tiny_scorer.score(KIND).passed is None


def test_a_call_in_which_no_criterion_applies_has_no_score(tiny_scorer):
    card = parse_scorecard(
        CARD.format(mark=50, start=1, critical="false").partition("[[criteria]]")[0]
        + """
[[criteria]]
id = "c"
name = "C"
applies_when = ["churn_risk"]
points = { "shows thanks" = 1.0 }
"""
    )
    result = Scorer(tiny_scorer.bundle, card).score(KIND)
    assert (result.status, result.score, result.passed) == ("draft", None, None)
    assert result.reason == "0 of 1 criteria applied."
    VALIDATOR.validate(json.loads(result.to_json()))


class Odd(CareScoreError):
    """An error of another kind."""


def test_bad_items_among_calls_stop_nothing(tiny_scorer):
    items: list[Any] = [
        KIND,
        TranscriptError("broken", source="a.txt", place="line 3"),
        None,
        TranscriptError("broken", place="call 7"),
        TranscriptError("broken"),
        Odd("odd"),
        "a string",
        call("A: Hello"),
        KIND,
    ]
    found = list(tiny_scorer.score_many(items))
    assert [(result.call_id, result.status, result.source) for result in found] == [
        ("kind", "draft", "kind.txt"),
        ("a.txt", "unscored", "a.txt"),
        ("unreadable", "unscored", None),
        ("call 7", "unscored", None),
        ("unreadable", "unscored", None),
        ("unreadable", "unscored", None),
        ("unreadable", "unscored", None),
        ("call", "unscored", None),
        ("kind", "draft", "kind.txt"),
    ]
    assert found[1].reason == "a.txt, line 3: broken"
    assert found[2].reason == "Expected a Transcript, found NoneType."
    assert found[5].reason == "odd"
    assert found[0] == found[8] == tiny_scorer.score(KIND)
    assert len({result.receipt.scorecard_sha256 for result in found}) == 1


def test_results_come_as_calls_go_in(tiny_scorer):
    taken = []

    def calls():
        for number in range(10 * BATCH):
            taken.append(number)
            yield replace(KIND, call_id=str(number))

    found = tiny_scorer.score_many(calls())
    assert taken == []
    assert next(found).call_id == "0"
    assert len(taken) == BATCH
    assert [result.call_id for result in found] == [str(number) for number in range(1, 10 * BATCH)]


@pytest.mark.parametrize("calls", [[], [None], iter(())])
def test_few_calls(calls, tiny_scorer):
    assert len(list(tiny_scorer.score_many(calls))) == (1 if calls == [None] else 0)
    assert tiny_scorer.score_batch([]) == []


@pytest.mark.parametrize("wrong", ["text", None, {"turns": []}, [KIND]])
def test_score_takes_a_transcript(wrong, tiny_scorer):
    with pytest.raises(UsageError, match=rf"not {type(wrong).__name__}; `carescore\.read"):
        tiny_scorer.score(wrong)


def test_no_workers_cannot_work(tiny_scorer):
    with pytest.raises(UsageError, match="n_jobs=0"):
        list(tiny_scorer.score_many([KIND], n_jobs=0))


def test_a_model_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match="not a carescore model"):
        Scorer.load(model=tmp_path / "nowhere")


@settings(max_examples=8)
@given(st.data())
def test_any_order_and_any_split_give_the_same_bytes(scorer, results, data):
    order = data.draw(st.permutations(range(0, len(SAMPLE), 3)))
    cuts = sorted({0, len(order), *data.draw(st.lists(st.integers(0, len(order)), max_size=4))})
    found = {}
    for start, end in pairwise(cuts):
        batch = [SAMPLE[place] for place in order[start:end]]
        found.update(zip(order[start:end], scorer.score_batch(batch), strict=True))
    assert {place: one.to_json() for place, one in found.items()} == {
        place: results[place].to_json() for place in order
    }


def test_any_number_of_workers_gives_the_same_bytes(scorer, results):
    calls = [one for _ in range(4) for one in SAMPLE[:40]]
    assert len(calls) > 2 * BATCH
    found = [one.to_json() for one in scorer.score_many(calls, n_jobs=2)]
    assert found == [one.to_json() for one in results[:40]] * 4


HASHED = """
import hashlib, json, sys
sys.path.insert(0, sys.argv[1])
from carescore.scorer import Scorer
from tests.examples import corpus_sample
text = "\\n".join(one.to_json() for one in Scorer.load().score_many(corpus_sample(12)))
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
def test_any_hash_seed_gives_the_same_bytes():
    hashes = [
        subprocess.run(
            [sys.executable, "-c", HASHED, str(REPOSITORY)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]
    assert len(hashes[0]) == 65
    assert len(set(hashes)) == 1


@given(st.integers(0, 10_000))
def test_bug_silent_turns_in_a_call_stopped_its_batch(scorer, seed):
    chance = random.Random(seed)
    one = SAMPLE[seed % len(SAMPLE)]
    turns = tuple(
        replace(turn, text=chance.choice(["", " ", "\n\t"])) if chance.random() < 0.4 else turn
        for turn in one.turns
    )
    silenced = replace(one, turns=turns)
    table = scorer.behaviours(silenced)
    silent = np.array([not turn.text.strip() for turn in turns])
    assert table.probabilities[silent].sum() == 0
    assert not table.present[silent].any()
    result = scorer.score(silenced)
    for criterion in result.criteria.values():
        assert all(evidence.quote.strip() for evidence in criterion.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "." * 200_000,
        "?!" * 50_000 + ")" * 50_000,
        "(" * 200_000,
        "so " * 20_000,
        "\n" * 200_000,
        "😀" * 100_000,
    ],
    ids=["dots", "marks", "brackets", "words", "lines", "emoji"],
)
def test_a_huge_turn_is_scored_like_any_other(text, scorer):
    turns = [
        Turn(index=n, speaker="x", role=role, text=text) for n, role in enumerate(["agent", "customer"] * 2)
    ]
    result = scorer.score(Transcript(call_id="huge", turns=tuple(turns)))
    assert CallScore.from_dict(json.loads(result.to_json())) == result


PHRASES = [
    "I am so upset, I have been waiting for three days and nobody called me back.",
    "That must be exhausting. I will ring the engineer myself and call you back by four.",
    "I understand your frustration. I apologise for the inconvenience.",
    "no we cannot do that, you would have to ask them",
    "What happened when you tried it? When did it start?",
    "thank you so much, that's a relief",
    "i want to speak to your manager or i will cancel",
]
LINES = st.lists(
    st.tuples(
        st.sampled_from(["agent", "agent", "customer", "customer", "system", "bot", "unknown"]),
        st.one_of(
            st.sampled_from(PHRASES), st.lists(st.sampled_from(PHRASES)).map(" ".join), st.text(max_size=40)
        ),
    ),
    max_size=10,
)


@settings(max_examples=40)
@given(LINES)
def test_any_call_gives_a_result_of_the_schema_with_true_quotes(scorer, lines):
    turns = [Turn(index=n, speaker=role, role=role, text=text) for n, (role, text) in enumerate(lines)]
    result = scorer.score(Transcript(call_id="any", turns=tuple(turns)))
    VALIDATOR.validate(json.loads(result.to_json()))
    assert CallScore.from_dict(json.loads(result.to_json())) == result
    for criterion in result.criteria.values():
        for quote in criterion.evidence:
            assert quote.quote == turns[quote.turn].text[quote.start : quote.end] != ""
        for moment in criterion.moments:
            assert moment.trigger in result.turns[moment.turn].behaviours
            assert turns[moment.response_turn].role == "agent"


def test_threads_may_share_a_scorer(scorer, results):
    found: dict[int, list[str]] = {}

    def score(start: int) -> None:
        found[start] = [scorer.score(one).to_json() for one in SAMPLE[start::4]]

    threads = [threading.Thread(target=score, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {start: [one.to_json() for one in results[start::4]] for start in range(4)}


def test_what_is_odd_in_a_text_comes_back_in_its_quote(tiny_scorer):
    odd = "how exhausting \u202e\x1b[31m <b>& \x00 \U0001f600"
    result = tiny_scorer.score(
        call("C: I am frustrated and I called you twice for this", f"A: {odd}", f"C: {LONG}")
    )
    (quote,) = [quote for quote in result.criteria["empathy"].evidence if quote.behaviour == "empathy"]
    assert quote.quote == odd
    assert CallScore.from_dict(json.loads(result.to_json())) == result
