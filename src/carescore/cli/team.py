"""`carescore team`: many results to a view of the team."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from carescore.cli.options import (
    Agents,
    Card,
    Estimators,
    FirstDay,
    Jobs,
    LastDay,
    Model,
    Output,
    Redact,
    Reviews,
    Seed,
)


class TeamFormat(StrEnum):
    """How the view is written."""

    text = "text"
    json = "json"
    csv = "csv"


def team(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Results of `carescore score --format jsonl`, or transcripts.", metavar="RESULTS|PATH..."
        ),
    ],
    format: Annotated[TeamFormat, typer.Option(help="How to write the view.")] = TeamFormat.text,
    output: Output = None,
    first: FirstDay = None,
    last: LastDay = None,
    reviews: Reviews = None,
    seed: Seed = 0,
    scorecard: Card = None,
    model: Model = None,
    estimators: Estimators = None,
    agents: Agents = None,
    redact: Redact = False,
    jobs: Jobs = 1,
) -> None:
    """Show where a team and its agents stand, what changes, what is missed, what to celebrate, what to hear.

    Levels and changes have intervals; nobody is ranked where intervals overlap. A draft for a person to
    use. Scorecard, model, estimators, agents and --redact are for transcripts: saved results stay as they
    were made. Exit codes: 0 the view was made, 1 there was nothing to make it of, 2 wrong usage.
    """
    from carescore.cli.destination import write_csv, write_text
    from carescore.cli.given import given_calls, own_scorer, reviewed_in
    from carescore.trends import team_view

    scorer = partial(own_scorer, model=model, scorecard=scorecard, estimators=estimators)
    given = given_calls(paths, scorer=scorer, agents=agents, redact=redact, jobs=jobs)
    results = (result for result, _ in given)
    view = team_view(results, period=(first, last), seed=seed, reviewed=reviewed_in(reviews))
    if format is TeamFormat.json:
        write_text(view.to_json(), output)
    elif format is TeamFormat.csv:
        from carescore.team.rows import COLUMNS

        write_csv(list(COLUMNS), view.rows(), output)
    else:
        write_text(view.to_text(), output)
    if not any(part.scored for part in view.parts):
        raise typer.Exit(1)
