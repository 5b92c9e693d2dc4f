"""Speed, in ratios, which a busy machine leaves as they are: to spaCy's tokenizer alone, and to less work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import spacy

from carescore.features import context_of_calls, extract
from carescore.scorer import BATCH, Scorer
from carescore.transcript import Transcript, Turn
from tests.examples import corpus_calls
from tests.growth import linear

TALK = "I am so sorry, that must be hard. I will call them for you today! Why did it stop? "
HOSTILE = ["(", "a", "\u0301", ". ", "?\n", "’ ", "\u3000", "[X_1] ", "http://a.b/", "and so ", TALK]


def call_of(texts: list[str]) -> Transcript:
    sides = ["customer", "agent"]
    turns = [
        Turn(index=n, speaker=sides[n % 2], role=sides[n % 2], text=text)  # type: ignore[arg-type]
        for n, text in enumerate(texts)
    ]
    return Transcript(call_id="c", turns=tuple(turns))


def test_time_grows_with_the_calls(scorer):
    some = corpus_calls()[:BATCH]
    linear(
        lambda calls: list(scorer.score_many(calls)),
        lambda size: [replace(some[n % len(some)], call_id=str(n)) for n in range(size)],
        BATCH,
    )


def test_time_grows_with_the_turns(scorer):
    linear(scorer.score, lambda size: call_of([f"{n} {TALK}" for n in range(size)]), 250)


@pytest.mark.parametrize("text", HOSTILE)
def test_time_grows_with_the_characters(text, scorer):
    linear(scorer.score, lambda size: call_of([TALK, text * (size // len(text)), TALK, TALK]), 20_000)


@pytest.mark.slow
def test_results_cost_little_more_than_cutting_the_words_once(scorer):
    """The goals are 2 and 0.5; what is asserted leaves room for other machines."""
    calls = corpus_calls()
    texts = [turn.text for one in calls for turn in one.turns]
    tokenizer = spacy.blank("en").tokenizer

    def bare() -> None:
        for _ in tokenizer.pipe(texts):
            pass

    bare()
    whole = min(ratio(lambda: list(scorer.score_many(calls)), bare) for _ in range(5))
    behaviours = min(ratio(lambda: behaviours_of(scorer, calls), bare) for _ in range(5))
    assert whole < 3.0
    assert behaviours < 0.8


def behaviours_of(scorer: Scorer, calls: tuple[Transcript, ...]) -> None:
    """The probabilities of every behaviour in every turn, a batch at a time."""
    for start in range(0, len(calls), BATCH):
        sides = [[turn.role for turn in one.turns] for one in calls[start : start + BATCH]]
        texts = [turn.text for one in calls[start : start + BATCH] for turn in one.turns]
        features = extract(scorer._tokenizer.ids(texts), context_of_calls(sides))
        scorer.bundle.behaviours.probabilities(features, [side for own in sides for side in own])


def ratio(run: Callable[[], object], to: Callable[[], object]) -> float:
    """The processor time of one to that of the other, one right after the other."""
    began = time.process_time()
    to()
    between = time.process_time()
    run()
    return (time.process_time() - between) / (between - began)
