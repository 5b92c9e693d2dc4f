"""Model folders made to do harm: refused in a sentence, in little memory and time, and nothing in them runs.

`tests/test_bundle.py` has the unsound folders one by one; here are the malicious ones, and what must not
happen while any of them all is opened.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import time
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from safetensors.numpy import load

from carescore.bundle import ARRAYS, LARGEST_ARRAYS, LARGEST_MANIFEST, MANIFEST
from carescore.bundle import load_bundle as load_anew
from carescore.errors import ModelError, ModelVersionError
from carescore.features import BUCKETS, VERSION
from tests.examples import save_tiny_model, shared_tokenizer
from tests.test_bundle import REFUSED, Damage, edited, golden, with_data, with_header, with_manifest

load_bundle = partial(load_anew, tokenizer=shared_tokenizer())

ESCAPE = "\x1b]0;owned\x07\u202e\nline"


def manifest_text(change: Callable[[str], str]) -> Damage:
    """Change the manifest as text, as no writer of JSON would."""

    def damage(folder: Path) -> None:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        changed = change(text)
        assert changed != text
        (folder / MANIFEST).write_text(changed, encoding="utf-8")

    return damage


def doubled(key: str, value: str) -> Damage:
    """Put a key in a second time; readers of JSON differ in which one they believe."""
    return manifest_text(lambda text: text.replace(f'"{key}":', f'"{key}": {value}, "{key}":', 1))


def header_text(change: Callable[[str], str]) -> Damage:
    """Change the header of the arrays as text."""

    def damage(folder: Path) -> None:
        content = (folder / ARRAYS).read_bytes()
        (size,) = struct.unpack("<Q", content[:8])
        text = change(content[8 : 8 + size].decode()).encode()
        with_data(struct.pack("<Q", len(text)) + text + content[8 + size :])(folder)

    return damage


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


def zipped(folder: Path) -> None:
    """The folder's arrays as a zip that unpacks to a gigabyte."""
    with zipfile.ZipFile(folder / "bomb", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("arrays", bytes(50_000_000))
    with_data((folder / "bomb").read_bytes())(folder)


HOSTILE: dict[str, Damage] = {
    # two readers, two meanings
    "a hash twice": doubled("arrays_sha256", f'"{"0" * 64}"'),
    "a name twice": doubled("name", '"other"'),
    "a golden turn with a side twice": doubled("side", '"customer"'),
    "a header with an array twice": header_text(lambda t: t.replace('"idf":', '"shifts":', 1)),
    "a header with an offset twice": header_text(
        lambda t: t.replace('"data_offsets":', '"data_offsets":[0,4],"data_offsets":', 1)
    ),
    "bytes that no array holds": with_data(b""),
    # paths and names
    "a path for a name": edited(lambda d: d.update(name="/etc/passwd")),
    "a name with a NUL": edited(lambda d: d.update(name="a\x00b")),
    "a name with a line feed": edited(lambda d: d.update(name="care\n")),
    "a version with a line feed": edited(lambda d: d.update(version="1.0.0\n")),
    "a version of other digits": edited(lambda d: d.update(version="١.٠.٠")),
    "a version without end": edited(lambda d: d.update(version="1.0." + "9" * 100_000)),
    "the arrays elsewhere": edited(lambda d: d.update(arrays="../../../etc/passwd")),
    "a path for a hash": edited(lambda d: d.update(arrays_sha256="../arrays")),
    "a path for an array": header_text(lambda t: t.replace('"idf"', '"../idf"')),
    "the file of a process": lambda f: (
        (f / MANIFEST).unlink(),
        (f / MANIFEST).symlink_to("/proc/self/environ"),
    ),
    # steering whoever reads the error
    "escapes in a key": edited(lambda d: d.update({ESCAPE: 1})),
    "escapes in a feature": edited(lambda d: d["criteria"]["empathy"]["weights"].update({ESCAPE: 1})),
    "escapes in a version": edited(lambda d: d.update(feature_version=ESCAPE)),
    "escapes in a criterion": edited(lambda d: d["criteria"].update({ESCAPE: 1})),
    "a key without end": edited(lambda d: d.update({"k" * 900_000: 1})),
    "a feature version without end": edited(lambda d: d.update(feature_version="v" * 900_000)),
    # bombs
    "a golden turn without end": golden(lambda t: t[0].update(text="(" * 900_000)),
    "a golden row without end": golden(lambda t: t[0].update(probabilities=[0.5] * 100_000)),
    "thousands of criteria": edited(
        lambda d: d.update(criteria={f"c{n}": d["criteria"]["empathy"] for n in range(6_000)})
    ),
    "thousands of labels": edited(lambda d: d.update(labels=["empathy"] * 80_000)),
    "a version nested deeply": manifest_text(
        lambda t: t.replace(f'"feature_version": {VERSION}', f'"feature_version": {deep(900)}')
    ),
    "a label nested deeply": manifest_text(lambda t: t.replace('"labels": [', f'"labels": [{deep(500)},', 1)),
    "lists without end": with_manifest(b"[" + b"[]," * 340_000 + b"[]]"),
    "a million keys in a header": with_data(
        struct.pack("<Q", 1 << 22)
        + (b"{" + b",".join(b'"%d":1' % n for n in range(200_000)) + b"}").ljust(1 << 22)
    ),
    "metadata of megabytes": with_header(
        lambda h: h.update({"__metadata__": {"a": "b" * 2_000_000}, "x": 1})
    ),
    "a shape of a million sides": with_header(lambda h: h["idf"].update(shape=[1] * 1_000_000)),
    "a shape that is negative": with_header(lambda h: h["idf"].update(shape=[-1])),
    "a shape of no number": with_header(lambda h: h["idf"].update(shape=["1"])),
    "offsets in reverse": with_header(lambda h: h["idf"].update(data_offsets=h["idf"]["data_offsets"][::-1])),
    "offsets that are negative": with_header(lambda h: h["idf"].update(data_offsets=[-4, 0])),
    "a hole between arrays": with_header(
        lambda h: h["weights"].update(data_offsets=[n + 4 for n in h["weights"]["data_offsets"]])
    ),
    "a file of a terabyte": lambda f: os.truncate(f / ARRAYS, 1 << 40),
    "a manifest of a terabyte": lambda f: os.truncate(f / MANIFEST, 1 << 40),
    "a zip": zipped,
    # what others would load
    "a pickle of joblib": lambda f: joblib.dump({"a": 1}, f / ARRAYS) and None,
    "an archive of numpy": lambda f: (
        np.savez(str(f / "a"), x=np.zeros(3)) or (f / "a.npz").replace(f / ARRAYS)
    ),
    "a pickle behind the end": lambda f: with_data((f / ARRAYS).read_bytes() + pickle.dumps([1]))(f),
    "TOML": with_manifest(b'schema = "carescore.model/1"\n'),
    "YAML": with_manifest(b"!!python/object/apply:os.system ['true']\n"),
    "two documents": manifest_text(lambda t: t + t),
    "a manifest in UTF-7": manifest_text(lambda t: "+AHs-" + t[1:]),
}

ALL = {**{name: damage for name, (damage, _) in REFUSED.items()}, **HOSTILE}


def folder_with(damage: Damage, where: Path) -> Path:
    """The tiny model, damaged."""
    folder = save_tiny_model(where / "mine")
    damage(folder)
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_folder_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    folder = folder_with(HOSTILE[name], tmp_path)
    with pytest.raises(ModelError) as raised:
        load_bundle(folder)
    message = str(raised.value)
    assert message.isprintable()
    assert "mine" in message
    assert len(message) < 500 + len(str(tmp_path))


@pytest.mark.parametrize("value", [3e38, -3e38])
@pytest.mark.parametrize("name", ["idf", "weights", "word_weights", "intercepts", "slopes", "shifts"])
def test_numbers_without_bound_still_give_probabilities(name: str, value: float, tmp_path: Path) -> None:
    from carescore.bundle import behaviour_model, golden_probabilities
    from carescore.codebook import BEHAVIOURS

    arrays = dict(load((save_tiny_model(tmp_path / "mine") / ARRAYS).read_bytes()))
    arrays[name] = np.full_like(arrays[name], value if name != "word_weights" else np.sign(value) * 6e4)
    model = behaviour_model(arrays, BEHAVIOURS)
    turns = [("agent", "sorry, a dreadful refund"), ("customer", "frustrated twice lovely"), ("agent", "")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = golden_probabilities(model, turns, shared_tokenizer())
    assert ((found >= 0) & (found <= 1)).all()


def test_no_pickle_is_opened_whatever_lies_in_a_folder(tmp_path: Path, monkeypatch: Any) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was unpickled")

    for module, name in ((pickle, "load"), (pickle, "loads"), (pickle, "Unpickler"), (joblib, "load")):
        monkeypatch.setattr(module, name, never)
    monkeypatch.setattr(np, "load", never)
    for number, damage in enumerate(ALL.values()):
        with pytest.raises(ModelError):
            load_bundle(folder_with(damage, tmp_path / str(number)))


# Told by the interpreter: nothing that any of them holds is compiled, imported, run or sent.
WATCHED = """
import sys
from pathlib import Path
from carescore.bundle import load_bundle
from carescore.errors import ModelError
from carescore.tokens import Tokenizer

tokenizer = Tokenizer()
load_bundle(sys.argv[1], tokenizer=tokenizer)
told, watching = [], []
REFUSED = {"exec", "compile", "import", "pickle.find_class", "marshal.loads", "ctypes.dlopen"}
STARTS = ("subprocess", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.", "urllib")
def watch(event, arguments):
    if watching and (event in REFUSED or event.startswith(STARTS)):
        told.append((watching[0], event, str(arguments)[:200]))
sys.addaudithook(watch)
for folder in sorted(Path(sys.argv[2]).iterdir()):
    watching[:] = [folder.name]
    try:
        load_bundle(folder / "mine", tokenizer=tokenizer)
    except ModelError:
        pass
    watching.clear()
print(told)
watching[:] = ["this"]
exec("1")
print(bool(told))
"""


def test_nothing_is_run_while_a_hostile_folder_is_opened(tmp_path: Path) -> None:
    for number, damage in enumerate(ALL.values()):
        folder_with(damage, tmp_path / "all" / str(number))
    good = save_tiny_model(tmp_path / "good")
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, str(good), str(tmp_path / "all")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["[]", "True"]  # and the watch sees what it looks for


@pytest.mark.parametrize("name", [*HOSTILE, "huge arrays", "endless nesting", "a shape of terabytes"])
def test_a_hostile_folder_costs_little_memory_and_time(name: str, tmp_path: Path) -> None:
    folder = folder_with(ALL[name], tmp_path)
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(ModelError):
            load_bundle(folder)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    read = min(sum(path.stat().st_size for path in folder.iterdir()), LARGEST_ARRAYS + LARGEST_MANIFEST)
    assert most < 40_000_000 + 2 * read
    assert time.process_time() - began < 20


def test_the_largest_model_there_may_be_fits_in_memory() -> None:
    features_and_words = LARGEST_ARRAYS // (31 * 2)  # all of it words in half precision, the worst there is
    in_doubles = features_and_words * 31 * 8
    assert in_doubles + BUCKETS * 4 < 300_000_000


@pytest.mark.parametrize("change", ["golden", "features"])
def test_what_fits_no_more_says_that_it_is_of_another_version(change: str, tmp_path: Path) -> None:
    damage = {
        "golden": golden(lambda turns: turns[0]["probabilities"].__setitem__(24, 0.5)),
        "features": edited(lambda d: d.update(feature_version=99)),
    }[change]
    with pytest.raises(ModelVersionError):
        load_bundle(folder_with(damage, tmp_path))


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 40
    assert len(ALL) >= 140
