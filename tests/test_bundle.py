"""Model folders: a sound one comes back as it was saved, and every unsound one is refused by name."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import shutil
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from carescore.bundle import (
    ARRAYS,
    LARGEST_ARRAYS,
    LARGEST_MANIFEST,
    MANIFEST,
    bundled_model,
    save_bundle,
)
from carescore.bundle import load_bundle as load_anew
from carescore.codebook import BEHAVIOURS, CRITERIA
from carescore.criteria import CriterionModel
from carescore.errors import ModelError, ModelVersionError
from tests.examples import REPOSITORY, SIGNS, save_tiny_model, shared_tokenizer, tiny_arrays, tiny_facts

Damage = Callable[[Path], None]


load_bundle = partial(load_anew, tokenizer=shared_tokenizer())


def edited(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Change the manifest's document."""

    def damage(folder: Path) -> None:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        change(document)
        (folder / MANIFEST).write_text(json.dumps(document), encoding="utf-8")

    return damage


def with_manifest(content: bytes) -> Damage:
    return lambda folder: (folder / MANIFEST).write_bytes(content)


def with_data(content: bytes) -> Damage:
    """Put other bytes in the place of the arrays, with a manifest that vouches for them."""

    def damage(folder: Path) -> None:
        (folder / ARRAYS).write_bytes(content)
        vouch(folder)

    return damage


def vouch(folder: Path) -> None:
    content = (folder / ARRAYS).read_bytes()
    facts = {"arrays_sha256": hashlib.sha256(content).hexdigest(), "arrays_bytes": len(content)}
    edited(lambda document: document.update(facts))(folder)


def with_arrays(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Change the arrays, with a manifest that vouches for them."""

    def damage(folder: Path) -> None:
        arrays = dict(load((folder / ARRAYS).read_bytes()))
        change(arrays)
        with_data(save(arrays))(folder)

    return damage


def with_one(name: str, change: Callable[[Any], Any]) -> Damage:
    return with_arrays(lambda arrays: arrays.update({name: np.ascontiguousarray(change(arrays[name]))}))


def with_header(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Change the header of the safetensors file."""

    def damage(folder: Path) -> None:
        content = (folder / ARRAYS).read_bytes()
        (size,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + size])
        change(header)
        text = json.dumps(header).encode()
        with_data(struct.pack("<Q", len(text)) + text + content[8 + size :])(folder)

    return damage


def first_set_to(value: float) -> Callable[[Any], Any]:
    def change(array: Any) -> Any:
        array = array.copy()
        array.flat[0] = value
        return array

    return change


