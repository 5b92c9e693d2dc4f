"""The calls that the bench scores, 28 turns each: one's own, or the labelled ones of carescore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Final

from carescore.errors import UsageError
from carescore.reading import read_each
from carescore.transcript import Transcript

TURNS: Final = 28
# Enough for the words to be as many as in real talk, few enough for the bench to end in minutes.
_MOST_TURNS: Final = 12_000
_FEWEST: Final = 20


def bench_calls(paths: Sequence[Path]) -> tuple[Transcript, ...]:
    """Calls of 28 turns each, cut from the turns in some files. Raises `UsageError` if there are too few."""
    found = (call for call in read_each(paths or [_bundled()]) if isinstance(call, Transcript))
    turns = tuple(islice((turn for call in found for turn in call.turns), _MOST_TURNS))
    count = len(turns) // TURNS
    if count < _FEWEST:
        raise UsageError(
            f"{len(turns):,} turns are too few to measure with; give files or folders with at least "
            f"{_FEWEST * TURNS:,}, or none for those that come with carescore."
        )
    return tuple(
        Transcript(
            call_id=f"bench-{number}",
            turns=tuple(
                replace(turn, index=index)
                for index, turn in enumerate(turns[number * TURNS : (number + 1) * TURNS])
            ),
        )
        for number in range(count)
    )


def _bundled() -> Path:
    """The labelled calls, in a wheel or beside the sources."""
    installed = Path(str(files("carescore"))) / "_bundled" / "calls"
    beside_sources = Path(__file__).resolve().parents[3] / "data" / "corpus" / "calls"
    return installed if installed.is_dir() else beside_sources
