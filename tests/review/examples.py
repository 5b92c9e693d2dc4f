"""Results to review."""

from __future__ import annotations

from carescore.results import CallScore
from tests.team.examples import criterion, result

AT = "2026-03-01T09:30:00+01:00"


def results() -> list[CallScore]:
    """Two calls of Ben's, each with the criteria empathy and clarity."""
    return [
        result(
            call_id, score, agent="Ben", criteria=[criterion("empathy", score), criterion("clarity", None)]
        )
        for call_id, score in (("c1", 50.0), ("c2", 75.0))
    ]