class Payload:
    """Something that makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.marker,))


def swapped(name: str, target: str) -> Damage:
    """Put a link to something else in the place of a file."""

    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return damage


def as_pipe(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return damage


def as_folder(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


def truncated(name: str) -> Damage:
    return lambda folder: os.truncate(folder / name, (folder / name).stat().st_size // 2)


def criterion(**values: Any) -> Damage:
    return edited(lambda document: document["criteria"]["empathy"].update(values))


def golden(change: Callable[[list[dict[str, Any]]], object]) -> Damage:
    return edited(lambda document: change(document["golden"]))


COUNT = len(tiny_arrays()["buckets"])
DEEP = b"[" * 200_000 + b"]" * 200_000

REFUSED: dict[str, tuple[Damage, str]] = {
    # what is in the folder
    "no folder": (shutil.rmtree, "manifest.json cannot be opened"),
    "an empty folder": (lambda f: [p.unlink() for p in f.iterdir()], "manifest.json cannot be opened"),
    "no manifest": (lambda f: (f / MANIFEST).unlink(), "manifest.json cannot be opened"),
    "no arrays": (lambda f: (f / ARRAYS).unlink(), "arrays.safetensors cannot be opened"),
    "the manifest is a folder": (as_folder(MANIFEST), "manifest.json: cannot be opened"),
    "the arrays are a folder": (as_folder(ARRAYS), "arrays.safetensors: cannot be opened"),
    "the manifest is a pipe": (as_pipe(MANIFEST), "manifest.json: cannot be opened"),
    "the arrays are a pipe": (as_pipe(ARRAYS), "arrays.safetensors: cannot be opened"),
    "a link to a device": (swapped(ARRAYS, "/dev/zero"), "arrays.safetensors: cannot be opened"),
    "a link to nothing": (swapped(MANIFEST, "gone.json"), "manifest.json cannot be opened"),
    "a link to itself": (swapped(ARRAYS, ARRAYS), "arrays.safetensors cannot be opened"),
    "a link to another file": (swapped(ARRAYS, MANIFEST), "arrays.safetensors: .*hash differs"),
    "huge arrays": (lambda f: os.truncate(f / ARRAYS, LARGEST_ARRAYS + 1), "arrays.safetensors: larger"),
    "a huge manifest": (lambda f: os.truncate(f / MANIFEST, LARGEST_MANIFEST + 1), "manifest.json: larger"),
    # the manifest as JSON
    "an empty manifest": (with_manifest(b""), "manifest.json: JSON: cannot be read"),
    "a manifest cut off": (truncated(MANIFEST), "manifest.json: JSON: cannot be read"),
    "a manifest of bytes": (with_manifest(bytes(range(256))), "manifest.json: JSON: cannot be read"),
    "a manifest of NULs": (with_manifest(bytes(100)), "manifest.json: JSON: cannot be read"),
    "a pickle for a manifest": (with_manifest(pickle.dumps({"a": 1})), "manifest.json: JSON: cannot be read"),
    "a list for a manifest": (with_manifest(b"[]"), "manifest.json: "),
    "null for a manifest": (with_manifest(b"null"), "manifest.json: "),
    "endless nesting": (with_manifest(DEEP), "manifest.json: JSON: cannot be read"),
    "nesting in a value": (
        with_manifest(b'{"schema": ' + DEEP + b"}"),
        "manifest.json: JSON: cannot be read",
    ),
    "a number of 5,000 digits": (with_manifest(b'{"features": ' + b"9" * 5000 + b"}"), "manifest.json: JSON"),
    # the manifest's fields
    "another schema": (edited(lambda d: d.update(schema="carescore.model/2")), "manifest.json: schema: "),
    "no schema": (edited(lambda d: d.pop("schema")), "manifest.json: schema: "),
    "a key too many": (edited(lambda d: d.update(loader="os.system")), "manifest.json: loader: "),
    "a key too few": (edited(lambda d: d.pop("criteria")), "manifest.json: criteria: "),
    "a name with a path": (edited(lambda d: d.update(name="../../etc")), "manifest.json: name: "),
    "a version with words": (edited(lambda d: d.update(version="newest")), "manifest.json: version: "),
    "a newer feature version": (edited(lambda d: d.update(feature_version=99)), "feature version 99"),
    "an odd feature version": (edited(lambda d: d.update(feature_version=[1])), "feature version"),
    "no feature version": (edited(lambda d: d.pop("feature_version")), "manifest.json: feature_version: "),
    "other feature bits": (edited(lambda d: d.update(feature_bits=20)), "not those of this library"),
    "a label of its own": (
        edited(lambda d: d["labels"].__setitem__(0, "anger")),
        "not those of this library",
    ),
    "a label too few": (edited(lambda d: d["labels"].pop()), "not those of this library"),
    "a label twice": (edited(lambda d: d["labels"].append("empathy")), "not those of this library"),
    "no features": (edited(lambda d: d.update(features=0)), "manifest.json: features: "),
    "features without end": (edited(lambda d: d.update(features=10**12)), "manifest.json: features: "),
    "negative size": (edited(lambda d: d.update(arrays_bytes=-1)), "manifest.json: arrays_bytes: "),
    "a size that is not so": (
        edited(lambda d: d.update(arrays_bytes=7)),
        "arrays.safetensors: .*hash differs",
    ),
    "a hash that is not so": (
        edited(lambda d: d.update(arrays_sha256="0" * 64)),
        "safetensors: .*hash differs",
    ),
    "NaN in a criterion": (criterion(base=float("nan")), "manifest.json: criteria.empathy.base: "),
    "infinity in a criterion": (criterion(base=float("inf")), "manifest.json: criteria.empathy.base: "),
    "a base without bound": (criterion(base=1e9), "manifest.json: criteria.empathy.base: "),
    "a weight below 0": (
        criterion(weights={"ends well": -1}),
        "manifest.json: criteria.empathy.weights.ends",
    ),
    "a weight without bound": (criterion(weights={"ends well": 1e300}), "criteria.empathy.weights.ends well"),
    "NaN in a weight": (criterion(weights={"ends well": float("nan")}), "criteria.empathy.weights.ends well"),
    "an unknown call feature": (
        criterion(weights={"__class__": 1}),
        "weights.__class__.*, not a call feature of this library",
    ),
    "a negative interval": (criterion(half_width=-0.1), "manifest.json: criteria.empathy.half_width: "),
    "a probability above 1": (criterion(applies_at=1.5), "manifest.json: criteria.empathy.applies_at: "),
    "code in a criterion": (criterion(code="import os"), "manifest.json: criteria.empathy.code: "),
    "no golden turn": (golden(lambda turns: turns.clear()), "manifest.json: golden: "),
    "too many golden turns": (golden(lambda turns: turns.extend(turns * 200)), "manifest.json: golden: "),
    "a golden bot": (golden(lambda turns: turns[0].update(side="bot")), "manifest.json: golden.0.side: "),
    "NaN in the golden": (
        golden(lambda turns: turns[0]["probabilities"].__setitem__(0, float("nan"))),
        "manifest.json: golden.0.probabilities.0: ",
    ),
    "other golden numbers": (
        golden(lambda turns: turns[0]["probabilities"].__setitem__(24, 0.5)),
        "no longer gives the probabilities",
    ),
    "golden rows cut short": (
        golden(lambda turns: [turn["probabilities"].pop() for turn in turns]),
        "no longer gives the probabilities",
    ),
    "golden rows of two lengths": (
        golden(lambda turns: turns[0]["probabilities"].pop()),
        "no longer gives the probabilities",
    ),
    "empty golden rows": (
        golden(lambda turns: [turn.update(probabilities=[]) for turn in turns]),
        "no longer gives the probabilities",
    ),
    # the file of arrays
    "arrays cut off": (truncated(ARRAYS), "arrays.safetensors: .*hash differs"),
    "arrays cut off and vouched for": (
        lambda f: (truncated(ARRAYS)(f), vouch(f)),
        "arrays.safetensors: not a safetensors file",
    ),
    "one byte changed": (
        lambda f: (f / ARRAYS).write_bytes((f / ARRAYS).read_bytes()[:-1] + b"\x7f"),
        "arrays.safetensors: .*hash differs",
    ),
    "one byte": (with_data(b"\x00"), "arrays.safetensors: not a safetensors file"),
    "a header beyond the file": (
        with_data(struct.pack("<Q", 2**63) + b"{}"),
        "arrays.safetensors: not a safetensors file",
    ),
    "a header of 60 MB": (
        with_data(struct.pack("<Q", 60_000_000) + b"{}" + b" " * 100),
        "arrays.safetensors: not a safetensors file",
    ),
    "a header that is no JSON": (
        with_data(struct.pack("<Q", 8) + b"{{{{{{{{"),
        "arrays.safetensors: not a safetensors file",
    ),
    "a header nested deeply": (
        with_data(struct.pack("<Q", 200_000) + b'{"a":' * 40_000),
        "arrays.safetensors: not a safetensors file",
    ),
    "a shape that overflows": (
        with_header(lambda h: h["idf"].update(shape=[2**62, 2**62])),
        "arrays.safetensors: not a safetensors file",
    ),
    "a shape of terabytes": (
        with_header(lambda h: h["weights"].update(shape=[10**9, 31])),
        "arrays.safetensors: not a safetensors file",
    ),
    "offsets beyond the file": (
        with_header(lambda h: h["idf"].update(data_offsets=[0, 10**15])),
        "arrays.safetensors: not a safetensors file",
    ),
    "offsets that overlap": (
        with_header(lambda h: h["shifts"].update(data_offsets=h["slopes"]["data_offsets"])),
        "arrays.safetensors: not a safetensors file",
    ),
    "a type nobody knows": (
        with_header(lambda h: h["idf"].update(dtype="PICKLE")),
        "arrays.safetensors: not a safetensors file",
    ),
    "16-bit numbers": (
        with_header(lambda h: h["idf"].update(dtype="BF16", shape=[COUNT * 2])),
        "arrays.safetensors: ",
    ),
    "8-bit numbers": (
        with_header(lambda h: h["idf"].update(dtype="F8_E4M3", shape=[COUNT * 4])),
        "arrays.safetensors: ",
    ),
    "bits for numbers": (
        with_header(lambda h: h["idf"].update(dtype="BOOL", shape=[COUNT * 4])),
        "arrays.safetensors: 'idf' should be float32",
    ),
    # the arrays
    "an array too few": (with_arrays(lambda a: a.pop("idf")), "arrays.safetensors: expected the arrays"),
    "an array too many": (
        with_arrays(lambda a: a.update(extra=np.zeros(3))),
        "arrays.safetensors: expected the arrays",
    ),
    "no arrays at all": (with_arrays(dict.clear), "arrays.safetensors: expected the arrays"),
    "weights on their side": (with_one("weights", np.transpose), "'weights' should be float32 of shape"),
    "weights of one label": (with_one("weights", lambda a: a[:, :1]), "'weights' should be float32 of shape"),
    "a flat array of weights": (with_one("weights", np.ravel), "'weights' should be float32 of shape"),
    "double weights": (with_one("weights", lambda a: a.astype(np.float64)), "'weights' should be float32"),
    "whole weights": (with_one("weights", lambda a: a.astype(np.int32)), "'weights' should be float32"),
    "fewer buckets": (with_one("buckets", lambda a: a[:-1]), "'buckets' should be int32 of shape"),
    "long buckets": (with_one("buckets", lambda a: a.astype(np.int64)), "'buckets' should be int32"),
    "a bucket below 0": (with_one("buckets", first_set_to(-1)), "'buckets' should rise"),
    "a bucket too high": (
        with_one("buckets", lambda a: np.append(a[:-1], np.int32(2**31 - 1))),
        "'buckets' should rise",
    ),
    "buckets in disorder": (with_one("buckets", lambda a: a[::-1]), "'buckets' should rise"),
    "a bucket twice": (with_one("buckets", lambda a: np.append(a[:1], a[:-1])), "'buckets' should rise"),
    "words in disorder": (with_one("word_ids", lambda a: a[::-1]), "'word_ids' should rise"),
    "a word twice": (with_one("word_ids", lambda a: np.repeat(a[:1], 2)), "'word_ids' should rise"),
    "a word too many": (
        with_one("word_ids", lambda a: np.append(a, a[-1:] + np.uint64(1))),
        "'word_ids' should be uint64 of shape",
    ),
    "words with a sign": (with_one("word_ids", lambda a: a.astype(np.int64)), "'word_ids' should be uint64"),
    "words without weights": (
        with_one("word_weights", lambda a: a[:, :0]),
        "'word_weights' should be float16",
    ),
    "no words": (edited(lambda d: d.update(words=0)), "manifest.json: words: "),
    "words without end": (edited(lambda d: d.update(words=10**9)), "manifest.json: words: "),
    "no threshold": (with_one("thresholds", first_set_to(0.0)), "'thresholds' should be above 0"),
    "other weights": (
        with_one("weights", lambda a: a * np.float32(1.01)),
        "no longer gives the probabilities",
    ),
    "other words": (with_one("buckets", lambda a: a + np.int32(1)), "no longer gives the probabilities"),
    **{
        f"{value} in {name}": (
            with_one(name, first_set_to(value)),
            f"'{name}' holds a number that is not finite",
        )
        for name in ("idf", "weights", "word_weights", "intercepts", "slopes", "shifts", "thresholds")
        for value in (np.nan, np.inf)
    },
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_unsound_folder_is_refused(name, tmp_path):
    damage, message = REFUSED[name]
    folder = save_tiny_model(tmp_path / "mine")
    load_bundle(folder)
    damage(folder)
    with pytest.raises(ModelError, match=message) as raised:
        load_bundle(folder)
    assert "mine" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["a newer feature version", "other feature bits", "other words"])
def test_a_model_of_another_version_says_so(name, tmp_path):
    folder = save_tiny_model(tmp_path / "mine")
    REFUSED[name][0](folder)
    with pytest.raises(ModelVersionError):
        load_bundle(folder)


def archive(content: bytes) -> bytes:
    """The bytes as PyTorch would wrap them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("archive/data.pkl", content)
    return buffer.getvalue()


