"""Lines of text for notes: wrapped, with quotes that name their turn and time."""

from __future__ import annotations

import textwrap
from typing import Final

from carescore.notes import Quote

WIDTH: Final = 92


def wrapped(text: str, indent: str, later: str | None = None) -> list[str]:
    """The text in lines of `WIDTH`, the first after `indent`, the others after `later` (or the same)."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(quote: Quote, indent: str = "  ") -> list[str]:
    """A quote with its turn, time and speaker."""
    return wrapped(f"{place_of(quote)}  {quote.speaker}: {marked(quote)}", indent, f"{indent}    ")


def place_of(quote: Quote) -> str:
    """Turn and time, as in "turn 4, 01:20"."""
    if quote.time is None:
        return f"turn {quote.turn}"
    minutes, seconds = divmod(int(quote.time), 60)
    return f"turn {quote.turn}, {minutes:02d}:{seconds:02d}"


def marked(quote: Quote) -> str:
    """The words between quotation marks, on one line."""
    return f'"{flat(quote.text)}"'


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
