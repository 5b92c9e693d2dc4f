"""Whether stock phrases pay: ratings gained by stuffing, repeating, quoting and denying them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from carescore.codebook import CRITERIA
from carescore.evaluation.bootstrap import Number, divided, number
from carescore.evaluation.judged import Judged, ScorerOf, score
from carescore.evaluation.word_lists import word_list
from carescore.intervals import Floats
from carescore.results import CallScore
from carescore.training.corpus import LabelledCall

LARGEST_GAIN: Final = 0.1  # rating points


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Rating points that one trick gains on one criterion, over `calls` rated before and after.

    `gained` is the share of calls that gain more than `LARGEST_GAIN`.
    """

    trick: str
    criterion: str
    calls: int
    mean: Number
    gained: float


def gains(judged: Judged, scorer_of: ScorerOf, weights: Floats) -> tuple[Gain, ...]:
    """Every trick on every criterion."""
    rows = []
    for trick, change in TRICKS.items():
        places = [index for index, call in enumerate(judged.calls) if _agent_turns(call)]
        calls = [change(judged.calls[index], number) for number, index in enumerate(places)]
        after = dict(zip(places, score(calls, scorer_of), strict=True))
        for name in CRITERIA:
            points = np.array([_gain(name, before, after.get(i)) for i, before in enumerate(judged.results)])
            known = ~np.isnan(points)
            if known.any():
                points = np.where(known, points, 0.0)
                rows.append(
                    Gain(
                        trick=trick,
                        criterion=name,
                        calls=int(known.sum()),
                        mean=number(divided(weights @ points, weights @ known.astype(np.float64))),
                        gained=round(float((points > LARGEST_GAIN).sum() / known.sum()), 4),
                    )
                )
    return tuple(rows)


def _gain(name: str, before: CallScore, after: CallScore | None) -> float:
    one = before.criteria.get(name)
    other = None if after is None else after.criteria.get(name)
    if one is None or other is None or one.rating is None or other.rating is None:
        return float("nan")
    return other.rating - one.rating


def _stuffed(call: LabelledCall, number: int) -> LabelledCall:
    return _with(call, _middle(call), " ".join(_phrases()))


def _repeated(call: LabelledCall, number: int) -> LabelledCall:
    return _with(call, _agent_turns(call), _phrase(number))


def _quoted(call: LabelledCall, number: int) -> LabelledCall:
    quoting: str = word_list("stuffing.toml")["quoting"]
    said = [quoting.format(phrase=_phrase(number + place).rstrip(".?")) for place in range(3)]
    return _with(call, _middle(call), " ".join(said))


def _denied(call: LabelledCall, number: int) -> LabelledCall:
    denied: list[str] = word_list("stuffing.toml")["negated"]
    return _with(call, _middle(call), " ".join(denied[(number + place) % len(denied)] for place in range(3)))


def _uncalled(call: LabelledCall, number: int) -> LabelledCall:
    """Said after the first turn of the customer in which the readers found nothing."""
    quiet = [
        place
        for place in _agent_turns(call)
        if place and call.turns[place - 1].side == "customer" and not call.turns[place - 1].labels
    ]
    return _with(call, quiet[:1], " ".join(_phrase(number + place) for place in range(3)))


def _with(call: LabelledCall, places: Sequence[int], words: str) -> LabelledCall:
    """The call with words put before those of some turns."""
    turns = list(call.turns)
    for place in places:
        turns[place] = replace(turns[place], text=f"{words} {turns[place].text}")
    return replace(call, turns=tuple(turns))


def _agent_turns(call: LabelledCall) -> list[int]:
    return [place for place, turn in enumerate(call.turns) if turn.side == "agent"]


def _middle(call: LabelledCall) -> list[int]:
    own = _agent_turns(call)
    return [own[len(own) // 2]]


def _phrases() -> list[str]:
    phrases: list[str] = word_list("stuffing.toml")["phrases"]
    return phrases


def _phrase(number: int) -> str:
    return _phrases()[number % len(_phrases())]


TRICKS: Final[dict[str, Callable[[LabelledCall, int], LabelledCall]]] = {
    "stuffed into one turn": _stuffed,
    "repeated in every turn": _repeated,
    "quoted": _quoted,
    "denied": _denied,
    "said where nothing calls for it": _uncalled,
}
