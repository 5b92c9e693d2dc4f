"""Whether time grows with the input or with its square: a ratio, which a busy machine leaves as it is."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final, TypeVar

_TIMES: Final = 4  # as much input: 4 times the seconds if time is linear, 16 if it is quadratic
_FLOOR: Final = 0.002  # seconds in which noise is larger than what is measured
_TRIES: Final = 3

Given = TypeVar("Given")


def linear(run: Callable[[Given], object], make: Callable[[int], Given], size: int) -> None:
    """Assert that `run(make(n))` takes time in proportion to n, from `size` to four times `size`.

    Only `run` is timed, each time on a new input. What else the machine does can only make a run longer, so
    the shortest counts, and both sizes are measured in turn until the longer input was quick enough.
    """
    _grows(run, make, size, most=8)


def bounded(run: Callable[[Given], object], make: Callable[[int], Given], size: int) -> None:
    """Assert that `run(make(n))` takes the same time at `size` and at four times `size`."""
    _grows(run, make, size, most=2)


def _grows(run: Callable[[Given], object], make: Callable[[int], Given], size: int, *, most: int) -> None:
    few = many = float("inf")
    for _ in range(_TRIES):
        few = min(few, *(_seconds(run, make(size)) for _ in range(_TRIES)))
        many = min(many, _seconds(run, make(_TIMES * size)))
        if many < most * few + _FLOOR:
            return
    raise AssertionError(
        f"{_TIMES} times the input took more than {most} times as long: "
        f"{few * 1000:.1f} ms for {size}, {many * 1000:.1f} ms for {_TIMES * size}"
    )


def _seconds(run: Callable[[Given], object], given: Given) -> float:
    collects = gc.isenabled()
    gc.disable()  # its longest pauses come from what other tests left behind
    try:
        began = time.process_time()
        run(given)
        return time.process_time() - began
    finally:
        if collects:
            gc.enable()
