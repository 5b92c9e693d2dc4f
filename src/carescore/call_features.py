"""Named numbers about a whole call, each from 0 to 1 with more being better: what criteria add up.

    shows NAME              how surely the behaviour occurs at least once (1 - product of 1 - p)
    often NAME              how much of it there is: 1 - exp(-expected turns with it / 2)
    free of NAME            how surely it never occurs (product of 1 - p)
    rarely NAME             how little of it there is: exp(-expected turns with it / 2)
    moments met             share of the criterion's moments that were met; a token one counts a quarter
    no moment missed        1 if there were moments and none was missed
    first moment met        1 if the first of them was met
    answers A with B        of the turns that show A, the share whose next agent turn shows B
    asks before solving     expected questions and checks before the first solution, up to three
    plan: …                 the parts of an escalation plan, said anywhere in the call
    ends well               how surely one of the customer's last two turns shows satisfaction
    ends with nothing open  how surely neither of them shows distress or something unresolved
    never repeats itself    share of the agent's turns that do not only say again what was said

What the agent merely repeats counts for nothing that is good, and still for all that is bad.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import BEHAVIOURS
from carescore.computed_once import computed_once
from carescore.moments import Findings
from carescore.results import Moment

_WORTH: Final = {"met": 1.0, "token": 0.25, "missed": 0.0}
ENOUGH_QUESTIONS: Final = 3.0
FAINTEST_TRIGGER: Final = 0.2  # expected triggers in the call below which a share of them means nothing
QUESTIONS: Final = ("open_question", "closed_question", "understanding_check")
PLAN: Final = {
    "plan: who": ("escalation", "ownership"),
    "plan: what": ("next_step",),
    "plan: by when": ("timeframe",),
    "plan: how to follow up": ("follow_up_path",),
}
ANSWERS: Final = {
    f"answers {trigger} with {answer}": (trigger, answer)
    for trigger, answer in (
        ("distress", "empathy"),
        ("distress", "ownership"),
        ("effort", "empathy"),
        ("confusion", "explanation"),
        ("unresolved", "ownership"),
        ("unresolved", "solution"),
    )
}


class CallMeasures:
    """The features of one call; sums over its turns are formed once for all of them."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._columns = found.columns

    def value(self, name: str, moments: Sequence[Moment]) -> float:
        """One feature, given the moments of the criterion that asks for it."""
        if name in OF_MOMENTS:
            return OF_MOMENTS[name](moments)
        known = self._known
        if name not in known:
            known[name] = _OF_CALL[name](self)
        return known[name]

    def values(self, names: Iterable[str], moments: Sequence[Moment]) -> dict[str, float]:
        """Several features by name."""
        return {name: self.value(name, moments) for name in names}

    def opportunity(self, behaviours: Sequence[str]) -> float:
        """How surely one of the behaviours occurs: 1 - product of (1 - p) over turns and behaviours."""
        return 1.0 - math.prod(self._known[f"free of {name}"] for name in behaviours)

    @computed_once
    def _known(self) -> dict[str, float]:
        """Every feature of a single behaviour, and each other feature once it was asked for."""
        labels = self._found.labels
        known: dict[str, float] = {}
        for family, column in FAMILIES.items():
            known.update(zip(_names(family, labels), getattr(self, column).tolist(), strict=True))
        return known

    @computed_once
    def said(self) -> NDArray[np.float64]:
        """Probabilities (turns × labels) in which turns that only repeat the agent's words are 0."""
        return self._found.probabilities * ~self._found.repeats[:, None]

    @computed_once
    def shows(self) -> NDArray[np.float64]:
        """`shows` of every label."""
        shows: NDArray[np.float64] = 1.0 - np.prod(1.0 - self.said, axis=0)
        return shows

    @computed_once
    def often(self) -> NDArray[np.float64]:
        """`often` of every label."""
        often: NDArray[np.float64] = 1.0 - np.exp(-self.said.sum(axis=0) / 2.0)
        return often

    @computed_once
    def free_of(self) -> NDArray[np.float64]:
        """`free of` of every label."""
        free: NDArray[np.float64] = np.prod(1.0 - self._found.probabilities, axis=0)
        return free

    @computed_once
    def rarely(self) -> NDArray[np.float64]:
        """`rarely` of every label."""
        rarely: NDArray[np.float64] = np.exp(-self._found.probabilities.sum(axis=0) / 2.0)
        return rarely

    def asks_before_solving(self) -> float:
        """Each turn's questions count as far as nothing was solved before it."""
        solved = self._found.probabilities[:, self._columns["solution"]]
        unsolved = np.concatenate([[1.0], np.cumprod(1.0 - solved)[:-1]])[: len(solved)]
        asked = 1.0 - np.prod(1.0 - self.said[:, [self._columns[name] for name in QUESTIONS]], axis=1)
        return min(1.0, float((asked * unsolved).sum()) / ENOUGH_QUESTIONS)

    def plan(self, names: Sequence[str]) -> float:
        """How surely one part of the plan is there."""
        return max(float(self.shows[self._columns[name]]) for name in names)

    def plan_complete(self) -> float:
        """The mean of the four parts."""
        return sum(self.plan(names) for names in PLAN.values()) / len(PLAN)

    def at_end(self, behaviour: str) -> float:
        """How surely one of the customer's last two turns shows it."""
        last = self._found.customer_turns[-2:]
        return float(self._found.probabilities[last, self._columns[behaviour]].max(initial=0.0))

    def nothing_open(self) -> float:
        """See `ends with nothing open`."""
        return 1.0 - max(self.at_end("unresolved"), self.at_end("distress"))

    def no_repeats(self) -> float:
        """See `never repeats itself`."""
        agent = self._found.agent_turns
        return 1.0 - float(self._found.repeats[agent].mean()) if len(agent) else 1.0

    def answered(self, trigger: str, answer: str) -> float:
        """See `answers A with B`; 0 where the trigger hardly occurs."""
        chance, after = self._found.probabilities[:, self._columns[trigger]], self._next_agent_turn
        heard = after >= 0
        weight = float(chance[heard].sum())
        if weight < FAINTEST_TRIGGER:
            return 0.0
        return float((chance[heard] * self.said[after[heard], self._columns[answer]]).sum()) / weight

    @computed_once
    def _next_agent_turn(self) -> NDArray[np.int64]:
        agent = self._found.agent_turns
        places = np.searchsorted(agent, np.arange(len(self._found.sides)), side="right")
        return np.append(agent, -1)[places]


