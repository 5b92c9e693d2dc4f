"""`CARD.md` of a model: what it is for, what it must not be used for, and every figure with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Final

from carescore.bundle import ARRAYS, MANIFEST, Manifest, load_bundle
from carescore.evaluation.benchmarks.saved import SavedFigures
from carescore.evaluation.benchmarks.table import benchmark_table
from carescore.evaluation.cards.data_card import template
from carescore.evaluation.cards.limits import limits
from carescore.evaluation.report import Evaluation
from carescore.evaluation.sections import sections
from carescore.evaluation.tables import Table, as_markdown
from carescore.safe_text import markdown

_PEOPLE: Final = {
    True: "How people agree with the model was measured on the public sets below, and nowhere else.",
    False: "How people agree with the model has not been measured.",
}


def model_card(model: Path, reports: Sequence[Evaluation], benchmarks: SavedFigures | None = None) -> str:
    """The card in Markdown, from the model's folder, saved evaluations and saved benchmark figures."""
    bundle = load_bundle(model)
    manifest = Manifest.model_validate_json((model / MANIFEST).read_bytes())
    return Template(template("model_card.md")).substitute(
        model=markdown(bundle.label),
        facts=_facts(model, manifest),
        readers=_bullets([_readers(report) for report in reports]),
        reports="\n".join(_report(report) for report in reports),
        people=_PEOPLE[benchmarks is not None],
        benchmarks="" if benchmarks is None else as_markdown([benchmark_table(benchmarks.figures)]),
        limits="\n".join(f"{_title(report)}:\n\n{_bullets(list(limits(report)))}\n" for report in reports),
        inputs=as_markdown([_inputs(manifest)], level=3),
        made_with=_made_with(manifest),
    )


def _facts(model: Path, manifest: Manifest) -> str:
    size = sum((model / name).stat().st_size for name in (ARRAYS, MANIFEST)) / 1e6
    return (
        f"Linear models over hashed words, word pairs, the words before and the place in the call: "
        f"{manifest.features:,} features and {manifest.words:,} word weights for {len(manifest.labels)} "
        f"labels; {len(manifest.criteria)} criteria as sums of named call features with weights of 0 or "
        f"more. {size:.1f} MB, no network, no text of any call in the files."
    )


def _readers(found: Evaluation) -> str:
    by_number: dict[int, int] = {}
    for source in found.sources:
        for number, calls in source.readers.items():
            by_number[int(number)] = by_number.get(int(number), 0) + calls
    told = ", ".join(
        f"{calls:,} by {'one reader' if number == 1 else f'{number} readers'}"
        for number, calls in sorted(by_number.items())
    )
    return f"{_title(found)}: {found.calls:,} calls, {told}."


def _title(found: Evaluation) -> str:
    if found.left_out:
        return "Calls of the training data, each judged by a model fitted without its source"
    if found.trained_on:
        part = "" if found.trained_on == found.calls else "partly "
        return f"Calls that the model was {part}trained on (figures look better than they are)"
    return "Calls that the model was not trained on"


def _report(found: Evaluation) -> str:
    return f"## {_title(found)}\n\n{as_markdown(sections(found), level=3)}"


def _inputs(manifest: Manifest) -> Table:
    return Table(
        title="Files",
        heads=["file", "calls", "turns", "sha256"],
        words=(0, 3),
        rows=[
            [file.name, f"{file.calls:,}", f"{file.turns:,}", file.sha256[:16]]
            for file in manifest.trained_on
        ],
    )


def _made_with(manifest: Manifest) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in sorted(manifest.trained_with.items()))
    return f"Made with {markdown(versions)}. Arrays: sha256 `{manifest.arrays_sha256}`."


def _bullets(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {markdown(sentence)}" for sentence in sentences) or "- None that the limits catch."
