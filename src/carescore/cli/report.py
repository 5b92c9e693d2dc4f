"""`carescore report`: pages to read, show and print, and tables, of calls, an agent or a team."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from carescore.cli.given import Reviews
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


Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="File to write; a folder (pages/) gets a page for each call and agent."
    ),
]


def report(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Transcripts, or results of `carescore score --format jsonl`.", metavar="RESULTS|PATH..."
        ),
    ],
    output: Output = None,
    agent: Annotated[str | None, typer.Option(help="The page of this agent.", metavar="NAME")] = None,
    team: Annotated[bool, typer.Option("--team", help="The page of the team.")] = False,
    call: Annotated[str | None, typer.Option(help="The page of this one call.", metavar="ID")] = None,
    format: Annotated[
        ReportFormat | None, typer.Option(help="Default: by the ending of --output, else html.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="First day, as 2024-05-01 (team, agent).", metavar="DAY")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="Last day, as 2024-05-31 (team, agent).", metavar="DAY")
    ] = None,
    reviews: Reviews = None,
    seed: Annotated[int, typer.Option(help="Decides which random calls to listen to.")] = 0,
    scorecard: Annotated[Path | None, typer.Option(help="Your own scorecard, for transcripts.")] = None,
    model: Annotated[Path | None, typer.Option(help="Your own model folder, for transcripts.")] = None,
    agents: Annotated[
        Path | None, typer.Option(help="CSV with two columns: file name or call id, and the agent in it.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Processes; -1 for every core.")] = 1,
) -> None:
    """Write a report: one call with its coaching, a list of calls, an agent or a team.

    A page of HTML needs nothing beside it: no script, no address outside. Drafts for a person to use.
    Exit codes: 0 written, 1 there was no scored call to write about, 2 wrong usage.
    """
    from carescore.cli.given import given_calls, reviewed_in
    from carescore.cli.score import read_agents
    from carescore.trends import team_view

    if sum((agent is not None, team, call is not None)) > 1:
        raise UsageError("--agent, --team and --call are different pages; ask for one of them.")
    folder = output is not None and _is_folder(output)
    chosen = ReportFormat.html if folder else format or _by_ending(output)
    if chosen is ReportFormat.html and output is None and sys.stdout.isatty():
        raise UsageError("a page is for a browser: say where to write it with --output report.html.")
    names = None if agents is None else read_agents(agents)
    given = list(given_calls(paths, scorecard=scorecard, model=model, agents=names, jobs=jobs))
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

    from carescore.report.folder import HOME, write_folder

    def watched(pages: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
        quiet = not sys.stderr.isatty()
        yield from tqdm(pages, unit=" pages", disable=quiet, delay=1.0, leave=False)

    count = write_folder(given, view, folder, progress=watched)
    typer.echo(f"wrote {count} pages to {folder}; open {folder / HOME}", err=True)


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
