"""Workers of many kinds, each handed its task once: processes of this machine, or a Dask cluster.

`joblib.Parallel` is not used: it takes all of its input whether or not anybody takes the results, and sends
the task along with every piece of work. Its processes (loky) are.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from carescore.errors import UsageError

Backend = Literal["processes", "dask"]
Task = Callable[[Any], Any]

# Pieces of work for each worker that are under way or waiting: enough that none is ever without.
_AHEAD: Final = 3
# A worker process serves one run; this is where it keeps the task that it was handed when it began.
_HANDED: Final[dict[str, Task]] = {}


class Answer(Protocol):
    """What will be the answer to a piece of work."""

    def result(self) -> Any:
        """The answer, waited for."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Workers that have their task: `ask` gives them a piece of work, of which `most` may be open."""

    ask: Callable[[Any], Answer]
    most: int


def workers(task: Task, *, n_jobs: int, backend: Backend) -> AbstractContextManager[Workers]:
    """Workers for as long as the context lasts.

    `n_jobs` counts processes, -1 for every core. Dask decides itself how many it has: its current client is
    used, or without one a cluster of `n_jobs` processes on this machine. Raises `UsageError` if there is no
    such backend, or its extra is not installed.
    """
    if n_jobs == 0:
        raise UsageError("n_jobs=0 means no worker at all; use 1, a larger number, or -1 for every core.")
    if backend not in _BACKENDS:
        raise UsageError(f"there is no backend '{backend}'; there are {', '.join(_BACKENDS)}.")
    return _BACKENDS[backend](task, n_jobs)


@contextmanager
def _processes(task: Task, n_jobs: int) -> Iterator[Workers]:
    from joblib import effective_n_jobs
    from joblib.externals.loky.process_executor import BrokenProcessPool, ProcessPoolExecutor

    count = effective_n_jobs(n_jobs)
    pool = ProcessPoolExecutor(max_workers=count, initializer=_begin, initargs=(task,))
    try:
        yield Workers(ask=lambda work: pool.submit(_answer, work), most=_AHEAD * count)
    except BrokenProcessPool as error:
        raise UsageError(
            f"a worker process ended before its work was done ({type(error).__name__}); most often the "
            "machine ran out of memory. Use fewer processes (n_jobs, --jobs)."
        ) from None
    finally:
        pool.shutdown(wait=True, kill_workers=True)


def _begin(task: Task) -> None:
    """What each process does first."""
    for number in (signal.SIGINT, signal.SIGTERM):  # they may reach all processes; the first one decides
        signal.signal(number, signal.SIG_IGN)
    _HANDED["task"] = task


def _answer(work: Any) -> Any:
    return _HANDED["task"](work)


@contextmanager
def _dask(task: Task, n_jobs: int) -> Iterator[Workers]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("backend='dask' needs Dask: pip install 'carescore[dask]'.") from None
    client, own = _dask_client(Client, n_jobs)
    try:
        handed = client.scatter(task, broadcast=True, hash=False)
        count = sum(client.nthreads().values())
        yield Workers(ask=lambda work: client.submit(_ask, handed, work, pure=False), most=_AHEAD * count)
    finally:
        if own:
            client.close()


def _dask_client(client: Any, n_jobs: int) -> tuple[Any, bool]:
    """The user's client, else one with a cluster of its own on this machine, which is closed with it."""
    from joblib import effective_n_jobs

    try:
        return client.current(), False
    except ValueError:
        count = effective_n_jobs(n_jobs)
        return client(n_workers=count, threads_per_worker=1, dashboard_address=None), True


def _ask(task: Task, work: Any) -> Any:
    return task(work)


_BACKENDS: Final[dict[str, Callable[[Task, int], AbstractContextManager[Workers]]]] = {
    "processes": _processes,
    "dask": _dask,
}
