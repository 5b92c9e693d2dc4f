"""The place where the parts meet: transcripts in, results out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from carescore.batched.calls import Calls
from carescore.batched.judging import BatchJudge, Judged
from carescore.bundle import ModelBundle, load_bundle
from carescore.call_results import ResultMaker, turns_of_calls
from carescore.errors import CareScoreError, UsageError
from carescore.estimators import OwnEstimator, ask_own, load_estimator
from carescore.evidence import quotes, quotes_of_read
from carescore.features import context_of_calls, extract, word_buckets
from carescore.gate import why_not
from carescore.moments import columns_of
from carescore.notes import Coaching, Placement
from carescore.repeats import repeated_turns
from carescore.results import CallScore, Evidence
from carescore.scorecard import Scorecard, load_scorecard
from carescore.scoring import check
from carescore.shown import Shown
from carescore.tokens import Pieces, Tokenizer, Tokens
from carescore.transcript import Transcript

if TYPE_CHECKING:
    import pandas as pd

    from carescore.coaching.library import MomentLibrary
    from carescore.coaching.what_if import WhatIf
    from carescore.coaching.words import Words
    from carescore.workers import Backend

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
    """A model and a scorecard, ready to score.

    **Threads** may share one scorer: every method may be called from any number of them at once, and gives
    the bytes that it would give alone. They take turns while words are looked up, so threads keep a service
    answering; for more calls a second use processes (`score_many(calls, n_jobs=…)`). An iterator of
    `score_many` belongs to one thread.

    **Processes**: a scorer can be pickled to a spawned process, and used in a forked one whatever other
    threads were doing at that moment. What it remembers of words is not sent.
    """

    _shown_by: ClassVar[str] = "scorer"

    def __init__(
        self,
        bundle: ModelBundle,
        scorecard: Scorecard,
        *,
        tokenizer: Tokenizer | None = None,
        estimators: Iterable[OwnEstimator] = (),
    ) -> None:
        check(scorecard, bundle.criteria)
        self.bundle = bundle
        self.scorecard = scorecard
        self.estimators = tuple(sorted(estimators, key=lambda one: one.behaviour))
        self._tokenizer = tokenizer or Tokenizer()
        self._judge = BatchJudge(scorecard, bundle.criteria, bundle.behaviours.labels)
        self._results = ResultMaker(bundle, scorecard, tuple(one.receipt for one in self.estimators))

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

    def with_estimator(self, behaviour: str, file: str | Path, *, threshold: float = 0.5) -> Self:
        """A scorer that takes the probability of one behaviour from an estimator of your own.

        `file` is a skops file (extra `estimators`) with a fitted scikit-learn `Pipeline` from the texts of
        turns to probabilities of the classes 0 and 1; it is asked about the turns of the side whose
        behaviour it is, and from `threshold` up the behaviour counts as present. Only a constant list of
        types is ever opened (`carescore.estimators.allowed`). Its name and sha256 go into every receipt.
        Raises `ModelError` for any other file.
        """
        others = (one for one in self.estimators if one.behaviour != behaviour)
        own = load_estimator(behaviour, file, threshold=threshold)
        return type(self)(self.bundle, self.scorecard, tokenizer=self._tokenizer, estimators=(*others, own))

    def score(self, call: Transcript, *, redact: bool = False) -> CallScore:
        """The result for one call. Too little to go by is an abstention in the result, not an error.

        With `redact`, cards, numbers, addresses and names are taken out first (`carescore.redact`), so that
        none of those found is in the result, its quotes or its coaching; offsets are of the redacted text.
        """
        if not isinstance(call, Transcript):
            raise UsageError(
                f"score() takes a Transcript, not {type(call).__name__}; `carescore.read(...)` makes one "
                "from a file, `score_frame` takes a pandas frame."
            )
        if redact:
            from carescore.reading import without_private

            (redacted,) = without_private([call], redact)
            if not isinstance(redacted, Transcript):
                raise redacted
            call = redacted
        return self._scored([call])[0]

    def score_many(
        self,
        calls: Iterable[Transcript | CareScoreError],
        *,
        n_jobs: int = 1,
        backend: Backend | None = None,
        redact: bool = False,
    ) -> Iterator[CallScore]:
        """Results one by one, in the order of the calls, the same whatever `n_jobs` and `backend`.

        Calls may be more than fit into memory: they are read as results are taken, a few batches ahead. A
        call that could not be read (an error among the calls) or that fails gives a result with the status
        `unscored` and the reason, and never stops the others. `redact` is as for `score`.

        `n_jobs` processes share the work, -1 for every core. `backend="dask"` has a Dask cluster do it: the
        current `distributed.Client`, or one on this machine (extra `dask`). Each worker is sent the model
        once.
        """
        from carescore.batch import score_in_batches
        from carescore.reading import without_private

        return score_in_batches(
            self, without_private(calls, redact), n_jobs=n_jobs, size=BATCH, backend=backend
        )

    def score_batch(self, calls: Sequence[Transcript]) -> list[CallScore]:
        """The results of some calls at once, in their order: what `score_many` runs on each batch."""
        return self._scored(calls)

    def score_frame(
        self, frame: pd.DataFrame, *, agent: str | None = None, n_jobs: int = 1, redact: bool = False
    ) -> pd.DataFrame:
        """A frame with a row a turn in, a frame with a row for each call and criterion out.

        The input's columns are found by name: a call id, speaker or role, text, and optionally start, end.
        """
        from carescore.frame import results_frame
        from carescore.reading import read_all

        calls = read_all(frame, agent=agent, redact=redact)
        return results_frame(self.score_many(calls, n_jobs=n_jobs))

    def behaviours(self, call: Transcript) -> BehaviourTable:
        """The probability of every behaviour in every turn of a call."""
        found, _, _ = self._found([call])
        return BehaviourTable(found.labels, found.probabilities, found.present)

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
        return self._results.unscored(Transcript(call_id=call_id, turns=(), source=source), reason)

    def _scored(self, calls: Sequence[Transcript]) -> list[CallScore]:
        from carescore.coaching.on_demand import CoachingOnDemand

        found, known, read = self._found(calls)
        reasons = [why_not(call, self.scorecard, share) for call, share in zip(calls, known, strict=True)]
        judged = self._judge.judge(found)
        cited = self._cited(calls, found, judged, reasons, read)
        turns = turns_of_calls(calls, found)
        results = []
        for number, (call, reason, shown) in enumerate(zip(calls, reasons, turns, strict=True)):
            coach = CoachingOnDemand(call, self)
            if reason is None:
                scores = judged.scores(number, cited[number])
                results.append(self._results.scored(call, scores, judged.failed(number), shown, coach))
            else:
                results.append(self._results.unscored(call, reason, coach))
        return results

    def _found(self, calls: Sequence[Transcript]) -> tuple[Calls, list[float], tuple[Tokens, Pieces]]:
        """What was found in the calls, the share of each one's words that the model knows, and the words."""
        model = self.bundle.behaviours
        sides = [[turn.role for turn in call.turns] for call in calls]
        flat = list(chain.from_iterable(sides))
        starts = np.cumsum([0, *map(len, sides)])
        texts = [turn.text for call in calls for turn in call.turns]
        read = self._tokenizer.read(texts)
        tokens, _ = read
        probabilities = model.probabilities(extract(tokens, context_of_calls(sides)), flat)
        thresholds = ask_own(self.estimators, model, probabilities, flat, texts)
        probabilities[tokens.counts == 0] = 0.0  # what came before may hint at a reply, but nothing was said
        repeats = [
            repeated_turns([turn.text for turn in call.turns], roles)
            for call, roles in zip(calls, sides, strict=True)
        ]
        found = Calls(
            labels=model.labels,
            probabilities=probabilities,
            present=probabilities >= thresholds,
            sides=flat,
            repeats=np.concatenate([*repeats, np.zeros(0, dtype=bool)]),
            starts=starts,
        )
        return found, model.known_shares(word_buckets(tokens.ids), tokens.offsets[starts]), read

    def _cited(
        self,
        calls: Sequence[Transcript],
        found: Calls,
        judged: Judged,
        reasons: Sequence[str | None],
        read: tuple[Tokens, Pieces],
    ) -> list[dict[tuple[int, str], Evidence]]:
        """Every quote that the criteria ask for, located in one go for the whole batch."""
        columns = columns_of(found.labels)
        asked = [judged.quoted(number) if reason is None else [] for number, reason in enumerate(reasons)]
        numbers = [number for number, pairs in enumerate(asked) for _ in pairs]
        places = [turn for pairs in asked for turn, _ in pairs]
        behaviours = [behaviour for pairs in asked for _, behaviour in pairs]
        rows = found.starts[np.array(numbers, dtype=np.int64)] + np.array(places, dtype=np.int64)
        located = iter(
            quotes_of_read(
                [calls[number].turns[place] for number, place in zip(numbers, places, strict=True)],
                behaviours,
                found.probabilities[rows, [columns[name] for name in behaviours]].tolist(),
                rows.tolist(),
                read,
                self.bundle.behaviours,
            )
        )
        return [dict(zip(pairs, islice(located, len(pairs)), strict=True)) for pairs in asked]
