"""The files that carescore writes about calls: read record by record, and rewritten without some of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from carescore.errors import UsageError
from carescore.frame import COLUMNS
from carescore.results import SCHEMA as RESULT
from carescore.retention.records import Chosen, Record, day_in
from carescore.review.cases import SCHEMA as CASE
from carescore.review.store import is_review_log
from carescore.safe_text import as_json
from carescore.whole_file import whole

_SCHEMAS: Final = (RESULT, CASE)
_BEGINNING: Final = 4096

Read = Callable[[Path], Iterator[Record]]
Write = Callable[[Path, Path, Chosen], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how its records are read, and how a copy without the chosen ones is written."""

    name: str
    read: Read
    write: Write


def kind_of(path: Path) -> Kind | None:
    """The kind of a file, told from its ending and beginning; `None` for what carescore did not write."""
    if is_review_log(path):
        return None
    ending = path.suffix.lower()
    if ending == ".parquet":
        return PARQUET if _is_parquet(path) else None
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if ending == ".csv":
        header = beginning.splitlines()[0].decode(errors="replace") if beginning else ""
        return CSV if header.strip() == ",".join(COLUMNS) else None
    plain = beginning.replace(b" ", b"").replace(b"\n", b"")
    if ending in (".json", ".jsonl") and any(f'"schema":"{schema}"'.encode() in plain for schema in _SCHEMAS):
        return JSON_LIST if plain.lstrip(b"\xef\xbb\xbf").startswith(b"[") else JSON_LINES
    return None


def rewrite(path: Path, kind: Kind, chosen: Chosen) -> None:
    """The file without the chosen records, whole or not at all."""
    with whole(path) as new:
        kind.write(path, new, chosen)


def _lines(path: Path) -> Iterator[tuple[str, Record]]:
    """Each line with its record."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield (
                    line,
                    _record(_parsed(line, f"{path.name}, line {number}"), f"{path.name}, line {number}"),
                )


def _read_lines(path: Path) -> Iterator[Record]:
    return (record for _, record in _lines(path))


def _write_lines(path: Path, new: Path, chosen: Chosen) -> None:
    with new.open("w", encoding="utf-8", newline="") as file:
        file.writelines(line for line, record in _lines(path) if not chosen(record))


def _read_list(path: Path) -> Iterator[Record]:
    rows = _parsed(path.read_text(encoding="utf-8-sig"), path.name)
    for number, row in enumerate(rows, 1):
        yield _record(row, f"{path.name}, result {number}")


def _write_list(path: Path, new: Path, chosen: Chosen) -> None:
    kept = [record.data for record in _read_list(path) if not chosen(record)]
    rows = [as_json(row, separators=(",", ":")) for row in kept]
    new.write_text("[" + ",".join(f"\n{row}" for row in rows) + "\n]\n", encoding="utf-8", newline="")


def _table(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from map(_row, csv.DictReader(file))


def _write_table(path: Path, new: Path, chosen: Chosen) -> None:
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(COLUMNS), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(record.data for record in _table(path) if not chosen(record))


def _is_parquet(path: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return set(COLUMNS) <= set(pq.read_schema(path).names)
    except (pa.ArrowException, OSError):
        return False


def _parquet(path: Path) -> Iterator[Record]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches():
        yield from map(_row, batch.to_pylist())


def _write_parquet(path: Path, new: Path, chosen: Chosen) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = pq.ParquetFile(path)
    with pq.ParquetWriter(new, source.schema_arrow) as writer:
        for batch in source.iter_batches():
            kept = [not chosen(_row(row)) for row in batch.to_pylist()]
            writer.write_batch(batch.filter(pa.array(kept, pa.bool_())))


JSON_LINES: Final = Kind("results", _read_lines, _write_lines)
JSON_LIST: Final = Kind("results", _read_list, _write_list)
CSV: Final = Kind("table of results", _table, _write_table)
PARQUET: Final = Kind("table of results", _parquet, _write_parquet)


def records(path: Path, kind: Kind) -> Sequence[Record]:
    """Every record of a file. Raises `UsageError` naming the place that cannot be read."""
    try:
        return list(kind.read(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(f"{path}: cannot be read; is it cut off?") from None


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(f"{place}: not JSON that carescore wrote; is the file cut off?") from None


def _record(data: Any, place: str) -> Record:
    if not isinstance(data, dict) or data.get("schema") not in _SCHEMAS:
        raise UsageError(f"{place}: not a result that carescore wrote, so nothing in the file was touched.")
    return _row(data)


def _row(data: dict[str, Any]) -> Record:
    agent = data.get("agent")
    return Record(
        call_id=_uncelled(str(data.get("call_id"))),
        agent=_uncelled(agent) if isinstance(agent, str) and agent else None,
        day=day_in(data.get("started")),
        data=data,
    )


def _uncelled(text: str) -> str:
    """A table's cell without the mark that keeps it from being a formula."""
    return text[1:] if text.startswith("'") else text