def as_numpy(payload: Payload) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.array([payload], dtype=object), allow_pickle=True)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "packed",
    [
        pickle.dumps,
        lambda payload: pickle.dumps(payload, protocol=0),
        lambda payload: archive(pickle.dumps(payload)),
        as_numpy,
        lambda payload: struct.pack("<Q", 2) + b"{}" + pickle.dumps(payload),
    ],
    ids=["pickle", "pickle in text", "zip of a pickle", "numpy of objects", "pickle behind a header"],
)
@pytest.mark.parametrize("place", [with_data, with_manifest], ids=["arrays", "manifest"])
def test_nothing_in_a_folder_is_ever_run(packed, place, tmp_path):
    marker = tmp_path / "ran"
    content = packed(Payload(marker))
    folder = save_tiny_model(tmp_path / "mine")
    place(content)(folder)
    with pytest.raises(ModelError, match="mine"):
        load_bundle(folder)
    assert not marker.exists()
    if packed is pickle.dumps:
        pickle.loads(content)  # noqa: S301 (the payload does run when it is unpickled)
        assert marker.exists()


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib", "model.skops", "__init__.py", "manifest.pkl"])
def test_other_files_beside_the_model_are_not_opened(name, tmp_path):
    marker = tmp_path / "ran"
    folder = save_tiny_model(tmp_path / "mine")
    (folder / name).write_bytes(pickle.dumps(Payload(marker)))
    assert load_bundle(folder).label == "tiny 1.0.0"
    assert not marker.exists()


