"""What a team misses most: openings by what opened them, and how they were met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from carescore.intervals import wilson
from carescore.results import CallScore, CriterionScore, Moment
from carescore.team.words import team_words

_EXAMPLES: Final = 2

_Found = tuple[CallScore, CriterionScore, Moment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A missed moment to look up: the words that opened it, where the result quotes them."""

    call_id: str
    turn: int
    time: float | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """How openings of one kind were met, counted over all calls.

    `opening` tells the `trigger` in words; `criterion` and `name` are what asked for an answer. `share` is
    missed / openings (0-1) with its 90% interval; openings of one call count together, not as independent.
    """

    trigger: str
    opening: str
    criterion: str
    name: str
    calls: int
    openings: int
    met: int
    token: int
    missed: int
    share: float
    low: float
    high: float
    examples: tuple[Example, ...]


def misses(results: Sequence[CallScore]) -> tuple[Miss, ...]:
    """Every kind of opening, the most often missed first; what two criteria share is told once."""
    found: dict[tuple[str, str], list[_Found]] = {}
    for result in results:
        for criterion in result.criteria.values():
            for moment in criterion.moments:
                found.setdefault((moment.trigger, criterion.id), []).append((result, criterion, moment))
    # A criterion without weight, as an overall impression is, gives way to the one that grades the opening.
    ordered = sorted(found.items(), key=lambda item: item[1][0][1].weight == 0)
    kept: dict[str, list[list[_Found]]] = {}
    for (trigger, _), rows in ordered:
        if not any(_same_openings(rows, other) for other in kept.setdefault(trigger, [])):
            kept[trigger].append(rows)
    told = [_miss(trigger, rows) for trigger, several in kept.items() for rows in several]
    return tuple(sorted(told, key=lambda miss: (-miss.missed, -miss.openings, miss.trigger, miss.criterion)))


def _same_openings(rows: Sequence[_Found], others: Sequence[_Found]) -> bool:
    """Whether two criteria tell the same moments of every call in which both apply."""
    ours, theirs = _by_call(rows), _by_call(others)
    common = ours.keys() & theirs.keys()
    return bool(common) and all(ours[call] == theirs[call] for call in common)


def _by_call(rows: Sequence[_Found]) -> dict[int, list[tuple[int, str]]]:
    moments: dict[int, list[tuple[int, str]]] = {}
    for result, _, moment in rows:
        moments.setdefault(id(result), []).append((moment.turn, moment.outcome))
    return moments


def share_interval(hits: Sequence[int], of: Sequence[int]) -> tuple[float, float]:
    """The 90% interval of a share of which each call gave `hits` of `of`, both above 0 in total.

    Wilson's interval (1927, *J. Am. Stat. Assoc.* 22:209-212) for as many independent openings as these are
    worth: their number over the design effect of calls as clusters, which is 1 at least (Korn and Graubard
    1998, *Survey Methodology* 24:193-201).
    """
    total, calls = sum(of), len(of)
    share = sum(hits) / total
    if calls > 1 and 0 < share < 1:
        squares = sum((hit - share * count) ** 2 for hit, count in zip(hits, of, strict=True))
        effect = max(calls / (calls - 1) * squares / (total * share * (1 - share)), 1.0)
    else:
        effect = 1.0
    return wilson(share * total / effect, total / effect)


def _miss(trigger: str, rows: Sequence[_Found]) -> Miss:
    criterion = rows[0][1]
    counts = {kind: sum(m.outcome == kind for _, _, m in rows) for kind in ("met", "token", "missed")}
    by_call = _by_call(rows).values()
    hits = [sum(outcome == "missed" for _, outcome in moments) for moments in by_call]
    low, high = share_interval(hits, list(map(len, by_call)))
    return Miss(
        trigger=trigger,
        opening=team_words().opening(trigger),
        criterion=criterion.id,
        name=criterion.name,
        calls=len(by_call),
        openings=len(rows),
        **counts,
        share=round(counts["missed"] / len(rows), 4),
        low=round(low, 4),
        high=round(high, 4),
        examples=_examples(rows),
    )


def _examples(rows: Sequence[_Found]) -> tuple[Example, ...]:
    """The missed openings that the model is surest of, each from another call."""
    quoted = []
    for result, criterion, moment in rows:
        for evidence in criterion.evidence:
            if (moment.outcome, evidence.turn, evidence.behaviour) == ("missed", moment.turn, moment.trigger):
                quoted.append((-evidence.probability, result.call_id, evidence.turn, evidence))
    quoted.sort(key=lambda row: row[:3])
    chosen = {call_id: evidence for _, call_id, _, evidence in reversed(quoted)}
    order = list(dict.fromkeys(row[1] for row in quoted))[:_EXAMPLES]
    return tuple(
        Example(call_id=name, turn=chosen[name].turn, time=chosen[name].time, quote=chosen[name].quote)
        for name in order
    )
