"""What the user gave on the command line as calls: saved results, transcripts, or both."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import typer

from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.results import CallScore
    from carescore.scorer import Scorer
    from carescore.transcript import Transcript

_Item = TypeVar("_Item")
_THRESHOLD: Final = re.compile(r"@[0-9]*\.?[0-9]+$")


def check_there(paths: Iterable[Path]) -> None:
    """Raise `UsageError` naming the first that is not there."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder '{path}'.")


def named_agents(agent: str | None, agents: Path | None) -> str | Mapping[str, str] | None:
    """Who the agents are: by the CSV file if there is one, else one name for all calls, else not told."""
    return agent if agents is None else read_agents(agents)


def read_agents(path: Path) -> dict[str, str]:
    """The mapping from file name or call id to the agent's name in a CSV file of two columns."""
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path.name}: cannot be read as CSV ({type(error).__name__}).") from None
    for number, row in enumerate(rows, 1):
        if len(row) != 2:
            raise UsageError(
                f"{path.name}, line {number}: expected two columns, file (or call id) and agent."
            )
    return {row[0].strip(): row[1].strip() for row in rows}


def own_scorer(
    *, model: Path | None = None, scorecard: Path | None = None, estimators: Iterable[str] | None = None
) -> Scorer:
    """The scorer that the options ask for; estimators are written BEHAVIOUR=FILE, or with @THRESHOLD."""
    from carescore.scorer import Scorer

    scorer = Scorer.load(model=model, scorecard=scorecard)
    for given in estimators or ():
        behaviour, equals, rest = given.partition("=")
        file, _, threshold = rest.rpartition("@") if _THRESHOLD.search(rest) else (rest, "", "0.5")
        if not equals or not file:
            raise UsageError("an estimator is given as empathy=mine.skops, or empathy=mine.skops@0.6.")
        scorer = scorer.with_estimator(behaviour.strip(), file, threshold=float(threshold))
    return scorer


def given_calls(
    paths: Sequence[Path],
    *,
    scorer: Callable[[], Scorer] = own_scorer,
    agents: Path | None = None,
    redact: bool = False,
    jobs: int = 1,
) -> Iterator[tuple[CallScore, Transcript | None]]:
    """The results in saved files, and those of transcripts with these, scored now; in the order given.

    `scorer` makes the one for transcripts, if there are any.

    A transcript that cannot be scored gives an unscored result, and a line on standard error. Raises
    `UsageError` where `redact` is asked for and saved results were made without it.
    """
    from carescore.safe_text import visible
    from carescore.saved_results import holds_results

    check_there(paths)
    transcripts = []
    for path in paths:
        if path.is_dir() and not _has_files(path):
            typer.echo(visible(f"not read: the folder '{path}' has no files."), err=True)
        elif holds_results(path):
            yield from ((result, None) for result in _saved(path, redact))
        else:
            transcripts.append(path)
    if transcripts:
        yield from _scored(transcripts, scorer(), agents, redact, jobs)


def _has_files(folder: Path) -> bool:
    from carescore.reading import files

    return any(isinstance(found, Path) for found in files(folder))


def reviewed_in(log: Path | None) -> Callable[[CallScore], bool] | None:
    """Says of a result whether a person has reviewed it, by the review log that was given."""
    from carescore.review.log import ReviewLog
    from carescore.review.reviewed import reviewed_results

    return None if log is None else reviewed_results(ReviewLog(log).reviews())


def _saved(path: Path, redact: bool) -> Iterator[CallScore]:
    from carescore.saved_results import read_results

    for result in read_results(path):
        if redact and not result.receipt.redacted:
            raise UsageError(
                f"{path.name}: holds results of calls that were not redacted, and what they quote stays. "
                "Score the calls again with --redact, or give the transcripts here."
            )
        yield result


def _scored(
    paths: Sequence[Path], scorer: Scorer, agents: Path | None, redact: bool, jobs: int
) -> Iterator[tuple[CallScore, Transcript | None]]:
    from carescore.reading import read_each
    from carescore.safe_text import visible
    from carescore.transcript import Transcript

    calls = read_each(paths, agent=named_agents(None, agents), redact=redact)
    sent: deque[object] = deque()  # scoring reads some calls ahead
    for result in scorer.score_many(_noted(calls, sent), n_jobs=jobs):
        if result.status == "unscored":
            why = result.reason.removeprefix(f"{result.call_id}: ")
            typer.echo(visible(f"not scored: {result.call_id}: {why}"), err=True)
        item = sent.popleft()
        yield result, item if isinstance(item, Transcript) else None


def _noted(items: Iterable[_Item], sent: deque[object]) -> Iterator[_Item]:
    for item in items:
        sent.append(item)
        yield item
