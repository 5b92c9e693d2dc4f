"""The page of one call: coaching on top, then criteria, moments, what was said, and the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carescore.coaching.library import MomentLibrary
from carescore.errors import UsageError
from carescore.notes import Coaching
from carescore.render import render
from carescore.report.marked import EVEN, Piece, evidence_by_turn, is_told, pieces
from carescore.report.moments import Timeline, ToldMoment, timeline, told_moments
from carescore.report.talk import ToldFact, told_facts
from carescore.results import CallScore, Evidence
from carescore.talk import talk_facts
from carescore.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True)
class TurnShown:
    """A turn with its marked words; `also` has behaviours found besides, and whether they are doubtful."""

    turn: Turn
    pieces: tuple[Piece, ...]
    also: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """What the page of a call shows. Without the transcript `turns` is empty, and `quotes` stand for it."""

    result: CallScore
    call: Transcript | None
    coaching: Coaching | None
    moments: tuple[ToldMoment, ...]
    timeline: Timeline | None
    turns: tuple[TurnShown, ...]
    quotes: tuple[Evidence, ...]
    talk: tuple[ToldFact, ...]
    talk_notes: tuple[str, ...]
    length: float | None
    home: str | None


def call_page(
    result: CallScore,
    call: Transcript | None = None,
    *,
    coaching: Coaching | None = None,
    home: str | None = None,
    markdown: bool = False,
) -> str:
    """The page as HTML that needs nothing beside it, or as Markdown.

    `call` is the transcript that was scored; without it the page has the quotes alone. `coaching` is worked
    out where it is not given and can be. `home` is the address of a page that lists all calls.
    """
    page = _page(result, call, coaching or notes_on(result), home)
    return render("call.md" if markdown else "call.html", page=page)


def notes_on(
    result: CallScore, call: Transcript | None = None, colleagues: MomentLibrary | None = None
) -> Coaching | None:
    """The coaching of a result that has its transcript with it, else `None`.

    With the call itself and a library of the team's moments it also tells how a colleague met the like.
    """
    try:
        notes = result.coaching
    except UsageError:
        return None
    return notes if call is None or colleagues is None else colleagues.beside(notes, call)


def _page(
    result: CallScore, call: Transcript | None, coaching: Coaching | None, home: str | None
) -> CallPage:
    moments = told_moments(result, call)
    quotes = evidence_by_turn(result)
    facts = None if call is None else talk_facts(call, result)
    ends = [] if call is None else [turn.end for turn in call.turns if turn.end is not None]
    return CallPage(
        result=result,
        call=call,
        coaching=coaching,
        moments=moments,
        timeline=timeline(moments, result, call),
        turns=() if call is None else tuple(_turns(result, call, quotes)),
        quotes=tuple(evidence for found in quotes.values() for evidence in found),
        talk=() if facts is None else told_facts(facts),
        talk_notes=() if facts is None else facts.notes,
        length=max(ends, default=None),
        home=home,
    )


def _turns(result: CallScore, call: Transcript, quotes: dict[int, list[Evidence]]) -> Iterator[TurnShown]:
    present = {turn.index: turn.behaviours for turn in result.turns}
    for turn in call.turns:
        marked = pieces(turn.text, quotes.get(turn.index, ()))
        named = {name for piece in marked for name in piece.behaviours}
        also = tuple(
            (name, probability < EVEN)
            for name, probability in present.get(turn.index, {}).items()
            if name not in named and is_told(name, probability)
        )
        yield TurnShown(turn, marked, also)
