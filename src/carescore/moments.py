"""Openings that ask for a behaviour, and how the agent met them: met, token or missed.

Works on arrays alone: probabilities (turns × labels), which of them count as present, and sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import AGENT_BEHAVIOURS
from carescore.computed_once import computed_once
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

    @computed_once
    def agent_turns(self) -> NDArray[np.int64]:
        """The numbers of the agent's turns."""
        return self._turns_of("agent")

    @computed_once
    def customer_turns(self) -> NDArray[np.int64]:
        """The numbers of the customer's turns."""
        return self._turns_of("customer")

    @computed_once
    def shown(self) -> tuple[dict[str, float], ...]:
        """For each turn the behaviours present in it, in the order of the labels, with probabilities."""
        turns, columns = np.nonzero(self.present)
        chances = self.probabilities[turns, columns].tolist()
        shown: tuple[dict[str, float], ...] = tuple({} for _ in self.sides)
        for turn, column, chance in zip(turns.tolist(), columns.tolist(), chances, strict=True):
            shown[turn][self.labels[column]] = chance
        return shown

    @computed_once
    def showing(self) -> Mapping[str, tuple[int, ...]]:
        """For each behaviour that is present the turns that show it, the surest first."""
        turns: dict[str, list[tuple[float, int]]] = {}
        for turn, here in enumerate(self.shown):
            for name, chance in here.items():
                turns.setdefault(name, []).append((-chance, turn))
        return {name: tuple(turn for _, turn in sorted(found)) for name, found in turns.items()}

    def _turns_of(self, side: str) -> NDArray[np.int64]:
        return np.array([turn for turn, role in enumerate(self.sides) if role == side], dtype=np.int64)


@cache
def columns_of(labels: tuple[str, ...]) -> Mapping[str, int]:
    """The column of each label, worked out once for all calls."""
    return {label: column for column, label in enumerate(labels)}


def find_moments(rule: MomentRule, found: Findings) -> tuple[Moment, ...]:
    """Every moment of one rule, in order; openings after which the agent never spoke do not count."""
    openings = sorted({turn for name in rule.when for turn in found.showing.get(name, ())})
    moments = []
    for turn in openings:
        trigger = _surest(rule.when, found.shown[turn])
        own = trigger in AGENT_BEHAVIOURS
        first = int(np.searchsorted(found.agent_turns, turn if own else turn + 1))
        answers = found.agent_turns[first : first + rule.within + own].tolist()
        if trigger is not None and answers:
            moments.append(_moment(rule, turn, trigger, answers, found))
    return tuple(moments)


def _moment(rule: MomentRule, turn: int, trigger: str, answers: Sequence[int], found: Findings) -> Moment:
    outcome: Outcome = "missed"
    response = answers[0]
    for answer in answers:
        here = found.shown[answer]
        expected = any(name in here for name in rule.expect)
        if expected and not found.repeats[answer]:
            return Moment(turn=turn, trigger=trigger, outcome="met", response_turn=answer)
        if outcome == "missed" and (expected or any(name in here for name in rule.token)):
            outcome, response = "token", answer
    return Moment(turn=turn, trigger=trigger, outcome=outcome, response_turn=response)


def _surest(names: Sequence[str], here: Mapping[str, float]) -> str | None:
    """The most probable of the named behaviours that the turn shows; the first named of equals."""
    return max((name for name in names if name in here), key=lambda name: here[name], default=None)
