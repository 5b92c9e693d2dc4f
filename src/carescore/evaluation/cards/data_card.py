"""`data/README.md`: what the data is, who wrote and read it, and how well two readers agree."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from carescore.errors import UsageError
from carescore.evaluation.cards.data_tables import (
    NEVER_TRAINED_ON,
    agreement_tables,
    data_tables,
    public_sources,
)
from carescore.evaluation.cards.two_readers import read_once, read_twice
from carescore.evaluation.labelled import rows_of
from carescore.evaluation.tables import as_markdown


def data_card(data: Path) -> str:
    """The card in Markdown, or a `UsageError` if `labels/sources.toml` lacks the licence of a source."""
    _check_sources(data)
    tables = [*data_tables(data), *agreement_tables(read_twice(data))]
    once = read_once(data)
    told = f"\nRead by one reader only: {', '.join(once)}.\n" if once else ""
    return Template(template("data_card.md")).substitute(tables=as_markdown(tables) + told)


def template(name: str) -> str:
    """The editable words of a card."""
    return files("carescore").joinpath("evaluation", "cards", name).read_text(encoding="utf-8")


def _check_sources(data: Path) -> None:
    if not (data / "corpus" / "calls").is_dir():
        raise UsageError(f"{data}: no labelled calls there. Give the folder with corpus/calls in it.")
    known = public_sources(data)
    for folder in (data / "labels", *(data / place for place in NEVER_TRAINED_ON)):
        for file in sorted(folder.glob("*.jsonl")):
            for source in dict.fromkeys(str(row.get("source")) for row in rows_of(file)):
                if source not in known:
                    raise UsageError(
                        f"{file.name}: nothing is known about the source '{source}'. Write its name, licence "
                        "and citation into labels/sources.toml."
                    )
                if folder.name == "labels" and known[source].get("use") != "train":
                    raise UsageError(
                        f"{file.name}: the source '{source}' is for evaluation only. Move its labels to "
                        "labels/evaluate, so that no model is trained on them."
                    )
