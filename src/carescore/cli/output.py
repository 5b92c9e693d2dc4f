"""Results as a table, JSON, JSONL, CSV, parquet or a page, to a file or to the terminal."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final

from carescore.cli.destination import opened
from carescore.results import CallScore
from carescore.safe_text import cell, visible
from carescore.whole_file import whole

_ROWS_A_GROUP: Final = 10_000


def write(results: Iterable[CallScore], format: str, output: Path | None, *, more: bool = False) -> int:
    """Write the results and return how many there were; with `more` they are added to the file."""
    counted = _Counted(results)
    if format == "parquet":
        assert output is not None
        _parquet(counted, output)
    else:
        with opened(output, more=more, growing=format == "jsonl") as file:
            _WRITERS[format](counted, file)
    return counted.count


class _Counted:
    """The results, counted as they pass."""

    def __init__(self, results: Iterable[CallScore]) -> None:
        self.count = 0
        self._results = results

    def __iter__(self) -> Iterator[CallScore]:
        for result in self._results:
            self.count += 1
            yield result


def _jsonl(results: Iterable[CallScore], file: IO[str]) -> None:
    for result in results:
        file.write(result.to_json() + "\n")
        file.flush()


def _json(results: Iterable[CallScore], file: IO[str]) -> None:
    file.write("[")
    for number, result in enumerate(results):
        file.write((",\n" if number else "\n") + result.to_json())
    file.write("\n]\n")


def _csv(results: Iterable[CallScore], file: IO[str]) -> None:
    from carescore.frame import COLUMNS, rows

    writer = csv.DictWriter(file, fieldnames=list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in rows(results))


def _parquet(results: Iterable[CallScore], output: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from carescore.frame import arrow_schema, rows

    table_rows = rows(results)
    schema = arrow_schema()
    with whole(output) as path, pq.ParquetWriter(path, schema) as writer:
        while group := list(islice(table_rows, _ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def _html(results: Iterable[CallScore], file: IO[str]) -> None:
    from carescore.report.index import index_page

    file.write(index_page(list(results)))


def _table(results: Iterable[CallScore], file: IO[str]) -> None:
    """A line a call: its score and interval, then each criterion's rating from 1 to 5."""
    width = 28
    header: list[str] | None = None
    for result in results:
        if header is None:
            header = [criterion.id for criterion in result.criteria.values()]
            file.write(f"{'CALL':<{width}} {'SCORE':>5}  {'90%':>7}  ")
            file.write("  ".join(name[:11].upper().rjust(max(len(name[:11]), 4)) for name in header) + "\n")
        name = visible(result.call_id)
        cells = [_rating(result, criterion).rjust(max(len(criterion[:11]), 4)) for criterion in header]
        score = "   –  " if result.score is None else f"{result.score:5.0f} "
        spread = "      –" if result.low is None else f"{result.low:3.0f}–{result.high:<3.0f}"
        shown = name if len(name) <= width else name[: width - 1] + "…"
        file.write(f"{shown:<{width}} {score} {spread}  " + "  ".join(cells) + "\n")
    if header is not None:
        file.write(
            "\nRatings are 1-5; n/a: the call gave no opportunity; –: not enough evidence. Scores are drafts "
            "for a person to use.\n"
        )


def _rating(result: CallScore, criterion: str) -> str:
    score = result.criteria[criterion]
    if score.rating is not None:
        return f"{score.rating:.1f}"
    return "n/a" if score.status == "not_applicable" else "–"


_WRITERS: Final[dict[str, Callable[[Iterable[CallScore], IO[str]], None]]] = {
    "table": _table,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "html": _html,
}
