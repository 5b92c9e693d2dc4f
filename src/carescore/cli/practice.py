"""`carescore practice`: attempts at the same scenario, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from carescore.cli.options import Agent, Card, Estimators, Model, Output, Redact
from carescore.errors import TranscriptError, UsageError

if TYPE_CHECKING:
    from carescore.practice import Attempt
    from carescore.scorer import Scorer


class _FolderMeansRun(TyperGroup):
    """`carescore practice calls/` is `carescore practice run calls/`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["run", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


app = typer.Typer(
    cls=_FolderMeansRun,
    help="Compare attempts at the same scenario; with a folder, every scenario in it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("compare")
def compare_two(
    before: Annotated[Path, typer.Argument(help="The first attempt, one call.")],
    after: Annotated[Path, typer.Argument(help="The second attempt, one call.")],
    agent: Agent = None,
    scorecard: Card = None,
    model: Model = None,
    estimators: Estimators = None,
    redact: Redact = False,
    output: Output = None,
) -> None:
    """Say what changed between two attempts, criterion by criterion, and which moments.

    Exit codes: 0 compared, 1 an attempt could not be scored, 2 wrong usage or an unreadable file.
    """
    from carescore.cli.destination import write_text
    from carescore.cli.given import own_scorer
    from carescore.practice import Attempt, compare
    from carescore.practice_text import comparison_text
    from carescore.reading import read

    scorer = own_scorer(model=model, scorecard=scorecard, estimators=estimators)
    calls = [read(path, agent=agent, redact=redact) for path in (before, after)]
    first, second = (Attempt(call.source or call.call_id, call, scorer.score(call)) for call in calls)
    write_text(comparison_text(compare(first, second)), output)
    if "unscored" in (first.result.status, second.result.status):
        raise typer.Exit(1)


@app.command("run")
def run(
    folder: Annotated[Path, typer.Argument(help="Folder of practice calls.")],
    agent: Agent = None,
    scorecard: Card = None,
    model: Model = None,
    estimators: Estimators = None,
    redact: Redact = False,
    output: Output = None,
) -> None:
    """Compare the attempts at every scenario in a folder.

    Attempts are told by their names ("refund try 1.txt", "refund try 2.txt"; "before", "after"), or by
    standing in a folder of their own. Exit codes: 0 all read and scored, 1 some were not, 2 wrong usage,
    130 stopped with Ctrl-C, 143 by SIGTERM: the scenarios compared by then are written.
    """
    from carescore.cli.destination import opened
    from carescore.cli.given import own_scorer
    from carescore.cli.stoppable import Stoppable
    from carescore.practice_text import scenario_text
    from carescore.render import counted
    from carescore.safe_text import visible

    if not folder.is_dir():
        raise UsageError(
            f"there is no folder '{folder}'. To compare two files: `carescore practice compare`."
        )
    scorer = own_scorer(model=model, scorecard=scorecard, estimators=estimators)
    failed: list[str] = []
    done = 0
    scenarios = Stoppable(_scenarios(folder, scorer, agent, redact, failed))
    with opened(output) as file:
        for scenario, attempts in scenarios:
            failed += [attempt.name for attempt in attempts if attempt.result.status == "unscored"]
            file.write(("\n" if done else "") + scenario_text(scenario, attempts))
            done += 1
    if scenarios.code is not None:
        where = "were compared" if output is None else f"are safe in {output}"
        told = f"stopped: {counted(done, 'scenario')} {where}; the others were not compared."
        typer.echo(visible(told), err=True)
        raise typer.Exit(scenarios.code)
    if failed:
        typer.echo(f"{len(failed)} attempts could not be read or scored.", err=True)
        raise typer.Exit(1)


def _scenarios(
    folder: Path, scorer: Scorer, agent: str | None, redact: bool, failed: list[str]
) -> Iterator[tuple[str, list[Attempt]]]:
    """Each scenario with its attempts in order; what cannot be read is told and noted in `failed`."""
    from carescore.practice import Attempt
    from carescore.reading import files, read_each
    from carescore.safe_text import visible
    from carescore.scenarios import in_order, scenario_of

    paths = {str(path): path for path in files(folder) if isinstance(path, Path)}
    if not paths:
        raise UsageError(f"'{folder}' has no files.")
    names = [(scenario_of(path, folder), name) for name, path in paths.items()]
    for scenario, members in in_order(names):
        attempts: list[Any] = []
        for item in read_each([paths[name] for name in members], agent=agent, redact=redact):
            if isinstance(item, TranscriptError):
                typer.echo(visible(f"not read: {item}"), err=True)
                failed.append(str(item.source))
            else:
                attempts.append(Attempt(item.source or item.call_id, item, scorer.score(item)))
        if attempts:
            in_folder = paths[members[0]].parent == folder
            yield _title(scenario, folder, attempts[0]) if in_folder else scenario, attempts


def _title(scenario: str, folder: Path, attempt: Attempt) -> str:
    """The scenario's name, made of the name without names where the call was redacted."""
    from carescore.scenarios import scenario_of

    return scenario_of(folder / attempt.name, folder).scenario if attempt.call.redacted else scenario
