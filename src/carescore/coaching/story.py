"""The story this customer will tell: the strongest moment of the call, what answered it, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from carescore.coaching import quoting
from carescore.coaching.judge import Judge
from carescore.coaching.openings import Opening
from carescore.coaching.words import Words
from carescore.notes import Story
from carescore.results import CallScore, Moment, Outcome
from carescore.transcript import Transcript

_SURE: Final = 0.5
_WENT_WELL: Final = 75.0  # score of a call from which a passed-over opening is not what is remembered
_WENT_BADLY: Final = 40.0  # score below which a polite goodbye is only that
_CAME_RIGHT: Final = 60.0  # score from which thanks mean that it came right, and not just good manners
_TROUBLE: Final = ("distress", "effort")
_PUSH: Final = ("escalation_request", "churn_risk", "unresolved")
_OPEN: Final = ("unresolved", "distress", "churn_risk", "escalation_request")


def story(
    call: Transcript, result: CallScore, openings: Sequence[Opening], judge: Judge, words: Words
) -> Story | None:
    """Peak and end in the customer's words and the agent's; `None` where the customer says nothing.

    Only of the `openings`, those that are held against an answer, is it said that they were passed over.
    """
    said = [turn.index for turn in call.turns if turn.role == "customer"]
    if result.score is None or not said:
        return None
    peak = _peak(result)
    parts = (
        _on_peak(peak, result, {opening.turn: opening for opening in openings}, words),
        _on_end(said, result, words),
    )
    text = " ".join(sentence for sentence in parts if sentence)
    if not text and peak is None:
        return None
    answer = _answer_to(peak, result, call) if peak else None
    last = call.turns[-1]
    return Story(
        text=text,
        peak=quoting.turn_or(call, judge.quote(call, [peak])[0]) if peak else None,
        answer=quoting.opening_words(call, answer) if answer is not None else None,
        end=quoting.closing_words(call, said[-1]),
        last=quoting.closing_words(call, last.index) if last.role == "agent" else None,
    )


def _peak(result: CallScore) -> tuple[int, str, float] | None:
    """The customer turn where most was at stake: (turn, behaviour, probability), or `None`.

    Where nothing troubled the customer, it is where they were most pleased. In a call that went well, an
    opening that was passed over is not what they will tell.
    """
    went_well = result.score is not None and result.score >= _WENT_WELL
    missed = {m.turn for m in _moments(result) if m.outcome != "met"} if went_well else set()
    strongest: tuple[float, int, str, float] | None = None
    for turn in result.turns:
        weights = {name: p for name, p in turn.behaviours.items() if name in _TROUBLE + _PUSH and p >= _SURE}
        if turn.speaker == "customer" and weights and turn.index not in missed:
            name = max(weights, key=lambda key: weights[key])
            total = sum(weights.values())
            if strongest is None or total > strongest[0]:
                strongest = (total, turn.index, name, weights[name])
    if strongest is not None:
        return strongest[1], strongest[2], strongest[3]
    pleased = [
        (t.behaviours["satisfaction"], t.index) for t in result.turns if "satisfaction" in t.behaviours
    ]
    best = max(pleased, default=None)
    return (best[1], "satisfaction", best[0]) if best else None


def _on_peak(
    peak: tuple[int, str, float] | None, result: CallScore, held: Mapping[int, Opening], words: Words
) -> str:
    if peak is None:
        return ""
    turn, behaviour, _ = peak
    shown = {one.index: one.behaviours for one in result.turns}
    said = words.notes.story
    if behaviour == "satisfaction":
        return said.peak_pleased if (result.score or 0.0) >= _CAME_RIGHT else ""
    if turn in held:
        return _sentence(held[turn].trigger, held[turn].outcome, words)
    answer = _met_by(turn, behaviour, result)
    brushed_off = answer is not None and "dismissive" in shown.get(answer, {})
    return "" if answer is None or brushed_off else _sentence(behaviour, "met", words)


def _met_by(turn: int, trigger: str, result: CallScore) -> int | None:
    """The turn that met this very opening; `None` if none did."""
    return next(
        (
            m.response_turn
            for m in _moments(result)
            if (m.turn, m.trigger, m.outcome) == (turn, trigger, "met")
        ),
        None,
    )


def _sentence(trigger: str, outcome: Outcome, words: Words) -> str:
    kind = "stuck" if trigger == "unresolved" else "push" if trigger in _PUSH else "peak"
    if kind != "peak" and outcome == "token":
        outcome = "missed"
    sentence: str = getattr(words.notes.story, f"{kind}_{outcome}")
    return sentence


def _on_end(customer_turns: list[int], result: CallScore, words: Words) -> str:
    shown = {turn.index: turn.behaviours for turn in result.turns}
    last = shown.get(customer_turns[-1], {})
    before = shown.get(customer_turns[-2], {}) if len(customer_turns) > 1 else {}
    said = words.notes.story
    score = result.score or 0.0
    if "satisfaction" in last:
        return said.end_well if score >= _WENT_BADLY else said.end_plain
    if "satisfaction" in before and not set(_OPEN) & set(last):
        return said.end_well if score >= _CAME_RIGHT else said.end_plain
    return said.end_open if set(_OPEN) & {*last} else said.end_plain


def _moments(result: CallScore) -> list[Moment]:
    return [moment for criterion in result.criteria.values() for moment in criterion.moments]


def _answer_to(peak: tuple[int, str, float], result: CallScore, call: Transcript) -> int | None:
    met = _met_by(peak[0], peak[1], result)
    return (
        met
        if met is not None
        else next((t.index for t in call.turns[peak[0] + 1 :] if t.role == "agent"), None)
    )
