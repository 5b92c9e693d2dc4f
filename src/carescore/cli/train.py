"""`carescore train`: labelled calls to a model folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescore.errors import UsageError


def train(
    data: Annotated[Path, typer.Option(help="Folder with corpus/calls, corpus/bank and labels.")] = Path(
        "data"
    ),
    output: Annotated[Path, typer.Option(help="Model folder to write.")] = Path("models/care"),
    public_texts: Annotated[
        Path | None, typer.Option(help="Folder with the public texts that stand-off labels point to.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "care",
    version: Annotated[str, typer.Option(help="Version of the model, as 1.2.3.")] = "1.0.0",
    jobs: Annotated[int, typer.Option(help="Processes to fit with; -1 for every core.")] = 1,
) -> None:
    """Train the behaviour and criterion models. The same data and versions give the same bits."""
    from carescore.training.train import read_training_data
    from carescore.training.train import train as fit

    if not data.is_dir():
        raise UsageError(f"{data}: there is no such folder. Give the one with corpus/calls in it as --data.")
    found = read_training_data(data, public_texts)
    turns = sum(len(call.turns) for call in found.calls)
    typer.echo(f"{len(found.calls)} calls with {turns} turns, {len(found.bank)} single turns", err=True)
    for source, count in sorted(found.missing.items()):
        typer.echo(
            f"labels of {count} turns of '{source}' left out: their public text is not at hand "
            "(--public-texts FOLDER)",
            err=True,
        )
    fit(found, output, name=name, version_=version, jobs=jobs)
    typer.echo(f"wrote {output}", err=True)
