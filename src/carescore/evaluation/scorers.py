"""Who judges a call: one model for all, or one fitted without the call's source, for honest figures."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from carescore.bundle import MANIFEST, Manifest, bundled_model
from carescore.errors import UsageError
from carescore.evaluation.judged import ScorerOf
from carescore.scorer import Scorer
from carescore.training.corpus import LabelledCall
from carescore.training.train import TrainingData, read_training_data, train

_Told = Callable[[str], None]


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
    folds: int | None = None,
    kept: Path | None = None,
    jobs: int = 1,
    told: _Told = lambda sentence: None,
) -> ScorerOf:
    """For each call the scorer with a model fitted on `data` without the call's source, when first asked for.

    With `folds`, sources are left out in so many groups instead of one at a time, for fewer fits. `kept` is a
    folder for the models; one that is there and was fitted to the same files is used again. `told` is told
    what is being done, since a fit takes minutes.
    """
    if not data.is_dir():
        raise UsageError(f"{data}: there is no such folder. Give the one with corpus/calls in it as --data.")
    everything = read_training_data(data, public_texts)
    for source, count in sorted(everything.missing.items()):
        told(f"labels of {count} turns of '{source}' left out of the fit: their public text is not at hand")
    group_of = _groups([call.source for call in everything.calls], folds)
    fits = _Fits(everything, kept, jobs, told)
    scorers: dict[tuple[str, ...], Scorer] = {}

    def scorer_of(call: LabelledCall) -> Scorer:
        group = group_of.get(call.source, ())
        if group not in scorers:
            scorers[group] = fits.without(group)
        return scorers[group]

    return scorer_of


def _groups(sources: Sequence[str], folds: int | None) -> dict[str, tuple[str, ...]]:
    """For each source the sources that are left out with it; the largest are dealt out first."""
    sizes = sorted(Counter(sources).items(), key=lambda item: (-item[1], item[0]))
    groups: list[list[str]] = [[] for _ in range(min(folds or len(sizes), len(sizes)))]
    filled = [0] * len(groups)
    for source, size in sizes:
        place = filled.index(min(filled))
        groups[place].append(source)
        filled[place] += size
    return {source: tuple(sorted(group)) for group in groups for source in group}


@dataclass(frozen=True, slots=True)
class _Fits:
    """Fits models to parts of the data."""

    data: TrainingData
    kept: Path | None
    jobs: int
    told: _Told

    def without(self, sources: tuple[str, ...]) -> Scorer:
        """A scorer whose model has not seen some sources."""
        if self.kept is not None:
            folder = self.kept / _folder_name(sources)
            if not self._fits_data(folder):
                self._fit(sources, folder)
            return Scorer.load(model=folder)
        with tempfile.TemporaryDirectory() as name:
            self._fit(sources, Path(name))
            return Scorer.load(model=name)

    def _fit(self, sources: tuple[str, ...], folder: Path) -> None:
        rest = tuple(call for call in self.data.calls if call.source not in sources)
        self.told(f"fitting without {', '.join(sources) or 'leaving anything out'}: {len(rest)} calls")
        train(replace(self.data, calls=rest), folder, jobs=self.jobs)

    def _fits_data(self, folder: Path) -> bool:
        """Whether a model is there that was fitted to the same files."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return bool(manifest["trained_on"] == [asdict(file) for file in self.data.inputs])
        except (OSError, ValueError, KeyError, TypeError):
            return False


def _folder_name(sources: tuple[str, ...]) -> str:
    """A name for the model fitted without some sources, whatever these are called."""
    name = "+".join(sources)
    if re.fullmatch(r"[\w-][\w.+-]{0,80}", name):
        return f"without-{name}"
    return f"without-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
