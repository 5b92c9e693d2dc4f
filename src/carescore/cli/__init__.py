"""The command line: parse, call the library, print. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from carescore.cli import (
    agree,
    bench,
    benchmark,
    cards,
    coach,
    diff,
    dossier,
    evaluate,
    formats,
    practice,
    purge,
    redact,
    report,
    review,
    score,
    scorecard,
    talk,
    team,
    train,
    verify,
)
from carescore.cli.stoppable import ended_in_order
from carescore.errors import CareScoreError
from carescore.safe_text import visible
from carescore.version import __version__

app = typer.Typer(
    name="carescore",
    help="Score customer-support conversations the way a good coach would: offline, repeatable, with quotes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("score")(score.score)
app.command("report")(report.report)
app.command("coach")(coach.coach)
app.command("team")(team.team)
app.command("talk")(talk.talk)
app.command("redact")(redact.redact)
app.command("agree")(agree.agree)
app.command("verify")(verify.verify)
app.command("diff")(diff.diff)
app.command("evaluate")(evaluate.evaluate)
app.command("benchmark")(benchmark.benchmark)
app.command("bench")(bench.bench)
app.command("cards")(cards.cards)
app.command("dossier")(dossier.dossier)
app.command("formats")(formats.formats)
app.command("train")(train.train)
app.command("purge")(purge.purge)
app.command("erase")(purge.erase)
app.command("export")(purge.export)
app.add_typer(review.app, name="review")
app.add_typer(practice.app, name="practice")
app.add_typer(scorecard.app, name="scorecard")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"carescore {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line. Exit codes: 0 all went well, 1 some calls were not scored, 2 wrong usage.

    Stopped with Ctrl-C it exits with 130, by SIGTERM with 143.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows a mark
    try:
        with ended_in_order():
            app()
    except CareScoreError as error:
        typer.echo(visible(f"carescore: {error}"), err=True)  # it may show keys of a stranger's file
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
