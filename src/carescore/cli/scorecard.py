"""`carescore scorecard`: check one's own scorecard, see the bundled one, list what can be used in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Check a scorecard, show the bundled one, list what one may use.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("check")
def check_file(
    file: Annotated[Path, typer.Argument(help="The scorecard, a TOML file.")],
    model: Annotated[Path | None, typer.Option(help="Model folder, if not the bundled one.")] = None,
) -> None:
    """Say whether a scorecard can be used, or what is wrong in it and where."""
    from carescore.scorer import Scorer

    card = Scorer.load(model=model, scorecard=file).scorecard
    typer.echo(f"{file.name}: {card.label} is fine: {len(card.criteria)} criteria.")
    weight = sum(criterion.weight for criterion in card.criteria)
    for criterion in card.criteria:
        share = f"{criterion.weight / weight:.0%}"
        when = ", ".join(criterion.applies_when)
        typer.echo(f"  {criterion.id:<20} {share:>4}  applies when: {when}")


@app.command("show")
def show() -> None:
    """Print the bundled scorecard, as a start for one's own."""
    from carescore.scorecard import bundled_text

    typer.echo(bundled_text(), nl=False)


@app.command("features")
def features() -> None:
    """List the call features and behaviours that a scorecard may name."""
    from carescore.call_features import feature_names
    from carescore.codebook import AGENT_BEHAVIOURS, CUSTOMER_BEHAVIOURS

    typer.echo("agent behaviours:    " + ", ".join(AGENT_BEHAVIOURS))
    typer.echo("customer behaviours: " + ", ".join(CUSTOMER_BEHAVIOURS))
    typer.echo("features:")
    for name in feature_names():
        typer.echo(f"  {name}")
