"""`carescore review`: what people say about the machine's drafts, in a log that nobody can rewrite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carescore.cli.options import Agents, Output
from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.review.standing import CallReview
    from carescore.transcript import Transcript

app = typer.Typer(
    help="Review drafts: draft, reviewed, disputed, resolved. The machine's score is never overwritten.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class ListFormat(StrEnum):
    """How the list is written."""

    text = "text"
    json = "json"
    csv = "csv"


class Which(StrEnum):
    """Where the review of a call stands."""

    draft = "draft"
    reviewed = "reviewed"
    disputed = "disputed"
    resolved = "resolved"


Log = Annotated[Path, typer.Argument(help="The review log, a file such as reviews.db.", metavar="LOG")]
Call = Annotated[str, typer.Argument(help="The call's id, as the results have it.", metavar="CALL")]
Criterion = Annotated[str, typer.Argument(help="The criterion, such as empathy.", metavar="CRITERION")]
By = Annotated[str, typer.Option(help="Who does this.", metavar="NAME")]
At = Annotated[str | None, typer.Option(help="When, as 2026-03-01T09:30:00Z; now if not given.")]


@app.command("open")
def open_drafts(
    log: Log,
    results: Annotated[list[Path], typer.Argument(help="Results of `carescore score`, JSON or JSONL.")],
    by: By,
    at: At = None,
) -> None:
    """Enter results as drafts, and start the log if it is not there. Only numbers are entered, no words."""
    from carescore.review.log import ReviewLog
    from carescore.saved_results import read_results

    found = [result for path in results for result in read_results(path)]
    added = ReviewLog(log).open(found, who=by, at=at)
    typer.echo(f"{added} drafts entered, {len(found) - added} were in the log already.", err=True)


@app.command("note")
def note_call(
    log: Log,
    call: Call,
    by: By,
    rating: Annotated[
        list[str] | None,
        typer.Option(help="A rating, as empathy=4 or clarity=NA; may be given several times."),
    ] = None,
    note: Annotated[str, typer.Option(help="What you want to say about it.")] = "",
    at: At = None,
) -> None:
    """Review a draft: your own ratings stand beside the machine's. Without a rating you only agree."""
    from carescore.review.log import ReviewLog

    _tell(ReviewLog(log).note(call, who=by, ratings=dict(map(_rating, rating or [])), note=note, at=at))


@app.command("dispute")
def dispute_criterion(
    log: Log,
    call: Call,
    criterion: Criterion,
    by: By,
    reason: Annotated[str, typer.Option(help="What is wrong about it.")],
    at: At = None,
) -> None:
    """Dispute a criterion of a reviewed call."""
    from carescore.review.log import ReviewLog

    _tell(ReviewLog(log).dispute(call, criterion=criterion, who=by, reason=reason, at=at))


@app.command("resolve")
def resolve_dispute(
    log: Log,
    call: Call,
    criterion: Criterion,
    by: By,
    reason: Annotated[str, typer.Option(help="Why it is settled so.")],
    upheld: Annotated[bool, typer.Option("--upheld/--rejected", help="Whether the dispute is right.")],
    rating: Annotated[float | None, typer.Option(help="Upheld: the rating that is right, 1-5.")] = None,
    tolerance: Annotated[float, typer.Option(help="How far a rating may be off later.")] = 0.5,
    status: Annotated[str | None, typer.Option(help="Upheld: not_applicable, or another status.")] = None,
    label: Annotated[str | None, typer.Option(help="Upheld: a behaviour that is in --turn.")] = None,
    turn: Annotated[int | None, typer.Option(help="The turn, counted from 0 as results do.")] = None,
    absent: Annotated[bool, typer.Option("--absent", help="The behaviour is not in the turn.")] = False,
    at: At = None,
) -> None:
    """Settle a dispute. One that is upheld becomes a case that `carescore evaluate --disputes` must pass."""
    from carescore.review.expected import Expected
    from carescore.review.log import ReviewLog

    given = any(value is not None for value in (rating, status, label, turn))
    expected = (
        Expected(
            rating=rating, tolerance=tolerance, status=status, label=label, turn=turn, present=not absent
        )
        if given
        else None
    )
    found = ReviewLog(log).resolve(
        call, criterion=criterion, who=by, upheld=upheld, reason=reason, expected=expected, at=at
    )
    _tell(found)


