"""A model on disk: a folder with `manifest.json` and `arrays.safetensors`, nothing that could run.

Before use every size, shape, number and hash is checked, and the model must give the golden
probabilities in its manifest again. Pickle and joblib files are never opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from carescore.behaviours import BehaviourModel
from carescore.call_features import is_feature
from carescore.codebook import BEHAVIOURS
from carescore.criteria import CriterionModel
from carescore.errors import ModelError, ModelVersionError
from carescore.features import BITS, BUCKETS, VERSION, context_of_calls, extract
from carescore.safe_text import visible
from carescore.tokens import Tokenizer
from carescore.whole_file import whole

MANIFEST: Final = "manifest.json"
ARRAYS: Final = "arrays.safetensors"
LARGEST_ARRAYS: Final = 64 * 1024 * 1024
LARGEST_MANIFEST: Final = 1024 * 1024
MOST_WORDS: Final = 1_000_000
LONGEST_GOLDEN: Final = 2_000  # characters of a turn that is read before the model may be used
MOST_CRITERIA: Final = 200
GOLDEN_TOLERANCE: Final = 1e-6
BUNDLED: Final = "care"

_LONGEST_SHOWN: Final = 100
_PER_LABEL: Final = ("intercepts", "slopes", "shifts", "thresholds")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _feature(name: str) -> str:
    if not is_feature(name):
        raise ValueError("not a call feature of this library")
    return name


class CriterionEntry(_Strict):
    """A criterion model in the manifest."""

    base: float = Field(ge=-100, le=100)
    weights: dict[Annotated[str, AfterValidator(_feature)], Annotated[float, Field(ge=0, le=100)]]
    half_width: float = Field(ge=0, le=4)
    applies_at: float = Field(ge=0, le=1)


class InputEntry(_Strict):
    """A file the model was trained on."""

    name: str = Field(max_length=200)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    calls: int = Field(ge=0)
    turns: int = Field(ge=0)


class GoldenTurn(_Strict):
    """A turn of an invented call and the probabilities that the model must give for it."""

    side: Literal["agent", "customer"]
    text: str = Field(max_length=LONGEST_GOLDEN)
    probabilities: tuple[float, ...] = Field(max_length=len(BEHAVIOURS))


class Manifest(_Strict):
    """What `manifest.json` holds."""

    schema_: Literal["carescore.model/1"] = Field(alias="schema")
    name: str = Field(pattern=r"^[a-z][a-z0-9_.-]{0,59}$")
    version: str = Field(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")
    feature_version: int
    feature_bits: int
    labels: tuple[str, ...]
    features: int = Field(ge=1, le=BUCKETS)
    words: int = Field(ge=1, le=MOST_WORDS)
    arrays_sha256: str
    arrays_bytes: int = Field(ge=1, le=LARGEST_ARRAYS)
    criteria: dict[str, CriterionEntry] = Field(max_length=MOST_CRITERIA)
    golden: tuple[GoldenTurn, ...] = Field(min_length=1, max_length=200)
    trained_on: tuple[InputEntry, ...]
    trained_with: dict[str, str]


@dataclass(frozen=True)
class ModelBundle:
    """A checked model: the behaviours, the learned criteria, and the fingerprint of its files."""

    name: str
    version: str
    sha256: str
    behaviours: BehaviourModel
    criteria: Mapping[str, CriterionModel]

    @property
    def label(self) -> str:
        """Name and version, as receipts show it."""
        return f"{self.name} {self.version}"


def bundled_model() -> Path:
    """The folder of the model that comes with the library, in a wheel or beside the sources."""
    installed = Path(str(files("carescore"))) / "_bundled" / "models" / BUNDLED
    beside_sources = Path(__file__).resolve().parents[2] / "models" / BUNDLED
    return installed if installed.is_dir() else beside_sources


def load_bundle(folder: str | Path | None = None, *, tokenizer: Tokenizer | None = None) -> ModelBundle:
    """The model in a folder, or the bundled one; anything unexpected in it raises `ModelError`."""
    path = Path(folder) if folder is not None else bundled_model()
    raw = _bytes(path, MANIFEST, LARGEST_MANIFEST)
    manifest = _manifest(raw, path)
    data = _bytes(path, ARRAYS, LARGEST_ARRAYS)
    if len(data) != manifest.arrays_bytes or hashlib.sha256(data).hexdigest() != manifest.arrays_sha256:
        raise ModelError(f"{path.name}/{ARRAYS}: not the file that the manifest describes (hash differs).")
    behaviours = _behaviours(_arrays(data, path), manifest, path)
    _check_golden(behaviours, manifest, tokenizer or Tokenizer(), path)
    return ModelBundle(
        name=manifest.name,
        version=manifest.version,
        sha256=hashlib.sha256(raw).hexdigest(),
        behaviours=behaviours,
        criteria={
            name: CriterionModel(entry.base, entry.weights, entry.half_width, entry.applies_at)
            for name, entry in manifest.criteria.items()
        },
    )


def save_bundle(folder: str | Path, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> None:
    """Write a model folder. `facts` are the manifest's fields except those about the arrays."""
    from safetensors.numpy import save

    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    data = save({name: np.ascontiguousarray(arrays[name]) for name in sorted(arrays)})
    manifest = Manifest.model_validate(
        {
            "schema": "carescore.model/1",
            "feature_version": VERSION,
            "feature_bits": BITS,
            "features": len(arrays["buckets"]),
            "words": len(arrays["word_ids"]),
            "arrays_sha256": hashlib.sha256(data).hexdigest(),
            "arrays_bytes": len(data),
            **facts,
        }
    )
    with whole(path / ARRAYS) as file:
        file.write_bytes(data)
    text = json.dumps(manifest.model_dump(by_alias=True, mode="json"), indent=1, ensure_ascii=False)
    with whole(path / MANIFEST) as file:
        file.write_text(text + "\n", encoding="utf-8")


