"""The chain of hashes through the log, and the check that finds the first row that breaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.review.entries import Entry

START: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as stored. `contents` and `salt` are `None` once erased; `erased` is the tombstone's seq."""

    seq: int
    contents: str | None
    salt: str | None
    digest: str
    previous: str
    hash: str
    erased: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found. `broken` is the first row that is not as it was written, `problem` says how.

    `head` is the hash of the last row: written down elsewhere, it proves later that nothing was cut off
    the end.
    """

    rows: int
    erased: int
    head: str
    broken: int | None = None
    problem: str | None = None

    @property
    def whole(self) -> bool:
        """Whether every row is as it was written."""
        return self.problem is None


def digest_of(salt: str, contents: str) -> str:
    """The fingerprint of a row's contents."""
    return hashlib.sha256(f"{salt}\n{contents}".encode()).hexdigest()


def hash_of(seq: int, previous: str, digest: str) -> str:
    """The hash that the next row will hold."""
    return hashlib.sha256(f"{seq}\n{previous}\n{digest}".encode()).hexdigest()


def check(rows: Iterable[Row], *, head: str | None = None) -> Checked:
    """Walk the chain. With `head`, a hash noted down earlier, the log must still contain that row."""
    count, erased, last, seen_head = 0, 0, START, head in (None, START)
    without: dict[int, int] = {}
    tombstones: dict[int, frozenset[int]] = {}
    for row in rows:
        problem = _problem(row, count + 1, last)
        if problem is not None:
            return Checked(rows=count, erased=erased, head=last, broken=row.seq, problem=problem)
        count, last = count + 1, row.hash
        seen_head = seen_head or row.hash == head
        if row.contents is None:
            erased += 1
            without[row.seq] = row.erased or 0
        elif (named := _rows_named(row.contents)) is not None:
            tombstones[row.seq] = named
    found = Checked(rows=count, erased=erased, head=last)
    for seq, tombstone in without.items():
        if seq not in tombstones.get(tombstone, ()):
            return _broken(found, seq, "its contents are gone and no tombstone says so")
    if not seen_head:
        return _broken(
            found, count + 1, "rows were cut off the end: the hash noted down earlier is not in it"
        )
    return found


def _problem(row: Row, expected: int, last: str) -> str | None:
    if row.seq != expected:
        return f"row {expected} is missing"
    if row.previous != last:
        return "it does not follow the row before it"
    if row.hash != hash_of(row.seq, row.previous, row.digest):
        return "its hash is not that of what it holds"
    if row.contents is None or row.salt is None:
        return None if row.contents is row.salt else "only half of it is erased"
    if row.digest != digest_of(row.salt, row.contents):
        return "its contents were changed"
    try:
        _rows_named(row.contents)
    except (ValueError, TypeError, KeyError):
        return "its contents are not those of a review log"
    return None


def _rows_named(contents: str) -> frozenset[int] | None:
    """The rows that a tombstone names, `None` for any other entry."""
    entry = Entry.from_json(contents)
    return frozenset(entry.body["rows"]) if entry.action == "erase" else None


def _broken(found: Checked, seq: int, problem: str) -> Checked:
    return Checked(rows=found.rows, erased=found.erased, head=found.head, broken=seq, problem=problem)


def entries_of(rows: Sequence[Row]) -> Iterator[Entry]:
    """What the rows say, erased ones left out."""
    for row in rows:
        if row.contents is not None:
            yield Entry.from_json(row.contents)


def by_call(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """The entries of each call, in order; tombstones belong to no call."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.call_id is not None:
            found.setdefault(entry.call_id, []).append(entry)
    return found
