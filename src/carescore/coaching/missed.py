"""The openings to talk about: what the customer said, what followed, what to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from carescore.coaching import quoting
from carescore.coaching.judge import Judge
from carescore.coaching.openings import Opening
from carescore.coaching.words import Words
from carescore.notes import MissedMoment, Rewrite
from carescore.results import CallScore
from carescore.transcript import Transcript

_GOOD_ENOUGH: Final = 75.0  # from this score of a criterion, its missed moments are not worth a word
# An answer with one of these may be short of what was asked for, but is nothing to hold against anybody.
_WARM: Final = ("reassurance", "patience", "teamwork", "rapport")
# To "it still does not work", or "please cancel it", the next step or question is an answer too.
_AT_WORK: Final = ("solution", "open_question", "closed_question", "understanding_check", "next_step")
# Who explains something may have to ask first.
_ASKED_FIRST: Final = ("open_question", "closed_question", "understanding_check")
# Without a line to try, these are enough of an answer: help itself, or a word about what was told.
_ANSWERS: Final = ("solution", "goodwill", "thanks", "apology")
_TROUBLE: Final = ("distress", "effort")
_PLEASED: Final = 0.3  # probability from which a customer who is pleased as well is not held to be in trouble
_SURE: Final = 0.6  # probability from which an opening is held against an answer
_SURE_WITHOUT_A_LINE: Final = 0.75  # the same where there is no line to try, and so little to say
_SURE_OF_OWN: Final = 0.85  # the same for what the agent said: many sentences with a "not" are no refusal
_BEYOND_DOUBT: Final = 0.9  # the same for one that begins with thanks
_SHOWN: Final = 0.5  # probability from which an answer is taken to show something


def worth_telling(
    openings: Sequence[Opening], call: Transcript, result: CallScore, words: Words
) -> list[Opening]:
    """The openings that were surely there and surely not met, of criteria that were not good already."""
    shown = {turn.index: turn.behaviours for turn in result.turns}
    return [
        opening
        for opening in openings
        if (result.criteria[opening.criterion].score or 0.0) < _GOOD_ENOUGH
        and _is_there(opening, call, shown.get(opening.turn, {}), words)
        and not any(shown.get(opening.response, {}).get(name, 0.0) >= _SHOWN for name in _fair(opening))
    ]


def _is_there(opening: Opening, call: Transcript, shown: Mapping[str, float], words: Words) -> bool:
    """Whether the opening is sure enough to be held against an answer.

    A customer who is pleased as well is not in trouble; and of what an agent announces only what lies ahead
    leaves a by-when open.
    """
    said = call.turns[opening.turn].text
    if opening.trigger in ("next_step", "escalation") and not words.vocabulary.is_promise(said):
        return False
    pleased = shown.get("satisfaction", 0.0) >= _PLEASED
    doubtful = words.vocabulary.begins_content(said) and opening.probability < _BEYOND_DOUBT
    return opening.probability >= _SURE and not pleased and not doubtful


def _fair(opening: Opening) -> tuple[str, ...]:
    if opening.trigger in ("unresolved", "churn_risk"):
        return _WARM + _AT_WORK
    return _WARM + _ASKED_FIRST if opening.trigger == "confusion" else _WARM


def held(
    openings: Sequence[Opening],
    call: Transcript,
    result: CallScore,
    rewrites: Mapping[Opening, Rewrite],
    words: Words,
) -> list[Opening]:
    """The openings with a line to try, and of the others those that surely were left without an answer."""
    shown = {turn.index: turn.behaviours for turn in result.turns}

    def is_plain(one: Opening) -> bool:
        own = call.turns[one.turn].role == "agent"
        if one.probability < (_SURE_OF_OWN if own else _SURE_WITHOUT_A_LINE):
            return False
        if words.vocabulary.is_stock(call.turns[one.response].text):
            return True
        answers = [one.response, *(_next_of_agent(call, one.turn) if own else [])]
        enough = _ANSWERS + _AT_WORK + ("ownership",) if own else _ANSWERS
        return one.outcome == "missed" and not any(
            shown.get(turn, {}).get(name, 0.0) >= _SHOWN for turn in answers for name in enough
        )

    return [one for one in openings if one in rewrites or is_plain(one)]


def _next_of_agent(call: Transcript, turn: int) -> list[int]:
    return [other.index for other in call.turns[turn + 1 :] if other.role == "agent"][:1]


def most_telling(
    openings: Sequence[Opening], rewrites: Mapping[Opening, Rewrite], focus: str | None
) -> list[Opening]:
    """Up to three openings, in the order of the call.

    First the one where the customer was most in trouble; then those of the focus behaviour, those with a
    line to try, and those with most to gain. No behaviour takes all three places if another has a line.
    """

    def rank(opening: Opening) -> tuple[bool, bool, float, int]:
        rewrite = rewrites.get(opening)
        gain = rewrite.gain if rewrite else 0.0
        return opening.behaviours[0] != focus, rewrite is None, -gain, opening.turn

    peak = max(openings, key=lambda one: (one.trigger in _TROUBLE, one.probability, -one.turn), default=None)
    ranked = sorted((opening for opening in openings if opening != peak), key=rank)
    first = [*([peak] if peak else []), *ranked[:1]]
    kinds = {opening.behaviours for opening in first}
    others = [opening for opening in ranked[1:] if opening.behaviours not in kinds and opening in rewrites]
    return sorted([*first, *(others or ranked[1:])[:1]], key=lambda opening: opening.turn)


def missed_moment(
    call: Transcript,
    opening: Opening,
    rewrite: Rewrite | None,
    judge: Judge,
    words: Words,
) -> MissedMoment:
    """The note on one opening."""
    behaviour = opening.behaviours[0]
    quoted = judge.quote(call, [(opening.turn, opening.trigger, opening.probability)])[0]
    own_turn = call.turns[opening.turn].role == "agent"
    return MissedMoment(
        trigger=opening.trigger,
        outcome=opening.outcome,
        behaviour=behaviour,
        criterion=opening.criterion,
        opening=quoting.turn_or(call, quoted),
        response=None if own_turn else quoting.opening_words(call, opening.response),
        what_happened=words.notes.happened(opening.trigger, opening.outcome),
        try_this=words.notes.behaviours[behaviour].try_,
        rewrite=rewrite,
    )
