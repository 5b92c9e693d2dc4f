"""STC-3: real customers and help desks, each conversation rated by 19 people. Evaluation only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from carescore.evaluation.benchmarks.public_sets import PublicConversation
from carescore.evaluation.benchmarks.table import Figure
from carescore.evaluation.bootstrap import of_pairs
from carescore.evaluation.judged import ScorerOf, score
from carescore.intervals import Floats
from carescore.raters.measures import correlation

NAME: Final = "stc3_helpdesk"
_RATED: Final = {"A": "accomplished", "S": "satisfaction", "E": "effectiveness"}


def figures(conversations: Sequence[PublicConversation], scorer_of: ScorerOf, seed: int) -> list[Figure]:
    """The rating `overall` beside the raters' means, where there is one."""
    rated = [c for c in conversations if all(f"conv_{key}" in c.labels[0] for key in _RATED)]
    results = score([c.call for c in rated], scorer_of)
    known = [i for i, r in enumerate(results) if r.criteria["overall"].rating is not None]
    ours = np.array([results[i].criteria["overall"].rating for i in known], dtype=np.float64)
    if not known:
        return []
    found = []
    for key, name in _RATED.items():
        table = np.array([rated[i].labels[0][f"conv_{key}"] for i in known], dtype=np.float64)
        found.append(
            Figure(
                f"stc3_{name}",
                of_pairs(correlation, ours, table.mean(axis=1), seed),
                None,
                one_person=_one_rater(table),
                cases=len(known),
            )
        )
    return found


def _one_rater(table: Floats) -> float:
    """The mean correlation of one rater with the mean of the others."""
    rest = (table.sum(axis=1, keepdims=True) - table) / (table.shape[1] - 1)
    return round(float(np.mean(correlation(table.T, rest.T))), 4)
