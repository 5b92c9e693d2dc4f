"""Scoring again what a result says was scored, to see whether the same numbers come out.

verify(result, transcript="call.vtt").same   # or a sentence for everything that differs
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from carescore.differences import CallDifference, diff
from carescore.errors import CareScoreError, UsageError
from carescore.results import CallScore
from carescore.saved_results import read_results
from carescore.transcript import Transcript

if TYPE_CHECKING:
    from carescore.scorecard import Scorecard
    from carescore.scorer import Scorer

# What must be the same for a score to be the same one; other versions are told, but only numbers count.
_DECISIVE: Final = frozenset({"model", "scorecard", "transcript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A result beside the same call scored again.

    `difference` is `None` where the transcript was not found. `notes` are sentences on what differs
    without changing a number, such as the version of the library.
    """

    call_id: str
    difference: CallDifference | None
    notes: tuple[str, ...] = field(default=())

    @property
    def same(self) -> bool:
        """Whether model, scorecard and transcript are those of the receipt and every number came out."""
        found = self.difference
        return found is not None and found.same_numbers and not _DECISIVE & set(found.causes)

    def to_dict(self) -> dict[str, Any]:
        """The verification as plain data."""
        return {"same": self.same, **asdict(self)}


def verify(
    result: CallScore | str | Path,
    *,
    transcript: Transcript | str | Path,
    scorer: Scorer | None = None,
    model: str | Path | None = None,
    scorecard: Scorecard | str | Path | None = None,
    agent: str | None = None,
    redact: bool = False,
) -> Verification:
    """Score the call again and compare it with the result that was saved.

    `result` is a result, or a file with one; `transcript` the call, or its file. Give the `model` and the
    `scorecard` of the receipt where they are not the bundled ones (or a `scorer` that has them). `agent` says
    who the agent is where the result does not tell. The call is redacted where the receipt says that it was;
    `redact` says so of results of earlier versions, whose receipts do not. Raises `UsageError` where a file
    holds several results, or the result was made with estimators of your own and the `scorer` has not the
    same (`Scorer.with_estimator`), and `TranscriptError` where the transcript cannot be read.
    """
    from carescore.scorer import Scorer

    saved = result if isinstance(result, CallScore) else _only(list(read_results(result)), Path(result).name)
    chosen = scorer or Scorer.load(model=model, scorecard=scorecard)
    _check_estimators(saved, chosen)
    call = transcript if isinstance(transcript, Transcript) else _read(transcript, saved, agent)
    return _verified(saved, chosen.score(call, redact=_redacted(saved, redact)))


def verify_each(
    results: Iterable[CallScore],
    calls: Iterable[Transcript | CareScoreError],
    *,
    scorer: Scorer,
    redact: bool = False,
) -> Iterator[Verification]:
    """Every result beside its call scored again; calls are found by id, and by file where ids repeat.

    One result and one call belong together whatever their ids. A call that could not be read is matched
    with the unscored result that says so. `redact` is as for `verify`.
    """
    saved, given = list(results), list(calls)
    for result in saved:
        _check_estimators(result, scorer)
    # A redacted call may have another id; where only some results are redacted, calls are scored both ways.
    ways = {_redacted(result, redact) for result in saved}
    again = {way: list(scorer.score_many(given, redact=way)) for way in ways}
    if len(saved) == len(given) == 1:
        yield _verified(saved[0], next(iter(again.values()))[0])
        return
    by_id: dict[tuple[bool, str], list[CallScore]] = {}
    for way, scored in again.items():
        for result in scored:
            by_id.setdefault((way, result.call_id), []).append(result)
    for result in saved:
        found = _nearest(result, by_id.get((_redacted(result, redact), result.call_id), ()))
        yield (
            Verification(call_id=result.call_id, difference=None)
            if found is None
            else _verified(result, found)
        )


def told_agents(results: Iterable[CallScore]) -> Mapping[str, str]:
    """For each call whose agent the user had named, by call id: that name, to name it again."""
    return {r.call_id: r.agent for r in results if r.role_source == "given" and r.agent is not None}


def _check_estimators(result: CallScore, scorer: Scorer) -> None:
    """Raise `UsageError` unless the scorer has the estimators that the result was made with."""
    then, now = (
        {one.behaviour: one for one in estimators}
        for estimators in (result.receipt.estimators, [own.receipt for own in scorer.estimators])
    )
    for behaviour, one in then.items():
        other = now.get(behaviour)
        if other is None or (other.sha256, other.threshold) != (one.sha256, one.threshold):
            found = (
                ""
                if other is None
                else f" Given was {other.name} ({other.sha256[:12]}…, {other.threshold:g})."
            )
            raise UsageError(
                f"{result.call_id}: '{behaviour}' was judged by an estimator of your own, {one.name} "
                f"({one.sha256[:12]}…) from {one.threshold:g} up. Give the same file: "
                f"--estimator {behaviour}={one.name}@{one.threshold:g}, in Python with_estimator().{found}"
            )
    for behaviour in now.keys() - then.keys():
        raise UsageError(
            f"{result.call_id}: was scored without an estimator of your own for '{behaviour}'. Leave it out."
        )


def _redacted(result: CallScore, said: bool) -> bool:
    """Whether the call was redacted before it was scored, by the receipt or else as the user said."""
    known = result.receipt.redacted
    return said if known is None else known


def _verified(saved: CallScore, again: CallScore) -> Verification:
    found = diff(saved, again)
    notes = [
        f"{change.field} {change.old} then, {change.new} now"
        for change in found.receipt
        if change.field in ("carescore", "codebook", "tokenizer")
    ]
    if saved.receipt.codebook is None:
        notes.append("the result names no codebook and no tokenizer: an earlier version of carescore made it")
    return Verification(call_id=saved.call_id, difference=found, notes=tuple(notes))


def _nearest(result: CallScore, found: Sequence[CallScore]) -> CallScore | None:
    """The call of the same text, else of the same file, else the only one."""
    for one in found:
        if one.receipt.transcript_sha256 == result.receipt.transcript_sha256:
            return one
    same_file = [one for one in found if one.source == result.source]
    return same_file[0] if same_file else found[0] if len(found) == 1 else None


def _only(found: Sequence[CallScore], name: str) -> CallScore:
    if len(found) != 1:
        raise UsageError(
            f"{name}: holds {len(found)} results and verify() is for one; `carescore verify` takes them all."
        )
    return found[0]


def _read(where: str | Path, result: CallScore, agent: str | None) -> Transcript:
    from carescore.reading import read_each

    names = agent or told_agents([result])
    found = list(read_each(where, agent=names))
    if len(found) == 1 and not isinstance(found[0], Transcript):
        raise found[0]
    calls = [item for item in found if isinstance(item, Transcript)]
    own = calls if len(calls) == 1 else [call for call in calls if call.call_id == result.call_id]
    if len(own) != 1:
        raise UsageError(
            f"{Path(where).name}: {len(own)} of its {len(calls)} calls have the result's id. Give the "
            "file of that call, or read it and pass the transcript."
        )
    return own[0]
