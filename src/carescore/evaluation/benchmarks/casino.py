"""CaSiNo: strategies of two people who bargain over camping supplies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from carescore.codebook import BEHAVIOURS
from carescore.evaluation.benchmarks.measures import mean_f1_of_labels
from carescore.evaluation.benchmarks.probe import left_out_classes
from carescore.evaluation.benchmarks.public_sets import PublicConversation, turned
from carescore.evaluation.benchmarks.table import Figure
from carescore.evaluation.judged import ScorerOf, find

NAME: Final = "casino"
_FOLDS: Final = 5
_STRATEGIES: Final = (
    "small-talk", "showing-empathy", "promote-coordination", "no-need", "elicit-pref", "uv-part",
    "vouch-fair", "self-need", "other-need",
)  # fmt: skip
# The strategies that the codebook has a label for.
_SAME: Final = {
    "showing-empathy": ("empathy",),
    "small-talk": ("rapport",),
    "elicit-pref": ("open_question", "closed_question"),
}


def figures(
    conversations: Sequence[PublicConversation], scorer_of: ScorerOf, seed: int, seen: Collection[str] = ()
) -> list[Figure]:
    """Every annotated utterance, as an agent's turn; conversations `seen` in training are left out."""
    chosen = [
        c
        for c in conversations
        if any("strategies" in own for own in c.labels) and c.call.conv_id not in seen
    ]
    if not chosen:
        return []
    sides = [turn.side for c in chosen for turn in c.call.turns]
    as_given = find([c.call for c in chosen], scorer_of)
    as_turned = find([turned(c.call) for c in chosen], scorer_of)
    agent = np.array([side == "agent" for side in sides])[:, None]
    # Each utterance is read twice, once as each side: together all labels have a probability.
    chances = as_given.probabilities + as_turned.probabilities
    present = np.where(agent, as_given.present, as_turned.present)
    labels = [own for c in chosen for own in c.labels]
    known = np.array(["strategies" in own for own in labels])
    groups = np.repeat(np.arange(len(chosen)), [len(c.labels) for c in chosen])[known]
    truth = np.array([[name in (own.get("strategies") or ()) for name in _STRATEGIES] for own in labels])[
        known
    ]
    probes = [left_out_classes(chances[known], column.astype(np.int64), groups, _FOLDS) for column in truth.T]
    found = [
        Figure("casino_strategies", None, mean_f1_of_labels(truth, np.array(probes).T == 1, groups, seed))
    ]
    for name, behaviours in _SAME.items():
        place = _STRATEGIES.index(name)
        given = present[known][:, [BEHAVIOURS.index(behaviour) for behaviour in behaviours]].any(axis=1)
        own = truth[:, [place]]
        found.append(
            Figure(
                f"casino_{name.replace('-', '_')}",
                mean_f1_of_labels(own, given[:, None], groups, seed),
                mean_f1_of_labels(own, (probes[place] == 1)[:, None], groups, seed),
            )
        )
    return found
