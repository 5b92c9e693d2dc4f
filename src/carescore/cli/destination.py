"""Where a command writes: a file, or the terminal."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from carescore.errors import UsageError
from carescore.safe_text import cell
from carescore.whole_file import whole


@contextmanager
def opened(output: Path | None, *, more: bool = False, growing: bool = False) -> Iterator[IO[str]]:
    """The file to write, or the terminal if there is none. Raises `UsageError` if it cannot be written.

    The file is written whole or not at all, but with `growing`: then it is there from the start and each
    line as soon as it is flushed. With `more` what the file holds stays, and the new comes after it.
    """
    if output is None:
        with _terminal() as file:
            yield file
        return
    try:
        place = nullcontext(output) if growing or more else whole(output)
        with place as path, path.open("a" if more else "w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}).") from None


@contextmanager
def _terminal() -> Iterator[IO[str]]:
    """The standard output, of which all is written at the end of the block, or a `UsageError` is raised."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What could not be written would be tried once more when Python ends, with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError(f"the standard output cannot be written ({error.strerror}).") from None


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
