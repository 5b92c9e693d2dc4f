"""What would have changed: any words put into a call, and the call scored again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from carescore.coaching import place
from carescore.coaching.judge import Judge
from carescore.coaching.words import Words, bundled_words
from carescore.errors import UsageError
from carescore.notes import Placement
from carescore.results import CallScore, Outcome
from carescore.transcript import Transcript

_NOTICEABLE: Final = 0.5  # score points below which a change is not worth naming in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentChange:
    """A moment that is met otherwise than before; `None` where there is no such moment."""

    criterion: str
    turn: int
    trigger: str
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A call as it was and as it would be with other words in one turn.

    `changes` are the points (of 100) that each criterion scored in both gains or loses, `change` those of
    the call; `stock` is true where the words would fit any call, whatever they score.
    """

    turn: int
    turn_text: str
    before: CallScore
    after: CallScore
    change: float
    changes: Mapping[str, float]
    moments: tuple[MomentChange, ...]
    stock: bool

    @property
    def text(self) -> str:
        """What changes, in a few sentences."""
        return " ".join(_sentences(self))


def what_if(
    call: Transcript,
    turn: int,
    text: str,
    judge: Judge,
    *,
    how: Placement = "instead",
    words: Words | None = None,
) -> WhatIf:
    """The call with `text` said `instead` of turn `turn`, `before` it or `after` it.

    Raises `UsageError` if that turn is not the agent's, or if there is nothing to say.
    """
    edited = place.with_turn(call, turn, _said(call, turn, text, how))
    before, after = judge.score_batch([call, edited])
    return WhatIf(
        turn=turn,
        turn_text=edited.turns[turn].text,
        before=before,
        after=after,
        change=round((after.score or 0.0) - (before.score or 0.0), 6),
        changes=criterion_changes(before, after),
        moments=moment_changes(before, after),
        stock=(words or bundled_words()).vocabulary.is_stock(text),
    )


def criterion_changes(before: CallScore, after: CallScore) -> dict[str, float]:
    """Points gained or lost by each criterion that was scored both times."""
    changes = {}
    for name, old in before.criteria.items():
        new = after.criteria.get(name)
        if old.score is not None and new is not None and new.score is not None:
            changes[name] = round(new.score - old.score, 6)
    return changes


def moment_changes(before: CallScore, after: CallScore) -> tuple[MomentChange, ...]:
    """The moments that are met otherwise, in the order of the call."""
    old, new = _outcomes(before), _outcomes(after)
    return tuple(
        MomentChange(criterion=key[1], turn=key[0], trigger=key[2], before=old.get(key), after=new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    )


def _outcomes(result: CallScore) -> dict[tuple[int, str, str], Outcome]:
    return {
        (moment.turn, criterion.id, moment.trigger): moment.outcome
        for criterion in result.criteria.values()
        if criterion.weight
        for moment in criterion.moments
    }


def _said(call: Transcript, turn: int, text: str, how: Placement) -> str:
    if not 0 <= turn < len(call.turns):
        raise UsageError(f"there is no turn {turn}; the call has turns 0 to {len(call.turns) - 1}.")
    if call.turns[turn].role != "agent":
        theirs = [str(one.index) for one in call.turns if one.role == "agent"]
        raise UsageError(
            f"turn {turn} is not the agent's, and only what the agent says can be tried otherwise. "
            f"The agent's turns: {', '.join(theirs[:12]) or 'none'}{', …' if len(theirs) > 12 else ''}."
        )
    if not text.strip():
        raise UsageError("there is nothing to try: give the words that the agent would say.")
    if how == "instead":
        return text.strip()
    put = place.before if how == "before" else place.after
    return put(call.turns[turn].text, text.strip())


def _sentences(tried: WhatIf) -> list[str]:
    names = {name: criterion.name for name, criterion in tried.after.criteria.items()}
    moved = [(name, points) for name, points in tried.changes.items() if abs(points) >= _NOTICEABLE]
    moved.sort(key=lambda row: (-abs(row[1]), row[0]))
    parts = [f"{names[name]} {points:+.0f}" for name, points in moved]
    said = [f"Call {tried.change:+.0f} of 100: {', '.join(parts)}." if parts else "No score would change."]
    for moment in tried.moments:
        was, now = moment.before or "not there", moment.after or "not there"
        said.append(f"The moment at turn {moment.turn} ({moment.trigger}) goes from {was} to {now}.")
    if tried.stock:
        said.append(
            "But it is a stock phrase, which would fit any call: better say back what this customer told you."
        )
    return said
