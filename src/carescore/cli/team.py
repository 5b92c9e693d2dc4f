"""`carescore team`: many results to a view of the team."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from carescore.cli.given import Reviews


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
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="First day, as 2024-05-01.", metavar="DAY")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day, as 2024-05-31.", metavar="DAY")] = None,
    reviews: Reviews = None,
    seed: Annotated[int, typer.Option(help="Decides which random calls to listen to.")] = 0,
    scorecard: Annotated[Path | None, typer.Option(help="Your own scorecard, for transcripts.")] = None,
    model: Annotated[Path | None, typer.Option(help="Your own model folder, for transcripts.")] = None,
    agents: Annotated[
        Path | None, typer.Option(help="CSV with two columns: file name or call id, and the agent in it.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Processes; -1 for every core.")] = 1,
) -> None:
    """Show where a team and its agents stand, what changes, what is missed, what to celebrate, what to hear.

    Levels and changes have intervals; nobody is ranked where intervals overlap. A draft for a person to
    use. Exit codes: 0 the view was made, 1 there was nothing to make it of, 2 wrong usage.
    """
    from carescore.cli.destination import write_csv, write_text
    from carescore.cli.given import given_results, reviewed_in
    from carescore.cli.score import read_agents
    from carescore.trends import team_view

    names = None if agents is None else read_agents(agents)
    results = given_results(paths, scorecard=scorecard, model=model, agents=names, jobs=jobs)
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
