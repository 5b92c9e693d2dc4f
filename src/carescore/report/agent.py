"""The page of one agent: best moments first, then levels beside the team's, misses, and all calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carescore.errors import UsageError
from carescore.render import render
from carescore.report.charts import OverTime, over_time
from carescore.results import CallScore
from carescore.safe_text import visible
from carescore.team.banner import agent_banner
from carescore.team.celebrations import Celebration, celebrations
from carescore.team.levels import MINIMUM_CALLS
from carescore.team.listening import CallToHear, calls_to_hear
from carescore.team.misses import Miss, misses
from carescore.team.part import Profile, ScoredBy, TeamPart
from carescore.trends import TeamView, results_in_view

_CELEBRATED = 5
_NAMES_TOLD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPart:
    """An agent's calls that were scored alike, beside the team's."""

    part: TeamPart
    profile: Profile
    calls: tuple[CallScore, ...]
    over_time: OverTime | None
    celebrate: tuple[Celebration, ...]
    missed: tuple[Miss, ...]
    listen: tuple[CallToHear, ...]


def agent_page(
    view: TeamView,
    results: Sequence[CallScore],
    agent: str,
    *,
    links: Mapping[str, str] | None = None,
    home: str | None = None,
    markdown: bool = False,
) -> str:
    """The page as HTML that needs nothing beside it, or as Markdown.

    `view` is that of the whole team over the same `results`. Raises `UsageError` if no scored call names
    the agent.
    """
    name = name_in(view, agent)
    counted, _ = results_in_view(results, period=(view.first, view.last))
    own = [result for result in counted if result.agent == name]
    parts = [_part(part, own, view.seed) for part in view.parts if name in _names(part)]
    return render(
        "agent.md" if markdown else "agent.html",
        view=view,
        agent=name,
        banner=agent_banner(sum(len(shown.calls) for shown in parts), view.reviewed_of.get(name, 0)),
        parts_shown=parts,
        unscored=[result for result in own if result.score is None],
        links=links or {},
        home=home,
        minimum=MINIMUM_CALLS,
    )


def name_in(view: TeamView, agent: str) -> str:
    """The agent's name as the view spells it, whatever the case and spaces. Raises `UsageError` if absent."""
    known = sorted({name for part in view.parts for name in _names(part)})
    wanted = " ".join(agent.split()).casefold()
    for name in known:
        if name.casefold() == wanted:
            return name
    told = ", ".join(visible(name) for name in known[:_NAMES_TOLD]) or "none"
    more = f" and {len(known) - _NAMES_TOLD} more" if len(known) > _NAMES_TOLD else ""
    raise UsageError(
        f"no scored call names the agent '{visible(agent)}' (named are: {told}{more}). Where files do not "
        "name them, give a CSV with file and agent as --agents."
    )


def _names(part: TeamPart) -> list[str]:
    return [profile.agent for profile in part.agents if profile.agent is not None]


def _part(part: TeamPart, own: Sequence[CallScore], seed: int) -> AgentPart:
    calls = [r for r in own if ScoredBy.of(r) == part.scored_by and r.score is not None]
    name = calls[0].agent
    return AgentPart(
        part=part,
        profile=next(profile for profile in part.agents if profile.agent == name),
        calls=tuple(sorted(calls, key=lambda result: (result.started or "", result.call_id))),
        over_time=over_time(calls),
        celebrate=celebrations(calls, most=_CELEBRATED),
        missed=tuple(miss for miss in misses(calls) if miss.missed),
        listen=calls_to_hear(calls, seed=seed),
    )
