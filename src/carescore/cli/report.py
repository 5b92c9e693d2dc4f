"""`carescore report`: pages to read, show and print, and tables, of calls, an agent or a team."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from carescore.cli.options import (
    Agents,
    Card,
    Estimators,
    FirstDay,
    Jobs,
    LastDay,
    Model,
    Redact,
    Reviews,
    Seed,
)
from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.report.views import Given, View
    from carescore.trends import TeamView


class ReportFormat(StrEnum):
    """How a report is written."""

    html = "html"
    markdown = "markdown"
    csv = "csv"
    xlsx = "xlsx"


_ENDINGS: Final = {
    "html": ReportFormat.html,
    "htm": ReportFormat.html,
    "md": ReportFormat.markdown,
    "markdown": ReportFormat.markdown,
    "csv": ReportFormat.csv,
    "xlsx": ReportFormat.xlsx,
}


Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Transcripts, or results of `carescore score --format jsonl`.", metavar="RESULTS|PATH..."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="File to write; a folder (pages/) gets a page for each call and agent."
    ),
]


def report(
    paths: Paths,
    output: Output = None,
    agent: Annotated[str | None, typer.Option(help="The page of this agent.", metavar="NAME")] = None,
    team: Annotated[bool, typer.Option("--team", help="The page of the team.")] = False,
    call: Annotated[str | None, typer.Option(help="The page of this one call.", metavar="ID")] = None,
    format: Annotated[
        ReportFormat | None, typer.Option(help="Default: by the ending of --output, else html.")
    ] = None,
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
    """Write a report: one call with its coaching, a list of calls, an agent or a team.

    A page of HTML needs nothing beside it: no script, no address outside. Drafts for a person to use.
    Scorecard, model, estimators, agents and --redact are for transcripts: saved results stay as they were
    made. Exit codes: 0 written, 1 there was no scored call to write about, 2 wrong usage, 130 stopped with
    Ctrl-C, 143 by SIGTERM: a page is whole or as it was.
    """
    from carescore.cli.given import given_calls, own_scorer, reviewed_in
    from carescore.cli.stoppable import Stoppable
    from carescore.trends import team_view

    _check_one_page(agent, team, call)
    folder = output is not None and _is_folder(output)
    chosen = ReportFormat.html if folder else format or _by_ending(output)
    if chosen is ReportFormat.html and output is None and sys.stdout.isatty():
        raise UsageError("a page is for a browser: say where to write it with --output report.html.")
    scorer = partial(own_scorer, model=model, scorecard=scorecard, estimators=estimators)
    calls = Stoppable(given_calls(paths, scorer=scorer, agents=agents, redact=redact, jobs=jobs))
    given = list(calls)
    if calls.code is not None:
        typer.echo(_stopped(len(given)), err=True)
        raise typer.Exit(calls.code)
    results = (result for result, _ in given)
    view = team_view(results, period=(first, last), seed=seed, reviewed=reviewed_in(reviews))
    if folder and output is not None:
        if agent is not None or team or call is not None:
            raise UsageError("a folder gets all pages; give a file name for one of them.")
        _write_folder(given, view, output)
    else:
        _write(_view(given, view, agent, team, call), chosen, output)
    if not any(result.score is not None for result, _ in given):
        raise typer.Exit(1)


def _check_one_page(agent: str | None, team: bool, call: str | None) -> None:
    if sum((agent is not None, team, call is not None)) > 1:
        raise UsageError("--agent, --team and --call are different pages; ask for one of them.")


def _view(given: Sequence[Given], view: TeamView, agent: str | None, team: bool, call: str | None) -> View:
    from carescore.report.views import AgentReport, TeamReport, calls_view

    results = [result for result, _ in given]
    if agent is not None:
        return AgentReport(view, results, agent)
    return TeamReport(view, results) if team else calls_view(given, call_id=call)


def _write(view: View, format: ReportFormat, output: Path | None) -> None:
    from carescore.cli.destination import write_csv, write_text
    from carescore.safe_text import visible

    if format is ReportFormat.xlsx:
        from carescore.report.workbook import write_workbook

        if output is None:
            raise UsageError("a workbook is not text: say where to write it with --output FILE.xlsx.")
        write_workbook(view.sheets(), output)
    elif format is ReportFormat.csv:
        columns, rows = view.table()
        write_csv(columns, rows, output)
    else:
        write_text(view.page(markdown=format is ReportFormat.markdown), output)
    if output is not None:
        typer.echo(visible(f"wrote {output}, about {view.about}"), err=True)


def _write_folder(given: Sequence[Given], view: TeamView, folder: Path) -> None:
    from tqdm import tqdm

    from carescore.cli.stoppable import Stoppable
    from carescore.report.folder import HOME, pages, write_folder

    quiet = not sys.stderr.isatty()
    found = Stoppable(tqdm(pages(given, view), unit=" pages", disable=quiet, delay=1.0, leave=False))
    count = write_folder(found, folder)
    if found.code is not None:
        typer.echo(f"stopped: {count:,} pages are safe in {folder}; the others are as they were.", err=True)
        raise typer.Exit(found.code)
    typer.echo(f"wrote {count} pages to {folder}; open {folder / HOME}", err=True)


def _stopped(count: int) -> str:
    """How to keep what is done the next time; half of a team's calls make no page to go by."""
    return (
        f"stopped: {count:,} calls were scored and nothing was written. To be able to go on, score them "
        "first (`carescore score PATH --output FILE.jsonl`, then --resume) and give FILE.jsonl here."
    )


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


def _by_ending(output: Path | None) -> ReportFormat:
    if output is None:
        return ReportFormat.html
    ending = output.suffix.lstrip(".").lower()
    if ending not in _ENDINGS:
        raise UsageError(
            f"'{output.name}' does not say a known format; say one with --format ({', '.join(ReportFormat)})."
        )
    return _ENDINGS[ending]
