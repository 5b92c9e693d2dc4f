"""Who judges a call: one model for all, or one fitted without the call's source, for honest figures."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from carescore.bundle import MANIFEST, Manifest, bundled_model
from carescore.errors import UsageError
from carescore.evaluation.judged import ScorerOf
from carescore.scorer import Scorer
from carescore.training.corpus import LabelledCall
from carescore.training.train import TrainingData, read_training_data, train

_ALL_SOURCES: Final = "nothing"  # the model for calls of a source that training data does not have


def one_scorer(model: Path | None = None) -> ScorerOf:
    """The same model for every call; the bundled one if none is given."""
    scorer = Scorer.load(model=model)
    return lambda call: scorer


def trained_on(model: Path | None = None) -> tuple[str, ...]:
    """The names of the files that a model was trained on."""
    folder = bundled_model() if model is None else model
    manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    return tuple(file.name for file in manifest.trained_on)


def left_out_scorers(
    data: Path,
    public_texts: Path | None = None,
    *,
    kept: Path | None = None,
    jobs: int = 1,
    told: Callable[[str], None] = lambda sentence: None,
) -> ScorerOf:
    """For each call the scorer with a model fitted on `data` without the call's source, when first asked for.

    `kept` is a folder for the models; one that is there and was fitted to the same files is used again.
    `told` is told what is being done, since a fit takes minutes.
    """
    if not data.is_dir():
        raise UsageError(f"{data}: there is no such folder. Give the one with corpus/calls in it as --data.")
    everything = read_training_data(data, public_texts)
    for source, count in sorted(everything.missing.items()):
        told(f"labels of {count} turns of '{source}' left out of the fit: their public text is not at hand")
    sources = {call.source for call in everything.calls}
    scorers: dict[str, Scorer] = {}

    def scorer_of(call: LabelledCall) -> Scorer:
        source = call.source if call.source in sources else _ALL_SOURCES
        if source not in scorers:
            scorers[source] = _scorer(everything, source, kept, jobs, told)
        return scorers[source]

    return scorer_of


def _scorer(
    data: TrainingData, source: str, kept: Path | None, jobs: int, told: Callable[[str], None]
) -> Scorer:
    rest = replace(data, calls=tuple(call for call in data.calls if call.source != source))
    if kept is not None:
        folder = kept / source
        if not _same_data(folder, data):
            told(f"fitting without {source}: {len(rest.calls)} calls")
            train(rest, folder, jobs=jobs)
        return Scorer.load(model=folder)
    told(f"fitting without {source}: {len(rest.calls)} calls")
    with tempfile.TemporaryDirectory() as folder_name:
        train(rest, Path(folder_name), jobs=jobs)
        return Scorer.load(model=folder_name)


def _same_data(folder: Path, data: TrainingData) -> bool:
    """Whether a model is there that was fitted to the same files."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return bool(manifest["trained_on"] == [asdict(file) for file in data.inputs])
    except (OSError, ValueError, KeyError, TypeError):
        return False
