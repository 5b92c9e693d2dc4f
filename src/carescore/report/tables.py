"""Calls and teams as tables: sheets of a workbook, or the rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from carescore.frame import COLUMNS as RESULT_COLUMNS
from carescore.frame import rows as result_rows
from carescore.notes import Coaching
from carescore.report.marked import evidence_by_turn
from carescore.results import CallScore
from carescore.team.part import TeamPart
from carescore.team.rows import COLUMNS as LEVEL_COLUMNS
from carescore.trends import TeamView

Row = Mapping[str, Any]

_CALL: Final = (
    "call_id", "agent", "source", "started", "channel", "status", "score", "low", "high", "reason",
)  # fmt: skip
_QUOTE: Final = ("call_id", "agent", "turn", "time", "behaviour", "probability", "quote")
_MOMENT: Final = ("call_id", "agent", "criterion", "turn", "trigger", "outcome", "response_turn")
_NOTE: Final = ("call_id", "agent", "note", "behaviour", "turn", "quote", "words", "criterion", "points")
_MISS: Final = (
    "opening", "criterion", "name", "calls", "openings", "met", "token", "missed", "share", "low", "high",
)  # fmt: skip
_CELEBRATION: Final = (
    "agent", "call_id", "source", "started", "turn", "time", "behaviour", "praise", "answered", "quote",
)  # fmt: skip
_LISTEN: Final = ("call_id", "agent", "source", "started", "score", "low", "high", "reasons")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name. Each row has a value, or `None`, for every column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def call_sheets(
    results: Sequence[CallScore], coaching: Sequence[Coaching | None] | None = None
) -> tuple[Sheet, ...]:
    """Calls, criteria, quotes and moments; notes too, if the coaching of each call is given."""
    sheets = (
        Sheet("Calls", _CALL, tuple(_picked(_CALL, result) for result in results)),
        Sheet("Criteria", RESULT_COLUMNS, tuple(result_rows(results))),
        Sheet("Evidence", _QUOTE, tuple(row for result in results for row in _quotes(result))),
        Sheet("Moments", _MOMENT, tuple(row for result in results for row in _moments(result))),
    )
    if coaching is None:
        return sheets
    pairs = zip(results, coaching, strict=True)
    notes = [row for result, found in pairs if found is not None for row in _notes(result, found)]
    return (*sheets, Sheet("Coaching", _NOTE, tuple(notes)))


def team_sheets(view: TeamView, *, agent: str | None = None) -> tuple[Sheet, ...]:
    """Levels and changes, misses, celebrations, calls to hear; `agent` keeps the team's rows and theirs."""
    levels = [row for row in view.rows() if agent is None or row["agent"] in (None, agent)]
    return (
        Sheet("Levels", tuple(LEVEL_COLUMNS), tuple(levels)),
        Sheet("Missed", _MISS, tuple(_picked(_MISS, miss) for part in view.parts for miss in part.misses)),
        Sheet("Celebrate", _CELEBRATION, tuple(_celebrations(view.parts, agent))),
        Sheet("Listen", _LISTEN, tuple(_listening(view.parts, agent))),
        Sheet("Notes", ("note",), tuple({"note": note} for note in (*view.banner, *view.notes))),
    )


def _picked(columns: Iterable[str], thing: object) -> Row:
    return {name: getattr(thing, name) for name in columns}


def _quotes(result: CallScore) -> Iterable[Row]:
    for found in evidence_by_turn(result).values():
        for evidence in found:
            yield {"call_id": result.call_id, "agent": result.agent, **_picked(_QUOTE[2:], evidence)}


def _moments(result: CallScore) -> Iterable[Row]:
    for criterion in result.criteria.values():
        for moment in criterion.moments:
            about = {"call_id": result.call_id, "agent": result.agent, "criterion": criterion.id}
            yield {**about, **_picked(_MOMENT[3:], moment)}


def _notes(result: CallScore, notes: Coaching) -> Iterable[Row]:
    about = {**dict.fromkeys(_NOTE), "call_id": result.call_id, "agent": result.agent}
    for praise in notes.celebrate:
        yield {
            **about,
            "note": "celebrate",
            "behaviour": praise.behaviour,
            "turn": praise.quote.turn,
            "quote": praise.quote.text,
            "words": praise.why,
            "criterion": praise.criterion,
            "points": praise.worth,
        }
    if notes.focus is not None:
        example = notes.focus.example
        yield {
            **about,
            "note": "focus",
            "behaviour": notes.focus.behaviour,
            "turn": None if example is None else example.turn,
            "quote": None if example is None else example.text,
            "words": f"{notes.focus.title}. {notes.focus.try_this}",
            "points": notes.focus.gain,
        }
    for moment in notes.missed_moments:
        rewrite = moment.rewrite
        yield {
            **about,
            "note": moment.outcome,
            "behaviour": moment.behaviour,
            "turn": moment.opening.turn,
            "quote": moment.opening.text,
            "words": moment.try_this if rewrite is None else rewrite.text,
            "criterion": moment.criterion,
            "points": None if rewrite is None else rewrite.gain,
        }


def _celebrations(parts: Iterable[TeamPart], agent: str | None) -> Iterable[Row]:
    for part in parts:
        for moment in part.celebrate:
            if agent is None or moment.agent == agent:
                yield _picked(_CELEBRATION, moment)


def _listening(parts: Iterable[TeamPart], agent: str | None) -> Iterable[Row]:
    for part in parts:
        for call in part.listen:
            if agent is None or call.agent == agent:
                yield {**_picked(_LISTEN[:-1], call), "reasons": " ".join(call.reasons)}
