"""The moments of many calls at once: what `moments.find_moments` finds in one call after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from carescore.batched.calls import Calls
from carescore.codebook import AGENT_BEHAVIOURS
from carescore.moments import columns_of
from carescore.results import Moment, Outcome
from carescore.scorecard import MomentRule

_OUTCOMES: tuple[Outcome, ...] = ("met", "token", "missed")


def moments_of_calls(rule: MomentRule, calls: Calls) -> dict[int, tuple[Moment, ...]]:
    """Every moment of one rule, in order, by the number of the call; calls without one are left out."""
    openings, triggers = _openings(rule, calls)
    turns, there = _answers(rule, calls, openings, triggers)
    kept = np.flatnonzero(there[:, 0]) if len(openings) else openings  # else the agent never spoke again
    outcomes, responses = _outcomes(rule, calls, turns[kept], there[kept])
    call_of = calls.call_of[openings[kept]]
    first = calls.starts[call_of]
    found: dict[int, list[Moment]] = {}
    for call, turn, trigger, outcome, response in zip(
        call_of.tolist(),
        (openings[kept] - first).tolist(),
        triggers[kept].tolist(),
        outcomes.tolist(),
        (responses - first).tolist(),
        strict=True,
    ):
        moment = Moment(
            turn=turn, trigger=calls.labels[trigger], outcome=_OUTCOMES[outcome], response_turn=response
        )
        found.setdefault(call, []).append(moment)
    return {call: tuple(moments) for call, moments in found.items()}


def _openings(rule: MomentRule, calls: Calls) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows that show a trigger, and the column of the surest trigger in each; the first of equals."""
    columns = np.array(_columns(rule.when, calls), dtype=np.int64)
    present = calls.present[:, columns]
    openings = np.flatnonzero(present.any(axis=1))
    if not len(openings):
        return openings, openings
    chances = np.where(present[openings], calls.probabilities[openings[:, None], columns], -1.0)
    return openings, columns[chances.argmax(axis=1)]


def _answers(
    rule: MomentRule, calls: Calls, openings: NDArray[np.int64], triggers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The rows of the agent's turns in which each opening could be met (openings × turns), and which exist.

    An opening of the agent's own may be met in the same turn already.
    """
    own = np.array([label in AGENT_BEHAVIOURS for label in calls.labels], dtype=np.int64)[triggers]
    agent = calls.agent_turns
    steps = np.arange(rule.within + 1)
    places = np.searchsorted(agent, openings + 1 - own)[:, None] + steps
    ends = np.searchsorted(agent, calls.starts)[calls.call_of[openings] + 1]
    there = (places < ends[:, None]) & (steps < rule.within + own[:, None])
    return np.append(agent, 0)[np.where(there, places, -1)], there


def _outcomes(
    rule: MomentRule, calls: Calls, turns: NDArray[np.int64], there: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each opening its place in `_OUTCOMES`, and the row of the turn that met it or came instead."""
    if not len(turns):
        return turns[:, 0], turns[:, 0]
    expected = _any(rule.expect, calls)
    tried: NDArray[np.bool_] = expected | _any(rule.token, calls)
    fresh = np.logical_and(expected, ~calls.repeats)
    met, token = fresh[turns] & there, tried[turns] & there
    outcomes = np.where(met.any(axis=1), 0, np.where(token.any(axis=1), 1, 2))
    # argmax gives the first place that is true; a missed opening names the first answer
    place = np.where(outcomes == 0, met.argmax(axis=1), token.argmax(axis=1))
    return outcomes, turns[np.arange(len(turns)), place]


def _any(names: Sequence[str], calls: Calls) -> NDArray[np.bool_]:
    """Which turns show one of the named behaviours."""
    found: NDArray[np.bool_] = np.logical_or.reduce(calls.present[:, _columns(names, calls)], axis=1)
    return found


def _columns(names: Sequence[str], calls: Calls) -> list[int]:
    columns = columns_of(calls.labels)
    return [columns[name] for name in names if name in columns]
