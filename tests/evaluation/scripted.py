"""Labelled calls in a line or two, and a scorer that finds what the words say: "empathy=0.9" in a turn."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS, CRITERIA
from carescore.evaluation.judged import Judged, ScorerOf, judge_calls
from carescore.results import CallScore, CriterionScore, Receipt
from carescore.scorer import BehaviourTable
from carescore.training.corpus import LabelledCall, LabelledTurn
from carescore.transcript import Transcript

_SAID = re.compile(r"([a-z_]+)=([0-9.]+)")


def call(*lines: str, source: str = "one", conv_id: str = "c", **facts: Any) -> LabelledCall:
    """A call from lines such as "A empathy,apology: words" (labels by the reader; A agent, C customer)."""
    turns = []
    for line in lines:
        head, _, text = line.partition(": ")
        side, _, labels = head.partition(" ")
        names = frozenset(name for name in labels.split(",") if name)
        turns.append(LabelledTurn({"A": "agent", "C": "customer"}.get(side, "system"), text, names))
    given = {"channel": "chat", "domain": "any", "ratings": {}, **facts}
    return LabelledCall(conv_id=conv_id, source=source, turns=tuple(turns), **given)


class ScriptedScorer:
    """Reads probabilities and ratings out of the words: "empathy=0.9" in a turn, "overall=4" in a call.

    A label is present from 0.5 on; a criterion that is not named does not apply; "unscored" abstains. The
    interval of a rating is half a point either way.
    """

    bundle = SimpleNamespace(name="scripted", label="scripted 1.0.0")
    scorecard = SimpleNamespace(label="care 1.0.0")

    def behaviours(self, transcript: Transcript) -> BehaviourTable:
        chances = np.zeros((len(transcript.turns), len(BEHAVIOURS)))
        for row, turn in enumerate(transcript.turns):
            for name, value in _SAID.findall(turn.text.lower()):
                own = "agent" if name in AGENT_BEHAVIOURS else "customer"
                if name in BEHAVIOURS and own == turn.role:
                    chances[row, BEHAVIOURS.index(name)] = float(value)
        return BehaviourTable(BEHAVIOURS, chances, chances >= 0.5)

    def score(self, transcript: Transcript) -> CallScore:
        text = " ".join(turn.text for turn in transcript.turns).lower()
        given = {f"rate_{name}": name for name in CRITERIA}
        ratings = {given[n]: float(v) for n, v in _SAID.findall(text) if n in given}
        unscored = "unscored" in text
        return _result(transcript.call_id, ratings, unscored)


def scripted(_: LabelledCall) -> Any:
    """The scripted scorer for every call."""
    return SCORER


SCORER = ScriptedScorer()
SCORER_OF: ScorerOf = scripted


def judged(*calls: LabelledCall) -> Judged:
    """The calls judged by the scripted scorer."""
    return judge_calls([replace(call, conv_id=f"c{n}") for n, call in enumerate(calls)], SCORER_OF)


def _result(call_id: str, ratings: dict[str, float], unscored: bool) -> CallScore:
    def criterion(name: str) -> CriterionScore:
        rating = ratings.get(name)
        if unscored or rating is None:
            status: Any = "not_enough_evidence" if unscored else "not_applicable"
            return CriterionScore(id=name, name=name, status=status, weight=1.0, reason="")
        score = (rating - 1) * 25
        return CriterionScore(
            id=name,
            name=name,
            status="scored",
            rating=rating,
            score=score,
            low=max(score - 12.5, 0.0),
            high=min(score + 12.5, 100.0),
            weight=1.0,
            reason="",
        )

    return CallScore(
        call_id=call_id,
        status="unscored" if unscored else "draft",
        reason="",
        agent=None,
        source=None,
        started=None,
        channel=None,
        role_source="told",
        score=None,
        low=None,
        high=None,
        passed=None,
        critical=(),
        criteria={name: criterion(name) for name in CRITERIA},
        turns=(),
        warnings=(),
        receipt=Receipt(
            carescore="0",
            model="m",
            model_sha256="0",
            scorecard="s",
            scorecard_sha256="0",
            transcript_sha256="0",
        ),
    )
