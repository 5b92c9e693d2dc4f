"""`carescore diff`: what changed between two results, or two files of results."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class DiffFormat(StrEnum):
    """How the differences are written."""

    text = "text"
    json = "json"


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier results, JSON or JSONL.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="The later results, JSON or JSONL.", metavar="NEW")],
    summary: Annotated[bool, typer.Option("--summary", help="Leave out what changed in each call.")] = False,
    format: Annotated[DiffFormat, typer.Option(help="How to write it.")] = DiffFormat.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
) -> None:
    """Explain what changed from one run to another: why, and criterion by criterion what.

    Calls are matched by id. Exit codes: 0 nothing differs, 1 something does, 2 wrong usage.
    """
    from carescore.cli.destination import write_text
    from carescore.differences_of_many import diff_many
    from carescore.differences_text import differences_text
    from carescore.saved_results import read_results

    found = diff_many(read_results(old), read_results(new))
    if format is DiffFormat.json:
        write_text(found.to_json(), output)
    else:
        write_text(differences_text(found, calls=not summary), output)
    if not found.same:
        raise typer.Exit(1)
