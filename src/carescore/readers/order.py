"""Turns in order of time."""

from __future__ import annotations

from collections.abc import Iterable

from carescore.transcript import Turn


def by_start(turns: Iterable[Turn]) -> list[Turn]:
    """The turns by their start; one without a start stays behind the one before it."""
    latest = float("-inf")
    keyed: list[tuple[float, Turn]] = []
    for turn in turns:
        latest = latest if turn.start is None else turn.start
        keyed.append((latest, turn))
    return [turn for _, turn in sorted(keyed, key=lambda item: item[0])]
