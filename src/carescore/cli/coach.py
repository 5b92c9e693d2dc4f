"""`carescore coach`: notes on calls, for the people who made them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carescore.cli.options import Agent, Agents, Card, Estimators, InputFormat, Model, Output, Redact
from carescore.errors import TranscriptError, UsageError

if TYPE_CHECKING:
    from carescore.coaching.library import MomentLibrary
    from carescore.scorer import Scorer
    from carescore.transcript import Transcript


class CoachFormat(StrEnum):
    """How notes are written."""

    text = "text"
    jsonl = "jsonl"


def coach(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Transcript files or folders.", metavar="PATH...")
    ] = None,
    format: Annotated[CoachFormat, typer.Option(help="How to write the notes.")] = CoachFormat.text,
    output: Output = None,
    colleagues: Annotated[
        Path | None, typer.Option(help="Calls of the team, to show how a colleague met the same opening.")
    ] = None,
    words: Annotated[
        Path | None, typer.Option(help="Folder with your own words.toml, lines.toml or vocabulary.toml.")
    ] = None,
    copy_words: Annotated[
        Path | None, typer.Option(help="Write the bundled words to this folder, to edit them, and stop.")
    ] = None,
    scorecard: Card = None,
    model: Model = None,
    estimators: Estimators = None,
    agent: Agent = None,
    agents: Agents = None,
    input_format: InputFormat = None,
    redact: Redact = False,
) -> None:
    """Say what was good in a call, one thing to work on, and lines to try that were scored again first.

    Drafts for a person to use. Exit codes: 0 all calls coached, 1 some were not, 2 wrong usage.
    """
    from carescore.cli.destination import opened
    from carescore.cli.given import check_there, named_agents, own_scorer
    from carescore.reading import read_each

    if copy_words is not None:
        _copy(copy_words)
        return
    check_there([*(paths or []), *([colleagues] if colleagues else [])])
    if not paths:
        raise UsageError("say which calls to coach: `carescore coach calls/`.")
    scorer = own_scorer(model=model, scorecard=scorecard, estimators=estimators)
    team = None if colleagues is None else _library(scorer, colleagues, redact)
    calls = read_each(paths, agent=named_agents(agent, agents), format=input_format, redact=redact)
    failed = 0
    with opened(output) as file:
        for number, (text, ok) in enumerate(_notes(calls, scorer, team, words, format)):
            file.write("\n" + text if number and format is CoachFormat.text else text)
            failed += not ok
    if failed:
        typer.echo(f"{failed} {'call' if failed == 1 else 'calls'} could not be coached.", err=True)
        raise typer.Exit(1)


def _notes(
    calls: Iterator[Transcript | TranscriptError],
    scorer: Scorer,
    team: MomentLibrary | None,
    folder: Path | None,
    format: CoachFormat,
) -> Iterator[tuple[str, bool]]:
    """The notes on each call, and whether it could be scored."""
    from carescore.coaching.text import as_text
    from carescore.coaching.words import load_words
    from carescore.safe_text import as_json, visible

    words = load_words(folder)
    for item in calls:
        if isinstance(item, TranscriptError):
            typer.echo(visible(f"not read: {item}"), err=True)
            yield "", False
            continue
        result = scorer.score(item)
        notes = scorer.coach(item, result, colleagues=team, words=words)
        if format is CoachFormat.text:
            yield as_text(result, notes), result.status == "draft"
        else:
            row = {"call_id": result.call_id, "score": result.score, "coaching": notes.to_dict()}
            yield as_json(row) + "\n", result.status == "draft"


def _library(scorer: Scorer, where: Path, redact: bool) -> MomentLibrary:
    from carescore.coaching.library import MomentLibrary
    from carescore.reading import read_each
    from carescore.transcript import Transcript

    calls = [item for item in read_each(where, redact=redact) if isinstance(item, Transcript)]
    return MomentLibrary.of(zip(calls, scorer.score_many(calls), strict=True))


def _copy(folder: Path) -> None:
    from carescore.coaching.words import FILES, bundled_text

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(bundled_text(name))
    except FileExistsError:
        raise UsageError(f"{folder}: has words already, and they are not overwritten.") from None
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}).") from None
    typer.echo(f"wrote {', '.join(FILES)} to {folder}; use them with --words {folder}", err=True)
