"""What the user gave on the command line as calls: saved results, transcripts, or both."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.results import CallScore
    from carescore.transcript import Transcript

_Item = TypeVar("_Item")

Reviews = Annotated[
    Path | None, typer.Option(help="Review log, to tell which calls people have reviewed.", metavar="LOG")
]


def given_results(
    paths: Sequence[Path],
    *,
    scorecard: Path | None = None,
    model: Path | None = None,
    agents: str | Mapping[str, str] | None = None,
    jobs: int = 1,
) -> Iterator[CallScore]:
    """The results in saved files, and those of transcripts, which are scored now; in the order given.

    A transcript that cannot be scored gives an unscored result, and a line on standard error.
    """
    given = given_calls(paths, scorecard=scorecard, model=model, agents=agents, jobs=jobs)
    return (result for result, _ in given)


def given_calls(
    paths: Sequence[Path],
    *,
    scorecard: Path | None = None,
    model: Path | None = None,
    agents: str | Mapping[str, str] | None = None,
    jobs: int = 1,
) -> Iterator[tuple[CallScore, Transcript | None]]:
    """Like `given_results`, each result with its transcript; those from saved files have none."""
    from carescore.safe_text import visible
    from carescore.saved_results import holds_results, read_results

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"there is no file or folder '{missing[0]}'.")
    transcripts = []
    for path in paths:
        if path.is_dir() and not _has_files(path):
            typer.echo(visible(f"not read: the folder '{path}' has no files."), err=True)
        elif holds_results(path):
            yield from ((result, None) for result in read_results(path))
        else:
            transcripts.append(path)
    if transcripts:
        yield from _scored(transcripts, scorecard, model, agents, jobs)


def _has_files(folder: Path) -> bool:
    from carescore.reading import files

    return any(isinstance(found, Path) for found in files(folder))


def reviewed_in(log: Path | None) -> Callable[[CallScore], bool] | None:
    """Says of a result whether a person has reviewed it, by the review log that was given."""
    from carescore.review.log import ReviewLog
    from carescore.review.reviewed import reviewed_results

    return None if log is None else reviewed_results(ReviewLog(log).reviews())


def _scored(
    paths: Sequence[Path],
    scorecard: Path | None,
    model: Path | None,
    agents: str | Mapping[str, str] | None,
    jobs: int,
) -> Iterator[tuple[CallScore, Transcript | None]]:
    from carescore.reading import read_each
    from carescore.safe_text import visible
    from carescore.scorer import Scorer
    from carescore.transcript import Transcript

    scorer = Scorer.load(model=model, scorecard=scorecard)
    sent: deque[object] = deque()  # scoring reads some calls ahead
    for result in scorer.score_many(_noted(read_each(paths, agent=agents), sent), n_jobs=jobs):
        if result.status == "unscored":
            why = result.reason.removeprefix(f"{result.call_id}: ")
            typer.echo(visible(f"not scored: {result.call_id}: {why}"), err=True)
        item = sent.popleft()
        yield result, item if isinstance(item, Transcript) else None


def _noted(items: Iterable[_Item], sent: deque[object]) -> Iterator[_Item]:
    for item in items:
        sent.append(item)
        yield item
