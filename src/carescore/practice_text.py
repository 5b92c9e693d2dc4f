"""A comparison of two attempts as text to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.coaching.layout import quoted, wrapped
from carescore.practice import Attempt, Change, ChangedMoment, Comparison, MomentInAttempt, compare
from carescore.safe_text import visible

_WIDTH: Final = 24
DRAFT: Final = "A draft for a person to use: two attempts are little to go by."


def comparison_text(comparison: Comparison) -> str:
    """What changed from the first attempt to the second."""
    before, after = comparison.before, comparison.after
    lines = [f"{before.name} → {after.name}", ""]
    for attempt in (before, after):
        if attempt.result.status == "unscored":
            lines += wrapped(f"{attempt.name} was not scored: {attempt.result.reason}", "  ")
    lines += [_row(change) for change in (comparison.call, *comparison.criteria)]
    for better, heading in ((True, "MET BETTER THAN BEFORE"), (False, "MET LESS WELL THAN BEFORE")):
        moments = [moment for moment in comparison.moments if moment.better == better]
        if moments:
            lines += ["", heading]
            for moment in moments:
                lines += ["", *_moment(moment, comparison)]
    return "\n".join(visible(line) for line in [*lines, "", DRAFT]) + "\n"


def scenario_text(scenario: str, attempts: Sequence[Attempt]) -> str:
    """The attempts at one scenario: their scores in order, and what changed from the first to the last."""
    lines = [f"SCENARIO {scenario}"]
    for attempt in attempts:
        score = "not scored" if attempt.result.score is None else f"{attempt.result.score:.0f} of 100"
        lines.append(f"  {attempt.name}: {score}")
    if len(attempts) == 1:
        return (
            "\n".join(visible(line) for line in [*lines, "  One attempt, so nothing to compare yet."]) + "\n"
        )
    text = comparison_text(compare(attempts[0], attempts[-1]))
    return "\n".join(visible(line) for line in lines) + "\n\n" + text


def _row(change: Change) -> str:
    numbers = f"{_number(change.before):>4} → {_number(change.after):<4}"
    spread = f"(90%: {_spread(change.before_interval)} → {_spread(change.after_interval)})"
    if change.before is None and change.after is None:
        spread = ""
    return f"  {change.name[:_WIDTH]:<{_WIDTH}}{numbers}  {change.verdict:<16} {spread}".rstrip()


def _moment(moment: ChangedMoment, comparison: Comparison) -> Iterator[str]:
    yield from wrapped(f"{moment.trigger}: {moment.before.outcome} → {moment.after.outcome}", "  ")
    yield from _attempt(comparison.before.name, moment.before)
    yield from _attempt(comparison.after.name, moment.after)


def _attempt(name: str, moment: MomentInAttempt) -> Iterator[str]:
    yield from wrapped(f"{name}:", "    ")
    yield from quoted(moment.opening, "      ")
    if moment.response is not None:
        yield from quoted(moment.response, "      ")


def _number(score: float | None) -> str:
    return "n/a" if score is None else f"{score:.0f}"


def _spread(interval: tuple[float, float] | None) -> str:
    return "n/a" if interval is None else f"{interval[0]:.0f}–{interval[1]:.0f}"
