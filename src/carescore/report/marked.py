"""A turn's text cut into pieces, so that the words which are evidence can be marked and named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from carescore.codebook import CUSTOMER_BEHAVIOURS
from carescore.results import CallScore, Evidence

EVEN: Final = 0.5  # probability under which a behaviour is only perhaps there
_UNKIND: Final = frozenset({"dismissive", "deflection"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a turn's words, and the behaviours that they are quoted for; none for plain words.

    `doubtful` names those of the behaviours that are only perhaps there.
    """

    text: str
    behaviours: tuple[str, ...]
    doubtful: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What is marked: words of the customer, of the agent, or unkind ones of the agent."""
        if any(name in CUSTOMER_BEHAVIOURS for name in self.behaviours):
            return "customer"
        return "unkind" if _UNKIND.intersection(self.behaviours) else "agent"


def pieces(text: str, evidence: Iterable[Evidence]) -> tuple[Piece, ...]:
    """The text in pieces, which together are the text. Evidence whose quote is not there marks nothing.

    Nor does a perhaps unkind word: nobody is accused on less than even odds.
    """
    fits = [
        e
        for e in evidence
        if e.quote and text[e.start : e.end] == e.quote and is_told(e.behaviour, e.probability)
    ]
    doubtful = {e.behaviour for e in fits if e.probability < EVEN}
    cuts = sorted({0, len(text), *(e.start for e in fits), *(e.end for e in fits)})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        names = tuple(dict.fromkeys(e.behaviour for e in fits if e.start <= start and end <= e.end))
        if found and found[-1].behaviours == names:
            found[-1] = replace(found[-1], text=found[-1].text + text[start:end])
        else:
            found.append(Piece(text[start:end], names, tuple(name for name in names if name in doubtful)))
    return tuple(found)


def is_told(behaviour: str, probability: float) -> bool:
    """Whether a turn is said to show a behaviour: what is unkind only from even odds on."""
    return probability >= EVEN or behaviour not in _UNKIND


def evidence_by_turn(result: CallScore) -> dict[int, list[Evidence]]:
    """Each quote of a result once, by its turn, in the order of the text."""
    every = {
        (e.turn, e.start, e.end, e.behaviour): e
        for criterion in result.criteria.values()
        for e in criterion.evidence
    }
    by_turn: dict[int, list[Evidence]] = {}
    for key in sorted(every):
        by_turn.setdefault(key[0], []).append(every[key])
    return by_turn