@cache
def _names(family: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{family} {label}" for label in labels)


def is_feature(name: str) -> bool:
    """Whether there is a call feature of this name."""
    family, _, behaviour = name.rpartition(" ")
    return name in OF_MOMENTS or name in _OF_CALL or (family in FAMILIES and behaviour in BEHAVIOURS)


def feature_names() -> tuple[str, ...]:
    """Every call feature there is."""
    per_behaviour = (f"{family} {name}" for family in FAMILIES for name in BEHAVIOURS)
    return (*OF_MOMENTS, *_OF_CALL, *per_behaviour)


def _met(moments: Sequence[Moment]) -> float:
    return sum(_WORTH[moment.outcome] for moment in moments) / len(moments) if moments else 0.0


def _none_missed(moments: Sequence[Moment]) -> float:
    return float(bool(moments) and all(moment.outcome != "missed" for moment in moments))


def _first_met(moments: Sequence[Moment]) -> float:
    return float(bool(moments) and moments[0].outcome == "met")


def _plan_part(names: Sequence[str]) -> Callable[[CallMeasures], float]:
    return lambda call: call.plan(names)


def _answer(trigger: str, answer: str) -> Callable[[CallMeasures], float]:
    return lambda call: call.answered(trigger, answer)


OF_MOMENTS: Final[dict[str, Callable[[Sequence[Moment]], float]]] = {
    "moments met": _met,
    "no moment missed": _none_missed,
    "first moment met": _first_met,
}
_OF_CALL: Final[dict[str, Callable[[CallMeasures], float]]] = {
    **{name: _answer(*pair) for name, pair in ANSWERS.items()},
    "asks before solving": CallMeasures.asks_before_solving,
    **{name: _plan_part(parts) for name, parts in PLAN.items()},
    "plan complete": CallMeasures.plan_complete,
    "ends well": lambda call: call.at_end("satisfaction"),
    "ends with nothing open": CallMeasures.nothing_open,
    "never repeats itself": CallMeasures.no_repeats,
}
# Families of features with one feature a behaviour, and the property that works them out.
FAMILIES: Final = {"shows": "shows", "often": "often", "free of": "free_of", "rarely": "rarely"}
