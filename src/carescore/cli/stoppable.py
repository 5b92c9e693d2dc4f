"""Long work that Ctrl-C or SIGTERM may stop: what is done by then is kept whole."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
_Handler = Callable[[int, FrameType | None], Any]

# What a shell expects of a program that a signal ended: 130 for Ctrl-C, 143 for SIGTERM.
_ENDED_BY: Final = 128


class Stoppable(Generic[Item]):
    """Results, pages or whatever until there are no more, or Ctrl-C or SIGTERM: then they end likewise.

    Either ends reading and scoring at once, but never the writing of a result. The second time it ends the
    program as usual. `code` is then the code to exit with, and `None` where nobody stopped it.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.code: int | None = None
        self._items = items
        self._waiting = False

    def __iter__(self) -> Iterator[Item]:
        with _handled(self._stop, signal.SIGINT, signal.SIGTERM):
            items = iter(self._items)
            while self.code is None:
                try:
                    self._waiting = True
                    item = next(items)
                    self._waiting = False
                except StopIteration:
                    return
                except KeyboardInterrupt:
                    self.code = self.code or _ENDED_BY + signal.SIGINT
                    return
                yield item

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.code is not None:
            _end(number, frame)
        self.code = _ENDED_BY + number
        if self._waiting:
            raise KeyboardInterrupt


@contextmanager
def ended_in_order() -> Iterator[None]:
    """While it lasts SIGTERM ends the program as Ctrl-C does: what is half written goes, workers end too."""
    with _handled(_end, signal.SIGTERM):
        yield


def _end(number: int, frame: FrameType | None) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(_ENDED_BY + number)


@contextmanager
def _handled(handler: _Handler, *numbers: signal.Signals) -> Iterator[None]:
    """While it lasts the signals go to `handler`, but those of which somebody else has decided."""
    usual = (signal.default_int_handler, signal.SIG_DFL, _end)
    before = {number: signal.getsignal(number) for number in numbers}
    ours = {number: old for number, old in before.items() if old in usual}
    for number in ours:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in ours.items():
            signal.signal(number, old)
