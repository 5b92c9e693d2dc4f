"""`carescore bench`: what carescore costs on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescore.cli.evaluate import EvaluateFormat, chosen_format


def bench(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Calls to measure with; those of carescore if none.", metavar="[PATH]..."),
    ] = None,
    spacy_model: Annotated[
        str, typer.Option(help="spaCy pipeline with tagger and parser to compare with.")
    ] = "en_core_web_sm",
    encoder: Annotated[
        str | None,
        typer.Option(help="Folder with a small encoder, to compare with.", metavar="FOLDER"),
    ] = None,
    soak: Annotated[int, typer.Option(help="Calls that are streamed to see whether memory grows.")] = 5_000,
    model: Annotated[Path | None, typer.Option(help="Your own model folder.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; .json and .md decide the format themselves."),
    ] = None,
    format: Annotated[EvaluateFormat | None, typer.Option(help="How to write it.")] = None,
) -> None:
    """Measure speed, memory and growth on this machine, beside what people use instead. Takes minutes.

    Ratios are of processor time in the same minutes, so that a busy machine leaves them nearly as they are;
    times of new processes and of two processes want an idle one. Exit code 1 where a goal was missed.
    """
    from carescore.bench.others import Given
    from carescore.bench.run import bench as run
    from carescore.bench.table import as_data, tables
    from carescore.bench.texts import bench_calls
    from carescore.cli.destination import write_text
    from carescore.evaluation.tables import as_markdown, as_text
    from carescore.safe_text import as_json
    from carescore.scorer import Scorer

    calls = bench_calls(paths or ())
    given = Given(spacy_model=spacy_model, encoder=encoder)
    parts = run(Scorer.load(model=model), calls, given=given, soak=soak, told=_told)
    form = chosen_format(format, output)
    if form is EvaluateFormat.json:
        write_text(as_json(as_data(parts), indent=1) + "\n", output)
    else:
        found = tables(parts)
        write_text(as_markdown(found, level=3) if form is EvaluateFormat.markdown else as_text(found), output)
    if any(figure.met is False for part in parts for figure in part.figures):
        raise typer.Exit(1)


def _told(sentence: str) -> None:
    typer.echo(f"measuring {sentence} …", err=True)
