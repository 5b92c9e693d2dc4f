"""`carescore cards`: the model card and the data card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def cards(
    report: Annotated[
        list[Path], typer.Option(help="Saved evaluation (JSON); may be given several times, best first.")
    ],
    benchmarks: Annotated[
        Path | None, typer.Option(help="Saved figures of `carescore benchmark` (JSON).")
    ] = None,
    model: Annotated[Path, typer.Option(help="Model folder; CARD.md is written into it.")] = Path(
        "models/care"
    ),
    data: Annotated[Path, typer.Option(help="Data folder; README.md is written into it.")] = Path("data"),
    readme: Annotated[
        Path | None, typer.Option(help="README with marks between which the benchmarks are written.")
    ] = None,
) -> None:
    """Write the model card and the data card from saved figures and the data; no figure is typed."""
    from carescore.cli.destination import write_text
    from carescore.evaluation.benchmarks.saved import read_figures
    from carescore.evaluation.cards.data_card import data_card
    from carescore.evaluation.cards.model_card import model_card
    from carescore.evaluation.cards.readme_part import given_text, with_benchmarks
    from carescore.evaluation.report import read_evaluation

    found = [read_evaluation(path) for path in report]
    figures = None if benchmarks is None else read_figures(benchmarks)
    pages = {
        model / "CARD.md": model_card(model, found, figures),
        data / "README.md": data_card(data),
    }
    if readme is not None and figures is not None:
        pages[readme] = with_benchmarks(given_text(readme), figures)
    for path, text in pages.items():
        write_text(text, path)
        typer.echo(f"wrote {path}", err=True)
