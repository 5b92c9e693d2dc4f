"""Many results to a view of a team and its agents: levels and changes with intervals, and what to do next.

Calls are averaged only with calls that were scored by the same scorecard and model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from carescore.errors import UsageError
from carescore.results import CallScore
from carescore.safe_text import as_json, visible
from carescore.shown import Shown
from carescore.team.banner import team_banner
from carescore.team.part import ScoredBy, TeamPart, part_of
from carescore.team.period import Day, Period, as_period, day_of
from carescore.team.rows import COLUMNS, rows_of
from carescore.team.text import paragraph, part_lines

if TYPE_CHECKING:
    import pandas as pd

SCHEMA: Final = "carescore.team/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView(Shown):
    """A team over a period. `parts` has one view for each scorecard and model, the one with most calls first.

    `banner` says what the numbers are not for; show it wherever they are shown. `notes` are sentences about
    calls that were left out or could not be told apart. `reviewed_of` has for each agent how many of the
    scored calls a person has reviewed. Agents are never ranked by their means: see
    `Order` in `carescore.team.levels`.
    """

    _shown_by: ClassVar[str] = "team"

    banner: tuple[str, ...]
    calls: int
    reviewed: int
    reviewed_of: Mapping[str, int]
    first: str | None
    last: str | None
    seed: int
    parts: tuple[TeamPart, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The view as plain data in the schema `carescore.team/1`."""
        return {"schema": SCHEMA, **asdict(self)}

    def to_json(self) -> str:
        """The view as JSON, the same bytes for the same results, period and seed."""
        return as_json(self.to_dict(), indent=1) + "\n"

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for the team and each agent, and each measure: level, change, their intervals, reasons."""
        for part in self.parts:
            yield from rows_of(part)

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas frame; what is not shown is missing, never 0."""
        import pandas as pd

        frame = pd.DataFrame(list(self.rows()), columns=list(COLUMNS))
        return frame.astype({name: kind for name, kind in COLUMNS.items() if kind == "float64"})

    def to_text(self) -> str:
        """The view for reading in a terminal."""
        lines = [*map(paragraph, self.banner), ""]
        for part in self.parts:
            lines += [*part_lines(part), ""]
        if self.notes:
            lines += ["NOTES", *(paragraph(note, 2) for note in self.notes), ""]
        return visible("\n".join(lines), keep="\n")

    def __str__(self) -> str:
        return self.to_text()


def team_view(
    results: Iterable[CallScore],
    *,
    period: tuple[Day | None, Day | None] | Period | None = None,
    seed: int = 0,
    reviewed: Callable[[CallScore], bool] | None = None,
) -> TeamView:
    """The view over many results.

    `period` is two days, both included, such as `("2024-05-01", "2024-05-31")`; either may be `None`. Calls
    without a date are then left out, and a note says so. `seed` decides the random calls to listen to.
    `reviewed` says of a result whether a person has reviewed it (`carescore.review.reviewed`).
    Raises `UsageError` if something among the results is no `CallScore`, or the period is none.
    """
    chosen = as_period(period)
    named, notes = results_in_view(results, period=chosen)
    groups: dict[ScoredBy, list[CallScore]] = {}
    for result in named:
        groups.setdefault(ScoredBy.of(result), []).append(result)
    parts = [part_of(group, seed=seed) for group in groups.values()]
    parts.sort(key=lambda part: (-part.calls, part.scored_by.label, part.scored_by.scorecard_sha256))
    notes = [*_on_versions(named), *notes, *_on_calls(named)]
    seen = [result for result in named if _is_reviewed(result, reviewed)]
    agents, of_agent = (_scored_calls(some) for some in (named, seen))
    return TeamView(
        banner=tuple(
            team_banner(
                len(named),
                len(seen),
                {name: (agents[name], of_agent[name]) for name in sorted(agents)},
                versions=_versions(parts) if len(parts) > 1 else None,
                several=any(len(part.agents) > 1 for part in parts),
            )
        ),
        calls=len(named),
        reviewed=len(seen),
        reviewed_of={name: of_agent[name] for name in sorted(agents)},
        first=None if chosen is None or chosen.first is None else chosen.first.isoformat(),
        last=None if chosen is None or chosen.last is None else chosen.last.isoformat(),
        seed=seed,
        parts=tuple(parts),
        notes=tuple(notes),
    )


