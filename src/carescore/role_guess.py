"""A guess at who is the agent, from what each speaker says: with its confidence and its reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from carescore.role_cues import CUES
from carescore.role_evidence import Evidence, evidence
from carescore.transcript import Role, RoleGuess, Transcript

# A call in which this much tells of a service; where less does, evidence counts for less.
_SURELY_SERVICE: Final = 3
# From whom less is heard, that one says little about themselves, and so about the other.
_ENOUGH_WORDS: Final = 15
# Speakers with a smaller share of the words go along with the rest.
_SMALL_PART: Final = 0.1
_NEVER_CERTAIN: Final = 0.999
_MOST_REASONS: Final = 3
_LEAST_REASON: Final = 0.25


def guess_roles(transcript: Transcript, people: Mapping[str, Role]) -> tuple[RoleGuess, dict[str, Role]]:
    """The likeliest agent, and the likeliest role of everybody without one. Two people are needed at least.

    The two who stand farthest apart are the sides, unless a side is told; the others go to the nearer one,
    so that a call may have several agents. The confidence is that of the least sure of these steps.
    """
    found = evidence([turn for turn in transcript.turns if turn.speaker in people], transcript.channel)
    return _guess(_sides(people, found), people, found)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two speakers that stand farthest apart, and how far evidence counts in this call."""

    agent: str
    customer: str
    scores: dict[str, float]
    trust: float

    def confidence(self, told: bool) -> float:
        """How sure it is that they are on these sides and not the other way round."""
        return 1.0 if told else _sigmoid(self.trust * (self.scores[self.agent] - self.scores[self.customer]))

    def on_agents_side(self, speaker: str) -> float:
        """How likely another speaker is to be an agent: nearer to the one than to the other."""
        between = self.scores[self.agent] + self.scores[self.customer]
        return _sigmoid(self.trust * (2 * self.scores[speaker] - between))


def _sides(people: Mapping[str, Role], found: Mapping[str, Evidence]) -> _Sides:
    """The likeliest agent and customer; what was told about either stands."""
    scores = {speaker: found[speaker].score for speaker in people}
    agents = [s for s, role in people.items() if role == "agent"]
    customers = [s for s, role in people.items() if role == "customer"]
    open_ = [s for s, role in people.items() if role == "unknown"]
    agent = max(agents or open_, key=scores.__getitem__)
    customer = min(customers or [s for s in open_ if s != agent], key=scores.__getitem__)
    words = frozenset[str]().union(*(one.service for one in found.values()))
    signs = len(words) + 2 * found[agent].agents_only
    of_service = min(1.0, (1 + signs) / (1 + _SURELY_SERVICE))
    both_speak = min(1.0, min(found[agent].words, found[customer].words) / _ENOUGH_WORDS)
    return _Sides(agent, customer, scores, of_service * both_speak)


def _guess(
    sides: _Sides, people: Mapping[str, Role], found: Mapping[str, Evidence]
) -> tuple[RoleGuess, dict[str, Role]]:
    told = {people[sides.agent], people[sides.customer]} == {"agent", "customer"}
    certain = [sides.confidence(told)]
    words = sum(one.words for one in found.values()) or 1
    roles: dict[str, Role] = {}
    for speaker, role in people.items():
        if role != "unknown":
            continue
        if speaker in (sides.agent, sides.customer):
            roles[speaker] = "agent" if speaker == sides.agent else "customer"
            continue
        likely = sides.on_agents_side(speaker)
        roles[speaker] = "agent" if likely > 0.5 else "customer"
        if found[speaker].words >= _SMALL_PART * words:
            certain.append(max(likely, 1 - likely))
    reasons = _reasons(found[sides.agent], found[sides.customer])
    return RoleGuess(sides.agent, round(min(*certain, _NEVER_CERTAIN), 3), reasons), roles


def _reasons(agent: Evidence, customer: Evidence) -> tuple[str, ...]:
    """What tells most, the agent's own cues as they are, the customer's as those of the other."""
    told: list[tuple[float, str]] = []
    for cue, of_agent, of_customer in zip(CUES, agent.values, customer.values, strict=True):
        weight = cue.weight * (of_agent - of_customer)
        if weight >= _LEAST_REASON:
            told.append((weight, cue.reads if cue.weight > 0 else f"the other {cue.reads}"))
    return tuple(reads for _, reads in sorted(told, reverse=True)[:_MOST_REASONS])


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))
