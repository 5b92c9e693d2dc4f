"""Long work that a person may stop with Ctrl-C: what is done by then is kept whole."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from carescore.results import CallScore

# What a shell expects of a program that was stopped by Ctrl-C.
STOPPED_CODE = 130


class Stoppable:
    """Results until there are no more, or Ctrl-C: then they end as if there were no more.

    Ctrl-C ends reading and scoring at once, but never the writing of a result. The second time it ends the
    program as usual.
    """

    def __init__(self, results: Iterable[CallScore]) -> None:
        self.stopped = False
        self._results = results
        self._waiting = False

    def __iter__(self) -> Iterator[CallScore]:
        with self._asked_first():
            results = iter(self._results)
            while not self.stopped:
                try:
                    self._waiting = True
                    result = next(results)
                    self._waiting = False
                except StopIteration:
                    return
                except KeyboardInterrupt:
                    self.stopped = True
                    return
                yield result

    @contextmanager
    def _asked_first(self) -> Iterator[None]:
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield  # somebody else decides, or nobody may
            return
        signal.signal(signal.SIGINT, self._stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._waiting or self.stopped:
            raise KeyboardInterrupt
        self.stopped = True
