"""`carescore score`: transcripts to a table or a file of results."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    scorecard: Annotated[Path | None, typer.Option(help="Your own scorecard (TOML).")] = None,
    model: Annotated[Path | None, typer.Option(help="Your own model folder.")] = None,
    agent: Annotated[
        str | None, typer.Option(help="Who the agent is: a name, 'spk_0', 'channel 1', as in the file.")
    ] = None,
    agents: Annotated[
        Path | None, typer.Option(help="CSV with two columns: file name or call id, and the agent in it.")
    ] = None,
    input_format: Annotated[
        str | None,
        typer.Option(help="Read as this format (see `carescore formats`), whatever it looks like."),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Take out cards, numbers, addresses and names first.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Processes; -1 for every core.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on: leave out calls that are in --output FILE.jsonl already.")
    ] = False,
) -> None:
    """Score calls. Each call that cannot be scored is named with its reason; the rest are delivered.

    Exit codes: 0 all calls scored, 1 some were not, 2 wrong usage, 130 stopped with Ctrl-C.
    """
    from carescore.cli.output import write
    from carescore.cli.stoppable import STOPPED_CODE, Stoppable
    from carescore.cli.told import Told
    from carescore.reading import read_each
    from carescore.scorer import Scorer

    chosen = format or _by_ending(output)
    if chosen is Format.parquet and output is None:
        raise UsageError("parquet is not text: say where to write it with --output FILE.")
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"there is no file or folder '{missing[0]}'.")
    scored = _scored_already(output, chosen) if resume else None
    scorer = Scorer.load(model=model, scorecard=scorecard)
    names = agent if agents is None else read_agents(agents)
    calls = read_each(paths, agent=names, format=input_format, redact=redact, leave_out=output)
    if scored is not None:
        scored.check(scorer)
        calls = scored.left(calls)
    stoppable = Stoppable(_progress(scorer.score_many(calls, n_jobs=jobs)))
    results = Told(stoppable)
    count = write(results, chosen.value, output, more=resume)
    results.notes()
    if stoppable.stopped:
        typer.echo(_stopped(count + (scored.count if scored else 0), chosen, output), err=True)
        raise typer.Exit(STOPPED_CODE)
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
    """What is safe after Ctrl-C, and how to go on."""
    if output is None:
        return f"stopped: {count:,} calls were scored. To go on later, write to --output FILE.jsonl."
    if format is Format.jsonl:
        return f"stopped: {count:,} results are safe in {output}. Go on with the same command and --resume."
    return (
        f"stopped: {count:,} results are safe in {output}. Only JSON lines (FILE.jsonl) can be "
        "continued, with --resume."
    )


def read_agents(path: Path) -> dict[str, str]:
    """The mapping from file name or call id to the agent's name in a CSV file of two columns."""
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path.name}: cannot be read as CSV ({type(error).__name__}).") from None
    for number, row in enumerate(rows, 1):
        if len(row) != 2:
            raise UsageError(
                f"{path.name}, line {number}: expected two columns, file (or call id) and agent."
            )
    return {row[0].strip(): row[1].strip() for row in rows}


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
