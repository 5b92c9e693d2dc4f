"""All that is kept about one person, given out as one JSON file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from carescore.retention.kept_files import kind_of, records
from carescore.retention.records import Person
from carescore.retention.removal import entries_about, files_in, with_calls
from carescore.review.chain import by_call, entries_of
from carescore.review.log import ReviewLog
from carescore.review.store import is_review_log
from carescore.safe_text import as_json
from carescore.whole_file import whole

SCHEMA: Final = "carescore.export/1"


def kept_about(paths: Iterable[Path], person: Person) -> dict[str, Any]:
    """Every result, case, row and review entry about a person, by file (`carescore.export/1`)."""
    found: list[dict[str, Any]] = []
    files = list(files_in(paths))
    person = with_calls(person, files)
    for path in files:
        if is_review_log(path):
            calls = by_call(entries_of(ReviewLog(path).store.rows()))
            entries = [asdict(e) for own in calls.values() for e in own if entries_about(own, e, person)]
            found.append({"file": path.name, "kind": "review log", "records": entries})
        elif (kind := kind_of(path)) is not None:
            about = [dict(record.data) for record in records(path, kind) if person(record)]
            found.append({"file": path.name, "kind": kind.name, "records": about})
    return {"schema": SCHEMA, "person": person.name, "files": [part for part in found if part["records"]]}


def write_export(data: dict[str, Any], output: Path) -> None:
    """Write what was found, whole or not at all, for the eyes of the file's owner."""
    with whole(output, private=True) as new:
        new.write_text(as_json(data, indent=1) + "\n", encoding="utf-8")
