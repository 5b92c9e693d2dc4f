"""The view over calls that were scored alike: by the same scorecard and the same model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carescore.results import CallScore
from carescore.team.celebrations import Celebration, celebrations
from carescore.team.changes import Change, agent_changes, dated, team_change
from carescore.team.consistency import Consistency, Spread, consistency, spread
from carescore.team.levels import SCORE, Level, Order, agent_levels, measures, order, team_level, values
from carescore.team.listening import CallToHear, calls_to_hear
from carescore.team.misses import Miss, misses
from carescore.team.period import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredBy:
    """What decides the numbers: scorecard and model, by label and sha256. Only equal ones are averaged."""

    scorecard: str
    scorecard_sha256: str
    model: str
    model_sha256: str

    @classmethod
    def of(cls, result: CallScore) -> ScoredBy:
        """The versions in a result's receipt."""
        receipt = result.receipt
        return cls(
            scorecard=receipt.scorecard,
            scorecard_sha256=receipt.scorecard_sha256,
            model=receipt.model,
            model_sha256=receipt.model_sha256,
        )

    @property
    def label(self) -> str:
        """Both versions in words."""
        return f"scorecard {self.scorecard}, model {self.model}"

    @property
    def exact_label(self) -> str:
        """Both versions with the beginnings of their hashes, for two of the same name."""
        hashes = self.scorecard_sha256[:8], self.model_sha256[:8]
        return f"scorecard {self.scorecard} ({hashes[0]}), model {self.model} ({hashes[1]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One agent, or the whole team (`agent` is `None`): the call score first, then each criterion."""

    agent: str | None
    calls: int
    levels: tuple[Level, ...]
    changes: tuple[Change, ...]
    spread: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPart:
    """Everything about the calls of one scorecard and model. `agents` stand in order of the alphabet.

    `scored` of `calls` have a score; `first` and `last` are the days of the first and last dated call.
    """

    scored_by: ScoredBy
    calls: int
    scored: int
    first: str | None
    last: str | None
    team: Profile
    agents: tuple[Profile, ...]
    orders: tuple[Order, ...]
    misses: tuple[Miss, ...]
    celebrate: tuple[Celebration, ...]
    consistency: Consistency
    listen: tuple[CallToHear, ...]


def part_of(results: Sequence[CallScore], *, seed: int) -> TeamPart:
    """The view over results with the same `ScoredBy`; at least one."""
    scored = [result for result in results if result.score is not None]
    by_agent: dict[str, list[CallScore]] = {}
    for result in scored:
        if result.agent is not None:
            by_agent.setdefault(result.agent, []).append(result)
    people = {name: by_agent[name] for name in sorted(by_agent)}
    team, agents, orders = _profiles(results, scored, people)
    days = sorted(day.isoformat() for day in map(day_of, results) if day is not None)
    whole = measures(results)[0]
    return TeamPart(
        scored_by=ScoredBy.of(results[0]),
        calls=len(results),
        scored=len(scored),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        team=team,
        agents=agents,
        orders=orders,
        misses=misses(scored),
        celebrate=celebrations(scored),
        consistency=consistency({name: values(whole, own) for name, own in people.items()}),
        listen=calls_to_hear(results, seed=seed),
    )


def _profiles(
    results: Sequence[CallScore], scored: Sequence[CallScore], people: Mapping[str, Sequence[CallScore]]
) -> tuple[Profile, tuple[Profile, ...], tuple[Order, ...]]:
    levels: dict[str | None, list[Level]] = {None: [], **{name: [] for name in people}}
    changes: dict[str | None, list[Change]] = {None: [], **{name: [] for name in people}}
    orders = []
    criteria = len(results[0].criteria)
    for measure in measures(results):
        at_once = 1 if measure.id == SCORE else criteria
        whole = team_level(measure, values(measure, scored))
        own = agent_levels(measure, {name: values(measure, calls) for name, calls in people.items()}, whole)
        moved = agent_changes(
            measure, {name: dated(measure, calls) for name, calls in people.items()}, at_once=at_once
        )
        levels[None].append(whole)
        changes[None].append(team_change(measure, dated(measure, scored), at_once=at_once))
        orders.append(order(measure, own))
        for name in people:
            levels[name].append(own[name])
            changes[name].append(moved[name])
    call_score = measures(results)[0]
    taken: list[tuple[str | None, Sequence[CallScore]]] = [(None, scored), *people.items()]
    profiles = [
        Profile(
            agent=name,
            calls=len(calls),
            levels=tuple(levels[name]),
            changes=tuple(changes[name]),
            spread=spread(values(call_score, calls)),
        )
        for name, calls in taken
    ]
    return profiles[0], tuple(profiles[1:]), tuple(orders)
