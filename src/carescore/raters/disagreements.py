"""Where raters differ most, with what the machine quoted there: what to talk about first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.raters.measures import on_scale
from carescore.results import CallScore

LISTED: Final = 10
_QUOTES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the call, verbatim, and the behaviour they were quoted for."""

    turn: int
    behaviour: str
    quote: str
    time: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One criterion of one call: every rater's rating (`None`: does not apply), and `apart`, in points.

    `apart` is `None` where the raters disagree only on whether it applies. `quotes` are the machine's
    evidence for the criterion, where results were given.
    """

    call_id: str
    criterion: str
    ratings: Mapping[str, float | None]
    apart: float | None
    quotes: tuple[Quote, ...]


def disagreements(
    given: Mapping[tuple[str, str], Mapping[str, float | None]], results: Mapping[str, CallScore]
) -> tuple[Disagreement, ...]:
    """Up to `LISTED` largest differences, then as many on whether a criterion applies.

    Ratings that round to neighbours on the scale are no disagreement. `given` has the ratings of each
    call and criterion by rater.
    """
    apart, applies = [], []
    for (call, criterion), ratings in given.items():
        numbers = [rating for rating in ratings.values() if rating is not None]
        gap = max(numbers) - min(numbers) if len(numbers) > 1 else 0.0
        if numbers and np.ptp(on_scale(np.array(numbers))) > 1:
            apart.append((-gap, call, criterion))
        elif 0 < len(numbers) < len(ratings):
            # The more certain somebody is that it went badly or well, the more an NA matters.
            applies.append((-max(abs(number - 3.0) for number in numbers), call, criterion))
    chosen = [*sorted(apart)[:LISTED], *sorted(applies)[:LISTED]]
    return tuple(
        Disagreement(
            call_id=call,
            criterion=criterion,
            ratings=dict(sorted(given[call, criterion].items())),
            apart=round(-gap, 4) if number < min(len(apart), LISTED) else None,
            quotes=_quotes(results.get(call), criterion),
        )
        for number, (gap, call, criterion) in enumerate(chosen)
    )


def _quotes(result: CallScore | None, criterion: str) -> tuple[Quote, ...]:
    if result is None or criterion not in result.criteria:
        return ()
    ordered = sorted(result.criteria[criterion].evidence, key=lambda e: (-e.probability, e.turn))
    surest = list({(e.turn, e.quote): e for e in reversed(ordered)}.values())[::-1][:_QUOTES]
    return tuple(
        Quote(turn=e.turn, behaviour=e.behaviour, quote=e.quote, time=e.time)
        for e in sorted(surest, key=lambda e: e.turn)
    )
