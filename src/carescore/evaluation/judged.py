"""What a model finds in labelled calls, beside what the readers found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.intervals import Floats
from carescore.results import CallScore
from carescore.scorer import Scorer
from carescore.training.corpus import LabelledCall
from carescore.transcript import Channel, Role, Transcript, Turn

# The scorer for a call: the same for all, or one that has not seen the call's source.
ScorerOf = Callable[[LabelledCall], Scorer]

OF_AGENT: Final = np.array([label in AGENT_BEHAVIOURS for label in BEHAVIOURS])
_ROLES: Final[dict[str, Role]] = {name: name for name in get_args(Role)}
_CHANNELS: Final[dict[str, Channel]] = {
    **{name: name for name in get_args(Channel)},
    "phone": "voice",
    "mail": "email",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Probabilities of the turns of some calls, end to end, and which labels are counted as present.

    Both are turns × labels in the order of the codebook.
    """

    probabilities: Floats
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled calls with what the readers and the model say; turns end to end.

    `truth` is turns × labels; `side` has for each turn 1 for the agent, 0 for the customer, -1 for others;
    `call` its call; `results` are the calls scored.
    """

    calls: tuple[LabelledCall, ...]
    truth: NDArray[np.bool_]
    side: NDArray[np.int8]
    call: NDArray[np.int64]
    found: Found
    results: tuple[CallScore, ...]

    def turns_for(self, column: int) -> NDArray[np.int64]:
        """The turns of the side that can show a label."""
        return np.flatnonzero(self.side == int(OF_AGENT[column]))


def judge_calls(calls: Sequence[LabelledCall], scorer_of: ScorerOf) -> Judged:
    """Every call read and scored by its scorer."""
    sides = {"agent": 1, "customer": 0}
    return Judged(
        calls=tuple(calls),
        truth=_truth(calls),
        side=np.array([sides.get(turn.side, -1) for call in calls for turn in call.turns], dtype=np.int8),
        call=np.repeat(np.arange(len(calls)), [len(call.turns) for call in calls]),
        found=find(calls, scorer_of),
        results=score(calls, scorer_of),
    )


def find(calls: Sequence[LabelledCall], scorer_of: ScorerOf) -> Found:
    """The behaviours that each call's scorer finds."""
    tables = []
    for call in calls:
        table = scorer_of(call).behaviours(transcript_of(call))
        order = [table.labels.index(label) for label in BEHAVIOURS]
        tables.append((table.probabilities[:, order], table.present[:, order]))
    return Found(np.vstack([p for p, _ in tables]), np.vstack([present for _, present in tables]))


def score(calls: Sequence[LabelledCall], scorer_of: ScorerOf) -> tuple[CallScore, ...]:
    """The results of the calls, in their order."""
    return tuple(scorer_of(call).score(transcript_of(call)) for call in calls)


def transcript_of(call: LabelledCall) -> Transcript:
    """A labelled call as the scorer takes it."""
    turns = tuple(
        Turn(
            index=index,
            speaker=turn.side,
            role=_ROLES.get(turn.side, "unknown"),
            role_source="told",
            text=turn.text,
        )
        for index, turn in enumerate(call.turns)
    )
    return Transcript(call_id=call.conv_id, turns=turns, channel=_CHANNELS.get(call.channel))


def _truth(calls: Sequence[LabelledCall]) -> NDArray[np.bool_]:
    turns = [turn for call in calls for turn in call.turns]
    column_of = {name: column for column, name in enumerate(BEHAVIOURS)}
    truth = np.zeros((len(turns), len(BEHAVIOURS)), dtype=bool)
    for row, turn in enumerate(turns):
        truth[row, [column_of[name] for name in turn.labels]] = True
    return truth
