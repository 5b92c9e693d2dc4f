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
_MARK: Final = re.compile(
    r"(?:^|[\s_.-]+|,\s*)(?:(?:try|attempt|take|round|run|versuch)[\s_.-]*)?"
    rf"(?P<mark>\d{{1,4}}|{'|'.join(_WORDS)})(?:[\s_.-]*(?:try|attempt|take|round|run))?$",
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
    of their name without "try 2", "before" or a number at its end.

    >>> scenario_of(PurePath("practice/late-refund_try2.txt"), PurePath("practice"))
    Name(scenario='late-refund', place=2)
    """
    stem = path.stem
    match = _MARK.search(stem)
    mark = match["mark"].lower() if match else ""
    place = 0 if not mark else _WORDS.get(mark) or int(mark)
    inside = path.parent.relative_to(folder)
    if inside.parts:
        return Name("/".join(inside.parts), place)
    return Name(stem[: match.start()] if match and match.start() else stem, place)


def in_order(names: Sequence[tuple[Name, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each scenario with its files in the order of their attempts; ties in the order of their names."""
    scenarios: dict[str, list[tuple[int, str]]] = {}
    for name, file in names:
        scenarios.setdefault(name.scenario, []).append((name.place, file))
    for scenario in sorted(scenarios):
        yield scenario, [file for _, file in sorted(scenarios[scenario])]
