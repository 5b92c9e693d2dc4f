"""The team view in plain text, for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import Final

from carescore.safe_text import visible
from carescore.team.celebrations import Celebration
from carescore.team.changes import MINIMUM_CALLS_OVER_TIME, Change
from carescore.team.consistency import Consistency, Spread
from carescore.team.levels import MINIMUM_CALLS, Level, Order
from carescore.team.listening import CallToHear
from carescore.team.misses import Miss
from carescore.team.part import Profile, TeamPart

_WIDTH: Final = 110
_NAME: Final = 22
_MISSES: Final = 6
_COLUMNS: Final = 10
_LONGEST_HEAD: Final = 24


def part_lines(part: TeamPart) -> Iterator[str]:
    """The lines of one part, with a heading for each section."""
    span = part.first if part.first == part.last else f"{part.first} to {part.last}"
    days = "" if part.first is None else f", {span}"
    yield f"{part.scored} of {part.calls} calls scored{days}. {_capital(part.scored_by.label)}."
    if not part.scored:
        yield "Nothing could be scored, so there is nothing to compare."
        yield from ("", "LISTEN TO NEXT", *_listening(part.listen))
        return
    for title, lines in (
        ("LEVELS (0-100, ± half of the 90% interval)", _levels(part)),
        ("CHANGE OVER TIME (points in 30 days)", _changes(part)),
        ("MISSED MOST", _misses(part.misses)),
        ("WORTH CELEBRATING", _celebrations(part.celebrate)),
        ("EVENNESS", _evenness(part.consistency, part.agents)),
        ("LISTEN TO NEXT", _listening(part.listen)),
    ):
        yield ""
        yield title
        yield from lines


def _levels(part: TeamPart) -> Iterator[str]:
    names = [_name(profile) for profile in (part.team, *part.agents)]
    wide = max(map(len, names))
    for first in range(0, len(part.team.levels), _COLUMNS):
        yield from _table(part, names, wide, slice(first, first + _COLUMNS))
    yield from _wrapped(
        f"–: it applied in fewer than {MINIMUM_CALLS} calls, so no average. Agents' levels are drawn toward "
        "the team's as far as their calls are few. ↑ ↓: clearly above or below the team. Agents stand in "
        "order of the alphabet, not of their levels."
    )
    if sum(profile.levels[0].level is not None for profile in part.agents) > 1:
        yield from _orders(part.orders)


def _table(part: TeamPart, names: Sequence[str], wide: int, columns: slice) -> Iterator[str]:
    heads = [_head(level.name) for level in part.team.levels[columns]]
    widths = [max(7, len(upper) + 1, len(lower) + 1) for upper, lower in heads]
    for row in (0, 1):
        cells = "".join(f"  {head[row] + ' ':>{width}}" for head, width in zip(heads, widths, strict=True))
        if cells.strip():
            yield f"  {'':<{wide}}  {'calls' if row else '':>5}{cells}".rstrip()
    for name, profile in zip(names, (part.team, *part.agents), strict=True):
        levels = zip(profile.levels[columns], widths, strict=True)
        cells = "".join(f"  {_cell(level):>{width}}" for level, width in levels)
        yield f"  {name:<{wide}}  {profile.calls:>5}{cells}".rstrip()


def _orders(orders: Sequence[Order]) -> Iterator[str]:
    """Who stands clearly apart on the call score; to name people once is enough, the data has it all."""
    score, criteria = orders[0], [order for order in orders[1:] if order.above]
    if not score.above and not criteria:
        yield "  Nobody stands clearly above anybody else on any measure: the intervals overlap."
        return
    if score.above:
        pairs = "; ".join(f"{visible(a)} above {_listed(below)}" for a, below in score.above.items())
        yield from _wrapped(f"{score.name}, clearly apart: {pairs}.")
    else:
        yield "  On the call score nobody stands clearly above anybody else: the intervals overlap."
    if criteria:
        yield from _wrapped(f"Some agents are clearly apart on: {_listed(order.name for order in criteria)}.")
    yield "  All other differences are within what chance can do."


def _changes(part: TeamPart) -> Iterator[str]:
    score = part.team.changes[0]
    yield from _wrapped(f"Team, {score.name.lower()}: {_change(score)}")
    clear = [line for profile in (part.team, *part.agents) if (line := _clear(profile)) is not None]
    for line in clear:
        yield from _wrapped(line)
    if not clear and any(change.direction != "not shown" for p in part.agents for change in p.changes):
        yield "  No agent and no criterion shows a clear change."
    hidden = [p for p in part.agents if p.changes[0].direction == "not shown"]
    if hidden and score.direction != "not shown":
        yield from _wrapped(
            f"Not told for {len(hidden)} of {len(part.agents)} agents: that takes "
            f"{MINIMUM_CALLS_OVER_TIME} dated calls and a week."
        )


def _clear(profile: Profile) -> str | None:
    """All clear changes of one agent or the team: the call score with numbers, criteria by name."""
    score, *criteria = profile.changes
    told = []
    if score.direction in ("up", "down") and profile.agent is not None:
        told.append(f"call score {_change(score)}".removesuffix("."))
    for direction in ("up", "down"):
        names = [change.name.lower() for change in criteria if change.direction == direction]
        if names:
            told.append(f"{direction} in {_listed(names)}")
    return f"{_name(profile)}: {'; '.join(told)}." if told else None


def _misses(found: Sequence[Miss]) -> Iterator[str]:
    missed = [miss for miss in found if miss.missed]
    if not missed:
        yield "  No opening was missed." if found else "  There was no opening to meet."
    for miss in missed[:_MISSES]:
        token = f"; {miss.token} more met in token only" if miss.token else ""
        yield from _wrapped(
            f"Missed {miss.missed} of {miss.openings} times when {miss.opening} ({miss.name}): "
            f"{miss.share:.0%}, interval {miss.low:.0%} to {miss.high:.0%}{token}."
        )
        for example in miss.examples:
            yield from _wrapped(
                f"{visible(example.call_id)}, turn {example.turn}: {_quoted(example.quote)}", 6
            )


def _celebrations(found: Sequence[Celebration]) -> Iterator[str]:
    if not found:
        yield "  Nothing was found with enough certainty; the calls to listen to may hold more."
    for moment in found:
        who = "An agent" if moment.agent is None else visible(moment.agent)
        after = "" if moment.answered is None else f", after {moment.answered}"
        yield from _wrapped(f"{who} {moment.praise}{after} ({visible(moment.call_id)}, turn {moment.turn}):")
        yield from _wrapped(_quoted(moment.quote), 6)


def _evenness(found: Consistency, agents: Sequence[Profile]) -> Iterator[str]:
    within, between = found.within, found.between
    yield from _wrapped(
        within.reason
        if within.value is None
        else f"Calls of one and the same agent differ by {_points(within)}"
    )
    if between.value is not None:
        yield from _wrapped(f"Agents differ from each other by {_points(between)}")
    elif within.value is not None:
        yield from _wrapped(between.reason)
    if found.between_share is not None:
        share = "less than 1%" if found.between_share < 0.01 else f"about {found.between_share:.0%}"
        rest = "; the rest is one person's calls differing: look at kinds of calls before you look at people"
        advice = rest if found.between_share < 0.5 else ""
        yield from _wrapped(f"Of the variance between calls {share} lies between agents{advice}.")
    team = found.within.value
    for profile in agents:
        low, high = profile.spread.low, profile.spread.high
        if team is not None and low is not None and high is not None and not low <= team <= high:
            word = "more evenly" if high < team else "less evenly"
            yield from _wrapped(
                f"{_name(profile)}: calls go clearly {word} than usual here, {_points(profile.spread)}"
            )


def _listening(found: Sequence[CallToHear]) -> Iterator[str]:
    if not found:
        yield "  There are no calls."
    for call in found:
        score = "not scored" if call.score is None else f"{call.score:.0f}"
        who = "" if call.agent is None else f", {visible(call.agent)}"
        yield from _wrapped(f"{visible(call.call_id)}{who} ({score}): {visible(' '.join(call.reasons))}")


def _cell(level: Level) -> str:
    if level.level is None or level.low is None or level.high is None:
        return "– "
    half = max(level.level - level.low, level.high - level.level)
    mark = {"above": "↑", "below": "↓"}.get(level.clear or "", " ")
    return f"{level.level:.0f}±{half:.0f}{mark}"


def _change(change: Change) -> str:
    if change.low is None or change.high is None:
        return change.reason
    span = f"between {change.low:+.1f} and {change.high:+.1f}"
    if change.direction == "no clear change":
        return f"no clear change ({span}; {change.reason[:-1]})."
    return f"{change.direction} by {abs(change.per_30_days or 0):.1f} ({span}; {change.reason[:-1]})."


def _points(spread: Spread) -> str:
    if spread.value is None:
        return f"– {spread.reason}"
    return f"{spread.value:.0f} points (standard deviation, interval {spread.low:.0f} to {spread.high:.0f})."


def _name(profile: Profile) -> str:
    name = "Team" if profile.agent is None else visible(profile.agent)
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"


def _head(name: str) -> tuple[str, str]:
    """A heading on two lines, the last word below."""
    words = visible(name)[:_LONGEST_HEAD].rsplit(" ", 1)
    return (words[0], words[1]) if len(words) == 2 else ("", words[0])


def _quoted(quote: str | None) -> str:
    return "(no quote)" if quote is None else f'"{visible(quote)}"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(visible(name) for name in names)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def paragraph(text: str, indent: int = 0) -> str:
    """A text in lines, those after the first indented further."""
    first, rest = " " * indent, " " * (indent + 2 * bool(indent))
    return fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _wrapped(text: str, indent: int = 2) -> Iterator[str]:
    yield paragraph(text, indent)
