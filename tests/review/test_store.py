"""The file: it takes rows at its end and nothing else, and whoever goes around that is found out."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from carescore.errors import UsageError
from carescore.review.log import ReviewLog
from carescore.review.store import Store, is_review_log
from tests.review.examples import results

REFUSED = [
    "UPDATE entries SET contents = '{}' WHERE seq = 1",
    "UPDATE entries SET contents = NULL, salt = NULL, erased = 2 WHERE seq = 1",
    "UPDATE entries SET hash = digest",
    "UPDATE entries SET seq = seq + 10",
    "DELETE FROM entries",
    "DELETE FROM entries WHERE seq = 2",
    "INSERT OR REPLACE INTO entries SELECT seq, '{}', salt, digest, previous, hash, erased FROM entries",
    "INSERT INTO entries SELECT seq + 2, contents, salt, digest, previous, hash, erased FROM entries LIMIT 1",
    "INSERT INTO entries (seq, digest, previous, hash) SELECT 3, hash, hash, hash FROM entries WHERE seq = 2",
]


def run(log, *statements):
    with closing(sqlite3.connect(log.path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("statement", REFUSED)
def test_the_file_itself_refuses_changes(statement, log):
    with pytest.raises(sqlite3.Error, match=r"(?:review log|tombstone)"):
        run(log, statement)
    assert log.check().rows == 2


LAWLESS = [f"DROP TRIGGER {name}" for name in ("entries_in_order", "entries_stay", "entries_unchanged")]
TAMPERED = [
    (
        "UPDATE entries SET contents = replace(contents, '3.0', '5.0') WHERE seq = 1",
        1,
        "contents were changed",
    ),
    ("UPDATE entries SET salt = 'x' WHERE seq = 2", 2, "contents were changed"),
    ("UPDATE entries SET digest = 'x' WHERE seq = 2", 2, "hash is not that"),
    ("UPDATE entries SET hash = 'x' WHERE seq = 1", 1, "hash is not that"),
    ("UPDATE entries SET previous = hash WHERE seq = 2", 2, "does not follow"),
    ("DELETE FROM entries WHERE seq = 1", 2, "row 1 is missing"),
    ("DELETE FROM entries WHERE seq = 2", 3, "row 2 is missing"),
    ("UPDATE entries SET contents = NULL, salt = NULL, erased = 3 WHERE seq = 1", 1, "no tombstone says so"),
    ("UPDATE entries SET contents = NULL, salt = NULL WHERE seq = 2", 2, "no tombstone says so"),
    ("UPDATE entries SET salt = NULL WHERE seq = 2", 2, "only half of it"),
    (
        "INSERT INTO entries SELECT 4, contents, salt, digest, hash, hash, NULL FROM entries WHERE seq = 3",
        4,
        "hash",
    ),
]


@pytest.mark.parametrize(("statement", "row", "problem"), TAMPERED)
def test_whoever_goes_around_it_is_found_out(statement, row, problem, log):
    log.note("c1", who="Ana")
    assert log.check().whole
    run(log, *LAWLESS, statement)
    found = log.check()
    assert (found.whole, found.broken) == (False, row)
    assert problem in found.problem


def test_rows_cut_off_the_end_are_seen_with_a_head_noted_down(log):
    head = log.check().head
    log.note("c1", who="Ana")
    assert log.check(head=head).whole
    later = log.check().head
    run(log, *LAWLESS, "DELETE FROM entries WHERE seq = 3")
    assert "cut off the end" in log.check(head=later).problem
    assert log.check(head=head).broken is None
    assert "rules that forbid changes were taken out" in log.check(head=head).problem


def test_a_log_that_another_program_writes(log):
    with closing(sqlite3.connect(log.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match=r"reviews\.db: another program is writing it.* 0\.2 seconds"):
            log.note("c1", who="Ana")
        assert log.check().rows == 2  # reading goes on
        other.execute("ROLLBACK")
    log.note("c1", who="Ana")


def fill(log):
    for _ in range(20):
        log.note("c1", who="Ana", note="x" * 9_000)


def test_a_full_disk_adds_nothing(log, monkeypatch):
    prepare = Store._prepare

    def small(self, connection, new):
        prepare(self, connection, new)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_prepare", small)
        with pytest.raises(UsageError, match=r"reviews\.db: the disk is full\. Nothing was added"):
            fill(log)
    found = log.check()
    assert found.whole
    log.note("c1", who="Ana")
    assert log.check().rows == found.rows + 1


def test_other_files_are_no_logs(tmp_path):
    (tmp_path / "text.db").write_text("hello " * 100, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (x)")
        other.commit()
    for name in ("text.db", "other.db"):
        for act in (lambda log: log.open(results(), who="Ana"), lambda log: log.check()):
            with pytest.raises(UsageError, match=f"{name}: it is not a review log"):
                act(ReviewLog(tmp_path / name))
        assert not is_review_log(tmp_path / name)
    with pytest.raises(UsageError, match=r"none\.db: there is no review log"):
        ReviewLog(tmp_path / "none.db").reviews()
    with pytest.raises(UsageError, match="cannot be opened"):
        ReviewLog(tmp_path / "no folder" / "r.db").open(results(), who="Ana")
    assert not (tmp_path / "none.db").exists()


def test_a_log_is_told_by_its_first_bytes(log):
    assert is_review_log(log.path)
    assert not is_review_log(log.path.parent)


def test_a_log_of_a_later_version_is_refused(log):
    run(log, "PRAGMA user_version = 2")
    with pytest.raises(UsageError, match="a log of version 2; this library has 1"):
        log.check()


def test_no_word_of_a_call_is_in_the_log(tmp_path, tiny_scorer):
    from tests.examples import call

    found = tiny_scorer.score(
        call("C: I am frustrated by zanzibar " + "do it " * 9, "A: how exhausting, zanzibar", call_id="c1")
    )
    assert "zanzibar" in found.to_json()
    log = ReviewLog(tmp_path / "r.db")
    log.open([found], who="Ana")
    assert b"zanzibar" not in log.path.read_bytes()
