"""The moments worth celebrating: what the agent said that this customer was better off for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.coaching import place, quoting
from carescore.coaching.judge import Judge, most_trials
from carescore.coaching.lines import is_specific
from carescore.coaching.words import Words
from carescore.notes import Praise
from carescore.results import CallScore, Evidence
from carescore.scorecard import Scorecard
from carescore.transcript import Transcript

MOST: Final = 3
_MOST_TRIED: Final = 60  # deeds of a long call whose worth is measured, the surest
LEAST_WORTH: Final = 3.0  # score points of a criterion that the words must have earned
_SURE: Final = 0.65  # probability from which a behaviour is praised
_DOUBT: Final = 0.5
_LEAST_WORDS: Final = 5
# Worth a word of praise wherever they occur; other behaviours only where they met an opening.
_WORTH_IT: Final = (
    "empathy", "goodwill", "anticipation", "understanding_check", "explanation", "teamwork", "rapport",
    "reassurance",
)  # fmt: skip
# In a call that went badly, of these only what met an opening: a warm word beside the point is no help.
_FAIR_WEATHER: Final = frozenset({"explanation", "understanding_check", "teamwork", "rapport", "reassurance"})
_WENT_BADLY: Final = 50.0
# From here on good moments carry one another, and no single sentence is missed much in the score any more.
_WENT_WELL: Final = 75.0
_A_FEW: Final = 2  # such a call deserves more than one word of praise
# Met an opening of its own kind, but nothing that one would remember.
_ROUTINE: Final = frozenset({"timeframe", "follow_up_path", "next_step", "escalation"})
# What these are worth shows in the answer: where it brings trouble or doubt, they are not held up.
_TO_BE_BORNE_OUT: Final = frozenset(
    {"explanation", "solution", "understanding_check", "anticipation", "reassurance", "teamwork", "rapport"}
)
_TROUBLE: Final = ("distress", "unresolved", "confusion", "churn_risk", "escalation_request")
_SPOILING: Final = frozenset({"dismissive", "deflection"})  # a turn with these is not held up as an example
NOTHING: Final = "Okay."  # stands where a turn of one sentence is taken out


@dataclass(frozen=True, slots=True)
class _Deed:
    """A behaviour in an agent turn, and the turn of the opening that it met, if it met one."""

    turn: int
    behaviour: str
    probability: float
    opening: int | None


def celebrate(call: Transcript, result: CallScore, judge: Judge, words: Words) -> tuple[Praise, ...]:
    """Up to three moments, the one that earned most first. A stock phrase is never among them.

    Words are praised that earned `LEAST_WORTH` points of a criterion; in a call that went so well that no
    single sentence decides anything, also those that met an opening, and where that leaves one or none, the
    best ones all the same.
    """
    every = sorted(
        _deeds(result, judge.scorecard), key=lambda deed: (-deed.probability, deed.turn, deed.behaviour)
    )
    deeds = sorted(every[: min(_MOST_TRIED, most_trials(call))], key=lambda deed: (deed.turn, deed.behaviour))
    found = judge.quote(call, [(deed.turn, deed.behaviour, deed.probability) for deed in deeds])
    told = [
        (deed, evidence)
        for deed, evidence in zip(deeds, found, strict=True)
        if _is_own(call, evidence, words)
    ]
    without = judge.score_batch([_without(call, evidence) for _, evidence in told]) if told else []
    praised = [
        _praise(call, result, less, deed, evidence, judge.scorecard, words)
        for (deed, evidence), less in zip(told, without, strict=True)
    ]
    return _best(_worth_telling(praised, result))


def _worth_telling(praised: Sequence[Praise], result: CallScore) -> list[Praise]:
    if result.score is None or result.score < _WENT_WELL:
        return [praise for praise in praised if praise.worth >= LEAST_WORTH]
    harmless = [praise for praise in praised if praise.worth >= 0.0]
    met = [p for p in harmless if p.worth >= LEAST_WORTH or (p.opening and p.behaviour in _WORTH_IT)]
    return met if len(met) >= _A_FEW else harmless


def _deeds(result: CallScore, scorecard: Scorecard) -> Iterator[_Deed]:
    met = _met(result, scorecard)
    answered = _brought_trouble(result)
    fair = result.score is not None and result.score >= _WENT_BADLY
    for turn in result.turns:
        if turn.speaker != "agent" or _SPOILING & turn.behaviours.keys():
            continue
        for behaviour, probability in turn.behaviours.items():
            opening = met.get((turn.index, behaviour))
            if turn.index in answered and behaviour in _TO_BE_BORNE_OUT:
                continue
            anywhere = behaviour in _WORTH_IT and (fair or behaviour not in _FAIR_WEATHER)
            if probability >= _SURE and (anywhere or (opening is not None and behaviour not in _ROUTINE)):
                yield _Deed(turn.index, behaviour, probability, opening)


def _brought_trouble(result: CallScore) -> set[int]:
    """The agent's turns to which the customer answered with trouble or doubt."""
    brought: set[int] = set()
    for before, after in zip(result.turns, result.turns[1:], strict=False):
        if after.speaker == "customer" and any(
            after.behaviours.get(name, 0.0) >= _DOUBT for name in _TROUBLE
        ):
            brought.add(before.index)
    return brought