def behaviour_model(arrays: Mapping[str, NDArray[Any]], labels: tuple[str, ...]) -> BehaviourModel:
    """The behaviour model of the stored arrays, in double precision."""
    doubles = {
        name: arrays[name].astype(np.float64) for name in ("idf", "weights", "word_weights", *_PER_LABEL)
    }
    return BehaviourModel(labels=labels, buckets=arrays["buckets"], word_ids=arrays["word_ids"], **doubles)


def _bytes(folder: Path, name: str, largest: int) -> bytes:
    path = folder / name
    try:
        if path.exists() and not path.is_file():  # a device or a pipe may never end
            raise ModelError(f"{folder.name}/{name}: cannot be opened (it is not a file).")
        size = path.stat().st_size
        if size > largest:
            raise ModelError(f"{folder.name}/{name}: larger than {largest:,} bytes; no carescore model is.")
        with path.open("rb") as file:
            return file.read(size)  # and no more, should it grow
    except OSError as error:
        raise ModelError(
            f"{folder}: not a carescore model: {name} cannot be opened ({error.strerror}). Expected a folder "
            f"with {MANIFEST} and {ARRAYS}, as `carescore train` writes it."
        ) from None


def _manifest(raw: bytes, folder: Path) -> Manifest:
    try:
        document = json.loads(raw.decode(), object_pairs_hook=_without_doubles)
        if isinstance(document, dict) and document.get("feature_version", VERSION) != VERSION:
            raise ModelVersionError(
                f"{folder.name}: made for feature version {_shown(document['feature_version'])}, this "
                f"library has {VERSION}. Train it again with `carescore train`, or install the library it "
                "came with."
            )
        manifest = Manifest.model_validate(document)
    except (ValidationError, ValueError, RecursionError) as error:
        detail = error.errors()[0] if isinstance(error, ValidationError) else None
        where = _shown(".".join(map(str, detail["loc"]))) if detail else "JSON"
        what = _shown(detail["msg"]) if detail else "cannot be read"
        raise ModelError(f"{folder.name}/{MANIFEST}: {where}: {what}.") from None
    if manifest.feature_bits != BITS or sorted(manifest.labels) != sorted(BEHAVIOURS):
        raise ModelVersionError(f"{folder.name}: its features or labels are not those of this library.")
    return manifest


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of a JSON text; with a key twice, readers would not agree on what it says."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _shown(value: object) -> str:
    """A stranger's value as an error may show it: short, and nothing in it steers a terminal."""
    text = visible(str(value))
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _arrays(data: bytes, folder: Path) -> dict[str, NDArray[Any]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return dict(load(data))
    except (SafetensorError, KeyError, ValueError) as error:
        raise ModelError(
            f"{folder.name}/{ARRAYS}: not a safetensors file ({type(error).__name__})."
        ) from None


def _behaviours(arrays: dict[str, NDArray[Any]], manifest: Manifest, folder: Path) -> BehaviourModel:
    count, labels = manifest.features, len(manifest.labels)
    shapes: dict[str, tuple[tuple[int, ...], str]] = {
        "buckets": ((count,), "int32"),
        "idf": ((count,), "float32"),
        "weights": ((count, labels), "float32"),
        "word_ids": ((manifest.words,), "uint64"),
        "word_weights": ((manifest.words, labels), "float16"),
        **dict.fromkeys(_PER_LABEL, ((labels,), "float32")),
    }
    if set(arrays) != set(shapes):
        raise ModelError(f"{folder.name}/{ARRAYS}: expected the arrays {', '.join(shapes)}.")
    for name, (shape, kind) in shapes.items():
        array = arrays[name]
        if array.shape != shape or str(array.dtype) != kind:
            raise ModelError(f"{folder.name}/{ARRAYS}: '{name}' should be {kind} of shape {shape}.")
        if not np.isfinite(array).all():
            raise ModelError(f"{folder.name}/{ARRAYS}: '{name}' holds a number that is not finite.")
    buckets = arrays["buckets"]
    if buckets.min() < 0 or buckets.max() >= BUCKETS or (np.diff(buckets) <= 0).any():
        raise ModelError(f"{folder.name}/{ARRAYS}: 'buckets' should rise from 0 to {BUCKETS - 1:,}.")
    if (arrays["word_ids"][1:] <= arrays["word_ids"][:-1]).any():
        raise ModelError(f"{folder.name}/{ARRAYS}: 'word_ids' should rise.")
    if arrays["thresholds"].min() <= 0:  # every label would be found in every turn, even in silence
        raise ModelError(f"{folder.name}/{ARRAYS}: 'thresholds' should be above 0.")
    return behaviour_model(arrays, manifest.labels)


def _check_golden(model: BehaviourModel, manifest: Manifest, tokenizer: Tokenizer, folder: Path) -> None:
    given = golden_probabilities(model, [(t.side, t.text) for t in manifest.golden], tokenizer)
    complete = all(len(turn.probabilities) == given.shape[1] for turn in manifest.golden)
    expected = [turn.probabilities for turn in manifest.golden]
    if not complete or np.abs(np.array(expected) - given).max() > GOLDEN_TOLERANCE:
        raise ModelVersionError(
            f"{folder.name}: the model no longer gives the probabilities stored in it. It was damaged, or "
            "made by a version of spaCy or carescore that reads words differently; train it again."
        )


def golden_probabilities(
    model: BehaviourModel, turns: list[tuple[str, str]], tokenizer: Tokenizer
) -> NDArray[np.float64]:
    """What a model gives for the turns (side, text) of one call."""
    sides = [side for side, _ in turns]
    tokens = tokenizer.ids([text for _, text in turns])
    return model.probabilities(extract(tokens, context_of_calls([sides])), sides)
