"""One thing to work on: the change in behaviour that would have brought this call most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.coaching import place, quoting
from carescore.coaching.celebrate import NOTHING
from carescore.coaching.judge import Judge
from carescore.coaching.lines import candidates
from carescore.coaching.openings import Opening
from carescore.coaching.words import Words
from carescore.notes import Focus, Quote, Rewrite
from carescore.results import CallScore
from carescore.transcript import Transcript

LEAST_GAIN: Final = 1.5  # points of the call's score below which nothing is said
_LEAST_GAIN_UNASKED: Final = 3.0  # the same for what no opening of the call asked for, or for words left out
_GOOD_ALREADY: Final = 85.0  # a call from this score on needs no focus but a plain fault
_GOOD_AS_IT_WAS: Final = 70.0  # the same for what no opening of the call asked for
_HARMFUL: Final = ("dismissive", "deflection")
_SURE: Final = 0.7  # probability from which words are said to brush off; it is a grave thing to say
_LIKELY: Final = 0.5
_ASTRAY: Final = ("unresolved", "confusion")
_ASKING: Final = ("understanding_check", "open_question")
_LACKING: Final = ("understanding_check", "open_question", "anticipation")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of one behaviour: the edited call, in how many places, and the clearest of them."""

    behaviour: str
    edited: Transcript
    places: int
    example: Quote | None


def focus(
    call: Transcript,
    result: CallScore,
    openings: Sequence[Opening],
    rewrites: Mapping[Opening, Rewrite],
    judge: Judge,
    words: Words,
) -> Focus | None:
    """The behaviour with the largest gain, or `None` where there is nothing to be said.

    First what the call itself asked for: openings that were not met, and words that brush off. Only if
    there are none, what was lacking although there was room for it.
    """
    if result.score is None:
        return None
    best = _larger(
        _largest(list(_harm(call, result, judge)), _LEAST_GAIN_UNASKED, result, judge),
        _largest(list(_meeting(call, openings, rewrites, judge)), LEAST_GAIN, result, judge),
    )
    if best is None and result.score < _GOOD_ALREADY:
        if openings:
            return _unmeasured(call, openings, judge, words)
        if result.score < _GOOD_AS_IT_WAS:
            best = _largest(list(_lacking(call, result, words)), _LEAST_GAIN_UNASKED, result, judge)
    if best is None:
        return None
    change, gain = best
    return _focus(change.behaviour, change.places, gain, change.example, words)


def _largest(
    changes: Sequence[_Change], least: float, result: CallScore, judge: Judge
) -> tuple[_Change, float] | None:
    after = judge.score_batch([change.edited for change in changes]) if changes else []
    gains = [
        (change, (new.score or 0.0) - (result.score or 0.0))
        for change, new in zip(changes, after, strict=True)
    ]
    worth = [(change, round(gain, 6)) for change, gain in gains if gain >= least]
    return max(worth, key=lambda row: row[1], default=None)


def _larger(
    one: tuple[_Change, float] | None, other: tuple[_Change, float] | None
) -> tuple[_Change, float] | None:
    return max((found for found in (one, other) if found), key=lambda found: found[1], default=None)


def _harm(call: Transcript, result: CallScore, judge: Judge) -> Iterator[_Change]:
    """The call without its sentences that brush off, or that hand the work back."""
    for behaviour in _HARMFUL:
        shown = [
            (t.index, t.behaviours[behaviour])
            for t in result.turns
            if t.behaviours.get(behaviour, 0.0) >= _SURE
        ]
        if not shown:
            continue
        quoted = judge.quote(call, [(turn, behaviour, chance) for turn, chance in shown])
        without = {
            one.turn: place.instead(call.turns[one.turn].text, "", (one.start, one.end)) or NOTHING
            for one in quoted
        }
        surest = max(quoted, key=lambda evidence: evidence.probability)
        yield _Change(
            behaviour, place.with_turns(call, without), len(shown), quoting.of_evidence(call, surest)
        )


def _meeting(
    call: Transcript, openings: Sequence[Opening], rewrites: Mapping[Opening, Rewrite], judge: Judge
) -> Iterator[_Change]:
    """The call with every opening of a kind met by its verified line."""
    for behaviour in dict.fromkeys(opening.behaviours[0] for opening in openings):
        met = [
            (opening, rewrites[opening])
            for opening in openings
            if opening.behaviours[0] == behaviour and opening in rewrites
        ]
        if met:
            edited = place.with_turns(call, {rewrite.turn: rewrite.turn_text for _, rewrite in met})
            clearest = max(met, key=lambda row: row[1].gain)[0]
            yield _Change(behaviour, edited, len(met), _quoted(call, clearest, judge))


def _lacking(call: Transcript, result: CallScore, words: Words) -> Iterator[_Change]:
    """The call with one line that shows what no turn of it shows, where there was room for it."""
    shown = {name for turn in result.turns if turn.speaker == "agent" for name in turn.behaviours}
    for behaviour in _LACKING:
        at = _room_for(behaviour, call, result)
        if behaviour in shown or at is None or (behaviour in _ASKING and not _went_astray(result)):
            continue
        opening, response = at
        for line in candidates(call, opening, response, "always", (behaviour,), words):
            put = place.before if line.pattern.place == "before" else place.after
            edited = place.with_turn(call, response, put(call.turns[response].text, line.text))
            where = response if line.pattern.place == "after" else opening
            yield _Change(behaviour, edited, 1, quoting.closing_words(call, where))


def _went_astray(result: CallScore) -> bool:
    """Whether something was not clear or not solved on the way, so that a question more had helped."""
    return any(turn.behaviours.get(name, 0.0) >= _LIKELY for turn in result.turns for name in _ASTRAY)


def _room_for(behaviour: str, call: Transcript, result: CallScore) -> tuple[int, int] | None:
    """The customer turn and the agent turn after it where the behaviour would have had its place."""
    pairs = [
        (before.index, turn.index)
        for before, turn in zip(call.turns, call.turns[1:], strict=False)
        if before.role == "customer" and turn.role == "agent"
    ]
    if behaviour == "anticipation":
        solved = {turn.index for turn in result.turns if "solution" in turn.behaviours}
        return next((pair for pair in reversed(pairs) if pair[1] in solved), None)
    if result.criteria.get("questions") is None or result.criteria["questions"].status != "scored":
        return None
    return next((pair for pair in pairs if len(call.turns[pair[0]].text.split()) >= 8), None)


def _unmeasured(call: Transcript, openings: Sequence[Opening], judge: Judge, words: Words) -> Focus:
    """The behaviour that most openings asked for in vain, where no line could be measured."""
    kinds = [opening.behaviours[0] for opening in openings]
    behaviour = max(dict.fromkeys(kinds), key=kinds.count)
    first = next(opening for opening in openings if opening.behaviours[0] == behaviour)
    return _focus(behaviour, kinds.count(behaviour), None, _quoted(call, first, judge), words)


def _quoted(call: Transcript, opening: Opening, judge: Judge) -> Quote:
    found = judge.quote(call, [(opening.turn, opening.trigger, opening.probability)])
    return quoting.turn_or(call, found[0])


def _focus(behaviour: str, places: int, gain: float | None, example: Quote | None, words: Words) -> Focus:
    said = words.notes.behaviours[behaviour]
    return Focus(
        behaviour=behaviour,
        title=said.title,
        why=said.why,
        try_this=said.try_,
        places=places,
        gain=gain,
        example=example,
    )