@app.command("list")
def list_calls(
    log: Log,
    state: Annotated[Which | None, typer.Option(help="Only calls that stand so.")] = None,
    call: Annotated[
        str | None, typer.Option(help="All that was entered about this call.", metavar="ID")
    ] = None,
    format: Annotated[ListFormat, typer.Option(help="How to write it.")] = ListFormat.text,
    output: Output = None,
) -> None:
    """Show where calls stand, with people's ratings beside the machine's."""
    from carescore.cli.destination import write_csv, write_text
    from carescore.review.log import ReviewLog
    from carescore.review.text import COLUMNS, history_text, list_text, rows
    from carescore.safe_text import as_json

    found = [ReviewLog(log).review(call)] if call is not None else ReviewLog(log).reviews()
    found = [review for review in found if state is None or review.state == state.value]
    if format is ListFormat.csv:
        write_csv(COLUMNS, rows(found), output)
    elif format is ListFormat.json:
        write_text(as_json(list(rows(found)), indent=1) + "\n", output)
    else:
        write_text(history_text(found[0]) if call is not None and found else list_text(found), output)


@app.command("check")
def check_log(
    log: Log,
    head: Annotated[
        str | None,
        typer.Option(help="A head noted down earlier; the log must still hold it.", metavar="HASH"),
    ] = None,
) -> None:
    """Prove that no row was changed, taken out or put in; name the first that was.

    Note the head down elsewhere: with --head a later check also sees rows cut off the end. Exit codes:
    0 whole, 1 broken.
    """
    from carescore.review.log import ReviewLog
    from carescore.review.text import check_text

    found = ReviewLog(log).check(head=head)
    typer.echo(check_text(found, log.name), nl=False)
    if not found.whole:
        raise typer.Exit(1)


@app.command("cases")
def write_cases(
    log: Log,
    transcripts: Annotated[
        list[Path] | None,
        typer.Option(help="Where the calls are: each case then holds its turns. May be given several times."),
    ] = None,
    agents: Agents = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="The calls were scored with --redact: redact them again.")
    ] = False,
    output: Output = None,
) -> None:
    """Write upheld disputes as cases, one a line, for `carescore evaluate --disputes`."""
    from carescore.cli.destination import write_text
    from carescore.review.cases import cases_of, with_calls
    from carescore.review.log import ReviewLog

    cases = list(with_calls(cases_of(ReviewLog(log).reviews()), calls_in(transcripts or (), agents, redact)))
    write_text("".join(f"{case.to_json()}\n" for case in cases), output)
    without = sum(case.call is None for case in cases)
    typer.echo(f"{len(cases)} cases, {without} of them without their transcript.", err=True)


@app.command("ratings")
def write_ratings(log: Log, output: Output = None) -> None:
    """Write reviewers' ratings as CSV, for `carescore agree RATINGS.csv RESULTS`."""
    from carescore.cli.destination import write_csv
    from carescore.review.log import ReviewLog

    rows = [
        {
            "call_id": review.call_id,
            "rater": rating.who,
            "criterion": rating.criterion,
            "rating": "NA" if rating.rating is None else f"{rating.rating:g}",
        }
        for review in ReviewLog(log).reviews()
        for rating in review.ratings
    ]
    write_csv(("call_id", "rater", "criterion", "rating"), rows, output)


def calls_in(paths: Iterable[Path], agents: Path | None, redact: bool = False) -> Iterator[Transcript]:
    """The calls in files and folders; those that cannot be read are named on standard error."""
    from carescore.cli.given import named_agents
    from carescore.reading import read_all
    from carescore.safe_text import visible

    names = named_agents(None, agents)
    for path in paths:
        yield from read_all(
            path,
            agent=names,
            redact=redact,
            on_error=lambda error: typer.echo(visible(f"not read: {error}"), err=True),
        )


def _rating(given: str) -> tuple[str, float | None]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise UsageError("a rating is written as empathy=4, or clarity=NA where it does not apply.")
    if value.strip().upper() in ("NA", "N/A"):
        return name.strip(), None
    try:
        return name.strip(), float(value)
    except ValueError:
        raise UsageError(f"the rating of '{name.strip()}' should be a number from 1 to 5, or NA.") from None


def _tell(review: CallReview) -> None:
    from carescore.safe_text import visible

    typer.echo(visible(f"{review.call_id} is {review.state}."), err=True)
