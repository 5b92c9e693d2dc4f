"""Which mails of a file are one thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.readers.mail_heads import Head
from carescore.readers.mail_people import People

_REPLY: Final = re.compile(
    r"(?:\s*(?:\[[^\]]{0,60}\]|(?:re|aw|fwd?|wg|antw|sv|vs|tr|rv|enc|res)(?:\[\d{1,3}\])?\s?:))+\s*",
    re.IGNORECASE,
)
_SEVERAL: Final = (
    "The mails have several subjects and were read as one thread, for the same people wrote them. If they "
    "are several threads, put each into a file of its own."
)


@dataclass(frozen=True, slots=True)
class Group:
    """The places of the mails of one thread, and a warning where they may be several."""

    places: tuple[int, ...]
    warning: str | None = None


def by_id(heads: Sequence[Head], people: People) -> list[Group]:
    """Threads of mails with ids: an answer names what it answers, or has its subject and its people."""
    groups = _Groups(len(heads))
    of_id: dict[str, int] = {}
    for place, head in enumerate(heads):
        for one in filter(None, head.ids):
            groups.join(place, of_id.setdefault(one, place))
    of_subject: dict[str, int] = {}
    for place, head in enumerate(heads):
        subject = subject_of(head)
        first = of_subject.setdefault(subject, place) if subject else place
        answers = subject != " ".join(head.subject.casefold().split()) or not any(head.ids)
        if first != place and answers and len(_people(head, people) & _people(heads[first], people)) > 1:
            groups.join(place, first)
    return [Group(places) for places in groups.all()]


def by_subject(heads: Sequence[Head], people: People) -> list[Group]:
    """Threads of mails that were copied out: of one subject, or among the same people."""
    groups = _Groups(len(heads))
    _join_equal(groups, _filled([subject_of(head) for head in heads]))
    parted = groups.all()
    known = [frozenset().union(*(_people(heads[place], people) for place in places)) for places in parted]
    for number in range(1, len(parted)):
        before = next((n for n in range(number) if len(known[n] & known[number]) > 1), None)
        if before is not None:
            groups.join(parted[number][0], parted[before][0])
    whole = {places[0] for places in parted}
    return [Group(places, _SEVERAL if len(whole & set(places)) > 1 else None) for places in groups.all()]


def subject_of(head: Head) -> str:
    """The subject without the marks of answers and tickets.

    >>> subject_of(Head(subject="AW: [Ticket 12] Re: Leaking  pump"))
    'leaking pump'
    """
    return " ".join(_REPLY.sub("", head.subject, count=1).casefold().split())


def _people(head: Head, people: People) -> frozenset[str]:
    return frozenset(people.key(person) for person in (head.sender, *head.to) if person is not None)


def _filled(subjects: Sequence[str]) -> list[str]:
    """The subjects, with that of the next mail, else of the last, where there is none: a quote has none."""
    found = list(subjects)
    for order in (range(len(found) - 2, -1, -1), range(1, len(found))):
        beside: Callable[[int], int] = (lambda n: n + 1) if order.step < 0 else (lambda n: n - 1)
        for place in order:
            found[place] = found[place] or found[beside(place)]
    return found


def _join_equal(groups: _Groups, keys: Iterable[str]) -> None:
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        groups.join(place, first.setdefault(key, place))


class _Groups:
    """Places joined into groups, each known by its first place."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def join(self, place: int, other: int) -> None:
        first, second = sorted((self._top(place), self._top(other)))
        self._above[second] = first

    def all(self) -> list[tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for place in range(len(self._above)):
            found.setdefault(self._top(place), []).append(place)
        return [tuple(places) for places in found.values()]

    def _top(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place
