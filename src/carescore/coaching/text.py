"""Coaching as text to read: in a terminal, a mail or a chat."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from carescore.notes import Coaching, Focus, MissedMoment, Praise, Quote, Rewrite, Story
from carescore.results import CallScore

WIDTH: Final = 92
DRAFT: Final = "A draft for a person to use: about what was said, not about who said it."


def as_text(result: CallScore, coaching: Coaching) -> str:
    """The notes on one call, one part after the other; parts with nothing to say are left out."""
    lines = [_heading(result)]
    if result.status == "unscored":
        return "\n".join([*lines, *_wrapped(f"Not scored: {result.reason}", "  ")]) + "\n"
    names = {name: criterion.name for name, criterion in result.criteria.items()}
    if coaching.celebrate:
        lines += ["", "WORTH CELEBRATING"]
        for praise in coaching.celebrate:
            lines += ["", *_praise(praise, names)]
    if coaching.focus:
        lines += ["", "ONE THING TO WORK ON", "", *_focus(coaching.focus)]
    if coaching.missed_moments:
        lines += ["", "MOMENTS"]
        told = {coaching.focus.behaviour} if coaching.focus else set()  # what to try is said once
        for moment in coaching.missed_moments:
            lines += ["", *_moment(moment, names, told)]
    if coaching.story:
        lines += ["", "THE STORY THIS CUSTOMER MAY TELL", "", *_story(coaching.story)]
    return "\n".join([*lines, "", DRAFT]) + "\n"


def _heading(result: CallScore) -> str:
    score = "" if result.score is None else f"  {result.score:.0f} of 100"
    spread = (
        "" if result.low is None or result.high is None else f" (90%: {result.low:.0f}–{result.high:.0f})"
    )
    agent = "" if result.agent is None else f"  {result.agent}"
    return f"{result.call_id}{agent}{score}{spread}"


def _praise(praise: Praise, names: dict[str, str]) -> Iterator[str]:
    if praise.opening is not None:
        yield from _quoted(praise.opening)
    yield from _quoted(praise.quote)
    worth = f"{names[praise.criterion]} would be {_points(praise.worth)} lower without it."
    yield from _wrapped(f"{praise.why} {worth}", "    ")


def _focus(focus: Focus) -> Iterator[str]:
    yield from _wrapped(f"{focus.title}.", "  ")
    yield from _wrapped(focus.why, "  ")
    yield from _wrapped(f"Try: {focus.try_this}", "  ")
    if focus.example is not None:
        yield from _wrapped(f"For example at {_place(focus.example)}: {_marked(focus.example)}", "  ")
    if focus.gain is not None:
        places = "one place" if focus.places == 1 else f"{focus.places} places"
        yield from _wrapped(
            f"Measured: with that in {places} this call would have scored {_points(focus.gain)} more.", "  "
        )


def _moment(moment: MissedMoment, names: dict[str, str], told: set[str]) -> Iterator[str]:
    yield from _quoted(moment.opening)
    if moment.response is not None:
        yield from _quoted(moment.response)
    yield from _wrapped(moment.what_happened, "    ")
    if moment.rewrite is not None:
        yield from _rewrite(moment.rewrite, names)
    elif moment.behaviour not in told:
        told.add(moment.behaviour)
        yield from _wrapped(f"Try: {moment.try_this}", "    ")
    if moment.colleague is not None:
        who = f"{moment.colleague.agent}" if moment.colleague.agent else "A colleague"
        met = f'{who} met this with: "{_flat(moment.colleague.text)}" ({moment.colleague.call_id}).'
        yield from _wrapped(met, "    ")


def _rewrite(rewrite: Rewrite, names: dict[str, str]) -> Iterator[str]:
    where = {
        "before": "Say first",
        "after": "Add",
        "instead": f'Instead of "{_flat(rewrite.replaces or "")}"',
    }
    yield from _wrapped(f'{where[rewrite.placement]}: "{rewrite.text}"', "    ")
    yield from _wrapped(
        f"Scored again with it: {names[rewrite.criterion]} {rewrite.gain:+.0f}, nothing else lower.", "    "
    )


def _story(story: Story) -> Iterator[str]:
    yield from _wrapped(story.text, "  ")
    end = sorted((q for q in (story.end, story.last) if q is not None), key=lambda quote: quote.turn)
    peak = [q for q in (story.peak, story.answer) if q is not None and q.turn not in {e.turn for e in end}]
    for quote in peak:
        yield from _quoted(quote)
    if peak:
        yield from _wrapped("And the end:", "  ")
    for quote in end:
        yield from _quoted(quote)


def _quoted(quote: Quote) -> Iterator[str]:
    yield from _wrapped(f"{_place(quote)}  {quote.speaker}: {_marked(quote)}", "  ", "      ")


def _place(quote: Quote) -> str:
    """Turn and time, as in "turn 4, 01:20"."""
    if quote.time is None:
        return f"turn {quote.turn}"
    minutes, seconds = divmod(int(quote.time), 60)
    return f"turn {quote.turn}, {minutes:02d}:{seconds:02d}"


def _marked(quote: Quote) -> str:
    return f'"{_flat(quote.text)}"'


def _flat(text: str) -> str:
    return " ".join(text.split())


def _points(number: float) -> str:
    rounded = round(number)
    return "1 point" if rounded == 1 else f"{rounded} points"


def _wrapped(text: str, indent: str, later: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent if later is None else later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
