"""Which mails of a file are one thread."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.readers.mail_heads import Head
from carescore.readers.mail_people import People
from carescore.readers.mail_roles import desk_of, firm_of

_REPLY: Final = re.compile(
    r"(?:\s*(?:\[[^\]]{0,60}\]|(?:re|aw|fwd?|wg|antw|sv|vs|tr|rv|enc|res)(?:\[\d{1,3}\])?\s?:))+\s*",
    re.IGNORECASE,
)
_MOST_COMPARED: Final = 50
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
    of_subject: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        of_subject.setdefault(subject_of(head), []).append(place)
    here = {head.ids[0] for head in heads if head.ids}
    for place, head in enumerate(heads):
        subject = subject_of(head)
        answers = subject != " ".join(head.subject.casefold().split()) or not any(head.ids)
        if subject and answers and here.isdisjoint(head.ids[1:]):
            answered = _answered(place, of_subject[subject], heads, people)
            groups.join(place, place if answered is None else answered)
    return [Group(places) for places in groups.all()]


def _answered(place: int, same: Sequence[int], heads: Sequence[Head], people: People) -> int | None:
    """The mail of the same subject that this one answers: the last before it with the most of its people."""
    own = _pair(heads[place], people)
    near = bisect_left(same, place)
    candidates = [*same[max(near - _MOST_COMPARED, 0) : near], *same[near + 1 : near + _MOST_COMPARED]]
    shared = ((len(own & _pair(heads[n], people)), n < place, -abs(place - n), n) for n in candidates)
    best = max(shared, default=(0, False, 0, 0))
    return best[3] if best[0] else None


def by_subject(heads: Sequence[Head], people: People) -> list[Group]:
    """Threads of mails that were copied out: of one subject, and with one customer where a desk is known.

    Subjects under which the same two people write to each other are one thread.
    """
    subjects = _filled([subject_of(head) for head in heads])
    groups = _Groups(len(heads))
    of_customer: dict[tuple[str, str], int] = {}
    for place, customers in enumerate(_customers(heads, people)):
        for customer in customers:
            groups.join(place, of_customer.setdefault((subjects[place], customer), place))
        if not customers:
            groups.join(place, _beside(place, subjects))
    of_subject = {group[0]: subjects[group[0]] for group in groups.all()}
    of_pair: dict[frozenset[str], int] = {}
    for place, head in enumerate(heads):
        pair = frozenset(people.key(one) for one in (head.sender, *head.to[:1]) if one is not None)
        if len(pair) > 1:
            groups.join(place, of_pair.setdefault(pair, place))
    found = groups.all()
    several = [len({of_subject[n] for n in group if n in of_subject}) > 1 for group in found]
    return [Group(group, _SEVERAL if many else None) for group, many in zip(found, several, strict=True)]


def _customers(heads: Sequence[Head], people: People) -> list[list[str]]:
    """Who of the two people of each mail is not of the desk, by firm; "" for all where there is no desk."""
    pairs = [[people.known(one) for one in (h.sender, *h.to[:1]) if one is not None] for h in heads]
    desk = desk_of([person for pair in pairs for person in pair])
    if not desk.mailboxes:
        return [[""] for _ in heads]
    return [
        [
            (firm_of(person) if desk.domain else "") or people.key(person)
            for person in pair
            if head.to and not desk.holds(person)
        ]
        for head, pair in zip(heads, pairs, strict=True)
    ]


def _beside(place: int, subjects: Sequence[str]) -> int:
    """The mail below, which quotes or follows this one; the one above where that has another subject."""
    below = place + 1 < len(subjects) and subjects[place + 1] == subjects[place]
    above = place > 0 and subjects[place - 1] == subjects[place]
    return place + 1 if below else place - 1 if above else place


def subject_of(head: Head) -> str:
    """The subject without the marks of answers and tickets.

    >>> subject_of(Head(subject="AW: [Ticket 12] Re: Leaking  pump"))
    'leaking pump'
    """
    return " ".join(_REPLY.sub("", head.subject, count=1).casefold().split())


def _pair(head: Head, people: People) -> frozenset[str]:
    """Who writes, and to whom in the first place, without shared mailboxes."""
    two = (head.sender, *head.to[:1])
    return frozenset(people.key(one) for one in two if one is not None and not one.is_shared)


def _filled(subjects: Sequence[str]) -> list[str]:
    """The subjects, with that of the next mail, else of the last, where there is none: a quote has none."""
    found = list(subjects)
    for order in (range(len(found) - 2, -1, -1), range(1, len(found))):
        beside: Callable[[int], int] = (lambda n: n + 1) if order.step < 0 else (lambda n: n - 1)
        for place in order:
            found[place] = found[place] or found[beside(place)]
    return found


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
