"""The pages of the dossier: templates with every figure filled in, and a list of where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from carescore.bundle import bundled_model, load_bundle
from carescore.dossier.facts import (
    Facts,
    data_facts,
    model_facts,
    result_facts,
    review_facts,
    scorecard_facts,
    sources,
)
from carescore.errors import UsageError
from carescore.saved_results import read_results
from carescore.scorecard import load_scorecard

PAGES: Final = (
    "model-card.md",
    "data-sheet.md",
    "instructions-for-use.md",
    "notice-to-workers.md",
    "dpia-starter.md",
)


def gathered(
    *,
    model: Path | None = None,
    data: Path | None = None,
    scorecard: Path | None = None,
    results: Sequence[Path] = (),
    reviews: Path | None = None,
) -> Facts:
    """Every figure at hand: of the model's folder, its data, a scorecard, saved results, a review log."""
    folder = bundled_model() if model is None else model
    scored = (result for path in results for result in read_results(path)) if results else None
    return {
        **model_facts(folder, load_bundle(folder)),
        **data_facts(Path("data") if data is None else data),
        **scorecard_facts(load_scorecard(scorecard)),
        **result_facts(scored, ", ".join(path.name for path in results)),
        **review_facts(reviews),
    }


def pages(facts: Facts, *, templates: Path | None = None) -> Iterator[tuple[str, str]]:
    """Each page's name and text. `templates` is a folder with your own wording of some or all pages."""
    for name in PAGES:
        page = Template(_template(name, templates))
        used = page.get_identifiers()
        unknown = sorted(set(used) - {*facts, "sources"})
        if unknown:
            raise UsageError(
                f"{name}: asks for ${unknown[0]}, which is no field; known are {', '.join(facts)}."
            )
        filled = {field: facts[field].text for field in used if field != "sources"}
        table = "\n".join(sources(facts, [field for field in used if field != "sources"]))
        yield name, page.substitute(filled, sources=table)


def copy_templates(folder: Path) -> None:
    """Write the bundled templates to a folder, to edit them; none that is there is overwritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in PAGES:
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(_template(name, None))
    except FileExistsError:
        raise UsageError(f"{folder}: has templates already, and they are not overwritten.") from None
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}).") from None


def _template(name: str, folder: Path | None) -> str:
    own = None if folder is None else folder / name
    try:
        if own is not None and own.is_file():
            return own.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{own}: cannot be read ({type(error).__name__}).") from None
    return files("carescore.dossier").joinpath("templates", name).read_text(encoding="utf-8")
