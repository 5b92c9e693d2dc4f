"""What was found in a call: private things, each with the places where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from carescore.redact.said import Said


class Place(NamedTuple):
    """`text[start:end]` of a turn."""

    turn: int
    start: int
    end: int


@dataclass(slots=True)
class Thing:
    """One private thing: its form, what it comes to in any way of saying it, and where it is said."""

    form: str
    value: str
    places: list[Place] = field(default_factory=list)


class Taken:
    """The tokens of each turn that are spoken for."""

    def __init__(self) -> None:
        self._taken: dict[int, set[int]] = {}

    def __contains__(self, at: tuple[int, int]) -> bool:
        return at[1] in self._taken.get(at[0], ())

    def free(self, turn: int, tokens: Iterable[int]) -> bool:
        """Whether none of a turn's tokens is taken."""
        taken = self._taken.get(turn)
        return taken is None or taken.isdisjoint(tokens)

    def take(self, turn: int, tokens: Iterable[int]) -> None:
        """Mark some tokens of a turn."""
        self._taken.setdefault(turn, set()).update(tokens)


def place_of(said: Said, first: int, last: int) -> Place:
    """Where the tokens `first` to `last` stand."""
    return Place(said.turn, said.tokens[first].start, said.tokens[last].end)


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours.

    >>> list(runs([1, 2, 3, 7]))
    [(1, 3), (7, 7)]
    """
    first = last = None
    for place in places:
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = place
    if first is not None and last is not None:
        yield first, last
