"""A turn's text cut into pieces, so that the words which are evidence can be marked and named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from carescore.codebook import CUSTOMER_BEHAVIOURS
from carescore.results import CallScore, Evidence

_UNKIND: Final = frozenset({"dismissive", "deflection"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a turn's words, and the behaviours that they are quoted for; none for plain words."""

    text: str
    behaviours: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What is marked: words of the customer, of the agent, or unkind ones of the agent."""
        if any(name in CUSTOMER_BEHAVIOURS for name in self.behaviours):
            return "customer"
        return "unkind" if _UNKIND.intersection(self.behaviours) else "agent"


def pieces(text: str, evidence: Iterable[Evidence]) -> tuple[Piece, ...]:
    """The text in pieces, which together are the text. Evidence whose quote is not there marks nothing."""
    fits = [e for e in evidence if e.quote and text[e.start : e.end] == e.quote]
    cuts = sorted({0, len(text), *(e.start for e in fits), *(e.end for e in fits)})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        names = tuple(dict.fromkeys(e.behaviour for e in fits if e.start <= start and end <= e.end))
        if found and found[-1].behaviours == names:
            found[-1] = Piece(found[-1].text + text[start:end], names)
        else:
            found.append(Piece(text[start:end], names))
    return tuple(found)


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
