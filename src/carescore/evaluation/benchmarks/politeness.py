"""Stanford politeness: requests of Wikipedia editors, the politest quarter against the least polite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from carescore.codebook import BEHAVIOURS
from carescore.evaluation.benchmarks.measures import accuracy
from carescore.evaluation.benchmarks.probe import left_out_classes
from carescore.evaluation.benchmarks.public_sets import PublicConversation
from carescore.evaluation.benchmarks.table import Figure
from carescore.evaluation.judged import OF_AGENT, ScorerOf, find

NAME: Final = "stanford_politeness"
_FOLDS: Final = 10
# What courtesy looks like in the codebook, and what it does not; decided before looking at any result.
_POLITE: Final = (
    "greeting",
    "apology",
    "thanks",
    "empathy",
    "patience",
    "rapport",
    "reassurance",
    "teamwork",
)
_IMPOLITE: Final = ("dismissive", "deflection", "refusal")


def figures(conversations: Sequence[PublicConversation], scorer_of: ScorerOf, seed: int) -> list[Figure]:
    """Each request alone, as an agent's turn."""
    chosen = [
        c
        for c in conversations
        if c.labels[0].get("community") == "Wikipedia" and c.labels[0].get("quartile") in (-1, 1)
    ]
    if not chosen:
        return []
    polite = np.array([c.labels[0]["quartile"] == 1 for c in chosen]).astype(np.int64)
    chances = find([c.call for c in chosen], scorer_of).probabilities
    courtesy = chances[:, [BEHAVIOURS.index(name) for name in _POLITE]].sum(axis=1)
    courtesy -= chances[:, [BEHAVIOURS.index(name) for name in _IMPOLITE]].sum(axis=1)
    given = (courtesy > np.median(courtesy)).astype(np.int64)
    groups = np.arange(len(chosen))
    probe = left_out_classes(chances[:, OF_AGENT], polite, groups, _FOLDS)
    return [
        Figure("politeness", accuracy(polite, given, groups, seed), accuracy(polite, probe, groups, seed))
    ]
