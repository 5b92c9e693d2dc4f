"""From a scored call to its notes: celebrate first, one focus, the exact moments, the story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from carescore.coaching.celebrate import celebrate
from carescore.coaching.focus import focus
from carescore.coaching.judge import Judge
from carescore.coaching.library import MomentLibrary
from carescore.coaching.missed import held, missed_moment, most_telling, worth_telling
from carescore.coaching.openings import Opening, unmet
from carescore.coaching.rewrites import verified
from carescore.coaching.story import story
from carescore.coaching.words import Words, bundled_words
from carescore.notes import Coaching
from carescore.results import CallScore
from carescore.transcript import Transcript

_MOST_OPENINGS: Final = 12  # of a call without end; notes are given on three


def coach(
    call: Transcript,
    result: CallScore,
    judge: Judge,
    *,
    words: Words | None = None,
    colleagues: MomentLibrary | None = None,
) -> Coaching:
    """The notes on one call. A call that was not scored has none."""
    if result.status == "unscored":
        return Coaching()
    said = words or bundled_words()
    possible = _surest(worth_telling(unmet(result, judge.scorecard), call, result, said))
    rewrites = verified(call, result, possible, judge, said)
    openings = held(possible, call, result, rewrites, said)
    to_work_on = focus(call, result, openings, rewrites, judge, said)
    told = most_telling(openings, rewrites, to_work_on.behaviour if to_work_on else None)
    notes = Coaching(
        celebrate=celebrate(call, result, judge, said),
        focus=to_work_on,
        missed_moments=tuple(
            missed_moment(call, opening, rewrites.get(opening), judge, said) for opening in told
        ),
        story=story(call, result, openings, judge, said),
    )
    return colleagues.beside(notes, call, said) if colleagues else notes


def _surest(openings: Sequence[Opening]) -> list[Opening]:
    kept = sorted(openings, key=lambda opening: (-opening.probability, opening.turn))[:_MOST_OPENINGS]
    return sorted(kept, key=lambda opening: (opening.turn, opening.response))
