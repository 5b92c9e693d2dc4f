"""Results written by hand: scores, days, agents, moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from carescore.results import CallScore, CriterionScore, Evidence, Moment, Receipt

FIRST_DAY = date(2024, 3, 1)


def criterion(
    name: str,
    score: float | None,
    *,
    moments: Sequence[Moment] = (),
    evidence: Sequence[Evidence] = (),
    weight: float = 1.0,
) -> CriterionScore:
    """A criterion with a score (0-100), or one that did not apply."""
    known = score is not None
    return CriterionScore(
        id=name,
        name=name.capitalize(),
        status="scored" if known else "not_applicable",
        rating=1 + score / 25 if score is not None else None,
        score=score,
        low=max(score - 20, 0) if score is not None else None,
        high=min(score + 20, 100) if score is not None else None,
        weight=weight,
        reason="Written by hand.",
        moments=tuple(moments),
        evidence=tuple(evidence),
    )


def result(
    call_id: str,
    score: float | None = 60.0,
    *,
    agent: str | None = None,
    day: date | str | None = None,
    criteria: Sequence[CriterionScore] | None = None,
    half: float = 10.0,
    receipt: Mapping[str, str] | None = None,
    **facts: Any,
) -> CallScore:
    """A result with a call score, and a criterion `empathy` of the same score unless criteria are given."""
    rows = [criterion("empathy", score)] if criteria is None else criteria
    return CallScore(
        **{
            "call_id": call_id,
            "status": "draft" if score is not None else "unscored",
            "reason": "1 of 1 criteria applied." if score is not None else "Too short.",
            "agent": agent,
            "source": None,
            "started": day.isoformat() if isinstance(day, date) else day,
            "channel": None,
            "role_source": "told",
            "score": score,
            "low": None if score is None else max(score - half, 0.0),
            "high": None if score is None else min(score + half, 100.0),
            "passed": None,
            "critical": (),
            "criteria": {row.id: row for row in rows},
            "turns": (),
            "warnings": (),
            "receipt": Receipt(
                **{
                    "carescore": "0.1.0",
                    "model": "care 1.0.0",
                    "model_sha256": "a" * 64,
                    "scorecard": "care 1.0.0",
                    "scorecard_sha256": "b" * 64,
                    "transcript_sha256": f"{abs(hash_of(call_id)):064x}",
                    **(receipt or {}),
                }
            ),
            **facts,
        }
    )


def hash_of(text: str) -> int:
    """A number for a text, the same in every process."""
    return int.from_bytes(text.encode()[-8:], "big")


def team(scores: Mapping[str, Sequence[float]], *, apart: int = 1) -> list[CallScore]:
    """The calls of several agents, each agent's `apart` days apart."""
    return [
        result(f"{name}-{number}", score, agent=name, day=FIRST_DAY + timedelta(days=number * apart))
        for name, own in scores.items()
        for number, score in enumerate(own)
    ]


def drawn(level: float, calls: int, *, seed: int, spread: float = 15.0, slope: float = 0.0) -> list[float]:
    """Scores around a level, rising by `slope` a call, kept between 0 and 100."""
    random = np.random.default_rng(seed)
    noise = spread * random.standard_normal(calls)
    return [float(np.clip(level + slope * n + noise[n], 0, 100)) for n in range(calls)]


def quote(turn: int, behaviour: str, words: str, probability: float = 0.97) -> Evidence:
    """A quote of a turn."""
    return Evidence(
        turn=turn, start=0, end=len(words), quote=words, behaviour=behaviour, probability=probability
    )


def moment(turn: int, trigger: str, outcome: Any) -> Moment:
    """A moment answered by the next turn."""
    return Moment(turn=turn, trigger=trigger, outcome=outcome, response_turn=turn + 1)
