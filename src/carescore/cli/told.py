"""What a person should hear while calls are scored: which were not, why, and what was noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import typer

from carescore.results import CallScore
from carescore.safe_text import visible

_MOST_NOTES: Final = 30


class Told:
    """The results as they pass: calls that were not scored are named at once, notes are kept for the end."""

    def __init__(self, results: Iterable[CallScore]) -> None:
        self.failed = 0
        self._results = results
        self._notes: list[str] = []
        self._more = 0

    def __iter__(self) -> Iterator[CallScore]:
        for result in self._results:
            if result.status == "unscored":
                self.failed += 1
                typer.echo(visible(f"not scored: {_where(result)}"), err=True)
            for warning in result.warnings:
                self._note(f"note: {result.call_id}: {warning}")
            yield result

    def notes(self) -> None:
        """Print what was noticed, up to a readable number of lines."""
        for note in self._notes:
            typer.echo(visible(note), err=True)
        if self._more:
            typer.echo(f"… and {self._more} more notes; each result holds its own.", err=True)

    def _note(self, note: str) -> None:
        if len(self._notes) < _MOST_NOTES:
            self._notes.append(note)
        else:
            self._more += 1


def _where(result: CallScore) -> str:
    source = result.source
    where = "" if source in (None, result.call_id) else f"{source}, "
    reason = result.reason.removeprefix(f"{source}, ").removeprefix(f"{source}: ")
    return f"{where}{result.call_id}: {reason}"
