"""`carescore talk`: facts about the talk in each call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from carescore.cli.options import Agents, Output, Redact

if TYPE_CHECKING:
    from carescore.talk import TalkFacts

# Heading, fact, and how it is written.
_COLUMNS: Final = (
    ("LENGTH", "duration", "time"),
    ("TALK", "talk_share", "share"),
    ("WORDS", "word_share", "share"),
    ("MONOLOGUE", "longest_monologue", "time"),
    ("GAP", "response_gap", "seconds"),
    ("INTERRUPTS", "interruptions", "count"),
    ("SILENCE", "silence", "share"),
    ("HOLD", "hold", "time"),
    ("QUESTIONS", "questions", "count"),
    ("WORDS/MIN", "words_per_minute", "count"),
)
_NAME: Final = 28
_WIDTH: Final = 110


class TalkFormat(StrEnum):
    """How the facts are written."""

    text = "text"
    json = "json"
    csv = "csv"


def talk(
    paths: Annotated[list[Path], typer.Argument(help="Transcript files or folders.", metavar="PATH...")],
    format: Annotated[TalkFormat, typer.Option(help="How to write the facts.")] = TalkFormat.text,
    output: Output = None,
    agents: Agents = None,
    redact: Redact = False,
) -> None:
    """Show talk share, monologues, response gaps, interruptions, silence, holds and questions of each call.

    Each fact has a stated definition, printed below the table; what a transcript does not tell is left out.
    """
    from carescore.cli.destination import write_csv, write_text
    from carescore.safe_text import as_json
    from carescore.talk import definitions

    facts = _facts(paths, agents, redact)
    if format is TalkFormat.json:
        rows = [one.to_dict() for one in facts]
        document = {"calls": rows, "definitions": dict(definitions())}
        write_text(as_json(document, indent=1) + "\n", output)
    elif format is TalkFormat.csv:
        flat = ({**one.to_dict(), "notes": " ".join(one.notes)} for one in facts)
        write_csv(["call_id", "agent", "channel", *definitions(), "questions_by", "notes"], flat, output)
    else:
        write_text("\n".join(_lines(list(facts))) + "\n", output)


def _facts(paths: Sequence[Path], agents: Path | None, redact: bool) -> Iterator[TalkFacts]:
    from carescore.cli.given import check_there, named_agents
    from carescore.reading import read_all
    from carescore.safe_text import visible
    from carescore.scorer import Scorer
    from carescore.talk import talk_facts

    check_there(paths)
    scorer = Scorer.load()
    names = named_agents(None, agents)
    for call in read_all(
        paths,
        agent=names,
        redact=redact,
        on_error=lambda error: typer.echo(visible(f"not read: {error}"), err=True),
    ):
        yield talk_facts(call, scorer.score(call))


def _lines(facts: Sequence[TalkFacts]) -> Iterator[str]:
    from carescore.safe_text import visible
    from carescore.talk import definitions

    yield f"{'CALL':<{_NAME}}" + "".join(f"  {head:>{max(len(head), 6)}}" for head, _, _ in _COLUMNS)
    for one in facts:
        name = visible(one.call_id)
        shown = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
        cells = (_cell(getattr(one, fact), kind).rjust(max(len(head), 6)) for head, fact, kind in _COLUMNS)
        yield f"{shown:<{_NAME}}" + "".join(f"  {cell}" for cell in cells)
    yield ""
    for head, fact, _ in _COLUMNS:
        yield fill(f"{head}: {definitions()[fact]}", _WIDTH, subsequent_indent="  ")
    for note in dict.fromkeys(note for one in facts for note in one.notes):
        count = sum(note in one.notes for one in facts)
        yield f"note ({count} {'call' if count == 1 else 'calls'}): {visible(note)}"


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "share":
        return f"{value:.0%}"
    if kind == "time":
        return f"{int(value) // 60}:{int(value) % 60:02}"
    return f"{value:.1f}s" if kind == "seconds" else f"{value:.0f}"
