"""Upheld disputes as regression cases: what the scorer has to get right from then on, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from carescore.errors import TranscriptError, UsageError
from carescore.review.expected import Expected
from carescore.review.standing import CallReview
from carescore.safe_text import as_json
from carescore.transcript import Transcript, Turn

SCHEMA: Final = "carescore.dispute/1"
_LARGEST_LINE: Final = 64 * 1024 * 1024
_TURN: Final = ("speaker", "role", "text", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What should come out for a criterion of a call, and what the machine had said when it was disputed.

    The call itself is in `call`, or is found by its `transcript_sha256`.
    """

    call_id: str
    criterion: str
    expected: Expected
    machine: Mapping[str, Any]
    scorecard: str
    model: str
    transcript_sha256: str
    call: Transcript | None = None

    def to_json(self) -> str:
        """The case as one line."""
        turns = None if self.call is None else [_row(turn) for turn in self.call.turns]
        data = {
            "schema": SCHEMA,
            "call_id": self.call_id,
            "criterion": self.criterion,
            "expected": self.expected.to_dict(),
            "machine": dict(self.machine),
            "scorecard": self.scorecard,
            "model": self.model,
            "transcript_sha256": self.transcript_sha256,
            **({} if turns is None else {"turns": turns}),
        }
        return as_json(data, separators=(",", ":"))


def cases_of(reviews: Iterable[CallReview]) -> Iterator[Case]:
    """The cases of all upheld disputes, the last one of a criterion where it was disputed again.

    A call whose entry was erased has no fingerprint left, and gives no case.
    """
    for review in reviews:
        upheld = {d.criterion: d for d in review.disputes if d.upheld and d.expected is not None}
        for name, dispute in upheld.items():
            if dispute.expected is not None and review.receipt:
                yield Case(
                    call_id=review.call_id,
                    criterion=name,
                    expected=dispute.expected,
                    machine=_said(review.machine.get(name)),
                    scorecard=review.receipt["scorecard"],
                    model=review.receipt["model"],
                    transcript_sha256=review.receipt["transcript_sha256"],
                )


def _said(machine: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if machine is None else {"status": machine["status"], "rating": machine["rating"]}


def with_calls(cases: Iterable[Case], calls: Iterable[Transcript]) -> Iterator[Case]:
    """The cases, each with its call where one of the same fingerprint is among the calls."""
    waiting = list(cases)
    wanted = {case.transcript_sha256 for case in waiting if case.call is None}
    found = {call.sha256: call for call in calls if call.sha256 in wanted} if wanted else {}
    for case in waiting:
        call = case.call or found.get(case.transcript_sha256)
        yield replace(case, call=call)


def read_cases(where: str | Path) -> list[Case]:
    """The cases in a JSONL file. Raises `UsageError` naming file and line."""
    path = Path(where)
    try:
        with path.open(encoding="utf-8-sig") as file:
            return list(_read(file, path.name))
    except OSError as error:
        raise UsageError(f"{path.name}: cannot be opened ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path.name}: not UTF-8, so no disputes that carescore wrote.") from None


def _read(file: Any, name: str) -> Iterator[Case]:
    number = 0
    while line := file.readline(_LARGEST_LINE):
        number += 1
        if line.strip():
            yield _case(line, f"{name}, line {number}")


def _case(line: str, place: str) -> Case:
    try:
        data = json.loads(line)
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise UsageError(f"not a case in the schema {SCHEMA}, as `carescore review cases` writes it.")
        return Case(
            expected=Expected.from_dict(data["expected"]),
            call=None if "turns" not in data else _call(data),
            machine=dict(data["machine"]),
            **{name: str(data[name]) for name in _NAMES},
        )
    except (UsageError, TranscriptError) as error:
        raise UsageError(f"{place}: {error}") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UsageError(f"{place}: not a case that carescore wrote; is the line cut off?") from None


_NAMES: Final = ("call_id", "criterion", "scorecard", "model", "transcript_sha256")


def _call(data: Mapping[str, Any]) -> Transcript:
    turns = tuple(
        Turn(index=index, role_source="given", **{name: row[name] for name in _TURN})
        for index, row in enumerate(data["turns"])
    )
    return Transcript(call_id=str(data["call_id"]), turns=turns)


def _row(turn: Turn) -> dict[str, Any]:
    return {name: getattr(turn, name) for name in _TURN}
