"""Which turns of many calls to quote for each behaviour: those that show it most surely."""

from __future__ import annotations

import numpy as np

from carescore.batched.calls import Calls
from carescore.codebook import AGENT_BEHAVIOURS

# Of one call: for each behaviour the (turn, behaviour) pairs to quote, the surest first.
Surest = dict[str, list[tuple[int, str]]]


def surest_turns(calls: Calls, most: int) -> list[Surest]:
    """For each call up to `most` turns a behaviour; what an agent only says again is left out."""
    of_agent = np.array([label in AGENT_BEHAVIOURS for label in calls.labels], dtype=bool)
    rows, columns = np.nonzero(calls.present & ~(calls.repeats[:, None] & of_agent))
    call_of = calls.call_of[rows]
    order = np.lexsort((rows, -calls.probabilities[rows, columns], columns, call_of))
    rows, columns, call_of = rows[order], columns[order], call_of[order]
    group = call_of * len(calls.labels) + columns
    rank = np.arange(len(group)) - np.searchsorted(group, group)
    kept = rank < most
    found: list[Surest] = [{} for _ in range(len(calls))]
    for call, turn, column in zip(
        call_of[kept].tolist(),
        (rows - calls.starts[call_of])[kept].tolist(),
        columns[kept].tolist(),
        strict=True,
    ):
        label = calls.labels[column]
        found[call].setdefault(label, []).append((turn, label))
    return found
