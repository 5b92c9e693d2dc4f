"""What a process that scores call after call keeps in memory."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from carescore.bench.texts import bench_calls
from carescore.scorer import Scorer
from carescore.transcript import Transcript


def stream(count: int, report: str) -> None:
    """Score so many calls to JSON; the megabytes after a tenth of them and after all go into a file."""
    early = 0.0
    for number, result in enumerate(Scorer.load().score_many(_calls(count))):
        result.to_json()
        if number == count // 10:
            early = _megabytes()
    Path(report).write_text(f"{early} {_megabytes()}", encoding="utf-8")


def _calls(count: int) -> Iterator[Transcript]:
    """Calls in each of which something is said that no other has: an order number and an address."""
    given = bench_calls(())
    for number in range(count):
        call = given[number % len(given)]
        first = replace(call.turns[0], text=f"order {number}-{number * 7919 % 9973}, u{number}@example.com")
        yield replace(call, call_id=str(number), turns=(first, *call.turns[1:]))


def _megabytes() -> float:
    """What the process has in memory now; where the system does not tell, the most that it had."""
    now = Path("/proc/self/statm")
    if now.exists():
        return int(now.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
