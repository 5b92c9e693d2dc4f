"""Lines verified by scoring the call again: only what meets the moment, gains, and costs nothing is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.coaching import place
from carescore.coaching.judge import Judge, most_trials
from carescore.coaching.lines import Candidate, candidates
from carescore.coaching.openings import Opening
from carescore.coaching.words import Words
from carescore.notes import Placement, Rewrite
from carescore.results import CallScore
from carescore.spans import sentences
from carescore.transcript import Transcript

LEAST_GAIN: Final = 3.0  # score points of the criterion below which a line is not worth anybody's effort
# A line that gains half as much as another may still be the better one to say, if it takes up more of what
# the customer said (up to three words of content); of lines that gain nearly alike, any will do.
_WORTH_CHOOSING: Final = 0.5
_WORDS_TAKEN_UP: Final = 3
_AS_GOOD: Final = 0.8
# A turn that brushes off and shows nothing but these can be replaced whole.
_EMPTY: Final = frozenset({"dismissive", "deflection", "apology", "thanks", "refusal"})


@dataclass(frozen=True, slots=True)
class Trial:
    """A line put into one place of the call."""

    opening: Opening
    line: Candidate
    placement: Placement
    replaces: str | None
    turn_text: str


def verified(
    call: Transcript, result: CallScore, openings: Sequence[Opening], judge: Judge, words: Words
) -> dict[Opening, Rewrite]:
    """The best honest line for each opening that has one; no two openings get the same pattern."""
    share = max(1, most_trials(call) // max(1, len(openings)))
    trials = [
        trial for opening in openings for trial in trials_for(call, result, opening, judge, words)[:share]
    ]
    edited = [place.with_turn(call, trial.opening.response, trial.turn_text) for trial in trials]
    after = judge.score_batch(edited) if edited else []
    gains = [gain(result, new, trial.opening) for trial, new in zip(trials, after, strict=True)]
    chosen: dict[Opening, Rewrite] = {}
    used: set[str] = set()
    for opening in openings:
        good = [
            (points, trial)
            for trial, points in zip(trials, gains, strict=True)
            if trial.opening == opening and points is not None and trial.line.pattern.text not in used
        ]
        if good:
            heard = words.vocabulary.content(call.turns[opening.turn].text)
            seed = f"{result.receipt.transcript_sha256}:{opening.turn}"
            points, trial = _one_of_the_best(good, heard, words, seed)
            used.add(trial.line.pattern.text)
            chosen[opening] = _rewrite(trial, points)
    return chosen


def gain(before: CallScore, after: CallScore, opening: Opening) -> float | None:
    """What the opening's criterion gains, or `None` if the line is not to be shown.

    It is shown if the moment is now met, the criterion gains `LEAST_GAIN` or more, no other criterion
    loses anything, none starts or stops to apply, and the answer does not brush off where it did not before.
    """
    old, new = before.criteria[opening.criterion], after.criteria[opening.criterion]
    now = [moment.outcome for moment in new.moments if moment.turn == opening.turn]
    if (
        set(now) != {"met"}
        or _harm(after, opening) - _harm(before, opening)
        or old.score is None
        or new.score is None
        or new.score - old.score < LEAST_GAIN
    ):
        return None
    return round(new.score - old.score, 6) if not any(losses(before, after)) else None


def _harm(result: CallScore, opening: Opening) -> set[str]:
    shown = next((row.behaviours for row in result.turns if row.index == opening.response), {})
    return {name for name in ("dismissive", "deflection") if name in shown}


def losses(before: CallScore, after: CallScore) -> Iterator[str]:
    """The criteria that are worse off, or that no longer are judged alike."""
    for name, old in before.criteria.items():
        new = after.criteria[name]
        if old.status != new.status or (old.score or 0.0) > (new.score or 0.0):
            yield name


def trials_for(
    call: Transcript, result: CallScore, opening: Opening, judge: Judge, words: Words
) -> list[Trial]:
    """Every line for an opening in every place that suits it."""
    said = call.turns[opening.response].text
    lines = candidates(call, opening.turn, opening.response, opening.trigger, opening.behaviours, words)
    weak = weak_sentences(call, result, opening.response, judge, words) if lines else []
    trials = []
    for line in lines:
        put = place.before if line.pattern.place == "before" else place.after
        trials.append(Trial(opening, line, line.pattern.place, None, put(said, line.text)))
        trials.extend(
            Trial(opening, line, "instead", said[start:end], place.instead(said, line.text, (start, end)))
            for start, end in weak
        )
    return trials


def weak_sentences(
    call: Transcript, result: CallScore, turn: int, judge: Judge, words: Words
) -> list[tuple[int, int]]:
    """What of a turn can go without a loss: stock phrases, and what only brushes off.

    A turn that does nothing else goes whole; of others a sentence with anything useful in it, or a
    question, stays.
    """
    text = call.turns[turn].text
    shown = next((row.behaviours for row in result.turns if row.index == turn), {})
    if "dismissive" in shown and set(shown) <= _EMPTY:
        return [(0, len(text))]
    stock = [text[a:b] for a, b in sentences(text) if words.vocabulary.is_stock(text[a:b])]
    brushed: list[str] = []
    if "dismissive" in shown:
        brushed = [found.quote for found in judge.quote(call, [(turn, "dismissive", shown["dismissive"])])]
    whole = [span for span in place.whole_sentences(text, [*stock, *brushed]) if text[span[1] - 1] != "?"]
    return [] if len(sentences(text)) == 1 else whole


def _one_of_the_best(
    good: list[tuple[float, Trial]], heard: frozenset[str], words: Words, seed: str
) -> tuple[float, Trial]:
    """A line that takes up much of what was said and gains much.

    Among equals the call decides which, so that two calls do not sound alike.
    """
    enough = [(p, t) for p, t in good if p >= _WORTH_CHOOSING * max(points for points, _ in good)]
    taken_up = [min(len(words.vocabulary.content(t.line.text) & heard), _WORDS_TAKEN_UP) for _, t in enough]
    closest = [row for row, count in zip(enough, taken_up, strict=True) if count == max(taken_up)]
    near = [(p, t) for p, t in closest if p >= _AS_GOOD * max(points for points, _ in closest)]
    return near[int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") % len(near)]


def _rewrite(trial: Trial, points: float) -> Rewrite:
    return Rewrite(
        text=trial.line.text,
        behaviour=trial.line.pattern.shows,
        criterion=trial.opening.criterion,
        gain=points,
        turn=trial.opening.response,
        placement=trial.placement,
        replaces=trial.replaces,
        turn_text=trial.turn_text,
    )