def test_a_saved_model_comes_back(tmp_path):
    arrays = tiny_arrays()
    facts = tiny_facts(arrays)
    save_bundle(tmp_path / "a" / "mine", arrays, facts)
    found = load_bundle(tmp_path / "a" / "mine")
    assert (found.name, found.version, found.label) == ("tiny", "1.0.0", "tiny 1.0.0")
    assert found.sha256 == hashlib.sha256((tmp_path / "a" / "mine" / MANIFEST).read_bytes()).hexdigest()
    assert found.behaviours.labels == BEHAVIOURS
    for name, array in arrays.items():
        assert np.array_equal(getattr(found.behaviours, name), array)
        kept = {"buckets": np.int32, "word_ids": np.uint64}
        assert getattr(found.behaviours, name).dtype == kept.get(name, np.float64)
    assert {name: vars_of(model) for name, model in found.criteria.items()} == facts["criteria"]


def vars_of(model: CriterionModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in ("base", "weights", "half_width", "applies_at")}


def test_saving_twice_gives_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        arrays = tiny_arrays()
        save_bundle(tmp_path / folder, arrays, tiny_facts(arrays))
    for name in (MANIFEST, ARRAYS):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_links_to_sound_files_are_followed(tmp_path):
    folder = save_tiny_model(tmp_path / "store")
    (tmp_path / "mine").mkdir()
    for name in (MANIFEST, ARRAYS):
        (tmp_path / "mine" / name).symlink_to(folder / name)
    assert load_bundle(tmp_path / "mine").sha256 == load_bundle(folder).sha256


