"""People's ratings from a CSV file, and the machine's from results."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from carescore.errors import UsageError
from carescore.results import CallScore

MACHINE: Final = "machine"
_ALONE: Final = "rater"  # the name of the one rater of a file that names none

_CALL: Final = ("call_id", "call", "conv_id", "conversation_id", "interaction_id", "contact_id", "file", "id")
_RATER: Final = ("rater", "reviewer", "evaluator", "grader", "coder", "annotator", "scorer")
_CRITERION: Final = ("criterion", "question", "item", "category")
_RATING: Final = ("rating", "score", "value", "answer")
_NOT_APPLICABLE: Final = ("na", "n/a", "not applicable", "not_applicable")
_LOWEST, _HIGHEST = 1.0, 5.0
_LONGEST_NAME: Final = 300  # of a call, rater or criterion; what is longer is no name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one rater gave one criterion of one call: 1-5, or `None` for "does not apply"."""

    call_id: str
    rater: str
    criterion: str
    rating: float | None


def read_ratings(where: str | Path) -> tuple[Rating, ...]:
    """The ratings in a CSV file (comma, semicolon or tab), in either of two shapes.

    Long: the columns call_id, rater, criterion, rating. Wide: call_id, rater and a column for each criterion;
    columns that hold no ratings, such as comments, are passed over. A rating is a number from 1 to 5 or NA;
    an empty cell is no rating. Raises `UsageError` naming file and line, without what the cell says.
    """
    path = Path(where)
    header, lines = _table(path)
    found: dict[tuple[str, str, str], Rating] = {}
    for place, call, rater, criterion, cell in _cells([_plain(name) for name in header], lines, path.name):
        if cell == "":
            continue
        key = (call, rater, criterion)
        if not all(key):
            raise UsageError(
                f"{place}: a rating needs a call, a rater and a criterion; one of them is empty."
            )
        if max(map(len, key)) > _LONGEST_NAME:
            raise UsageError(
                f"{place}: the call, rater or criterion is longer than {_LONGEST_NAME} characters."
            )
        if key in found:
            raise UsageError(
                f"{place}: the rater has rated this criterion of this call before; keep one of the two."
            )
        found[key] = Rating(call_id=call, rater=rater, criterion=criterion, rating=_rating(cell, place))
    return tuple(found.values())


def _cells(
    names: Sequence[str], lines: Sequence[tuple[int, list[str]]], file: str
) -> Iterator[tuple[str, str, str, str, str]]:
    """Place, call, rater, criterion and what stands there, for each rating of either shape."""
    call, rater = _column(names, _CALL), _column(names, _RATER)
    if call is None:
        raise UsageError(f"{file}: its first line names no column for the call; call one of them 'call_id'.")
    criterion, rating = _column(names, _CRITERION), _column(names, _RATING)
    columns = [n for n in range(len(names)) if n not in (call, rater) and _holds_ratings(lines, n)]
    long = criterion is not None and rating is not None
    if not long and not columns:
        raise UsageError(
            f"{file}: no ratings found. Give the columns call_id, rater, criterion, rating, or call_id, "
            "rater and a column of ratings (1-5 or NA) for each criterion."
        )
    for number, row in lines:
        who = _ALONE if rater is None else _at(row, rater)
        for column in columns if not long else (rating or 0,):
            name = names[column] if criterion is None or not long else _plain(_at(row, criterion))
            yield f"{file}, line {number}, column {column + 1}", _at(row, call), who, name, _at(row, column)


def machine_ratings(results: Iterable[CallScore]) -> Iterator[Rating]:
    """The machine's ratings under the name "machine"; what it abstained from is no rating."""
    for result in results:
        for criterion in result.criteria.values():
            if criterion.status != "not_enough_evidence":
                yield Rating(
                    call_id=result.call_id, rater=MACHINE, criterion=criterion.id, rating=criterion.rating
                )


def with_call_ids(ratings: Sequence[Rating], results: Mapping[str, CallScore]) -> tuple[Rating, ...]:
    """The ratings with the call ids of the results, where people named the file instead."""
    by_source: dict[str, str] = {}
    for result in results.values():
        if result.source is not None:
            name = result.source.rsplit("/", 1)[-1]
            for spelling in (result.source, name, name.rsplit(".", 1)[0]):
                by_source.setdefault(spelling, result.call_id)
    return tuple(
        rating
        if rating.call_id in results or rating.call_id not in by_source
        else Rating(
            call_id=by_source[rating.call_id],
            rater=rating.rater,
            criterion=rating.criterion,
            rating=rating.rating,
        )
        for rating in ratings
    )


def _table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and the other rows with their line numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        first = text.splitlines()[0] if text.strip() else ""
        separator = max(",;\t", key=first.count)
        reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except OSError as error:
        raise UsageError(f"{path.name}: cannot be opened ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path.name}: not UTF-8; save it as CSV UTF-8.") from None
    except csv.Error:
        raise UsageError(f"{path.name}: cannot be read as CSV.") from None
    if len(rows) < 2:
        raise UsageError(f"{path.name}: no ratings in it; a header and a line for each rating are expected.")
    return rows[0][1], rows[1:]


def _column(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _holds_ratings(lines: Sequence[tuple[int, list[str]]], column: int) -> bool:
    """Whether at least half of what stands in a column is ratings."""
    cells = [_at(row, column) for _, row in lines]
    filled = [cell for cell in cells if cell]
    return 2 * sum(_is_rating(cell) for cell in filled) >= max(len(filled), 1)


def _rating(cell: str, place: str) -> float | None:
    if not _is_rating(cell):
        raise UsageError(f"{place}: not a rating; write a number from 1 to 5, NA, or nothing.")
    return None if cell.lower() in _NOT_APPLICABLE else float(cell.replace(",", "."))


def _is_rating(cell: str) -> bool:
    if cell.lower() in _NOT_APPLICABLE:
        return True
    try:
        return _LOWEST <= float(cell.replace(",", ".")) <= _HIGHEST
    except ValueError:
        return False


def _at(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _plain(name: str) -> str:
    """A column or criterion as identifiers are written: "Escalation plan" is escalation_plan."""
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())
