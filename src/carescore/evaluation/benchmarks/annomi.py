"""AnnoMI: what therapists say in motivational interviews. Evaluation only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from carescore.codebook import BEHAVIOURS
from carescore.evaluation.benchmarks.measures import Codes, mean_f1
from carescore.evaluation.benchmarks.probe import left_out_classes
from carescore.evaluation.benchmarks.public_sets import PublicConversation
from carescore.evaluation.benchmarks.table import Figure
from carescore.evaluation.judged import OF_AGENT, Found, ScorerOf, find

NAME: Final = "annomi"
_FOLDS: Final = 5
_OPEN, _CLOSED = BEHAVIOURS.index("open_question"), BEHAVIOURS.index("closed_question")
_CHECK, _EMPATHY = BEHAVIOURS.index("understanding_check"), BEHAVIOURS.index("empathy")


def figures(conversations: Sequence[PublicConversation], scorer_of: ScorerOf, seed: int) -> list[Figure]:
    """Questions and reflections of the therapist, turn by turn."""
    found = find([c.call for c in conversations], scorer_of)
    labels = [own for c in conversations for own in c.labels]
    said = np.array([turn.side == "agent" for c in conversations for turn in c.call.turns])
    groups = np.repeat(np.arange(len(conversations)), [len(c.labels) for c in conversations])[said]
    own = Found(found.probabilities[said], found.present[said])
    kind = np.array([_question(row) for row, agent in zip(labels, said, strict=True) if agent])
    reflection = np.array(
        [row.get("reflection_exists") == "True" for row, agent in zip(labels, said, strict=True) if agent]
    ).astype(np.int64)
    given = _given_question(own)
    asked = kind > 0
    which = np.where(own.probabilities[:, _OPEN] >= own.probabilities[:, _CLOSED], 1, 2)
    checks = own.present[:, _CHECK].astype(np.int64)
    answers = (own.present[:, _CHECK] | own.present[:, _EMPATHY]).astype(np.int64)
    chances = own.probabilities[:, OF_AGENT]
    probe = left_out_classes(chances, kind, groups, _FOLDS)
    reflected = left_out_classes(chances, reflection, groups, _FOLDS)
    picked = left_out_classes(chances[asked], kind[asked], groups[asked], _FOLDS)

    def f1(truth: Codes, said_to_be: Codes, classes: tuple[int, ...]) -> Any:
        return mean_f1(truth, said_to_be, groups, classes, seed)

    return [
        Figure(
            "annomi_question", f1(asked * 1, (given > 0) * 1, (0, 1)), f1(asked * 1, (probe > 0) * 1, (0, 1))
        ),
        Figure("annomi_question_kind", f1(kind, given, (0, 1, 2)), f1(kind, probe, (0, 1, 2))),
        Figure(
            "annomi_open_or_closed",
            mean_f1(kind[asked], which[asked], groups[asked], (1, 2), seed),
            mean_f1(kind[asked], picked, groups[asked], (1, 2), seed),
        ),
        Figure("annomi_reflection", f1(reflection, checks, (0, 1)), f1(reflection, reflected, (0, 1))),
        Figure("annomi_reflection_or_empathy", f1(reflection, answers, (0, 1)), None),
    ]


def _question(labels: Mapping[str, Any]) -> int:
    """0 for no question, 1 for an open one, 2 for a closed one."""
    if labels.get("question_exists") != "True":
        return 0
    return 1 if labels.get("question_subtype") == "open" else 2


def _given_question(found: Found) -> Codes:
    """The same by what carescore counts as present; of both, the more probable."""
    asks = found.present[:, _OPEN] | found.present[:, _CLOSED]
    is_open = found.present[:, _OPEN] & (
        ~found.present[:, _CLOSED] | (found.probabilities[:, _OPEN] >= found.probabilities[:, _CLOSED])
    )
    return np.where(asks, np.where(is_open, 1, 2), 0).astype(np.int64)
