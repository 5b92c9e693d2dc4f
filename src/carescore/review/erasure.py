"""Erasure in the review log: contents go, a tombstone says that they went, and the chain stays whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from carescore.review.chain import Row, by_call
from carescore.review.entries import Entry, named, utc
from carescore.review.log import ReviewLog, Time

Why = Literal["person", "call", "retention"]
# Whether an entry is to go; it is given all entries of the same call too.
Chosen = Callable[[Entry, Sequence[Entry]], bool]


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """The rows whose contents are or would be taken out, and the calls that they were about."""

    rows: tuple[int, ...]
    calls: tuple[str, ...]


def chosen_rows(rows: Sequence[Row], chosen: Chosen) -> ErasedRows:
    """The rows to be erased; tombstones stay, since they name nobody but who erased."""
    known = [(row.seq, Entry.from_json(row.contents)) for row in rows if row.contents is not None]
    calls = by_call(entry for _, entry in known)
    found = [
        (seq, entry)
        for seq, entry in known
        if entry.call_id is not None and chosen(entry, calls[entry.call_id])
    ]
    return ErasedRows(
        rows=tuple(seq for seq, _ in found),
        calls=tuple(dict.fromkeys(entry.call_id for _, entry in found if entry.call_id is not None)),
    )


def erase(log: ReviewLog, chosen: Chosen, *, who: str, why: Why, at: Time = None) -> ErasedRows:
    """Take out the contents of the chosen rows, in one transaction, and write the file anew without them."""
    person, when = named(who, "who"), utc(at)
    with log.store.writing() as writer:
        found = chosen_rows(writer.rows(), chosen)
        if found.rows:
            body = {"rows": list(found.rows), "why": why}
            tombstone = writer.append(Entry(at=when, who=person, action="erase", call_id=None, body=body))
            for seq in found.rows:
                writer.take_out(seq, tombstone=tombstone.seq)
    if found.rows:
        log.store.compact()
    return found
