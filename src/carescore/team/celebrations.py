"""Moments worth showing to others: verbatim, of different people and different kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.results import CallScore, CriterionScore, Evidence
from carescore.team.words import team_words

CELEBRATED: Final = 8
# A line is held up only where the model is sure of it and the call went at least adequately (3.4 of 5):
# praise for a kind sentence in a call that went badly teaches the wrong thing.
_SURE: Final = 0.9
_WENT_WELL: Final = 60.0
_MOST_OF_ONE_PERSON: Final = 2
# Every call has some of it; it is worth showing where a customer's trouble or doubt called for it.
_ONLY_IN_ANSWER: Final = ("ownership", "explanation")
_ASKED: Final = ("understanding_check", "patience")  # what may be a question
_NO_WORD: Final = re.compile(r"[\W_]+")
_SHORTEST: Final = 6  # words; shorter ones say nothing without their call


@dataclass(frozen=True, slots=True, kw_only=True)
class Celebration:
    """What an agent said, verbatim; `praise` tells the behaviour in words, `answered` the opening it met."""

    agent: str | None
    call_id: str
    source: str | None
    started: str | None
    turn: int
    time: float | None
    behaviour: str
    praise: str
    answered: str | None
    quote: str


def celebrations(results: Sequence[CallScore], *, most: int = CELEBRATED) -> tuple[Celebration, ...]:
    """Up to `most` moments. What is said in several calls is a script, not a moment, and is left out."""
    homes: dict[str, set[str]] = {}
    for result in results:
        for criterion in result.criteria.values():
            for evidence in criterion.evidence:
                homes.setdefault(_plain(evidence.quote), set()).add(result.call_id)
    found = [item for result in results if _went_well(result) for item in _candidates(result)]
    fresh = [item for item in found if len(homes[_plain(item[1].quote)]) == 1]
    fresh.sort(key=lambda item: (-item[0], item[1].call_id, item[1].turn))
    return tuple(_of_each_kind([candidate for _, candidate in fresh], most))


def _went_well(result: CallScore) -> bool:
    return result.score is not None and result.score >= _WENT_WELL and not result.critical


def _candidates(result: CallScore) -> Iterator[tuple[float, Celebration]]:
    """What may be praised in one call, each quote once, with its worth: how sure, how good, how needed."""
    seen: dict[tuple[int, str], tuple[float, Celebration]] = {}
    for criterion in result.criteria.values():
        for evidence in criterion.evidence:
            if _may_be_praised(evidence) and criterion.score is not None and criterion.score >= _WENT_WELL:
                answered = _answered(criterion, evidence.turn)
                if answered is None and evidence.behaviour in _ONLY_IN_ANSWER:
                    continue
                worth = evidence.probability * criterion.score + (50.0 if answered else 0.0)
                key = (evidence.turn, evidence.behaviour)
                if key not in seen or worth > seen[key][0]:
                    seen[key] = (worth, _celebration(result, evidence, answered))
    yield from seen.values()


def _may_be_praised(evidence: Evidence) -> bool:
    words, said = team_words(), _plain(evidence.quote)
    asks = evidence.quote.rstrip().endswith("?") and evidence.behaviour not in _ASKED
    return (
        evidence.behaviour in words.praise
        and evidence.probability >= _SURE
        and len(said.split()) >= _SHORTEST
        and not asks
        and not any(phrase in said for phrase in words.stock)
    )


def _answered(criterion: CriterionScore, turn: int) -> str | None:
    """What opened the moment that this turn met."""
    met = [m.trigger for m in criterion.moments if m.outcome == "met" and m.response_turn == turn]
    return met[0] if met else None


def _celebration(result: CallScore, evidence: Evidence, answered: str | None) -> Celebration:
    words = team_words()
    return Celebration(
        agent=result.agent,
        call_id=result.call_id,
        source=result.source,
        started=result.started,
        turn=evidence.turn,
        time=evidence.time,
        behaviour=evidence.behaviour,
        praise=words.praise[evidence.behaviour],
        answered=None if answered is None else words.opening(answered),
        quote=evidence.quote,
    )


def _of_each_kind(candidates: Sequence[Celebration], most: int) -> Iterator[Celebration]:
    """One of each kind in turn, of a person not yet named if there is one, no call twice."""
    people: dict[str, int] = {}
    calls: set[str] = set()
    given = 0
    for limit in range(1, _MOST_OF_ONE_PERSON + 1):
        for behaviour in team_words().praise:
            for candidate in candidates:
                person = candidate.agent or candidate.call_id
                free = candidate.call_id not in calls and people.get(person, 0) < limit
                if candidate.behaviour == behaviour and free and given < most:
                    people[person] = people.get(person, 0) + 1
                    calls.add(candidate.call_id)
                    given += 1
                    yield candidate
                    break


def _plain(quote: str) -> str:
    return _NO_WORD.sub(" ", quote.lower()).strip()
