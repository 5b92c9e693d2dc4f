"""`carescore redact`: calls without private things, and how much that finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.evaluation.tables import Table
    from carescore.redact import Redaction

_UNSAFE: Final = re.compile(r"[^\w.()-]+")
_LONGEST_NAME: Final = 100
_HELD_OUT: Final = Path("data/redaction/held_out.txt")
_LOOKED_AT: Final = tuple(
    Path(f"data/redaction/{part}.txt") for part in ("develop", "reported", "second_develop")
)


class Form(StrEnum):
    """What can be looked for."""

    card = "card"
    cvv = "cvv"
    expiry = "expiry"
    ssn = "ssn"
    iban = "iban"
    phone = "phone"
    email = "email"
    birth_date = "birth_date"
    account = "account"
    order = "order"
    address = "address"
    name = "name"
    code = "code"


def redact(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Transcript files or folders.", metavar="PATH...")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder, or a .jsonl, .json or .txt file; else the terminal."),
    ] = None,
    only: Annotated[
        list[Form] | None, typer.Option(help="Only this form; may be given several times.")
    ] = None,
    agent: Annotated[
        str | None, typer.Option(help="Who the agent is: a name, 'spk_0', 'channel 1', as in the file.")
    ] = None,
    measure: Annotated[
        bool,
        typer.Option(
            "--measure",
            help="Print recall and precision on marked snippets (default: data/redaction/held_out.txt, "
            "and recall on each file beside it).",
        ),
    ] = False,
    presidio: Annotated[
        str | None, typer.Option(help="With --measure: Presidio with this spaCy pipeline beside it.")
    ] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="Print how far redaction moves the scores of these calls.")
    ] = False,
) -> None:
    """Put placeholders such as [CARD_1] in place of cards, numbers, addresses and names, written and spoken.

    JSON files say where each placeholder stood in the original. Not everything is found: see --measure.
    """
    if measure:
        _measure(paths or [], presidio, output)
        return
    if not paths or presidio is not None:
        raise UsageError("give files or folders to redact; --presidio is for --measure.")
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"there is no file or folder '{missing[0]}'.")
    told = _Told()
    if scores:
        _scores(paths, agent, only, told, output)
        return
    _write(told.passed(_redacted(paths, agent, only, told)), output)
    told.tell()


def _redacted(
    paths: Sequence[Path], agent: str | None, only: Sequence[Form] | None, told: _Told
) -> Iterator[Redaction]:
    from carescore.reading import read_each
    from carescore.redact import redact as without
    from carescore.transcript import Transcript

    forms = _values(only)
    for item in read_each(paths, agent=agent):
        if isinstance(item, Transcript):
            yield without(item, forms=forms)
        else:
            told.unread(str(item))


def _values(only: Sequence[Form] | None) -> Sequence[str]:
    return [form.value for form in only or Form]


class _Told:
    """What passes, counted for a last line; what cannot be read is told at once."""

    def __init__(self) -> None:
        self._calls = 0
        self._failed = 0
        self._forms: Counter[str] = Counter()

    def unread(self, reason: str) -> None:
        from carescore.safe_text import visible

        self._failed += 1
        typer.echo(visible(f"not read: {reason}"), err=True)

    def passed(self, calls: Iterator[Redaction]) -> Iterator[Redaction]:
        for call in calls:
            self._calls += 1
            self._forms.update(span.form for span in call.spans)
            yield call

    def tell(self) -> None:
        found = ", ".join(f"{count} {form}" for form, count in self._forms.most_common()) or "nothing"
        calls = f"{self._calls} {'call' if self._calls == 1 else 'calls'}"
        typer.echo(f"{calls}: {found} replaced. Read some before you share them: not all is found.", err=True)
        if self._failed or not self._calls:
            raise typer.Exit(1)


def _write(calls: Iterator[Redaction], output: Path | None) -> None:
    from carescore.cli.destination import opened
    from carescore.safe_text import as_json

    ending = "" if output is None else output.suffix.lower()
    if output is not None and (output.is_dir() or not ending):
        _write_folder(calls, output)
        return
    if ending not in ("", ".txt", ".json", ".jsonl"):
        raise UsageError(f"'{ending}' is no ending that redact writes: .jsonl, .json, .txt, or a folder.")
    with opened(output) as file:
        if ending == ".json":
            file.write(as_json([call.to_dict() for call in calls], indent=1) + "\n")
            return
        for call in calls:
            line = as_json(call.to_dict())
            file.write(f"{line}\n" if ending == ".jsonl" else _text(call))


def _write_folder(calls: Iterator[Redaction], folder: Path) -> None:
    """A JSON file a call, named as its source, or as the call where a source holds several."""
    from carescore.cli.destination import write_text
    from carescore.safe_text import as_json

    folder.mkdir(parents=True, exist_ok=True)
    used: Counter[str] = Counter()
    for call in calls:
        name = _UNSAFE.sub("_", call.transcript.call_id).strip("._")[:_LONGEST_NAME] or "call"
        used[name] += 1
        file = folder / (f"{name}.json" if used[name] == 1 else f"{name} ({used[name]}).json")
        write_text(as_json(call.to_dict(), indent=1) + "\n", file)


def _text(call: Redaction) -> str:
    from carescore.safe_text import visible

    turns = (f"{visible(turn.speaker)}: {visible(turn.text, keep=chr(10))}" for turn in call.transcript.turns)
    return "\n".join([f"# {visible(call.transcript.call_id)}", *turns]) + "\n\n"


def _scores(
    paths: Sequence[Path], agent: str | None, only: Sequence[Form] | None, told: _Told, output: Path | None
) -> None:
    from carescore.evaluation.redaction.moved_scores import moved_scores
    from carescore.reading import read_all
    from carescore.scorer import Scorer

    calls = read_all(paths, agent=agent, on_error=lambda error: told.unread(str(error)))
    _write_tables([moved_scores(calls, Scorer.load(), forms=_values(only))], output)


def _measure(paths: Sequence[Path], presidio: str | None, output: Path | None) -> None:
    from carescore.evaluation.redaction.marked_set import read_marked
    from carescore.evaluation.redaction.measure import by_carescore
    from carescore.evaluation.redaction.presidio import by_presidio
    from carescore.evaluation.redaction.tables import by_file, redaction_tables

    snippets = read_marked(paths or [_HELD_OUT])
    finders = {"carescore": by_carescore} | ({} if presidio is None else {"Presidio": by_presidio(presidio)})
    tables = [table for who, find in finders.items() for table in redaction_tables(snippets, find, who)]
    if len(paths) != 1:
        every = read_marked(paths or [*_LOOKED_AT, _HELD_OUT])
        tables += [by_file(every, find, who) for who, find in finders.items()]
    _write_tables(tables, output)


def _write_tables(tables: Sequence[Table], output: Path | None) -> None:
    from carescore.cli.destination import write_text
    from carescore.evaluation.tables import as_markdown, as_text

    markdown = output is not None and output.suffix == ".md"
    write_text(as_markdown(tables) if markdown else as_text(tables), output)