def results_in_view(
    results: Iterable[CallScore], *, period: tuple[Day | None, Day | None] | Period | None = None
) -> tuple[list[CallScore], list[str]]:
    """The results that a view over them counts, and notes on those that it leaves out.

    Each call comes once for each way in which it was scored; agents' names are spelt alike.
    """
    chosen = as_period(period)
    notes: list[str] = []
    known = _distinct(_checked(results), notes)
    within = known if chosen is None else _within(known, chosen, notes)
    return _same_names(within), notes


def _checked(results: Iterable[CallScore]) -> Iterator[CallScore]:
    for number, result in enumerate(results, 1):
        if not isinstance(result, CallScore):
            raise UsageError(
                f"result {number} is a {type(result).__name__}, not a CallScore; `scorer.score_many(calls)` "
                "gives them, `carescore.saved_results.read_results(file)` reads saved ones."
            )
        yield result


def _distinct(results: Iterable[CallScore], notes: list[str]) -> list[CallScore]:
    """Each call once for each way in which it was scored; the last result counts."""
    distinct: dict[tuple[object, ...], CallScore] = {}
    twice = 0
    for result in results:
        key = (ScoredBy.of(result), result.call_id, result.source, result.receipt.transcript_sha256)
        twice += key in distinct
        distinct[key] = result
    if twice:
        notes.append(f"Given twice and counted once: {_calls(twice)}.")
    return list(distinct.values())


def _within(results: Sequence[CallScore], period: Period, notes: list[str]) -> list[CallScore]:
    days = [day_of(result) for result in results]
    undated = sum(day is None for day in days)
    if undated:
        notes.append(f"Without a date, so left out since a period was asked for: {_calls(undated)}.")
    return [result for result, day in zip(results, days, strict=True) if day is not None and day in period]


def _same_names(results: Sequence[CallScore]) -> list[CallScore]:
    """Agents whose names differ only in case or spaces are one, spelt as most often."""
    spellings: dict[str, Counter[str]] = {}
    for result in results:
        if result.agent is not None and result.agent.strip():
            spellings.setdefault(_key(result.agent), Counter())[" ".join(result.agent.split())] += 1
    usual = {key: min(counted, key=lambda name: (-counted[name], name)) for key, counted in spellings.items()}
    return [
        replace(result, agent=None if result.agent is None else usual.get(_key(result.agent)))
        for result in results
    ]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _versions(parts: Sequence[TeamPart]) -> str:
    distinct = len({part.scored_by.label for part in parts}) == len(parts)
    labels = [part.scored_by.label if distinct else part.scored_by.exact_label for part in parts]
    return "; ".join(f"{_calls(p.calls)} by {label}" for p, label in zip(parts, labels, strict=True))


def _is_reviewed(result: CallScore, reviewed: Callable[[CallScore], bool] | None) -> bool:
    return result.status not in ("draft", "unscored") or (reviewed is not None and reviewed(result))


def _scored_calls(results: Iterable[CallScore]) -> Counter[str]:
    """How many scored calls each agent has."""
    return Counter(r.agent for r in results if r.agent is not None and r.score is not None)


def _on_versions(results: Sequence[CallScore]) -> Iterator[str]:
    versions = sorted({result.receipt.carescore for result in results})
    if len(versions) > 1:
        yield f"Scored with carescore {' and '.join(versions)}: score again with one for an even comparison."


def _on_calls(results: Sequence[CallScore]) -> Iterator[str]:
    scored = [result for result in results if result.score is not None]
    facts: Mapping[str, int] = {
        "Not scored, so counted only under what to listen to: {}.": len(results) - len(scored),
        "Without an agent's name, so counted for the team only: {}.": sum(r.agent is None for r in scored),
        "Without a date that can be read, so left out of changes over time: {}.": sum(
            day_of(r) is None for r in scored
        ),
        "Who the agent is was guessed in {}.": sum(r.role_source == "guessed" for r in scored),
    }
    for sentence, count in facts.items():
        if count:
            yield sentence.format(_calls(count))


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"
