"""Removing what is kept about people and calls: first the whole plan, then, if asked, each file in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeVar

from carescore.errors import UsageError
from carescore.retention.kept_files import Kind, kind_of, records, rewrite
from carescore.retention.records import Before, Call, Person
from carescore.review.entries import Entry
from carescore.review.erasure import Why, chosen_rows, erase
from carescore.review.log import ReviewLog, Time
from carescore.review.store import is_review_log

Request = Person | Call | Before
Wanted = TypeVar("Wanted", bound=Request)

# Beside these files lie the journals of the database, which go with it.
_JOURNALS: Final = ("-wal", "-shm")
_LARGEST_PAGE: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What is or would be removed from one file. `calls` are the ids of calls of which something goes.

    `records` counts results, rows or review entries; `kept` those that stay, `undated` those of them that
    stay only because nobody knows their day.
    """

    path: Path
    kind: str
    calls: tuple[str, ...]
    records: int
    kept: int
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What a request found. `still` are files that carescore does not rewrite and that hold name or id."""

    removals: tuple[Removal, ...]
    still: tuple[Path, ...]
    done: bool

    @property
    def records(self) -> int:
        """How many results, rows and entries in all."""
        return sum(removal.records for removal in self.removals)


def remove(
    paths: Iterable[Path], request: Request, *, really: bool = False, who: str = "carescore", at: Time = None
) -> Removed:
    """Find what a request is about in files and folders, and with `really` remove it.

    Every file is read before any is touched, so that one that cannot be read stops it all. Then each is
    rewritten whole or not at all. `who` and `at` go into the tombstone of a review log.
    """
    files = list(files_in(paths))
    request = with_calls(request, files)
    found = [removal for path in files if (removal := _planned(path, request)) is not None]
    if really:
        for removal in found:
            if removal.records:
                _carry_out(removal.path, request, who, at)
    others = [path for path in files if not is_review_log(path) and kind_of(path) is None]
    return Removed(
        removals=tuple(found),
        still=tuple(path for path in others if _still_holds(path, request)),
        done=really,
    )


def with_calls(request: Wanted, files: Iterable[Path]) -> Wanted:
    """A request about a person, with the calls that the full results among the files say are theirs."""
    if not isinstance(request, Person):
        return request
    kinds = ((path, None if is_review_log(path) else kind_of(path)) for path in files)
    calls = {
        record.call_id
        for path, kind in kinds
        if kind is not None
        for record in records(path, kind)
        if request(record)
    }
    return replace(request, calls=frozenset(calls))


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files meant by paths and folders, in order of name. Raises `UsageError` for what is not there."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.endswith(_JOURNALS))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"there is no file or folder '{path}'.")


def entries_about(rows_of_call: Sequence[Entry], entry: Entry, request: Request) -> bool:
    """Whether an entry of a review log is about what is asked: all of a call, or of a person's own calls."""
    if isinstance(request, Call):
        return entry.call_id == request.call_id
    if isinstance(request, Before):
        days = [datetime.fromisoformat(one.at).date() for one in rows_of_call]
        return max(days, default=date.max) < request.day
    own = entry.call_id in request.calls or any(
        request.is_named(one.body.get("agent")) for one in rows_of_call
    )
    return own or request.is_named(entry.who) or request.is_in((entry.call_id, entry.body))


def _planned(path: Path, request: Request) -> Removal | None:
    if is_review_log(path):
        return _planned_in_log(path, request)
    kind = kind_of(path)
    return None if kind is None else _planned_in_file(path, kind, request)


def _planned_in_file(path: Path, kind: Kind, request: Request) -> Removal:
    every = records(path, kind)
    going = [record for record in every if request(record)]
    undated = isinstance(request, Before) and not request.undated
    return Removal(
        path=path,
        kind=kind.name,
        calls=tuple(dict.fromkeys(record.call_id for record in going)),
        records=len(going),
        kept=len(every) - len(going),
        undated=sum(record.day is None for record in every) if undated else 0,
    )


def _planned_in_log(path: Path, request: Request) -> Removal:
    rows = ReviewLog(path).store.rows()
    found = chosen_rows(rows, lambda entry, own: entries_about(own, entry, request))
    left = sum(row.contents is not None for row in rows) - len(found.rows)
    return Removal(path=path, kind="review log", calls=found.calls, records=len(found.rows), kept=left)


def _carry_out(path: Path, request: Request, who: str, at: Time) -> None:
    if is_review_log(path):
        erase(
            ReviewLog(path),
            lambda entry, own: entries_about(own, entry, request),
            who=who,
            why=_WHY[type(request)],
            at=at,
        )
        return
    kind = kind_of(path)
    if kind is not None:
        rewrite(path, kind, request)


_WHY: Final[dict[type, Why]] = {Person: "person", Call: "call", Before: "retention"}


def _still_holds(path: Path, request: Request) -> bool:
    """Whether a file that is not rewritten, such as a page, holds the name or the call's id."""
    if isinstance(request, Before):
        return False
    try:
        if path.stat().st_size > _LARGEST_PAGE:
            return True  # not looked into, so a person should
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return True
    return (
        request.pattern.search(text) is not None if isinstance(request, Person) else request.call_id in text
    )
