"""Results from a file that `carescore score` wrote as JSON or JSONL."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

from carescore.errors import UsageError
from carescore.results import SCHEMA, CallScore
from carescore.safe_text import visible

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LARGEST_LINE: Final = 64 * 1024 * 1024  # bytes; a call of a million characters gives less
_BEGINNING: Final = 4096
_LONGEST_SHOWN: Final = 100
_ENDINGS: Final = (".json", ".jsonl")


def holds_results(path: Path) -> bool:
    """Whether a file looks like results, and not like a transcript; told from its beginning."""
    if path.suffix.lower() not in _ENDINGS or not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    return f'"schema":"{SCHEMA}"'.encode() in beginning.replace(b" ", b"").replace(b"\n", b"")


def read_results(where: str | Path) -> Iterator[CallScore]:
    """The results in a JSON or JSONL file, one by one. Raises `UsageError` naming file and place."""
    path = Path(where)
    try:
        with path.open(encoding="utf-8-sig") as file:
            for place, data in _documents(file, path.name):
                yield _result(data, f"{path.name}, {place}")
    except OSError as error:
        raise UsageError(f"{path.name}: cannot be opened ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path.name}: not UTF-8, so not results that carescore wrote.") from None


def _documents(file: IO[str], name: str) -> Iterator[tuple[str, Any]]:
    first = file.read(1)
    file.seek(0)
    if first == "[":
        whole = _parsed(file.read(), name)
        if not isinstance(whole, list):
            raise UsageError(f"{name}: expected a list of results.")
        yield from ((f"result {number}", data) for number, data in enumerate(whole, 1))
        return
    number = 0
    while line := file.readline(LARGEST_LINE):
        number += 1
        if line.strip():
            yield f"line {number}", _parsed(line, f"{name}, line {number}")


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        raise UsageError(f"{place}: not JSON that carescore wrote; is the file cut off?") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of a result")


def _finite(digits: str) -> float:
    """The number; 1e999 is none."""
    value = float(digits)
    return value if abs(value) < math.inf else _refuse(digits)


def _result(data: Any, place: str) -> CallScore:
    from pydantic import ValidationError

    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UsageError(
            f"{place}: not a result in the schema {SCHEMA}. Give a file that "
            "`carescore score --format jsonl` wrote, or the transcripts themselves."
        )
    fields = {key: value for key, value in data.items() if key != "schema"}
    try:
        fields["criteria"] = {row["id"]: row for row in data["criteria"]}
        result = _adapter().validate_python(fields)
    except ValidationError as error:
        where = visible(".".join(str(part) for part in error.errors()[0]["loc"]))[:_LONGEST_SHOWN]
        raise UsageError(f"{place}: '{where}' is not what a result has there.") from None
    except (KeyError, TypeError):
        raise UsageError(f"{place}: 'criteria' is not what a result has there.") from None
    for where in _unsound(result):
        raise UsageError(f"{place}: '{where}' is not what a result has there.")
    return result


def _unsound(result: CallScore) -> Iterator[str]:
    """The fields whose values no result has, though they are of the right type."""
    if not _are_given(result.score is not None, result.score, result.low, result.high):
        yield "score"
    for number, criterion in enumerate(result.criteria.values()):
        scored, numbers = criterion.status == "scored", (criterion.score, criterion.low, criterion.high)
        if not _are_given(scored, *numbers) or (criterion.rating is None) is scored:
            yield f"criteria.{number}.score"
        if not all(one.turn >= 0 and 0 <= one.start <= one.end for one in criterion.evidence):
            yield f"criteria.{number}.evidence"
        if not all(one.turn >= 0 and (one.response_turn or 0) >= 0 for one in criterion.moments):
            yield f"criteria.{number}.moments"


def _are_given(wanted: bool, *numbers: float | None) -> bool:
    """Whether all the numbers are there, from 0 to 100; where they are not wanted, whether none is there."""
    if not wanted:
        return all(number is None for number in numbers)
    return all(number is not None and 0 <= number <= 100 for number in numbers)


@cache
def _adapter() -> TypeAdapter[CallScore]:
    """Checks outside data against the types of a result."""
    from pydantic import TypeAdapter

    return TypeAdapter(CallScore)
