"""One call's result put together from what was judged, quoted and found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version as package_version
from itertools import islice
from typing import Any

from carescore import codebook
from carescore.batched.calls import Calls
from carescore.batched.judging import JudgedCriterion
from carescore.bundle import ModelBundle
from carescore.notes import Coaching
from carescore.results import CallScore, CriterionScore, Evidence, Receipt, TurnBehaviours
from carescore.scorecard import Scorecard
from carescore.scoring import Judgement, criterion_score, total
from carescore.transcript import Transcript
from carescore.version import __version__

Coach = Callable[[CallScore], Coaching]
Quotes = Mapping[tuple[int, str], Evidence]


class ResultMaker:
    """Makes results, each with the receipt of the model and the scorecard it was made with."""

    def __init__(self, bundle: ModelBundle, scorecard: Scorecard) -> None:
        self._scorecard = scorecard
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
        turns: tuple[TurnBehaviours, ...],
        coach: Coach | None,
    ) -> CallScore:
        """The draft of a call that was judged; `critical` names the critical criteria that failed."""
        applied = sum(score.status == "scored" for score in scores)
        return self._result(
            call,
            scores,
            status="draft",
            reason=f"{applied} of {len(scores)} criteria applied.",
            critical=critical,
            turns=turns,
            _coach=coach,
        )

    def unscored(self, call: Transcript, reason: str, coach: Coach | None = None) -> CallScore:
        """The result of a call that could not be judged, and why."""
        judgements = [Judgement(one, "not_enough_evidence", reason) for one in self._scorecard.criteria]
        scores = [criterion_score(judgement, {}) for judgement in judgements]
        return self._result(
            call, scores, status="unscored", reason=reason, critical=(), turns=(), _coach=coach
        )

    def _result(self, call: Transcript, scores: Sequence[CriterionScore], **facts: Any) -> CallScore:
        score, low, high = total(scores) or (None, None, None)
        mark = self._scorecard.pass_mark
        return CallScore(
            call_id=call.call_id,
            agent=call.agent,
            source=call.source,
            started=call.started,
            channel=call.channel,
            role_source=call.role_source,
            score=score,
            low=low,
            high=high,
            passed=None if mark is None or score is None else score >= mark and not facts["critical"],
            criteria={score.id: score for score in scores},
            warnings=call.warnings,
            receipt=Receipt(**self._made_with, transcript_sha256=call.sha256),
            **facts,
        )


def scores_of(
    judged: Sequence[JudgedCriterion], number: int, quotes: Quotes
) -> tuple[list[CriterionScore], tuple[str, ...]]:
    """Every criterion of one call of a batch, and the critical ones that failed."""
    scores = [one.score_of(number, quotes) for one in judged]
    return scores, tuple(one.criterion.id for one in judged if one.failed(number))


def turns_of_calls(calls: Sequence[Transcript], found: Calls) -> Iterator[tuple[TurnBehaviours, ...]]:
    """For each call its turns with the behaviours that are present in them, in the order of the labels."""
    shown = iter(found.shown)
    for call in calls:
        behaviours = islice(shown, len(call.turns))
        yield tuple(
            [
                TurnBehaviours(index=turn.index, speaker=turn.role, behaviours=here)
                for turn, here in zip(call.turns, behaviours, strict=True)
            ]
        )
