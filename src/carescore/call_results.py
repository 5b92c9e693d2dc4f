"""One call's result put together from what was judged, quoted and found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version as package_version
from itertools import pairwise, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carescore import codebook
from carescore.batched.calls import Calls
from carescore.bundle import ModelBundle
from carescore.notes import Coaching
from carescore.results import CallScore, CriterionScore, Receipt, TurnBehaviours, UsedEstimator
from carescore.scorecard import Scorecard
from carescore.scoring import Judgement, criterion_score, total
from carescore.transcript import Transcript, Turn
from carescore.version import __version__

Coach = Callable[[CallScore], Coaching]


class ResultMaker:
    """Makes results, each with the receipt of what it was made with."""

    def __init__(
        self, bundle: ModelBundle, scorecard: Scorecard, estimators: tuple[UsedEstimator, ...] = ()
    ) -> None:
        self._scorecard = scorecard
        self._estimators = estimators
        self._made_with: dict[str, str] = {
            "carescore": __version__,
            "model": bundle.label,
            "model_sha256": bundle.sha256,
            "scorecard": scorecard.label,
            "scorecard_sha256": scorecard.sha256,
            "codebook": codebook.VERSION,
            "tokenizer": f"spacy {package_version('spacy')}",
        }

    def scored(
        self,
        call: Transcript,
        scores: Sequence[CriterionScore],
        critical: tuple[str, ...],
        turns: TurnsOfCall,
        coach: Coach | None,
    ) -> CallScore:
        """The draft of a call that was judged; `critical` names the critical criteria that failed."""
        applied = sum(score.status == "scored" for score in scores)
        reason = f"{applied} of {len(scores)} criteria applied."
        facts = self._facts(call, scores, critical)
        return CallScore.told_later(turns, status="draft", reason=reason, _coach=coach, **facts)

    def unscored(self, call: Transcript, reason: str, coach: Coach | None = None) -> CallScore:
        """The result of a call that could not be judged, and why."""
        judgements = [Judgement(one, "not_enough_evidence", reason) for one in self._scorecard.criteria]
        scores = [criterion_score(judgement, {}) for judgement in judgements]
        facts = self._facts(call, scores, ())
        return CallScore(status="unscored", reason=reason, turns=(), _coach=coach, **facts)

    def _facts(
        self, call: Transcript, scores: Sequence[CriterionScore], critical: tuple[str, ...]
    ) -> dict[str, Any]:
        """What every result says."""
        score, low, high = total(scores) or (None, None, None)
        mark = self._scorecard.pass_mark
        return {
            "call_id": call.call_id,
            "agent": call.agent,
            "source": call.source,
            "started": call.started,
            "channel": call.channel,
            "role_source": call.role_source,
            "score": score,
            "low": low,
            "high": high,
            "passed": None if mark is None or score is None else score >= mark and not critical,
            "critical": critical,
            "criteria": {score.id: score for score in scores},
            "warnings": call.warnings,
            "receipt": Receipt(
                **self._made_with,
                transcript_sha256=call.sha256,
                redacted=call.redacted if call.turns else None,
                estimators=self._estimators,
            ),
        }


@dataclass(frozen=True, slots=True)
class TurnsOfCall:
    """The turns of a result, made when they are read: which of them show which label, and how surely."""

    turns: tuple[Turn, ...]
    labels: tuple[str, ...]
    showing: NDArray[np.int64]
    columns: NDArray[np.int64]
    chances: NDArray[np.float64]

    def __call__(self, result: CallScore) -> dict[str, Any]:
        """The field of the result: for each turn the behaviours present, in the order of the labels."""
        shown: list[dict[str, float]] = [{} for _ in self.turns]
        found = (self.showing.tolist(), self.columns.tolist(), self.chances.tolist())
        for turn, column, chance in zip(*found, strict=True):
            shown[turn][self.labels[column]] = chance
        turns = zip(self.turns, shown, strict=True)
        return {
            "turns": tuple(
                TurnBehaviours(index=turn.index, speaker=turn.role, behaviours=here) for turn, here in turns
            )
        }


def turns_of_calls(calls: Sequence[Transcript], found: Calls) -> Iterator[TurnsOfCall]:
    """What each call's turns show."""
    rows, columns = np.nonzero(found.present)
    chances = found.probabilities[rows, columns]
    first = np.repeat(found.starts[:-1], np.diff(found.starts))
    ends = rows.searchsorted(found.starts).tolist()
    for call, here in zip(calls, starmap(slice, pairwise(ends)), strict=True):
        # Copies: a view would keep the whole batch.
        turns = rows[here] - first[rows[here]]
        yield TurnsOfCall(call.turns, found.labels, turns, columns[here].copy(), chances[here].copy())
