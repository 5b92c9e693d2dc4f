"""New processes: how soon the first score is there, how much memory they take, and what a second one brings.

The processes run this Python with a few fixed lines; nothing that was read is ever in them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from carescore.bench.figures import Figure
from carescore.errors import UsageError
from carescore.scorer import Scorer
from carescore.transcript import Transcript

_ROUNDS: Final = 5
_PAIRS: Final = 3
_FIRST: Final = """
from carescore import Scorer, Transcript, Turn
lines = [("customer", "I have been waiting for three days and nobody called me back, I am so upset"),
         ("agent", "Three days without a word is not right, I will ring the engineer myself today.")] * 14
turns = tuple(Turn(index=n, speaker=s, role=s, text=t) for n, (s, t) in enumerate(lines))
Scorer.load().score(Transcript(call_id="c", turns=turns)).to_json()
"""
_STREAM: Final = """
import sys
from carescore.bench.memory import stream
stream(int(sys.argv[1]), sys.argv[2])
"""


class _Ran(NamedTuple):
    """Seconds on the clock and the most megabytes of a process that has ended."""

    wall: float
    memory: float


def fresh_figures(soak: int) -> list[Figure]:
    """Import, help, first score; memory, and its growth over `soak` calls."""
    if not hasattr(os, "wait4"):
        return [Figure(name="new processes", value=None, unit="s", how="not measured on Windows")]
    how = f"from the start of the process, on the clock, best of {_ROUNDS}"
    starts = [
        ("import carescore", ["-c", "import carescore"], 0.15),
        ("carescore --help", ["-m", "carescore", "--help"], 0.3),
        ("first score in a new process", ["-c", _FIRST], 1.5),
    ]
    figures = [
        Figure(
            name=name,
            value=min(_run(arguments).wall for _ in range(_ROUNDS)),
            unit="s",
            goal=goal,
            how=how,
        )
        for name, arguments, goal in starts
    ]
    return [*figures, *memory_figures(soak)]


def memory_figures(soak: int) -> list[Figure]:
    """The most memory of a process that streams so many calls, and its growth after a tenth of them."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "memory"
        most = _run(["-c", _STREAM, str(soak), str(report)]).memory
        early, late = map(float, report.read_text(encoding="utf-8").split())
    how = f"the most of a process that streams {soak:,} calls, with new words in each"
    return [
        Figure(name="memory", value=most, unit="MB", goal=300, how=how),
        Figure(
            name="growth of memory",
            value=late - early,
            unit="MB",
            goal=20,
            how=f"from call {soak // 10:,} to call {soak:,}",
        ),
    ]


def _run(arguments: Sequence[str]) -> _Ran:
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    began = time.perf_counter()
    process = os.posix_spawn(
        sys.executable, [sys.executable, *arguments], dict(os.environ), file_actions=quiet
    )
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status):
        raise UsageError(f"a new process of this Python failed ({' '.join(arguments[:2])[:40]} …).")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return _Ran(wall, used.ru_maxrss * unit / 1e6)


def two_processes(scorer: Scorer, calls: Sequence[Transcript]) -> list[Figure]:
    """How many times the calls of one process two score in the same time, once they have begun.

    By processor time it is what two free cores would give: twice the time of one process, over that which
    two and the first, which hands them the calls, take together.
    """
    if not hasattr(os, "wait4"):
        return [Figure(name="two processes beside one", value=None, unit="×", how="not measured on Windows")]
    few = max(1, 1_000 // len(calls))
    one, two = (_costs(scorer, calls, few, n_jobs) for n_jobs in (1, 2))
    how = f"{2 * few * len(calls):,} calls to JSON"
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    return [
        Figure(
            name="two processes beside one, by processor time",
            value=2 * one.processor / two.processor,
            unit="×",
            goal=1.8,
            at_least=True,
            how=how,
        ),
        Figure(name="the same on the clock", value=one.wall / two.wall, unit="×", how=f"{how}; {load}"),
    ]


class _Costs(NamedTuple):
    """Seconds on the clock, and of the processor in all processes together."""

    wall: float
    processor: float


def _costs(scorer: Scorer, calls: Sequence[Transcript], times: int, n_jobs: int) -> _Costs:
    """What three times as many calls take more than as many: the start of processes is in both."""
    less, more = (_least(_cost(scorer, calls, n * times, n_jobs) for _ in range(_PAIRS)) for n in (1, 3))
    return _Costs(more.wall - less.wall, more.processor - less.processor)


def _least(costs: Iterable[_Costs]) -> _Costs:
    walls, processors = zip(*costs, strict=True)
    return _Costs(min(walls), min(processors))


def _cost(scorer: Scorer, calls: Sequence[Transcript], times: int, n_jobs: int) -> _Costs:
    wall, processor = time.perf_counter(), _processor()
    for result in scorer.score_many(chain.from_iterable(repeat(calls, times)), n_jobs=n_jobs):
        result.to_json()
    return _Costs(time.perf_counter() - wall, _processor() - processor)


def _processor() -> float:
    """Seconds of the processor that this process and those that it has ended have taken."""
    return sum(os.times()[:4])
