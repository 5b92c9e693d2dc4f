"""Practice calls in a folder, sorted into scenarios: the attempts of each in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

_WORDS: Final = {
    "before": 1,
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "after": 9_999,
}
_TRY: Final = r"(?:try|attempt|take|round|run|versuch)"
_LONGEST_NUMBER: Final = 4
_ORDINAL: Final = "|".join(_WORDS)
_AT_END: Final = re.compile(
    rf"(?:^|[\s_.-]+|,\s*)(?:{_TRY}[\s_.-]*)?"
    rf"(?P<mark>\d{{1,4}}|{_ORDINAL})(?:[\s_.-]*{_TRY})?$",
    re.IGNORECASE,
)
# At the start a number alone may be a date or a ticket.
_AT_START: Final = re.compile(
    rf"^(?:{_TRY}[\s_.-]*(?P<number>\d{{1,4}})|(?P<mark>{_ORDINAL})(?:[\s_.-]*{_TRY})?)[\s_.,-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """Which scenario a file is an attempt at, and where in the order of attempts it stands."""

    scenario: str
    place: int


def scenario_of(path: PurePath, folder: PurePath) -> Name:
    """The scenario of a file in a folder of practice calls, by its name.

    Files in a folder of their own are attempts at the scenario of that folder's name; others at what is left
    of their name without "try 2", "before" or a number at its end, or "try 2" or "before" at its start. Where
    nothing is left ("first try"), they are attempts at the scenario of the folder.

    >>> scenario_of(PurePath("practice/late-refund_try2.txt"), PurePath("practice"))
    Name(scenario='late-refund', place=2)
    """
    rest, place = _told_apart(path.stem)
    inside = path.parent.relative_to(folder)
    return Name("/".join(inside.parts) or rest or folder.name or "practice", place)


def _told_apart(stem: str) -> tuple[str, int]:
    """A name without its mark, and the place that the mark gives, 0 without one."""
    if stem.isdecimal() and len(stem) <= _LONGEST_NUMBER:
        return stem, int(stem)  # a call among others, as likely as an attempt
    if match := _AT_END.search(stem):
        return stem[: match.start()], _place(match["mark"])
    if match := _AT_START.match(stem):
        return stem[match.end() :], _place(match["number"] or match["mark"])
    return stem, 0


def _place(mark: str) -> int:
    return _WORDS.get(mark.lower()) or int(mark)


def in_order(names: Sequence[tuple[Name, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each scenario with its files in the order of their attempts; ties in the order of their names."""
    scenarios: dict[str, list[tuple[int, str]]] = {}
    for name, file in names:
        scenarios.setdefault(name.scenario, []).append((name.place, file))
    for scenario in sorted(scenarios):
        yield scenario, [file for _, file in sorted(scenarios[scenario])]