def _met(result: CallScore, scorecard: Scorecard) -> dict[tuple[int, str], int]:
    """The opening that each (turn, behaviour) met. A no counts as met only if the way on came with it."""
    shown = {turn.index: turn.behaviours for turn in result.turns}
    met: dict[tuple[int, str], int] = {}
    for criterion in scorecard.criteria:
        for moment in result.criteria[criterion.id].moments:
            at_once = moment.trigger != "refusal" or moment.response_turn == moment.turn
            sure = shown.get(moment.turn, {}).get(moment.trigger, 0.0) >= _DOUBT
            if moment.outcome == "met" and moment.response_turn is not None and at_once and sure:
                for behaviour in next(r.expect for r in criterion.moments if moment.trigger in r.when):
                    met.setdefault((moment.response_turn, behaviour), moment.turn)
    return met


def _is_own(call: Transcript, evidence: Evidence, words: Words) -> bool:
    """Whether the words are the agent's own: long enough to say something, and no stock phrase.

    What answers trouble must also take up something that this customer said.
    """
    if len(evidence.quote.split()) < _LEAST_WORDS or words.vocabulary.is_stock(evidence.quote):
        return False
    heard = " ".join(turn.text for turn in call.turns[: evidence.turn] if turn.role == "customer")
    start, end = quoting.span_of(call, evidence)
    said = call.turns[evidence.turn].text[start:end]
    if evidence.behaviour == "teamwork":
        return not words.vocabulary.is_everyday(said)
    return evidence.behaviour != "empathy" or is_specific(said, heard, words)


def _without(call: Transcript, evidence: Evidence) -> Transcript:
    text = call.turns[evidence.turn].text
    return place.with_turn(
        call, evidence.turn, place.instead(text, "", quoting.span_of(call, evidence)) or NOTHING
    )


def _praise(
    call: Transcript,
    result: CallScore,
    without: CallScore,
    deed: _Deed,
    evidence: Evidence,
    scorecard: Scorecard,
    words: Words,
) -> Praise:
    criterion, worth = _earned(result, without, deed.behaviour, scorecard)
    opening = None if deed.opening in (None, deed.turn) else quoting.opening_words(call, deed.opening)
    return Praise(
        behaviour=deed.behaviour,
        quote=quoting.of_evidence(call, evidence),
        opening=opening,
        why=words.notes.behaviours[deed.behaviour].praise,
        criterion=criterion,
        worth=worth,
    )


def _earned(result: CallScore, without: CallScore, behaviour: str, scorecard: Scorecard) -> tuple[str, float]:
    """The criterion that loses most without the words, of those that the behaviour is evidence for."""
    named = [c.id for c in scorecard.criteria if c.weight and behaviour in c.evidence]
    every = [c.id for c in scorecard.criteria if c.weight]
    lost = {
        name: (result.criteria[name].score or 0.0) - (without.criteria[name].score or 0.0) for name in every
    }
    best = max(named or every, key=lambda name: lost[name])
    return best, round(lost[best], 6)


def _best(praised: Sequence[Praise]) -> tuple[Praise, ...]:
    """The best ones, each turn and each behaviour once; what met an opening before what did not."""
    chosen: list[Praise] = []
    for praise in sorted(praised, key=lambda p: (p.opening is None, -p.worth, p.quote.turn)):
        turns, behaviours = {p.quote.turn for p in chosen}, {p.behaviour for p in chosen}
        if len(chosen) < MOST and praise.quote.turn not in turns and praise.behaviour not in behaviours:
            chosen.append(praise)
    return tuple(sorted(chosen, key=lambda p: (-p.worth, p.quote.turn)))
