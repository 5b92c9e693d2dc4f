"""Coaching as text to read: in a terminal, a mail or a chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.coaching.layout import flat, marked, place_of, quoted, wrapped
from carescore.notes import Coaching, Focus, MissedMoment, Praise, Rewrite, Story
from carescore.results import CallScore
from carescore.safe_text import visible

NOTHING: Final = "Nothing about this call is sure enough to be said."
DRAFT: Final = "A draft for a person to use: about what was said, not about who said it."


def as_text(result: CallScore, coaching: Coaching) -> str:
    """The notes on one call, one part after the other; parts with nothing to say are left out."""
    lines = [_heading(result)]
    if result.status == "unscored":
        return _joined([*lines, *wrapped(f"Not scored: {result.reason}", "  ")])
    names = {name: criterion.name for name, criterion in result.criteria.items()}
    if coaching.celebrate:
        lines += ["", "WORTH CELEBRATING"]
        for praise in coaching.celebrate:
            lines += ["", *_praise(praise, names)]
    if coaching.focus:
        lines += ["", "ONE THING TO WORK ON", "", *_focus(coaching.focus, coaching.is_example_told)]
    if coaching.missed_moments:
        lines += ["", "MOMENTS"]
        told = {coaching.focus.behaviour} if coaching.focus else set()  # what to try is said once
        for moment in coaching.missed_moments:
            lines += ["", *_moment(moment, names, told)]
    if coaching.story:
        lines += ["", "THE STORY THIS CUSTOMER MAY TELL", "", *_story(coaching.story)]
    if coaching == Coaching():
        lines += ["", NOTHING]
    return _joined([*lines, "", DRAFT])


def _joined(lines: list[str]) -> str:
    """The lines as one text in which no character steers a terminal."""
    return "\n".join(visible(line) for line in lines) + "\n"


def _heading(result: CallScore) -> str:
    score = "" if result.score is None else f"  {result.score:.0f} of 100"
    spread = (
        "" if result.low is None or result.high is None else f" (90%: {result.low:.0f}–{result.high:.0f})"
    )
    agent = "" if result.agent is None else f"  {result.agent}"
    return f"{result.call_id}{agent}{score}{spread}"


def _praise(praise: Praise, names: dict[str, str]) -> Iterator[str]:
    if praise.opening is not None:
        yield from quoted(praise.opening)
    yield from quoted(praise.quote)
    worth = f" {names[praise.criterion]} would be {_points(praise.worth)} lower without it."
    yield from wrapped(praise.why + (worth if round(praise.worth) else ""), "    ")


def _focus(focus: Focus, is_example_told: bool) -> Iterator[str]:
    yield from wrapped(f"{focus.title}.", "  ")
    yield from wrapped(focus.why, "  ")
    yield from wrapped(f"Try: {focus.try_this}", "  ")
    if focus.example is not None:
        words = ", see below." if is_example_told else f": {marked(focus.example)}"
        yield from wrapped(f"For example at {place_of(focus.example)}{words}", "  ")
    if focus.gain is not None:
        places = "one place" if focus.places == 1 else f"{focus.places} places"
        change = "without such words" if focus.is_to_leave_out else "with that"
        yield from wrapped(
            f"Measured: {change} in {places} this call would have scored {_points(focus.gain)} more.", "  "
        )


def _moment(moment: MissedMoment, names: dict[str, str], told: set[str]) -> Iterator[str]:
    yield from quoted(moment.opening)
    if moment.response is not None:
        yield from quoted(moment.response)
    yield from wrapped(moment.what_happened, "    ")
    if moment.rewrite is not None:
        yield from _rewrite(moment.rewrite, names)
    elif moment.behaviour not in told:
        told.add(moment.behaviour)
        yield from wrapped(f"Try: {moment.try_this}", "    ")
    if moment.colleague is not None:
        who = f"{moment.colleague.agent}" if moment.colleague.agent else "A colleague"
        met = f'{who} met this with: "{flat(moment.colleague.text)}" ({moment.colleague.call_id}).'
        yield from wrapped(met, "    ")


def _rewrite(rewrite: Rewrite, names: dict[str, str]) -> Iterator[str]:
    where = {
        "before": "Say first",
        "after": "Add",
        "instead": f'Instead of "{flat(rewrite.replaces or "")}"',
    }
    yield from wrapped(f'{where[rewrite.placement]}: "{rewrite.text}"', "    ")
    yield from wrapped(
        f"Scored again with it: {names[rewrite.criterion]} {rewrite.gain:+.0f}, nothing else lower.", "    "
    )


def _story(story: Story) -> Iterator[str]:
    yield from wrapped(story.text, "  ")
    end = sorted((q for q in (story.end, story.last) if q is not None), key=lambda quote: quote.turn)
    peak = [q for q in (story.peak, story.answer) if q is not None and q.turn not in {e.turn for e in end}]
    for quote in peak:
        yield from quoted(quote)
    if peak:
        yield from wrapped("And the end:", "  ")
    for quote in end:
        yield from quoted(quote)


def _points(number: float) -> str:
    rounded = round(number)
    return "1 point" if rounded == 1 else f"{rounded} points"
