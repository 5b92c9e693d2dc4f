"""A team's own best moments, to show how a colleague met the same kind of opening."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from carescore.coaching.words import Words, bundled_words
from carescore.notes import Coaching, ColleagueMoment
from carescore.results import CallScore, CriterionScore, Evidence
from carescore.transcript import Transcript

_SURE: Final = 0.7  # probability from which a met moment is worth showing to others
_GOOD: Final = 60.0  # score of the criterion in that call from which its moments are an example
_ALIKE: Final = 0.2  # cosine of the openings' words of content from which they count as alike
_SHARED: Final = 2  # words of content that they must share: one may be chance
_LEAST_WORDS: Final = 6
_NOT_SHOWN: Final = frozenset({"dismissive", "deflection", "refusal", "apology", "thanks", "greeting"})


@dataclass(frozen=True, slots=True)
class MetMoment:
    """One opening that was met: what the customer said, and the agent's words that met it.

    `content` are the words of content of the opening; without them they are looked up each time.
    """

    trigger: str
    opening: str
    text: str
    call_id: str
    agent: str | None
    turn: int
    content: frozenset[str] | None = None


@dataclass(frozen=True)
class MomentLibrary:
    """Met moments of a team's calls, to look up by opening."""

    moments: tuple[MetMoment, ...]

    @classmethod
    def of(cls, calls: Iterable[tuple[Transcript, CallScore]], words: Words | None = None) -> Self:
        """The library of some scored calls: each a transcript with its result."""
        known = words or bundled_words()
        return cls(tuple(moment for call, result in calls for moment in _met(call, result, known)))

    def __len__(self) -> int:
        """How many moments it holds."""
        return len(self.moments)

    def nearest(self, call: Transcript, opening: int, trigger: str, words: Words) -> ColleagueMoment | None:
        """How a colleague met the opening most alike, in another call, or `None` if none is alike.

        Openings are alike by the cosine of their words of content, rare words weighing more
        (Salton and Buckley 1988). An agent's own moments are no colleague's.
        """
        others = [
            moment
            for moment in self.moments
            if moment.trigger == trigger
            and moment.call_id != call.call_id
            and (call.agent is None or moment.agent != call.agent)
        ]
        contents = [_content(moment, words) for moment in others]
        counts = Counter(word for content in contents for word in content)
        wanted = words.vocabulary.content(call.turns[opening].text)
        best: tuple[float, MetMoment] | None = None
        for moment, content in zip(others, contents, strict=True):
            likeness = _cosine(wanted, content, counts, len(others))
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = likeness, moment
        return None if best is None else _shown(*best)

    def beside(self, notes: Coaching, call: Transcript, words: Words | None = None) -> Coaching:
        """The notes on a call, with how a colleague met the like beside each missed moment that has one."""
        known = words or bundled_words()
        return replace(
            notes,
            missed_moments=tuple(
                replace(moment, colleague=self.nearest(call, moment.opening.turn, moment.trigger, known))
                for moment in notes.missed_moments
            ),
        )


def _content(moment: MetMoment, words: Words) -> frozenset[str]:
    return words.vocabulary.content(moment.opening) if moment.content is None else moment.content


def _met(call: Transcript, result: CallScore, words: Words) -> Iterator[MetMoment]:
    seen: set[tuple[int, str]] = set()
    for criterion in result.criteria.values():
        if criterion.score is None or criterion.score < _GOOD or not criterion.weight:
            continue  # a criterion without weight repeats others' moments, with evidence of its own
        for moment in criterion.moments:
            if call.turns[moment.turn].role != "customer":
                continue
            found = _words_that_met(criterion, moment.response_turn)
            is_new = (moment.turn, moment.trigger) not in seen
            if moment.outcome == "met" and found is not None and is_new and _is_worth_showing(found, words):
                seen.add((moment.turn, moment.trigger))
                yield MetMoment(
                    trigger=moment.trigger,
                    opening=call.turns[moment.turn].text,
                    text=found.quote,
                    call_id=call.call_id,
                    agent=call.agent,
                    turn=found.turn,
                    content=words.vocabulary.content(call.turns[moment.turn].text),
                )


def _words_that_met(criterion: CriterionScore, turn: int | None) -> Evidence | None:
    quoted = [e for e in criterion.evidence if e.turn == turn and e.behaviour not in _NOT_SHOWN]
    return max(quoted, key=lambda evidence: evidence.probability, default=None)


def _is_worth_showing(found: Evidence, words: Words) -> bool:
    return (
        found.probability >= _SURE
        and len(found.quote.split()) >= _LEAST_WORDS
        and not words.vocabulary.is_stock(found.quote)
    )


def _cosine(left: frozenset[str], right: frozenset[str], counts: Counter[str], size: int) -> float:
    def weight(word: str) -> float:
        return math.log(1.0 + size / (1.0 + counts[word]))

    def length(words: frozenset[str]) -> float:
        return math.sqrt(sum(weight(word) ** 2 for word in sorted(words)))

    if len(left & right) < _SHARED:
        return 0.0
    shared = sum(weight(word) ** 2 for word in sorted(left & right))
    return shared / (length(left) * length(right))


def _shown(likeness: float, moment: MetMoment) -> ColleagueMoment:
    return ColleagueMoment(
        text=moment.text,
        opening=moment.opening,
        similarity=round(likeness, 6),
        call_id=moment.call_id,
        agent=moment.agent,
        turn=moment.turn,
    )
