"""`carescore purge`, `erase` and `export`: keep no longer than agreed, and give people what is theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.retention.removal import Request

Paths = Annotated[
    list[Path], typer.Argument(help="Results, review logs, or folders with them.", metavar="PATH...")
]
Yes = Annotated[bool, typer.Option("--yes", help="Really remove; without it, only say what would go.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Only say what would go, which is the default.")]
By = Annotated[str, typer.Option(help="Who does this, for the review log's tombstone.", metavar="NAME")]


def purge(
    paths: Paths,
    age: Annotated[
        str | None, typer.Option("--older-than", help="Calls older than this, as 90d or 26w.", metavar="AGE")
    ] = None,
    before: Annotated[
        str | None, typer.Option(help="Calls before this day, as 2026-03-01.", metavar="DAY")
    ] = None,
    today: Annotated[str | None, typer.Option(help="The day to count from, if not today's (UTC).")] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Calls without a date too.")] = False,
    yes: Yes = False,
    dry_run: Dry = False,
    by: By = "carescore purge",
) -> None:
    """Remove results of old calls, and reviews that nobody has added to since.

    Only says what would go; --yes removes it. A call's age is that of its date, not of its file.
    """
    from carescore.retention.records import Before, as_day, older_than

    if (age is None) == (before is None):
        raise UsageError("say either --older-than AGE or --before DAY.")
    now = datetime.now(UTC).date() if today is None else as_day(today)
    day = older_than(age, now) if age is not None else as_day(before or "")
    typer.echo(f"Calls before {day}:")
    _remove(paths, Before(day, undated), yes, dry_run, by)


def erase(
    paths: Paths,
    person: Annotated[
        str | None, typer.Option(help="Everything about this person: an agent, a customer, a reviewer.")
    ] = None,
    call: Annotated[str | None, typer.Option(help="Everything about the call with this id.")] = None,
    yes: Yes = False,
    dry_run: Dry = False,
    by: By = "carescore erase",
) -> None:
    """Erase a person or a call from results and review logs.

    Only says what would go; --yes removes it. A result goes if the person is its agent or is named in
    it. In a review log a tombstone stays that names nobody, and the chain still checks.
    """
    from carescore.retention.records import Call, Person

    if (person is None) == (call is None):
        raise UsageError("say either --person NAME or --call ID.")
    _remove(paths, Person(person) if person is not None else Call(call or ""), yes, dry_run, by)


def export(
    paths: Paths,
    person: Annotated[str, typer.Option(help="Whose data: an agent, a customer, a reviewer.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The JSON file to write.")],
) -> None:
    """Give out all that results and review logs hold about a person, as JSON."""
    from carescore.render import counted
    from carescore.retention.export import kept_about, write_export
    from carescore.retention.records import Person

    found = kept_about(paths, Person(person))
    write_export(found, output)
    count = sum(len(part["records"]) for part in found["files"])
    typer.echo(f"wrote {counted(count, 'record')} from {counted(len(found['files']), 'file')}", err=True)


def _remove(paths: list[Path], request: Request, yes: bool, dry_run: bool, by: str) -> None:
    from carescore.retention.removal import remove
    from carescore.retention.text import removed_text

    if yes and dry_run:
        raise UsageError("--yes removes and --dry-run does not; say one of them.")
    typer.echo(removed_text(remove(paths, request, really=yes, who=by)), nl=False)
