"""The SQLite file of a review log: opened safely, written by one at a time, with errors to act on."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final

from carescore.errors import UsageError
from carescore.review.chain import START, Row, digest_of, hash_of
from carescore.review.entries import Entry

WAIT: Final = 10.0  # seconds until a log that somebody else is writing counts as locked
_APPLICATION: Final = 0x63617265  # "care", by which SQLite files are told apart
_VERSION: Final = 1
_RULES: Final = ("entries_in_order", "entries_stay", "entries_unchanged")
_COLUMNS: Final = "seq, contents, salt, digest, previous, hash, erased"

# What SQLite calls a fault, and what a person can do about it.
_FAULTS: Final = {
    "SQLITE_BUSY": "another program is writing it, and did not finish in {wait:g} seconds. Try again.",
    "SQLITE_LOCKED": "another program is writing it, and did not finish in {wait:g} seconds. Try again.",
    "SQLITE_FULL": "the disk is full. Nothing was added; make room and try again.",
    "SQLITE_READONLY": "it may not be written. Ask for the right to write the file and its folder.",
    "SQLITE_CANTOPEN": "it cannot be opened. Does its folder exist, and may you write there?",
    "SQLITE_NOTADB": "it is not a review log but another kind of file. Give the right one.",
    "SQLITE_CORRUPT": "it is damaged. Take back the last copy of it that `carescore review check` accepts.",
    "SQLITE_IOERR": "the disk failed while it was read or written. Nothing was added.",
    "SQLITE_CONSTRAINT": "it takes new rows only at its end; {detail}.",
}


class Store:
    """Rows of one log. Every use opens the file and closes it again, so any thread or process may."""

    def __init__(self, path: Path, *, wait: float = WAIT) -> None:
        self.path = path
        self._wait = wait

    def rows(self, call_id: str | None = None) -> list[Row]:
        """Every row in order, or those of one call."""
        with self._opened(new=False) as connection:
            return _read(connection, call_id)

    def rules_stand(self) -> bool:
        """Whether the file still has the rules that forbid changes."""
        with self._opened(new=False) as connection:
            found = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
        return all(name in dict(found) for name in _RULES) and all(
            dict(found)[n] in _tables() for n in _RULES
        )

    @contextmanager
    def writing(self, *, new: bool = False) -> Iterator[Writer]:
        """One writer at a time; all that it adds is there at the end, or nothing is."""
        with self._opened(new=new) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def compact(self) -> None:
        """Write the file anew, so that erased contents are in none of its free pages, nor in its journal."""
        with self._opened(new=False) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _opened(self, *, new: bool) -> Iterator[sqlite3.Connection]:
        name = self.path.name
        if not new and not self.path.is_file():
            raise UsageError(f"{name}: there is no review log; `carescore review open` starts one.")
        try:
            # Transactions are opened by hand: "autocommit" to the driver.
            with closing(sqlite3.connect(self.path, timeout=self._wait, isolation_level=None)) as connection:
                self._prepare(connection, new)
                yield connection
        except sqlite3.Error as error:
            raise UsageError(f"{name}: {_told(error, self._wait)}") from None

    def _prepare(self, connection: sqlite3.Connection, new: bool) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        if self._is_log(connection):
            return
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] or not new:
            raise UsageError(f"{self.path.name}: {_FAULTS['SQLITE_NOTADB']}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if not self._is_log(connection):  # another program may have made it in the meantime
            for statement in _statements():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")

    def _is_log(self, connection: sqlite3.Connection) -> bool:
        if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            return False
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            raise UsageError(f"{self.path.name}: a log of version {version}; this library has {_VERSION}.")
        return True


class Writer:
    """A transaction on a log."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, call_id: str | None = None) -> list[Row]:
        """Every row in order, or those of one call."""
        return _read(self._connection, call_id)

    def append(self, entry: Entry) -> Row:
        """Add an entry at the end of the chain."""
        last = self._connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        seq, previous = (1, START) if last is None else (last[0] + 1, last[1])
        contents, salt = entry.to_json(), secrets.token_hex(16)
        digest = digest_of(salt, contents)
        row = Row(
            seq=seq,
            contents=contents,
            salt=salt,
            digest=digest,
            previous=previous,
            hash=hash_of(seq, previous, digest),
        )
        self._connection.execute(
            "INSERT INTO entries (seq, contents, salt, digest, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
            (row.seq, row.contents, row.salt, row.digest, row.previous, row.hash),
        )
        return row

    def take_out(self, seq: int, *, tombstone: int) -> None:
        """Erase the contents of a row that the tombstone names."""
        self._connection.execute(
            "UPDATE entries SET contents = NULL, salt = NULL, erased = ? WHERE seq = ?", (tombstone, seq)
        )


def is_review_log(path: Path) -> bool:
    """Whether a file is a review log, told from its first bytes."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:72] == _APPLICATION.to_bytes(4, "big")


def _read(connection: sqlite3.Connection, call_id: str | None) -> list[Row]:
    which = "" if call_id is None else "WHERE json_extract(contents, '$.call_id') = ? "
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM entries {which}ORDER BY seq", () if call_id is None else (call_id,)
    )
    names = _COLUMNS.split(", ")
    return [Row(**dict(zip(names, row, strict=True))) for row in found]


def _tables() -> str:
    return files("carescore.review").joinpath("tables.sql").read_text(encoding="utf-8")


def _statements() -> Iterator[str]:
    """The statements of `tables.sql`; a trigger holds semicolons inside."""
    statement = ""
    for line in _tables().splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _told(error: sqlite3.Error, wait: float) -> str:
    code: str = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    for fault, sentence in _FAULTS.items():
        if code.startswith(fault):
            return sentence.format(wait=wait, detail=error)
    return f"SQLite cannot use it ({code})."
