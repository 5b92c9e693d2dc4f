"""The page that lists calls: each with its score, its moments and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carescore.render import render
from carescore.report.marked import evidence_by_turn
from carescore.results import CallScore, Evidence, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One scored call: how often openings were met, and what is quoted for which criteria."""

    number: int
    result: CallScore
    outcomes: tuple[tuple[Outcome, int], ...]
    evidence: tuple[tuple[Evidence, tuple[str, ...]], ...]
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """All calls; `versions` names the scorecards and models if there are several."""

    rows: tuple[IndexRow, ...]
    unscored: tuple[CallScore, ...]
    versions: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def index_page(
    results: Sequence[CallScore],
    *,
    hrefs: Sequence[str | None] | None = None,
    links: Sequence[tuple[str, str]] = (),
    markdown: bool = False,
) -> str:
    """The page as HTML that needs nothing beside it, or as Markdown.

    `hrefs` has the address of each call's own page, in the order of `results`; `links` are names and
    addresses of further pages.
    """
    addresses = hrefs or [None] * len(results)
    pairs = list(zip(results, addresses, strict=True))
    scored = [(result, href) for result, href in pairs if result.score is not None]
    receipts = [result.receipt for result, _ in scored]
    versions = tuple(dict.fromkeys(f"{r.scorecard}, model {r.model}" for r in receipts))
    page = IndexPage(
        rows=tuple(_row(number, result, href) for number, (result, href) in enumerate(scored, 1)),
        unscored=tuple(result for result in results if result.score is None),
        versions=versions,
        links=tuple(links),
    )
    return render("index.md" if markdown else "index.html", page=page)


def _row(number: int, result: CallScore, href: str | None) -> IndexRow:
    found = {
        (moment.turn, moment.trigger, moment.outcome)
        for criterion in result.criteria.values()
        for moment in criterion.moments
    }
    names: tuple[Outcome, ...] = ("met", "token", "missed")
    counts = ((name, sum(outcome == name for _, _, outcome in found)) for name in names)
    return IndexRow(
        number=number,
        result=result,
        outcomes=tuple((name, count) for name, count in counts if count),
        evidence=tuple(
            (evidence, _criteria_of(result, evidence))
            for quotes in evidence_by_turn(result).values()
            for evidence in quotes
        ),
        href=href,
    )


def _criteria_of(result: CallScore, evidence: Evidence) -> tuple[str, ...]:
    return tuple(criterion.name for criterion in result.criteria.values() if evidence in criterion.evidence)
