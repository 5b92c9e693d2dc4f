"""The part of a README that figures fill in, between two marks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from carescore.errors import UsageError
from carescore.evaluation.benchmarks.saved import SavedFigures
from carescore.evaluation.benchmarks.table import standing_table
from carescore.evaluation.tables import as_markdown

BEGINS: Final = "<!-- benchmarks: written by `carescore cards` -->\n"
ENDS: Final = "<!-- benchmarks end -->\n"


def with_benchmarks(readme: str, figures: SavedFigures) -> str:
    """The README with the table of benchmarks between its marks, or as it is if it has none.

    Raises `UsageError` if only one of the marks is there.
    """
    if BEGINS not in readme and ENDS not in readme:
        return readme
    before, begun, rest = readme.partition(BEGINS)
    _, ended, after = rest.partition(ENDS)
    if not (begun and ended):
        raise UsageError("the README has only one of the two marks between which benchmarks are written.")
    return f"{before}{BEGINS}{as_markdown([standing_table(figures.figures)], level=3)}\n{ENDS}{after}"


def given_text(path: Path) -> str:
    """The text of a file that must be there."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({type(error).__name__}).") from None
