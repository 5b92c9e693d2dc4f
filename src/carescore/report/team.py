"""The page of a team: where it stands, what changes, what is missed, what to celebrate and to hear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carescore.render import render
from carescore.report.charts import OverTime, over_time, tens
from carescore.results import CallScore
from carescore.team.changes import Change
from carescore.team.levels import MINIMUM_CALLS
from carescore.team.misses import Miss
from carescore.team.part import Profile, ScoredBy, TeamPart
from carescore.trends import TeamView, results_in_view


@dataclass(frozen=True, slots=True, kw_only=True)
class PartShown:
    """A part of the view with its drawings; without results at hand there are none."""

    part: TeamPart
    over_time: OverTime | None
    tens: tuple[int, ...]
    missed: tuple[Miss, ...]

    @property
    def clear_changes(self) -> tuple[tuple[str | None, Change], ...]:
        """Who changes clearly on what, but for the team's call score, which is told in any case."""
        profiles = (self.part.team, *self.part.agents)
        rows = [(profile.agent, change) for profile in profiles for change in profile.changes]
        return tuple(row for row in rows[1:] if row[1].direction in ("up", "down"))

    @property
    def people_with_levels(self) -> tuple[Profile, ...]:
        """The agents who have enough calls for a level."""
        return tuple(profile for profile in self.part.agents if profile.levels[0].level is not None)

    @property
    def people_without(self) -> tuple[Profile, ...]:
        """The agents who have too few calls for one."""
        return tuple(profile for profile in self.part.agents if profile.levels[0].level is None)


def team_page(
    view: TeamView,
    results: Sequence[CallScore] = (),
    *,
    links: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    home: str | None = None,
    markdown: bool = False,
) -> str:
    """The page as HTML that needs nothing beside it, or as Markdown.

    `results` are those of the view; they are drawn over time and over the scale. `links` has addresses of
    calls by their ids, `people` of agents by their names, `home` is the address of the list of calls.
    """
    counted, _ = results_in_view(results, period=(view.first, view.last))
    parts = [part_shown(part, counted) for part in view.parts]
    return render(
        "team.md" if markdown else "team.html",
        view=view,
        parts_shown=parts,
        links=links or {},
        people=people or {},
        home=home,
        minimum=MINIMUM_CALLS,
    )


def part_shown(part: TeamPart, counted: Sequence[CallScore]) -> PartShown:
    """A part of a view, with drawings of those of the counted results that belong to it."""
    own = [result for result in counted if ScoredBy.of(result) == part.scored_by]
    return PartShown(
        part=part,
        over_time=over_time(own),
        tens=tens(own),
        missed=tuple(miss for miss in part.misses if miss.missed),
    )
