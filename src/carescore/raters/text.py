"""The comparison of raters in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Final

from carescore.raters.disagreements import Disagreement
from carescore.raters.estimates import Estimate
from carescore.raters.leniency import Leniency
from carescore.raters.pairs import (
    LARGEST_DIFFERENCE,
    LEAST_ADJACENT,
    LEAST_EXACT,
    LEAST_WEIGHTED_KAPPA,
    MINIMUM_CALLS,
    PairAgreement,
)
from carescore.raters.together import CriterionAgreement
from carescore.safe_text import visible

_WIDTH: Final = 110
_COLUMNS: Final = (
    ("calls", 6), ("exact", 7), ("within 1", 9), ("kappa", 7), ("weighted kappa", 22), ("corr.", 7),
    ("mean diff.", 11), ("applies", 9), ("only 1st/2nd", 14),
)  # fmt: skip


def pair_lines(pairs: Sequence[PairAgreement]) -> Iterator[str]:
    """A table of all pairs, with a mark at each number that falls short."""
    yield "PAIRS OF RATERS (calls that both rated; weighted kappa with its 90% interval)"
    wide = max((len(_both(pair)) for pair in pairs), default=0)
    heads = "".join(f"{head:>{width}}" for head, width in _COLUMNS)
    for criterion in dict.fromkeys(pair.criterion for pair in pairs):
        several = [pair for pair in pairs if pair.criterion == criterion]
        shown = [pair for pair in several if pair.exact is not None]
        yield f"  {visible(criterion):<{wide + 2}}{heads if shown else ''}".rstrip()
        for pair in shown:
            cells = zip(_cells(pair), _COLUMNS, strict=True)
            row = "".join(f"{cell:>{width}}" for cell, (_, width) in cells)
            yield f"    {_both(pair):<{wide}}{row}"
        few = [f"{_both(pair)} ({pair.calls})" for pair in several if pair.exact is None]
        if few:
            yield from _wrapped(
                f"Under {MINIMUM_CALLS} calls rated by both, so no numbers: {'; '.join(few)}.", 4
            )
    yield from _wrapped(
        f"! falls short, ? falls short but may do so by chance: exact under {LEAST_EXACT:.0%}, within 1 "
        f"under {LEAST_ADJACENT:.0%}, weighted kappa or correlation under {LEAST_WEIGHTED_KAPPA:.2f}, mean "
        f"difference (second less first, in standard deviations) beyond ±{LARGEST_DIFFERENCE:.2f}. Applies: "
        "agreement on whether there is anything to rate, and in how many calls only the first or the "
        "second rates."
    )


def together_lines(criteria: Sequence[CriterionAgreement]) -> Iterator[str]:
    """A line for each criterion: all raters together."""
    yield "ALL TOGETHER (alpha: Krippendorff's, ordinal; kappas: quadratic weights)"
    wide = max((len(visible(found.criterion)) for found in criteria), default=0)
    heads = f"{'people, alpha':>21}  {'people, kappa':>13}  {'machine, kappa':>14}  difference"
    yield f"  {'':<{wide}}  {'calls':>5}  {heads}"
    for found in criteria:
        mark = "  !" if found.flags else ""
        alpha = "–" if found.alpha is None else found.alpha.shown
        yield (
            f"  {visible(found.criterion):<{wide}}  {found.calls:>5}  {alpha:>21}  {_two(found.people):>13}  "
            f"{_two(found.machine):>14}  {_two(found.degradation):>10}{mark}"
        )
    if any(found.flags for found in criteria):
        yield "  ! The machine agrees with people less than people with each other, by more than 0.10."


def leniency_lines(found: Sequence[Leniency]) -> Iterator[str]:
    """A sentence for each rater."""
    yield "HIGHER OR LOWER THAN THE OTHERS (rating points of 1-5)"
    for one in found:
        name = visible(one.rater)
        if one.difference is None:
            yield f"  {name}: not shown, {one.calls} calls shared with others; shown from {MINIMUM_CALLS} on."
        else:
            said = {"higher": "rates higher", "lower": "rates lower"}.get(
                one.direction, "no clear difference"
            )
            span = f"{one.difference:+.2f}, {one.low:+.2f} to {one.high:+.2f}"
            yield f"  {name}: {said} ({span}; {one.calls} calls)"


def disagreement_lines(found: Sequence[Disagreement]) -> Iterator[str]:
    """What to talk about, with quotes where there are any."""
    yield "TALK ABOUT THESE FIRST"
    apart = [one for one in found if one.apart is not None]
    if not apart:
        yield "  No two ratings of one criterion of one call lie more than a point apart."
    for one in apart:
        yield from _disagreement(one)
    applies = [one for one in found if one.apart is None]
    if applies:
        yield ""
        yield "DOES IT APPLY?"
    for one in applies:
        yield from _disagreement(one)


def _disagreement(one: Disagreement) -> Iterator[str]:
    given = ", ".join(f"{visible(name)} {_rating(rating)}" for name, rating in one.ratings.items())
    yield from _wrapped(f"{visible(one.call_id)}, {visible(one.criterion)}: {given}")
    for quote in one.quotes:
        yield from _wrapped(f'turn {quote.turn} ({quote.behaviour}): "{visible(quote.quote)}"', 6)


def _cells(pair: PairAgreement) -> Iterator[str]:
    marks = {flag.measure: "!" if flag.sure else "?" for flag in pair.flags}
    yield str(pair.calls)
    for name in ("exact", "adjacent"):
        yield _percent(getattr(pair, name)) + marks.get(name, " ")
    yield _two(_value(pair.kappa))
    yield ("–" if pair.weighted_kappa is None else pair.weighted_kappa.shown) + marks.get(
        "weighted_kappa", " "
    )
    yield _two(_value(pair.correlation)) + marks.get("correlation", " ")
    apart = _value(pair.mean_difference)
    yield ("–" if apart is None else f"{apart:+.2f}") + marks.get("mean_difference", " ")
    yield "–" if pair.applies is None else _percent(pair.applies.agree)
    yield "–" if pair.applies is None else f"{pair.applies.only_first_rates}/{pair.applies.only_second_rates}"


def _both(pair: PairAgreement) -> str:
    return f"{visible(pair.first)} and {visible(pair.second)}"


def _value(number: Estimate | None) -> float | None:
    return None if number is None else number.value


def _percent(number: Estimate | None) -> str:
    return "–" if number is None else f"{number.value:.0%}"


def _two(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}"


def _rating(rating: float | None) -> str:
    return "n/a" if rating is None else f"{rating:.1f}".removesuffix(".0")


def _wrapped(text: str, indent: int = 2) -> Iterator[str]:
    first, rest = " " * indent, " " * (indent + 2)
    yield fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
