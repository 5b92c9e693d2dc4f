"""What people use instead, on the same turns: processor time beside carescore's.

Each is made ready by a function that returns what to run, or a sentence that says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from carescore.bench.figures import Figure
from carescore.bench.scoring import Behaviours
from carescore.bench.stopwatch import in_turn, ratio
from carescore.scorer import Scorer
from carescore.transcript import Transcript

Run = Callable[[], object]
_ROUNDS: Final = 3
_EXTRA: Final = "pip install 'carescore[bench]'"
_AT_ONCE: Final = 32


@dataclass(frozen=True, slots=True)
class Missing:
    """Why something cannot be compared with, and what to do about it."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the comparisons need of the user: a spaCy pipeline's name, and a folder with an encoder."""

    spacy_model: str = "en_core_web_sm"
    encoder: str | None = None


@dataclass(frozen=True, slots=True)
class _Other:
    """Something to compare with: on so many calls, as it is slow, with the goal for it."""

    name: str
    ready: Callable[[Sequence[Transcript], Scorer, Given], Run | Missing]
    calls: int
    goal: float | None


def compared(scorer: Scorer, calls: Sequence[Transcript], given: Given) -> list[Figure]:
    """For each of the others how many times the time of all behaviours of carescore it takes."""
    return [_figure(other, scorer, calls[: other.calls], given) for other in _OTHERS]


def _figure(other: _Other, scorer: Scorer, calls: Sequence[Transcript], given: Given) -> Figure:
    run = other.ready(calls, scorer, given)
    if isinstance(run, Missing):
        return Figure(name=other.name, value=None, unit="×", goal=other.goal, at_least=True, how=run.sentence)
    behaviours = Behaviours(scorer, calls)
    own = {"labels": behaviours.warm, "whole": lambda: list(scorer.score_many(calls))}
    often = {name: _often(part) for name, part in own.items()}
    found = in_turn({"other": run, **often}, _ROUNDS)
    value, whole = (ratio(found, "other", name) * _AGAIN for name in own)
    turns = sum(len(call.turns) for call in calls)
    how = f"{turns:,} turns, processor time beside all behaviours; beside whole results {whole:.3g} ×"
    return Figure(name=other.name, value=value, unit="×", goal=other.goal, at_least=True, how=how)


def _often(run: Run) -> Run:
    """Our own part is short beside theirs, so it is run more than once, after once to warm up."""
    run()
    return lambda: [run() for _ in range(_AGAIN)]


def _texts(calls: Sequence[Transcript]) -> list[str]:
    return [turn.text for call in calls for turn in call.turns]


def _vader(calls: Sequence[Transcript], scorer: Scorer, given: Given) -> Run | Missing:
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return Missing(_EXTRA)
    analyzer, texts = SentimentIntensityAnalyzer(), _texts(calls)
    return lambda: [analyzer.polarity_scores(text) for text in texts]


def _scikit_learn(calls: Sequence[Transcript], scorer: Scorer, given: Given) -> Run | Missing:
    """The usual pipeline, fitted to what carescore finds in the same turns: it tells the same labels."""
    import spacy
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    tokenizer, texts = spacy.blank("en").tokenizer, _texts(calls)
    shown = np.vstack([scorer.behaviours(call).present for call in calls])
    pipeline = make_pipeline(
        TfidfVectorizer(
            tokenizer=lambda text: [token.lower_ for token in tokenizer(text)],
            token_pattern=None,
            ngram_range=(1, 2),
        ),
        OneVsRestClassifier(LogisticRegression(max_iter=200)),
    )
    pipeline.fit(texts, shown[:, shown.any(axis=0)])
    return lambda: pipeline.predict_proba(texts)


def _spacy_pipeline(calls: Sequence[Transcript], scorer: Scorer, given: Given) -> Run | Missing:
    nlp = _loaded(given.spacy_model)
    texts = _texts(calls)
    return nlp if isinstance(nlp, Missing) else lambda: [None for _ in nlp.pipe(texts)]


def _loaded(name: str) -> Any:
    import spacy

    try:
        return spacy.load(name, exclude=["ner"])
    except (OSError, ValueError):
        return Missing(f"--spacy-model NAME: '{name}' is not installed; see https://spacy.io/models")


def _politeness(calls: Sequence[Transcript], scorer: Scorer, given: Given) -> Run | Missing:
    try:
        from convokit import Corpus, PolitenessStrategies, Speaker, TextParser, Utterance
    except ImportError:
        return Missing(_EXTRA)
    nlp = _loaded(given.spacy_model)
    if isinstance(nlp, Missing):
        return nlp
    rows = [(f"{call.call_id}-{turn.index}", turn) for call in calls for turn in call.turns]

    def run() -> None:
        speakers = {role: Speaker(id=role) for role in ("agent", "customer", "system", "bot", "unknown")}
        said = [
            Utterance(id=name, speaker=speakers[turn.role], conversation_id=rows[0][0], text=turn.text)
            for name, turn in rows
        ]
        parsed = TextParser(spacy_nlp=nlp, verbosity=0).transform(Corpus(utterances=said))
        PolitenessStrategies().transform(parsed)

    return run


def _encoder(calls: Sequence[Transcript], scorer: Scorer, given: Given) -> Run | Missing:
    if given.encoder is None:
        return Missing("--encoder FOLDER, with the weights of a small encoder such as MiniLM-L6")
    try:
        import torch
        from transformers import AutoModel, AutoTokenizer
    except ImportError:
        return Missing(_EXTRA)
    try:
        tokenizer = AutoTokenizer.from_pretrained(given.encoder, local_files_only=True)
        model = AutoModel.from_pretrained(given.encoder, local_files_only=True).eval()
    except (OSError, ValueError):
        return Missing(f"--encoder: no model that transformers can open in '{given.encoder}'")
    torch.set_num_threads(1)
    texts = _texts(calls)

    def run() -> None:
        with torch.inference_mode():
            for start in range(0, len(texts), _AT_ONCE):
                batch = tokenizer(
                    texts[start : start + _AT_ONCE], padding=True, truncation=True, return_tensors="pt"
                )
                model(**batch)

    return run


_AGAIN: Final = 5
_OTHERS: Final = (
    _Other("a plain scikit-learn pipeline", _scikit_learn, 200, None),
    _Other("VADER, one sentiment", _vader, 200, 1.0),
    _Other("spaCy with tagger and parser", _spacy_pipeline, 40, 200),
    _Other("ConvoKit politeness, end to end", _politeness, 20, 250),
    _Other("a small encoder, forward pass only", _encoder, 10, 250),
)
