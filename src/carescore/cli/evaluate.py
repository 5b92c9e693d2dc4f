"""`carescore evaluate`: how well a model agrees with labelled calls, and what it should not react to."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from carescore.errors import UsageError

if TYPE_CHECKING:
    from carescore.evaluation.report import Evaluation


class EvaluateFormat(StrEnum):
    """How an evaluation is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


Disputes = Annotated[
    Path | None,
    typer.Option(help="Upheld disputes (`carescore review cases`); each must come out as decided."),
]
Transcripts = Annotated[
    list[Path] | None, typer.Option(help="With --disputes: where the calls are, if not in the cases.")
]
Fitted = Annotated[
    Path | None,
    typer.Option(help="Folder to keep the models of --held-out in; those of the same data are used again."),
]
Folds = Annotated[
    int | None,
    typer.Option(min=2, help="With --held-out: leave sources out in so many groups, for fewer fits."),
]
Card = Annotated[Path | None, typer.Option(help="With --disputes: your own scorecard.")]


def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Labelled calls (JSONL as in data/corpus/calls), labels of public texts, or folders.",
            metavar="FILE...",
        ),
    ] = None,
    public_texts: Annotated[
        Path | None, typer.Option(help="Folder with the public texts that labels without text point to.")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder; the bundled one if not given.")] = None,
    disputes: Disputes = None,
    transcripts: Transcripts = None,
    scorecard: Card = None,
    held_out: Annotated[
        bool,
        typer.Option(
            "--held-out",
            help="Judge each call by a model fitted on --data without the call's source. Slow.",
        ),
    ] = False,
    source: Annotated[
        list[str] | None, typer.Option(help="Only this source; may be given several times.")
    ] = None,
    data: Annotated[Path, typer.Option(help="Training data for --held-out.")] = Path("data"),
    fitted: Fitted = None,
    folds: Folds = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; .json and .md decide the format themselves."),
    ] = None,
    format: Annotated[EvaluateFormat | None, typer.Option(help="How to write it.")] = None,
    seed: Annotated[int, typer.Option(help="Decides the resampling and every change made to calls.")] = 0,
    jobs: Annotated[int, typer.Option(help="Processes to fit with, for --held-out.")] = 1,
) -> None:
    """Compare the model with careful readers: labels, ratings, probabilities, robustness, fairness.

    A model looks better on calls that it was trained on: give calls it has not seen, or say --held-out, which
    needs no FILE and then takes all calls of --data. Exit codes: 0 done, 1 a dispute of --disputes did not
    come out as decided, 2 wrong usage.
    """
    if disputes is not None:
        _settled(disputes, transcripts or [], model, scorecard)
        if not files and not held_out:
            return
    from carescore.evaluation.labelled import read_labelled, training_files
    from carescore.evaluation.report import evaluate as compare
    from carescore.evaluation.scorers import left_out_scorers, one_scorer, trained_on

    _check(bool(files), held_out, model)
    labelled = read_labelled(files or training_files(data), public_texts, sources=source)
    scorer_of = (
        left_out_scorers(data, public_texts, folds=folds, kept=fitted, jobs=jobs, told=_told)
        if held_out
        else one_scorer(model)
    )
    seen = () if held_out else trained_on(model)
    _write(compare(labelled, scorer_of, left_out=held_out, trained_on=seen, seed=seed), format, output)


def _settled(disputes: Path, transcripts: list[Path], model: Path | None, scorecard: Path | None) -> None:
    """Leave with 1 where an upheld dispute does not come out as it was decided."""
    from carescore.cli.review import calls_in
    from carescore.evaluation.disputes import check_cases, outcomes_text
    from carescore.review.cases import read_cases, with_calls
    from carescore.scorer import Scorer

    cases = with_calls(read_cases(disputes), calls_in(transcripts, None))
    outcomes = list(check_cases(cases, Scorer.load(model=model, scorecard=scorecard)))
    typer.echo(outcomes_text(outcomes), nl=False)
    if not all(one.passed for one in outcomes):
        raise typer.Exit(1)


def _check(files: bool, held_out: bool, model: Path | None) -> None:
    if not files and not held_out:
        raise UsageError("give labelled calls to evaluate on, or --held-out to use the training data.")
    if held_out and model is not None:
        raise UsageError("--held-out fits its own models; leave out --model.")


def _write(found: Evaluation, format: EvaluateFormat | None, output: Path | None) -> None:
    from carescore.cli.destination import write_text
    from carescore.evaluation.sections import sections
    from carescore.evaluation.tables import as_markdown, as_text

    form = chosen_format(format, output)
    if form is EvaluateFormat.json:
        write_text(found.to_json(), output)
    elif form is EvaluateFormat.markdown:
        write_text(as_markdown(sections(found)), output)
    else:
        write_text(as_text(sections(found)), output)


def chosen_format(format: EvaluateFormat | None, output: Path | None) -> EvaluateFormat:
    """The format asked for, or the one that the file's ending tells."""
    if format is not None or output is None:
        return format or EvaluateFormat.text
    return _BY_ENDING.get(output.suffix.lower(), EvaluateFormat.text)


def _told(sentence: str) -> None:
    typer.echo(sentence, err=True)


_BY_ENDING: Final = {".json": EvaluateFormat.json, ".md": EvaluateFormat.markdown}
