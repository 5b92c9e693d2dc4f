"""The team view as rows: one for the team and each agent, and each measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from carescore.team.part import TeamPart

# Each column with its pandas type.
COLUMNS: Final = {
    "scorecard": "str",
    "model": "str",
    "who": "str",
    "agent": "str",
    "criterion": "str",
    "name": "str",
    "calls": "int64",
    "level": "float64",
    "low": "float64",
    "high": "float64",
    "own_share": "float64",
    "clear": "str",
    "reason": "str",
    "change": "str",
    "change_per_30_days": "float64",
    "change_low": "float64",
    "change_high": "float64",
    "change_reason": "str",
}


def rows_of(part: TeamPart) -> Iterator[dict[str, Any]]:
    """Rows with the columns `COLUMNS`; `who` is "team" or "agent"."""
    for profile in (part.team, *part.agents):
        for level, change in zip(profile.levels, profile.changes, strict=True):
            yield {
                "scorecard": part.scored_by.scorecard,
                "model": part.scored_by.model,
                "who": "team" if profile.agent is None else "agent",
                "agent": profile.agent,
                "criterion": level.criterion,
                "name": level.name,
                "calls": level.calls,
                "level": level.level,
                "low": level.low,
                "high": level.high,
                "own_share": level.own_share,
                "clear": level.clear,
                "reason": level.reason,
                "change": change.direction,
                "change_per_30_days": change.per_30_days,
                "change_low": change.low,
                "change_high": change.high,
                "change_reason": change.reason,
            }
