"""Processor time of things done in turn, in the same minutes: a busy machine slows all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median


def cpu(run: Callable[[], object]) -> float:
    """Seconds of processor time that it takes."""
    began = time.process_time()
    run()
    return time.process_time() - began


def in_turn(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time of each, round after round."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(cpu(run))
    return found


def ratio(found: Mapping[str, list[float]], name: str, to: str) -> float:
    """The median of the rounds' ratios."""
    return median(one / other for one, other in zip(found[name], found[to], strict=True))
