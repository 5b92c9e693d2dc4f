"""The openings of a call that were not met: each moment once, with the behaviours that it asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from carescore.notes import HowMissed
from carescore.results import CallScore, Moment
from carescore.scorecard import Criterion, Scorecard


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening at `turn` that turn `response` did not meet with one of `behaviours`.

    `probability` is how surely the opening was there (0–1).
    """

    turn: int
    response: int
    trigger: str
    outcome: HowMissed
    criterion: str
    behaviours: tuple[str, ...]
    probability: float


def unmet(result: CallScore, scorecard: Scorecard) -> list[Opening]:
    """The openings that were missed or met in token only, in the order of the call.

    Two openings with the same answer are one to work on: the surer one stays. Where several turns in a row
    say the same, as in chats, it is as sure as that one of them does. Criteria that only repeat another's
    moments (an overall rating) add none.
    """
    found = list(_all(result, scorecard))
    kept: dict[int, Opening] = {}
    for opening in found:
        other = kept.get(opening.response)
        if other is None or opening.probability > other.probability:
            kept[opening.response] = opening
    together = [replace(one, probability=_together(one, found)) for one in kept.values()]
    return sorted(together, key=lambda opening: (opening.turn, opening.response))


def _together(opening: Opening, found: Sequence[Opening]) -> float:
    """How surely one of the turns with the same answer shows the same, taken as independent."""
    same = [o for o in found if (o.response, o.trigger) == (opening.response, opening.trigger)]
    return 1.0 - math.prod(1.0 - one.probability for one in same)


def _all(result: CallScore, scorecard: Scorecard) -> Iterator[Opening]:
    shown = {turn.index: turn.behaviours for turn in result.turns}
    seen: set[tuple[int, str]] = set()
    for criterion in scorecard.criteria:
        score = result.criteria[criterion.id]
        for moment in score.moments if criterion.weight else ():
            if (
                moment.outcome == "met"
                or moment.response_turn is None
                or (moment.turn, moment.trigger) in seen
            ):
                continue
            seen.add((moment.turn, moment.trigger))
            yield Opening(
                turn=moment.turn,
                response=moment.response_turn,
                trigger=moment.trigger,
                outcome=moment.outcome,
                criterion=criterion.id,
                behaviours=_asked_for(criterion, moment),
                probability=shown.get(moment.turn, {}).get(moment.trigger, 0.0),
            )


def _asked_for(criterion: Criterion, moment: Moment) -> tuple[str, ...]:
    return next(rule.expect for rule in criterion.moments if moment.trigger in rule.when)
