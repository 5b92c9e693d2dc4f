"""The call features of many calls at once: the numbers that `call_features.CallMeasures` gives one by one.

A feature without a way of its own here is worked out call by call, so that a new one needs nothing here
until it is used a lot.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.batched.calls import Calls, products, sums
from carescore.call_features import (
    ANSWERS,
    ENOUGH_QUESTIONS,
    FAINTEST_TRIGGER,
    FAMILIES,
    PLAN,
    QUESTIONS,
    CallMeasures,
)
from carescore.computed_once import computed_once
from carescore.moments import columns_of

Column = NDArray[np.float64]


def feature_table(calls: Calls, names: tuple[str, ...]) -> NDArray[np.float64]:
    """The named features of every call (calls × names), those of moments excepted."""
    measures = Measures(calls)
    places, columns, others = _layout(names, calls.labels)
    table = np.empty((len(calls), len(names)))
    families = np.concatenate([getattr(measures, column) for column in FAMILIES.values()], axis=1)
    table[:, places] = families[:, columns]
    for place, name in others:
        table[:, place] = measures.column(name)
    return table


@cache
def _layout(
    names: tuple[str, ...], labels: tuple[str, ...]
) -> tuple[list[int], list[int], list[tuple[int, str]]]:
    """Where each feature of one behaviour goes and where it is found, and where the others go."""
    every = [f"{family} {label}" for family in FAMILIES for label in labels]
    column_of = {name: column for column, name in enumerate(every)}
    places = [place for place, name in enumerate(names) if name in column_of]
    others = [(place, name) for place, name in enumerate(names) if name not in column_of]
    return places, [column_of[names[place]] for place in places], others


class Measures:
    """What `CallMeasures` is for one call, for all calls of a batch. Arrays are calls × labels."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._columns = columns_of(calls.labels)

    def column(self, name: str) -> Column:
        """One feature that is about more than one behaviour, for every call."""
        if name in _AT_ONCE:
            return _AT_ONCE[name](self)
        return np.array(
            [CallMeasures(self._calls.findings(n)).value(name, ()) for n in range(len(self._calls))]
        )

    @computed_once
    def said(self) -> NDArray[np.float64]:
        """Probabilities (turns × labels) in which turns that only repeat the agent's words are 0."""
        return self._calls.probabilities * ~self._calls.repeats[:, None]

    @computed_once
    def shows(self) -> NDArray[np.float64]:
        """`shows` of every label."""
        return 1.0 - products(1.0 - self.said, self._calls)

    @computed_once
    def often(self) -> NDArray[np.float64]:
        """`often` of every label."""
        often: NDArray[np.float64] = 1.0 - np.exp(-sums(self.said, self._calls) / 2.0)
        return often

    @computed_once
    def free_of(self) -> NDArray[np.float64]:
        """`free of` of every label."""
        return products(1.0 - self._calls.probabilities, self._calls)

    @computed_once
    def rarely(self) -> NDArray[np.float64]:
        """`rarely` of every label."""
        rarely: NDArray[np.float64] = np.exp(-sums(self._calls.probabilities, self._calls) / 2.0)
        return rarely

    def asks_before_solving(self) -> Column:
        """See `CallMeasures.asks_before_solving`."""
        solved = 1.0 - self._calls.probabilities[:, self._columns["solution"]]
        asked = 1.0 - np.prod(1.0 - self.said[:, [self._columns[name] for name in QUESTIONS]], axis=1)
        expected = np.zeros(len(self._calls))
        bounds = self._calls.starts.tolist()
        for number, (first, last) in enumerate(pairwise(bounds)):
            if last > first:
                unsolved = solved[first:last].cumprod()
                asked[first + 1 : last] *= unsolved[:-1]
                expected[number] = asked[first:last].sum()
        return np.minimum(1.0, expected / ENOUGH_QUESTIONS)

    def plan(self, name: str) -> Column:
        """How surely one part of the plan is there."""
        return self._plan[name]

    def plan_complete(self) -> Column:
        """The mean of the four parts."""
        return sum((self.plan(part) for part in PLAN), np.zeros(len(self._calls))) / len(PLAN)

    @computed_once
    def _plan(self) -> dict[str, Column]:
        """Each part of the plan, the surest of the behaviours that stand for it."""
        return {
            part: np.maximum.reduce([self.shows[:, self._columns[name]] for name in names])
            for part, names in PLAN.items()
            if self._columns.keys() >= set(names)
        }

    def at_end(self, behaviour: str) -> Column:
        """How surely one of the customer's last two turns shows it."""
        chances = np.append(self._calls.probabilities[:, self._columns[behaviour]], 0.0)
        last: Column = chances[self._last_customer_turns].max(axis=1)
        return last

    def nothing_open(self) -> Column:
        """See `ends with nothing open`."""
        return 1.0 - np.maximum(self.at_end("unresolved"), self.at_end("distress"))

    def no_repeats(self) -> Column:
        """See `never repeats itself`."""
        agent = self._calls.agent_turns
        number = len(self._calls)
        spoken = np.bincount(self._calls.call_of[agent], minlength=number)
        repeated = np.bincount(self._calls.call_of[agent], self._calls.repeats[agent], minlength=number)
        return 1.0 - repeated / np.maximum(spoken, 1)

    def answered(self, name: str) -> Column:
        """See `answers A with B`."""
        if not self._columns.keys() >= set(ANSWERS[name]):
            raise KeyError(name)
        return self._answered[:, list(ANSWERS).index(name)]

    @computed_once
    def _answered(self) -> NDArray[np.float64]:
        """`answers A with B` for all pairs (calls × pairs), 0 where there is no such label."""
        heard, after = self._heard
        columns, number = self._columns, len(self._calls)
        # Another label stands in for one that is not there; `answered` gives no pair with such a one.
        triggers = [columns.get(trigger, 0) for trigger, _ in ANSWERS.values()]
        answers = [columns.get(answer, 0) for _, answer in ANSWERS.values()]
        chance = self._calls.probabilities[heard[:, None], triggers]
        met = chance * self.said[after[:, None], answers]
        cells = (self._calls.call_of[heard][:, None] * len(ANSWERS) + np.arange(len(ANSWERS))).ravel()
        weight, share = (
            np.bincount(cells, values.ravel(), minlength=number * len(ANSWERS)).reshape(number, -1)
            for values in (chance, met)
        )
        return np.where(weight < FAINTEST_TRIGGER, 0.0, share / np.maximum(weight, FAINTEST_TRIGGER))

    @computed_once
    def _last_customer_turns(self) -> NDArray[np.int64]:
        """The rows of each call's last two turns of the customer (calls × 2), -1 where there are fewer."""
        turns = self._calls.customer_turns
        ends = np.searchsorted(turns, self._calls.starts)
        places = ends[1:, None] - np.array([2, 1])
        return np.append(turns, -1)[np.where(places >= ends[:-1, None], places, -1)]

    @computed_once
    def _heard(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The turns that a turn of the agent follows in their call, and the first that does."""
        agent, call_of = self._calls.agent_turns, self._calls.call_of
        after = np.append(agent, -1)[np.searchsorted(agent, np.arange(len(call_of)), side="right")]
        heard = (after >= 0).nonzero()[0]
        heard = heard[call_of[after[heard]] == call_of[heard]]
        return heard, after[heard]


# By name, what is worked out for all calls at once.
_AT_ONCE: Final[dict[str, Callable[[Measures], Column]]] = {
    **{name: partial(Measures.answered, name=name) for name in ANSWERS},
    "asks before solving": Measures.asks_before_solving,
    **{name: partial(Measures.plan, name=name) for name in PLAN},
    "plan complete": Measures.plan_complete,
    "ends well": partial(Measures.at_end, behaviour="satisfaction"),
    "ends with nothing open": Measures.nothing_open,
    "never repeats itself": Measures.no_repeats,
}
