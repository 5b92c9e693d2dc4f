"""`carescore dossier`: model card, data sheet, instructions, notice to workers and DPIA starter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescore.errors import UsageError


def dossier(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write the pages to.", metavar="DIR")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Your own model folder.")] = None,
    data: Annotated[Path, typer.Option(help="Folder with the data card (README.md).")] = Path("data"),
    scorecard: Annotated[Path | None, typer.Option(help="Your own scorecard (TOML).")] = None,
    results: Annotated[
        list[Path] | None,
        typer.Option(help="Saved results, to say what was scored; several times if need be."),
    ] = None,
    reviews: Annotated[
        Path | None, typer.Option(help="Review log, to say what people reviewed.", metavar="LOG")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Folder with your own wording of the pages.", metavar="DIR")
    ] = None,
    copy_templates: Annotated[
        Path | None, typer.Option(help="Write the bundled wording to this folder, to edit it, and stop.")
    ] = None,
) -> None:
    """Write the papers that a works council, a data-protection officer or an auditor asks for.

    Every figure comes from a file that is named; what nobody measured says so, and what only you know is
    left to fill in. Starters to work on, not legal advice.
    """
    from carescore.dossier.dossier import copy_templates as copy
    from carescore.dossier.dossier import gathered, pages
    from carescore.dossier.facts import NOT_MEASURED
    from carescore.whole_file import whole

    if copy_templates is not None:
        copy(copy_templates)
        typer.echo(
            f"wrote templates to {copy_templates}; use them with --templates {copy_templates}", err=True
        )
        return
    if output is None:
        raise UsageError("say where to write the pages: `carescore dossier -o dossier/`.")
    facts = gathered(model=model, data=data, scorecard=scorecard, results=results or (), reviews=reviews)
    written = list(pages(facts, templates=templates))
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}).") from None
    for name, text in written:
        with whole(output / name) as new:
            new.write_text(text, encoding="utf-8")
    missing = sum(fact.text == NOT_MEASURED for fact in facts.values())
    told = f"{missing} fields are not measured" if missing else "every field is filled in from a file"
    typer.echo(f"wrote {len(written)} pages to {output}; {told}", err=True)
