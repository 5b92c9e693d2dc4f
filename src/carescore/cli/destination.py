"""Where a command writes: a file, or the terminal."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from carescore.errors import UsageError
from carescore.safe_text import cell


@contextmanager
def opened(output: Path | None, *, more: bool = False) -> Iterator[IO[str]]:
    """The file to write, or the terminal if there is none. Raises `UsageError` if it cannot be written.

    With `more` what the file holds stays, and what is written comes after it.
    """
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("a" if more else "w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}).") from None


def write_text(text: str, output: Path | None) -> None:
    """Write a text."""
    with opened(output) as file:
        file.write(text)


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], output: Path | None) -> None:
    """Write rows as CSV, in which no text is a formula."""
    with opened(output) as file:
        writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)
