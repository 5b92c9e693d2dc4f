"""What stands above the numbers of a team or an agent: what they are not for, on how little they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from carescore.team.words import team_words

# The fewest calls of which a share or a ranking of misses says anything about a team.
FIRST_LOOK: Final = 30
# An agent's average of fewer calls is told with a warning: at 20, its 90% interval still spans 0.8 of the
# standard deviation of single calls (2 t / √20).
ENOUGH: Final = 20
_NAMES_TOLD: Final = 6


def team_banner(
    calls: int,
    reviewed: int,
    agents: Mapping[str, tuple[int, int]],
    *,
    versions: str | None,
    several: bool,
) -> Iterator[str]:
    """The sentences above a team's numbers.

    `agents` has for each agent the scored calls and how many of them are reviewed; `versions` names
    the ways in which calls were scored, if not all alike; `several` says whether people stand side by side.
    """
    words = team_words().banner
    if not calls:
        yield words["empty"]
        return
    kind = "drafts" if not reviewed else "reviewed" if reviewed == calls else "partly"
    yield words[kind].format(drafts=calls - reviewed, calls=_calls(calls))
    if calls < FIRST_LOOK:
        yield words["few"].format(calls=_calls(calls))
    if versions is not None:
        yield words["versions"].format(versions=versions)
    few = [f"{name} ({_calls(own)})" for name, (own, _) in agents.items() if own < ENOUGH]
    if few:
        more = f" and {len(few) - _NAMES_TOLD} more" if len(few) > _NAMES_TOLD else ""
        yield words["few_each"].format(enough=ENOUGH, agents=", ".join(few[:_NAMES_TOLD]) + more)
    if several:
        yield words["alike"]


def agent_banner(calls: int, reviewed: int) -> tuple[str, ...]:
    """The sentences above an agent's averages: none where all calls are reviewed, and enough of them."""
    words = team_words().banner
    told = []
    if reviewed < calls:
        told.append(words["agent_drafts"].format(drafts=calls - reviewed, calls=_calls(calls)))
    if calls < ENOUGH:
        told.append(words["agent_few"].format(calls=_calls(calls), enough=ENOUGH))
    return tuple(told)


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count:,} calls"
