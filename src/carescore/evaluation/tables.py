"""Tables of text cells, printed for a terminal or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Final

from carescore.evaluation.bootstrap import Number
from carescore.safe_text import markdown, visible

WIDTH: Final = 110
MISSING: Final = "–"
MARK: Final = " !"  # beside a number beyond its limit
_NAME: Final = re.compile(r"[\w./-]*[a-z][\w./-]*[_.][\w./-]+")  # of a file, a label or a criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a title, column heads, rows of cells, and a note below.

    Columns hold numbers, but for those in `words`; the first names the row.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    words: Collection[int] = (0,)


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


def over(value: float | None, limit: float) -> str:
    """A mark if a number is farther from 0 than its limit."""
    return MARK if value is not None and abs(value) > limit else ""


def _text_lines(table: Table) -> Iterator[str]:
    yield table.title.upper()
    if table.rows:
        cells = [[visible(cell) for cell in row] for row in (table.heads, *table.rows)]
        widths = [max(len(row[place]) for row in cells) for place in range(len(table.heads))]
        for row in cells:
            sized = [
                cell.ljust(width) if place in table.words else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            yield ("  " + "  ".join(sized)).rstrip()
    if table.note:
        yield fill(table.note, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _markdown_lines(table: Table, level: int) -> Iterator[str]:
    yield f"{'#' * level} {markdown(table.title)}"
    yield ""
    if table.rows:
        yield _row([markdown(head) for head in table.heads])
        rules = [" --- " if place in table.words else " ---: " for place in range(len(table.heads))]
        yield f"|{'|'.join(rules)}|"
        for row in table.rows:
            yield _row([_cell(cell) for cell in row])
    if table.note:
        yield from ("", markdown(table.note))


def _cell(text: str) -> str:
    """The text as Markdown; a name as code, so that it can be read in the file as well."""
    return f"`{text}`" if _NAME.fullmatch(text) else markdown(text)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
