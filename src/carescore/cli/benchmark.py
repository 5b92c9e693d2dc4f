"""`carescore benchmark`: public data sets that people labelled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescore.cli.evaluate import EvaluateFormat, chosen_format


def benchmark(
    public_texts: Annotated[
        Path, typer.Option(help="Folder with the public sets (annomi, casino, …, as *.jsonl.gz).")
    ],
    model: Annotated[Path | None, typer.Option(help="Model folder; the bundled one if not given.")] = None,
    data: Annotated[
        Path, typer.Option(help="Training data, whose conversations are left out of the sets.")
    ] = Path("data"),
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; .json and .md decide the format themselves."),
    ] = None,
    format: Annotated[EvaluateFormat | None, typer.Option(help="How to write it.")] = None,
    seed: Annotated[int, typer.Option(help="Decides the resampling behind the intervals.")] = 0,
) -> None:
    """Compare carescore with people's labels in public sets, beside published figures and a plain floor."""
    from carescore.cli.destination import write_text
    from carescore.evaluation.benchmarks.run import benchmark as run
    from carescore.evaluation.benchmarks.saved import as_json
    from carescore.evaluation.benchmarks.table import benchmark_table
    from carescore.evaluation.tables import as_markdown, as_text
    from carescore.scorer import Scorer

    scorer = Scorer.load(model=model)
    figures, missing = run(public_texts, lambda call: scorer, data=data, seed=seed)
    for name in missing:
        typer.echo(f"left out: '{name}' is not in {public_texts}", err=True)
    form = chosen_format(format, output)
    if form is EvaluateFormat.json:
        write_text(as_json(scorer.bundle.label, figures), output)
    else:
        tables = [benchmark_table(figures)]
        write_text(as_markdown(tables) if form is EvaluateFormat.markdown else as_text(tables), output)
