"""`carescore agree`: raters against raters and the machine."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class AgreeFormat(StrEnum):
    """How the comparison is written."""

    text = "text"
    json = "json"
    csv = "csv"


def agree(
    ratings: Annotated[
        Path,
        typer.Argument(
            help="CSV with call_id, rater, criterion, rating (1-5 or NA); or call_id, rater and a column a "
            "criterion.",
            metavar="RATINGS.csv",
        ),
    ],
    results: Annotated[
        list[Path] | None,
        typer.Argument(help="Results or transcripts of the same calls, to compare.", metavar="[RESULTS...]"),
    ] = None,
    format: Annotated[AgreeFormat, typer.Option(help="How to write it.")] = AgreeFormat.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    seed: Annotated[int, typer.Option(help="Decides the resampling behind the intervals.")] = 0,
) -> None:
    """Compare raters with each other and with the machine: agreement, leniency, what to talk about.

    Marked with ! is what falls short of the limits that testing services set before they rely on ratings.
    """
    from carescore.agreement import agree as compare
    from carescore.agreement import read_ratings
    from carescore.cli.destination import write_csv, write_text
    from carescore.cli.given import given_calls
    from carescore.raters.rows import COLUMNS

    people = read_ratings(ratings)
    machine = (result for result, _ in given_calls(results)) if results else None
    found = compare(people, machine, seed=seed)
    if format is AgreeFormat.json:
        write_text(found.to_json(), output)
    elif format is AgreeFormat.csv:
        write_csv(list(COLUMNS), found.rows(), output)
    else:
        write_text(found.to_text(), output)
