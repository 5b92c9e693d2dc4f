"""Openings that ask for a behaviour, and how the agent met them: met, token or missed.

Works on arrays alone: probabilities (turns × labels), which of them count as present, and sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import AGENT_BEHAVIOURS
from carescore.results import Moment, Outcome
from carescore.scorecard import MomentRule


@dataclass(frozen=True)
class Findings:
    """What the model found in one call. Arrays are turns × labels unless said otherwise.

    `sides` has "agent", "customer" or another role for each turn; `repeats` (turns,) is true where the
    agent said the same words in an earlier turn, so that a pasted phrase earns nothing again.
    """

    labels: tuple[str, ...]
    probabilities: NDArray[np.float64]
    present: NDArray[np.bool_]
    sides: Sequence[str]
    repeats: NDArray[np.bool_]

    @property
    def columns(self) -> Mapping[str, int]:
        """The column of each label."""
        return columns_of(self.labels)

    @cached_property
    def agent_turns(self) -> NDArray[np.int64]:
        """The numbers of the agent's turns."""
        return self._turns_of("agent")

    @cached_property
    def customer_turns(self) -> NDArray[np.int64]:
        """The numbers of the customer's turns."""
        return self._turns_of("customer")

    def _turns_of(self, side: str) -> NDArray[np.int64]:
        return np.array([turn for turn, role in enumerate(self.sides) if role == side], dtype=np.int64)


@cache
def columns_of(labels: tuple[str, ...]) -> Mapping[str, int]:
    """The column of each label, worked out once for all calls."""
    return {label: column for column, label in enumerate(labels)}


def find_moments(rule: MomentRule, found: Findings) -> tuple[Moment, ...]:
    """Every moment of one rule, in order; openings after which the agent never spoke do not count."""
    triggers = [found.columns[name] for name in rule.when]
    moments = []
    for turn in np.flatnonzero(found.present[:, triggers].any(axis=1)).tolist():
        trigger = _shown(rule.when, turn, found)
        if trigger is None:
            continue
        own = trigger in AGENT_BEHAVIOURS
        first = int(np.searchsorted(found.agent_turns, turn if own else turn + 1))
        answers = found.agent_turns[first : first + rule.within + own].tolist()
        if answers:
            moments.append(_moment(rule, turn, trigger, answers, found))
    return tuple(moments)


def _moment(rule: MomentRule, turn: int, trigger: str, answers: Sequence[int], found: Findings) -> Moment:
    outcome: Outcome = "missed"
    response = answers[0]
    for answer in answers:
        expected = _shown(rule.expect, answer, found)
        if expected is not None and not found.repeats[answer]:
            return Moment(turn=turn, trigger=trigger, outcome="met", response_turn=answer)
        if outcome == "missed" and (expected or _shown(rule.token, answer, found)):
            outcome, response = "token", answer
    return Moment(turn=turn, trigger=trigger, outcome=outcome, response_turn=response)


def _shown(names: Sequence[str], turn: int, found: Findings) -> str | None:
    """The most probable of the named behaviours that is present in the turn."""
    best, highest = None, -1.0
    for name in names:
        column = found.columns[name]
        if found.present[turn, column] and found.probabilities[turn, column] > highest:
            best, highest = name, float(found.probabilities[turn, column])
    return best
