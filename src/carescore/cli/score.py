"""`carescore score`: transcripts to a table or a file of results."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carescore.cli.options import Agent, Agents, Card, Estimators, InputFormat, Jobs, Model, Output, Redact
from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.results import CallScore
    from carescore.resume import Scored


class Format(StrEnum):
    """How results are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    html = "html"


def score(
    paths: Annotated[list[Path], typer.Argument(help="Transcript files or folders.", metavar="PATH...")],
    format: Annotated[
        Format | None, typer.Option(help="Default: by the ending of --output, else a table.")
    ] = None,
    output: Output = None,
    scorecard: Card = None,
    model: Model = None,
    estimators: Estimators = None,
    agent: Agent = None,
    agents: Agents = None,
    input_format: InputFormat = None,
    redact: Redact = False,
    jobs: Jobs = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on: leave out calls that are in --output FILE.jsonl already.")
    ] = False,
) -> None:
    """Score calls. Each call that cannot be scored is named with its reason; the rest are delivered.

    Exit codes: 0 all calls scored, 1 some were not, 2 wrong usage, 130 stopped with Ctrl-C,
    143 by SIGTERM.
    """
    from carescore.cli.given import check_there, named_agents, own_scorer
    from carescore.cli.output import write
    from carescore.cli.stoppable import Stoppable
    from carescore.cli.told import Told
    from carescore.reading import read_each

    chosen = format or _by_ending(output)
    if chosen is Format.parquet and output is None:
        raise UsageError("parquet is not text: say where to write it with --output FILE.")
    check_there(paths)
    scored = _scored_already(output, chosen) if resume else None
    scorer = own_scorer(model=model, scorecard=scorecard, estimators=estimators)
    calls = read_each(
        paths, agent=named_agents(agent, agents), format=input_format, redact=redact, leave_out=output
    )
    if scored is not None:
        scored.check(scorer, redact=redact)
        calls = scored.left(calls)
    stoppable = Stoppable(_progress(scorer.score_many(calls, n_jobs=jobs)))
    results = Told(stoppable)
    count = write(results, chosen.value, output, more=resume)
    results.notes()
    if stoppable.code is not None:
        typer.echo(_stopped(count + (scored.count if scored else 0), chosen, output), err=True)
        raise typer.Exit(stoppable.code)
    if not _all_well(results.failed, count, scored):
        raise typer.Exit(1)


def _all_well(failed: int, count: int, scored: Scored | None) -> bool:
    """Whether all calls have their results; says so where they have not."""
    before, changed = (scored.count, scored.changed) if scored else (0, 0)
    if changed:
        typer.echo(f"{changed} of the calls passed over have other words than when scored.", err=True)
    if failed or not count + before:
        typer.echo(f"{failed} of {count} calls could not be scored.", err=True)
    return not failed and not changed and count + before > 0


def _scored_already(output: Path | None, format: Format) -> Scored:
    """The calls whose results are in the file already. Raises `UsageError` if it is none to add to."""
    from carescore.resume import Scored

    if output is None or format is not Format.jsonl:
        raise UsageError(
            "--resume adds to a file of JSON lines: give --output FILE.jsonl. Tables, JSON, CSV, parquet and "
            "pages are written in one go; make them from the finished file (`carescore report`, `team`)."
        )
    scored = Scored(output)
    if scored.count:
        typer.echo(f"{scored.count:,} results are in {output.name} already.", err=True)
    return scored


def _stopped(count: int, format: Format, output: Path | None) -> str:
    """What is safe after Ctrl-C or SIGTERM, and how to go on."""
    if output is None:
        return f"stopped: {count:,} calls were scored. To go on later, write to --output FILE.jsonl."
    if format is Format.jsonl:
        return f"stopped: {count:,} results are safe in {output}. Go on with the same command and --resume."
    return (
        f"stopped: {count:,} results are safe in {output}. Only JSON lines (FILE.jsonl) can be "
        "continued, with --resume."
    )


def _by_ending(output: Path | None) -> Format:
    if output is None:
        return Format.table
    ending = output.suffix.lstrip(".").lower()
    if ending in ("txt", ""):
        return Format.table
    try:
        return Format(ending)
    except ValueError:
        raise UsageError(
            f"'{output.name}' does not say a known format; say one with --format ({', '.join(Format)})."
        ) from None


def _progress(results: Iterable[CallScore]) -> Iterator[CallScore]:
    """A bar on long work in a terminal; nothing when piped."""
    from tqdm import tqdm

    yield from tqdm(results, unit=" calls", disable=not sys.stderr.isatty(), delay=1.0, leave=False)