def test_the_order_of_labels_is_the_model_s_own(tmp_path):
    order = np.argsort(BEHAVIOURS)
    arrays = tiny_arrays()
    for name in ("weights", "word_weights", "intercepts", "slopes", "shifts", "thresholds"):
        arrays[name] = arrays[name][..., order]
    facts = tiny_facts(tiny_arrays())
    facts["labels"] = [BEHAVIOURS[place] for place in order]
    for turn in facts["golden"]:
        turn["probabilities"] = [turn["probabilities"][place] for place in order]
    save_bundle(tmp_path / "mine", arrays, facts)
    assert load_bundle(tmp_path / "mine").behaviours.labels == tuple(sorted(BEHAVIOURS))


def test_every_number_of_a_criterion_is_read(tmp_path):
    own = {"base": 2.5, "weights": {"ends well": 0.75}, "half_width": 0.6, "applies_at": 0.9}
    folder = save_tiny_model(tmp_path / "mine")
    edited(lambda document: document["criteria"].update(empathy=own))(folder)
    assert vars_of(load_bundle(folder).criteria["empathy"]) == own


def test_a_manifest_is_for_people_to_read(tmp_path):
    arrays = tiny_arrays()
    facts = {**tiny_facts(arrays), "trained_with": {"language": "français"}}
    save_bundle(tmp_path, arrays, facts)
    lines = (tmp_path / MANIFEST).read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["{", ' "schema": "carescore.model/1",']
    assert '  "language": "français"' in lines


def test_a_model_in_a_wheel_comes_before_one_beside_the_sources(tmp_path, monkeypatch):
    monkeypatch.setattr("carescore.bundle.files", lambda package: tmp_path / package)
    assert bundled_model() == REPOSITORY / "models" / "care"
    inside = tmp_path / "carescore" / "_bundled" / "models" / "care"
    inside.mkdir(parents=True)
    assert bundled_model() == inside


def test_the_bundled_model_is_sound():
    found = load_anew()
    assert found.sha256 == hashlib.sha256((bundled_model() / MANIFEST).read_bytes()).hexdigest()
    assert len(found.behaviours.buckets) > 100 * len(SIGNS)
    assert set(found.criteria) == set(CRITERIA)
