"""Tables of text cells, printed for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Final

from carescore.evaluation.bootstrap import Number
from carescore.safe_text import markdown, visible

WIDTH: Final = 110
MISSING: Final = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a title, column heads, rows of cells (the first names the row), and a note below."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def as_text(tables: Iterable[Table]) -> str:
    """Tables for a terminal."""
    return "\n".join(line for table in tables for line in (*_text_lines(table), "")) + "\n"


def as_markdown(tables: Iterable[Table], level: int = 2) -> str:
    """Tables as Markdown, under headings of a level."""
    return "\n".join(line for table in tables for line in (*_markdown_lines(table, level), ""))


def two(value: float | None, digits: int = 2) -> str:
    """A number to read, its 0 before the point left out; a dash where there is none.

    >>> two(0.456), two(-0.1), two(None)
    ('.46', '-.10', '–')
    """
    if value is None:
        return MISSING
    shown = f"{value:.{digits}f}"
    if float(shown) == 0:
        return f".{'0' * digits}"
    return shown.replace("0.", ".", 1) if shown.lstrip("-").startswith("0.") else shown


def spread(number: Number, digits: int = 2) -> str:
    """A number with its interval.

    >>> spread(Number(value=0.5, low=0.4, high=0.6))
    '.50 (.40 to .60)'
    """
    if number.low is None or number.high is None:
        return two(number.value, digits)
    return f"{two(number.value, digits)} ({two(number.low, digits)} to {two(number.high, digits)})"


def percent(value: float | None, digits: int = 0) -> str:
    """A share as per cent."""
    return MISSING if value is None else f"{value:.{digits}%}"


def _text_lines(table: Table) -> Iterator[str]:
    yield table.title.upper()
    if table.rows:
        cells = [[visible(cell) for cell in row] for row in (table.heads, *table.rows)]
        widths = [max(len(row[place]) for row in cells) for place in range(len(table.heads))]
        for row in cells:
            first, *rest = [cell.ljust(w) if not n else cell.rjust(w) for n, (cell, w) in _sized(row, widths)]
            yield "  ".join(["  " + first, *rest]).rstrip()
    if table.note:
        yield fill(table.note, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _sized(row: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[int, tuple[str, int]]]:
    yield from enumerate(zip(row, widths, strict=True))


def _markdown_lines(table: Table, level: int) -> Iterator[str]:
    yield f"{'#' * level} {markdown(table.title)}"
    yield ""
    if table.rows:
        yield _row(table.heads)
        yield "|" + "|".join([" --- ", *[" ---: "] * (len(table.heads) - 1)]) + "|"
        yield from map(_row, table.rows)
    if table.note:
        yield from ("", markdown(table.note))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(markdown(cell) for cell in cells) + " |"
