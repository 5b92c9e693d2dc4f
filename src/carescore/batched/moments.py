"""The moments of many calls at once: what `moments.find_moments` finds in one call after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.batched.calls import Calls
from carescore.codebook import AGENT_BEHAVIOURS
from carescore.moments import columns_of
from carescore.results import Moment, Outcome
from carescore.scorecard import MomentRule

_OUTCOMES: Final[tuple[Outcome, ...]] = ("met", "token", "missed")

# The moments of one rule by the number of the call; calls without one are left out.
OfRule = dict[int, tuple[Moment, ...]]


class MomentFinder:
    """Some rules for moments, made ready to be looked for together in calls with these labels."""

    def __init__(self, rules: Sequence[MomentRule], labels: tuple[str, ...]) -> None:
        self._rules = rules
        self._labels = labels
        tried = [(*rule.expect, *rule.token) for rule in rules]
        asked = [*(rule.when for rule in rules), *(rule.expect for rule in rules), *tried]
        # labels × (when, expected, tried of every rule): the product with what is present counts them
        self._asked = np.array([[label in names for names in asked] for label in labels], dtype=np.float32)
        self._triggers = _triggers(rules, labels)
        self._within = np.array([rule.within for rule in rules], dtype=np.int64)
        self._own = np.array([label in AGENT_BEHAVIOURS for label in labels], dtype=np.int64)

    def find(self, calls: Calls) -> dict[MomentRule, OfRule]:
        """The moments of every rule."""
        if not self._rules:
            return {}
        shown = (calls.present.astype(np.float32) @ self._asked).T > 0
        count = len(self._rules)
        when, expected, tried = shown[:count], shown[count : 2 * count], shown[2 * count :]
        rule, opening = np.nonzero(when)
        trigger = self._surest(calls, rule, opening)
        turns, there = self._answers(calls, rule, opening, trigger)
        met = (expected & ~calls.repeats)[rule[:, None], turns] & there
        token = tried[rule[:, None], turns] & there
        outcome = np.where(met.any(axis=1), 0, np.where(token.any(axis=1), 1, 2))
        # argmax gives the first place that is true, and the first answer where none is
        place = np.where(outcome == 0, met.argmax(axis=1), token.argmax(axis=1))
        response = turns[np.arange(len(turns)), place]
        kept = there[:, 0]  # else the agent never spoke again
        return self._collected(calls, *(part[kept] for part in (rule, opening, trigger, outcome, response)))

    def _surest(self, calls: Calls, rule: NDArray[np.int64], opening: NDArray[np.int64]) -> NDArray[np.int64]:
        """The column of the surest trigger that each opening shows; the first named of equals."""
        columns = self._triggers[rule]
        row = opening[:, None]
        chances = np.where(calls.present[row, columns], calls.probabilities[row, columns], -1.0)
        found: NDArray[np.int64] = columns[np.arange(len(rule)), chances.argmax(axis=1)]
        return found

    def _answers(
        self,
        calls: Calls,
        rule: NDArray[np.int64],
        opening: NDArray[np.int64],
        trigger: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The rows of the agent's turns that could meet each opening (openings × turns), and which exist.

        An opening of the agent's own may be met in the same turn already.
        """
        own = self._own[trigger]
        steps = np.arange(self._within.max() + 1)
        places = calls.agent_turns.searchsorted(opening + 1 - own)[:, None] + steps
        ends = calls.agent_turns.searchsorted(calls.starts)[calls.call_of[opening] + 1]
        there = (places < ends[:, None]) & (steps < (self._within[rule] + own)[:, None])
        return np.append(calls.agent_turns, 0)[np.where(there, places, -1)], there

    def _collected(self, calls: Calls, *columns: NDArray[np.int64]) -> dict[MomentRule, OfRule]:
        rule, opening, trigger, outcome, response = columns
        call_of = calls.call_of[opening]
        first = calls.starts[call_of]
        found: list[dict[int, list[Moment]]] = [{} for _ in self._rules]
        rows = (rule, call_of, opening - first, trigger, outcome, response - first)
        for number, call, turn, label, how, answer in zip(*(row.tolist() for row in rows), strict=True):
            moment = Moment(
                turn=turn, trigger=self._labels[label], outcome=_OUTCOMES[how], response_turn=answer
            )
            found[number].setdefault(call, []).append(moment)
        return {
            one: {call: tuple(moments) for call, moments in here.items()}
            for one, here in zip(self._rules, found, strict=True)
        }


def _triggers(rules: Sequence[MomentRule], labels: tuple[str, ...]) -> NDArray[np.int64]:
    """The columns of each rule's triggers in the order they are named, the first again to fill a row up."""
    columns = columns_of(labels)
    rows = [[columns[name] for name in rule.when if name in columns] or [0] for rule in rules]
    longest = max(map(len, rows), default=0)
    return np.array([row + row[:1] * (longest - len(row)) for row in rows], dtype=np.int64)
