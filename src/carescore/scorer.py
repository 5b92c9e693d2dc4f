"""The place where the parts meet: transcripts in, results out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from carescore.bundle import ModelBundle, load_bundle
from carescore.errors import CareScoreError, UsageError
from carescore.evidence import quotes
from carescore.features import context_of_calls, extract, word_buckets
from carescore.gate import why_not
from carescore.moments import Findings
from carescore.notes import Coaching, Placement
from carescore.repeats import repeated_turns
from carescore.results import CallScore, CriterionScore, Evidence, Receipt, TurnBehaviours
from carescore.scorecard import Scorecard, load_scorecard
from carescore.scoring import Judgement, check, criterion_score, judge, total
from carescore.shown import Shown
from carescore.tokens import Tokenizer
from carescore.transcript import Transcript
from carescore.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from carescore.coaching.library import MomentLibrary
    from carescore.coaching.what_if import WhatIf
    from carescore.coaching.words import Words

# Calls scored as one batch: large enough for the arrays to pay, small enough to hand out results early.
BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class BehaviourTable:
    """Probabilities of a call: `probabilities[i, j]` is how surely turn `i` shows `labels[j]` (0–1).

    Labels of the other side are 0; `present` says which are counted as present.
    """

    labels: tuple[str, ...]
    probabilities: NDArray[np.float64]
    present: NDArray[np.bool_]

    def to_frame(self) -> pd.DataFrame:
        """A pandas frame: a row a turn, a column a label."""
        import pandas as pd

        return pd.DataFrame(self.probabilities, columns=list(self.labels))


class Scorer(Shown):
    """A model and a scorecard, ready to score. Safe to share between threads; cheap to send to a process."""

    _shown_by: ClassVar[str] = "scorer"

    def __init__(
        self, bundle: ModelBundle, scorecard: Scorecard, *, tokenizer: Tokenizer | None = None
    ) -> None:
        check(scorecard, bundle.criteria)
        self.bundle = bundle
        self.scorecard = scorecard
        self._tokenizer = tokenizer or Tokenizer()

    @classmethod
    def load(
        cls, *, model: str | Path | None = None, scorecard: Scorecard | str | Path | None = None
    ) -> Self:
        """A scorer with the bundled model and scorecard, or one's own.

        `model` is a folder written by `carescore train`; `scorecard` a TOML file or a `Scorecard`.
        Raises `ModelError` or `ScorecardError` if one of them is not usable.
        """
        tokenizer = Tokenizer()
        card = scorecard if isinstance(scorecard, Scorecard) else load_scorecard(scorecard)
        return cls(load_bundle(model, tokenizer=tokenizer), card, tokenizer=tokenizer)

    def score(self, call: Transcript) -> CallScore:
        """The result for one call. Too little to go by is an abstention in the result, not an error."""
        if not isinstance(call, Transcript):
            raise UsageError(
                f"score() takes a Transcript, not {type(call).__name__}; `carescore.read(...)` makes one "
                "from a file, `score_frame` takes a pandas frame."
            )
        return self._scored([call])[0]

    def score_many(
        self, calls: Iterable[Transcript | CareScoreError], *, n_jobs: int = 1
    ) -> Iterator[CallScore]:
        """Results one by one, in the order of the calls, the same whatever `n_jobs`.

        Reads ahead only a few batches. A call that could not be read (an error among the calls) or that
        fails gives a result with the status `unscored` and the reason, and never stops the others.
        """
        from carescore.batch import score_in_batches

        return score_in_batches(self, calls, n_jobs=n_jobs, size=BATCH)

    def score_batch(self, calls: Sequence[Transcript]) -> list[CallScore]:
        """The results of some calls at once, in their order: what `score_many` runs on each batch."""
        return self._scored(calls)

    def score_frame(self, frame: pd.DataFrame, *, agent: str | None = None, n_jobs: int = 1) -> pd.DataFrame:
        """A frame with a row a turn in, a frame with a row for each call and criterion out.

        The input's columns are found by name: a call id, speaker or role, text, and optionally start, end.
        """
        from carescore.frame import results_frame
        from carescore.reading import read_all

        return results_frame(self.score_many(read_all(frame, agent=agent), n_jobs=n_jobs))

    def behaviours(self, call: Transcript) -> BehaviourTable:
        """The probability of every behaviour in every turn of a call."""
        found, _ = self._findings([call])
        return BehaviourTable(found[0].labels, found[0].probabilities, found[0].present)

    def coach(
        self,
        call: Transcript,
        result: CallScore | None = None,
        *,
        colleagues: MomentLibrary | None = None,
        words: Words | None = None,
    ) -> Coaching:
        """Notes on a call: what to celebrate, one focus, missed moments with verified lines, the story.

        `result` spares scoring it again; `colleagues` adds how the team met the same kind of opening;
        `words` are your own sentences and lines (`carescore.coaching.words.load_words(folder)`).
        """
        from carescore.coaching.coach import coach

        return coach(call, result or self.score(call), self, words=words, colleagues=colleagues)

    def what_if(self, call: Transcript, turn: int, text: str, *, how: Placement = "instead") -> WhatIf:
        """The call scored again with `text` said `instead` of an agent's turn, or `before` or `after` it."""
        from carescore.coaching.what_if import what_if

        return what_if(call, turn, text, self, how=how)

    def quote(self, call: Transcript, wanted: Sequence[tuple[int, str, float]]) -> list[Evidence]:
        """The words to quote for each (turn, behaviour, probability), in their order."""
        turns = [(call.turns[turn], behaviour, chance) for turn, behaviour, chance in wanted]
        return quotes(turns, self.bundle.behaviours, self._tokenizer)

    def unscored(self, call_id: str, reason: str, *, source: str | None = None) -> CallScore:
        """The result for a call that could not be scored at all."""
        return self._result(Transcript(call_id=call_id, turns=(), source=source), reason, None, (), {})

    def _scored(self, calls: Sequence[Transcript]) -> list[CallScore]:
        from carescore.coaching.on_demand import coachable

        found, known = self._findings(calls)
        reasons = [why_not(call, self.scorecard, share) for call, share in zip(calls, known, strict=True)]
        judged = [
            judge(findings, self.scorecard, self.bundle.criteria) if reason is None else ()
            for findings, reason in zip(found, reasons, strict=True)
        ]
        cited = self._cited(calls, found, judged)
        return [
            coachable(self._result(call, reason, findings, judgements, evidence), call, self)
            for call, reason, findings, judgements, evidence in zip(
                calls, reasons, found, judged, cited, strict=True
            )
        ]

    def _findings(self, calls: Sequence[Transcript]) -> tuple[list[Findings], list[float]]:
        """The findings of each call, and the share of its words that the model knows."""
        model = self.bundle.behaviours
        texts = [turn.text for call in calls for turn in call.turns]
        sides = [[turn.role for turn in call.turns] for call in calls]
        tokens = self._tokenizer.ids(texts)
        features = extract(tokens, context_of_calls(sides))
        probabilities = model.probabilities(features, [side for call in sides for side in call])
        probabilities[tokens.counts == 0] = 0.0  # what came before may hint at a reply, but nothing was said
        buckets = word_buckets(tokens.ids)
        found, known, first = [], [], 0
        for call, roles in zip(calls, sides, strict=True):
            last = first + len(call.turns)
            block = probabilities[first:last]
            repeats = repeated_turns([turn.text for turn in call.turns], roles)
            found.append(Findings(model.labels, block, block >= model.thresholds, roles, repeats))
            known.append(model.known(buckets[tokens.offsets[first] : tokens.offsets[last]]))
            first = last
        return found, known

    def _cited(
        self,
        calls: Sequence[Transcript],
        found: Sequence[Findings],
        judged: Sequence[Sequence[Judgement]],
    ) -> list[dict[tuple[int, str], Evidence]]:
        """Every quote that the judgements ask for, located in one go for the whole batch."""
        wanted, owners = [], []
        for owner, (call, findings, judgements) in enumerate(zip(calls, found, judged, strict=True)):
            columns = findings.columns
            for turn, behaviour in sorted({pair for j in judgements for pair in j.quoted}):
                probability = float(findings.probabilities[turn, columns[behaviour]])
                wanted.append((call.turns[turn], behaviour, probability))
                owners.append((owner, turn, behaviour))
        cited: list[dict[tuple[int, str], Evidence]] = [{} for _ in calls]
        located = quotes(wanted, self.bundle.behaviours, self._tokenizer)
        for (owner, turn, behaviour), evidence in zip(owners, located, strict=True):
            cited[owner][turn, behaviour] = evidence
        return cited

    def _result(
        self,
        call: Transcript,
        reason: str | None,
        found: Findings | None,
        judgements: Sequence[Judgement],
        cited: dict[tuple[int, str], Evidence],
    ) -> CallScore:
        if reason is not None:
            judgements = [Judgement(c, "not_enough_evidence", reason) for c in self.scorecard.criteria]
        scores = [criterion_score(judgement, cited) for judgement in judgements]
        whole = total(scores)
        mark = self.scorecard.pass_mark
        critical = tuple(_critical(judgements))
        return CallScore(
            call_id=call.call_id,
            status="draft" if reason is None else "unscored",
            reason=reason or _summary(scores),
            agent=call.agent,
            source=call.source,
            started=call.started,
            channel=call.channel,
            role_source=call.role_source,
            score=whole[0] if whole else None,
            low=whole[1] if whole else None,
            high=whole[2] if whole else None,
            passed=None if mark is None or whole is None else whole[0] >= mark and not critical,
            critical=critical,
            criteria={score.id: score for score in scores},
            turns=_turns(call, found) if reason is None and found is not None else (),
            warnings=call.warnings,
            receipt=Receipt(
                carescore=__version__,
                model=self.bundle.label,
                model_sha256=self.bundle.sha256,
                scorecard=self.scorecard.label,
                scorecard_sha256=self.scorecard.sha256,
                transcript_sha256=call.sha256,
            ),
        )


def _turns(call: Transcript, found: Findings) -> tuple[TurnBehaviours, ...]:
    return tuple(
        TurnBehaviours(index=turn.index, speaker=turn.role, behaviours=here)
        for turn, here in zip(call.turns, found.shown, strict=True)
    )


def _critical(judgements: Sequence[Judgement]) -> Iterator[str]:
    for judgement in judgements:
        criterion = judgement.criterion
        if (
            criterion.critical
            and judgement.status == "scored"
            and judgement.rating < criterion.critical_below
        ):
            yield criterion.id


def _summary(scores: Sequence[CriterionScore]) -> str:
    scored = sum(score.status == "scored" for score in scores)
    return f"{scored} of {len(scores)} criteria applied."
