"""What coaching needs of whoever scores: to score a changed call again, and to find words to quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from carescore.results import CallScore, Evidence
from carescore.scorecard import Scorecard
from carescore.transcript import Transcript

# Turns that coaching one call may have scored again: it stays quick however long the call is.
MOST_TURNS_AGAIN: Final = 20_000


def most_trials(call: Transcript) -> int:
    """How many changed copies of a call may be scored."""
    return max(1, MOST_TURNS_AGAIN // max(1, len(call.turns)))


class Judge(Protocol):
    """Anything that scores calls repeatably; a `Scorer` does."""

    @property
    def scorecard(self) -> Scorecard:
        """What is graded."""

    def score_batch(self, calls: Sequence[Transcript]) -> list[CallScore]:
        """The results of some calls, in their order."""

    def quote(self, call: Transcript, wanted: Sequence[tuple[int, str, float]]) -> list[Evidence]:
        """The words to quote for each (turn, behaviour, probability) of a call, in their order."""
