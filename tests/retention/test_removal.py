"""Purge, erase and export: exactly what was asked goes, from every file, and never half a file stands."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from carescore.errors import UsageError
from carescore.frame import COLUMNS, results_frame, rows
from carescore.retention.export import kept_about, write_export
from carescore.retention.records import Before, Call, Person, older_than
from carescore.retention.removal import remove
from carescore.retention.text import removed_text
from carescore.review.cases import cases_of
from carescore.review.expected import Expected
from carescore.review.log import ReviewLog
from carescore.saved_results import read_results
from carescore.whole_file import whole
from tests.team.examples import criterion, quote, result

CANARY = "Zanzibar Quill"


def results():
    said = [
        criterion("empathy", 50.0),
        criterion("clarity", 50.0, evidence=[quote(1, "empathy", f"{CANARY}!")]),
    ]
    return [
        result("old", 50.0, agent="Ana", day=date(2025, 1, 31)),
        result("new", 60.0, agent="Ben", day=date(2025, 2, 1)),
        result("undated", 70.0, agent="Ben"),
        result("told", 80.0, agent="Cy", day=date(2025, 3, 1), criteria=said),
    ]


@pytest.fixture
def folder(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    found = results()
    lines = [one.to_json() for one in found]
    (kept / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (kept / "b.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    with (kept / "c.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(found))
    results_frame(found).to_parquet(kept / "d.parquet")
    log = ReviewLog(kept / "e.db")
    log.open(found, who="Dee", at="2025-01-01T00:00:00Z")
    log.note("old", who="Dee", note=f"About {CANARY}.", at="2025-02-02T00:00:00Z")
    log.note("new", who="Eve", at="2025-03-03T00:00:00Z")
    log.dispute("new", criterion="empathy", who="Ben", reason="x", at="2025-03-03T00:00:00Z")
    log.resolve(
        "new",
        criterion="empathy",
        who="Eve",
        upheld=True,
        reason="x",
        expected=Expected(rating=4.0),
        at="2025-03-03T00:00:00Z",
    )
    (kept / "page.html").write_text(f"<p>{CANARY} spoke with Ana</p>", encoding="utf-8")
    return kept


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# Request, the calls that stay in files of results, and the review entries that stay (of 8).
REQUESTS = [
    (Call("old"), {"new", "undated", "told"}, 6),
    (Call("nothing"), {"old", "new", "undated", "told"}, 8),
    (Person("ana"), {"new", "undated", "told"}, 6),
    (Person(" BEN "), {"old", "told"}, 3),
    (Person(CANARY), {"old", "new", "undated"}, 6),
    (Person("Eve"), {"old", "new", "undated", "told"}, 6),
    (Person("Be"), {"old", "new", "undated", "told"}, 8),
    (Before(date(2025, 2, 1)), {"new", "undated", "told"}, 6),
    (Before(date(2025, 2, 1), undated=True), {"new", "told"}, 6),
    (Before(date(2025, 2, 3)), {"undated", "told"}, 4),
    (Before(date(2026, 1, 1)), {"undated"}, 0),
]


@pytest.mark.parametrize(("request_", "stay", "entries"), REQUESTS)
def test_exactly_what_was_asked_goes(request_, stay, entries, folder):
    before = state(folder)
    planned = remove([folder], request_)
    assert state(folder) == before
    assert not planned.done
    done = remove([folder], request_, really=True)
    assert [(r.path, r.calls, r.records) for r in done.removals] == [
        (r.path, r.calls, r.records) for r in planned.removals
    ]
    for name in ("a.jsonl", "b.json"):
        assert {one.call_id for one in read_results(folder / name)} == stay
    with (folder / "c.csv").open(encoding="utf-8", newline="") as file:
        assert {row["call_id"] for row in csv.DictReader(file)} == stay
    import pandas as pd

    assert set(pd.read_parquet(folder / "d.parquet")["call_id"]) == stay
    log = ReviewLog(folder / "e.db")
    checked = log.check()
    tombstones = checked.rows - 8
    assert checked.whole
    assert tombstones == (1 if entries < 8 else 0)
    assert checked.rows - checked.erased - tombstones == entries
    assert not [name for name in state(folder) if name.startswith(".")]
    again = remove([folder], request_, really=True)
    assert again.records == 0
    assert (folder / "a.jsonl").read_bytes() in before["a.jsonl"] or len(stay) > 1


def test_what_stays_is_as_it_was_to_the_byte(folder):
    lines = (folder / "a.jsonl").read_bytes().splitlines(keepends=True)
    table = (folder / "c.csv").read_bytes().splitlines(keepends=True)
    remove([folder], Call("old"), really=True)
    assert (folder / "a.jsonl").read_bytes() == b"".join(lines[1:])
    assert (folder / "c.csv").read_bytes() == b"".join([table[0], *table[2:]])


def test_after_erasure_a_name_is_nowhere_but_where_it_is_told(folder):
    found = remove([folder], Person(CANARY), really=True, who="Dee")
    assert [path.name for path in found.still] == ["page.html"]
    for name, data in state(folder).items():
        assert (CANARY.encode() in data) is (name == "page.html"), name
    text = removed_text(found)
    assert "told" in text
    assert CANARY not in text
    assert "page.html: not rewritten, and holds it still" in text


def test_cases_of_a_person_s_calls_go_too(folder):
    cases = list(cases_of(ReviewLog(folder / "e.db").reviews()))
    (folder / "f.jsonl").write_text(cases[0].to_json() + "\n", encoding="utf-8")
    assert "Ben" not in cases[0].to_json()
    remove([folder], Person("Ana"), really=True)
    assert (folder / "f.jsonl").read_text(encoding="utf-8") == cases[0].to_json() + "\n"
    remove([folder], Person("Ben"), really=True)
    assert (folder / "f.jsonl").read_bytes() == b""


def test_one_file_that_cannot_be_read_stops_it_all(folder):
    (folder / "z.jsonl").write_text(results()[0].to_json() + '\n{"cut', encoding="utf-8")
    before = state(folder)
    with pytest.raises(UsageError, match=r"z\.jsonl, line 2: not JSON"):
        remove([folder], Call("old"), really=True)
    assert state(folder) == before
    with pytest.raises(UsageError, match="there is no file or folder"):
        remove([folder / "none"], Call("old"))


def test_other_files_are_left_alone(tmp_path):
    for name in ("a.csv", "b.json", "c.jsonl", "d.parquet", "e.txt", "f.db", "g.csv"):
        (tmp_path / name).write_text('{"turns": []}' if name < "g" else "", encoding="utf-8")
    before = state(tmp_path)
    assert remove([tmp_path], Person("Ana"), really=True).removals == ()
    assert state(tmp_path) == before


def half_written(path, fault):
    with whole(path) as new:
        new.write_text("half", encoding="utf-8")
        raise fault


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_fault_while_writing_leaves_the_old_file(fault, folder):
    before = state(folder)
    expected = UsageError if isinstance(fault, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        half_written(folder / "a.jsonl", fault)
    assert state(folder) == before


def test_rights_and_links_stay(folder, tmp_path):
    (folder / "a.jsonl").chmod(0o640)
    (tmp_path / "link.jsonl").symlink_to(folder / "a.jsonl")
    remove([tmp_path / "link.jsonl"], Call("old"), really=True)
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (folder / "a.jsonl").stat().st_mode & 0o777 == 0o640
    assert len(list(read_results(folder / "a.jsonl"))) == 3


def test_a_person_gets_all_that_is_kept(folder, tmp_path):
    found = kept_about([folder], Person("Ben"))
    write_export(found, tmp_path / "ben.json")
    data = json.loads((tmp_path / "ben.json").read_text(encoding="utf-8"))
    assert (data["schema"], data["person"]) == ("carescore.export/1", "Ben")
    assert [(part["file"], len(part["records"])) for part in data["files"]] == [
        ("a.jsonl", 2),
        ("b.json", 2),
        ("c.csv", 2),
        ("d.parquet", 2),
        ("e.db", 5),
    ]
    assert data["files"][0]["records"][0] == json.loads(results()[1].to_json())
    assert kept_about([folder], Person("Nobody"))["files"] == []


@pytest.mark.parametrize(
    ("age", "day"),
    [("90d", date(2025, 12, 1)), ("1w", date(2026, 2, 22)), (" 10 D ", date(2026, 2, 19))],
)
def test_ages(age, day):
    assert older_than(age, date(2026, 3, 1)) == day


@pytest.mark.parametrize("age", ["", "90", "6m", "0d", "-5d", "d", "999999w"])
def test_no_ages(age):
    with pytest.raises(UsageError):
        older_than(age, date(2026, 3, 1))


@pytest.mark.parametrize("name", ["", " ", "A"])
def test_no_names(name):
    with pytest.raises(UsageError, match="2 letters"):
        Person(name)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ask Mary  Ann now", True),
        ("MARY\nANN", True),
        ("Mary-Ann", False),
        ("Rosemary Ann", False),
        ("Mary Anna", False),
        ("(Mary Ann)", True),
    ],
)
def test_names_are_whole_words(text, named):
    assert Person("Mary Ann").is_in({"x": [{"y": text}]}) is named
