"""Hostile and damaged skops files: each refused in a sentence, before anything in it is made or run."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import joblib
import numpy as np
import pytest
import skops.io
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from skops.io import dumps

from carescore.errors import ModelError
from carescore.estimators import archive, load_estimator
from tests.estimators.made import (
    ANSWERS,
    TEXTS,
    changed,
    fitted,
    good,
    packed,
    parts,
    put,
    scalar,
    step,
)

RAN: list[str] = []


class Bomb:
    """Runs where it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return RAN.append, ("pickle",)


def joblib_bytes(thing: object) -> bytes:
    buffer = io.BytesIO()
    joblib.dump(thing, buffer)
    return buffer.getvalue()


def npy(array: Any, *, shape: tuple[int, ...] | None = None) -> bytes:
    """An array as a file; with `shape` its header tells a shape that it has not."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    data = buffer.getvalue()
    return data if shape is None else data.replace(str(array.shape).encode(), str(shape).encode(), 1)


def with_array(data: bytes) -> bytes:
    """A good file, one of whose arrays is this one."""
    files = parts(good())
    name = next(name for name in files if name.endswith(".npy"))
    return packed({**files, name: data})


def node(loader: str, kind: str, **more: Any) -> dict[str, Any]:
    module, _, name = kind.rpartition(".")
    return {"__class__": name, "__module__": module, "__loader__": loader, "__id__": 2, **more}


def items(*found: Any) -> dict[str, Any]:
    return node("ListNode", "builtins.list", content=list(found)) | {"__id__": 3}


def set_in(number: int, **settings: Any) -> bytes:
    """A good file with a setting of a step changed, or a new one."""
    ((name, value),) = settings.items()
    return put_in(number, name, scalar(value))


def put_in(number: int, name: str, value: Any) -> bytes:
    def edit(schema: dict[str, Any]) -> None:
        attributes = schema["content"]["content"]["steps"]["content"][number]["content"][1]["content"]
        if name not in attributes["content"]:
            attributes["key_types"]["content"].append(attributes["key_types"]["content"][0])
        attributes["content"][name] = value

    return changed(edit)


def vocabulary(values: Callable[[int], int]) -> bytes:
    def edit(schema: dict[str, Any]) -> None:
        for place, one in enumerate(step(schema, 0)["vocabulary_"]["content"].values()):
            one["content"] = json.dumps(values(place))
            one["__id__"] = 10_000 + place

    return changed(edit)


def fit(*steps: Any) -> bytes:
    return dumps(make_pipeline(*steps).fit(TEXTS, ANSWERS))


def encrypted(data: bytes) -> bytes:
    """With the bit set that says so, in both places."""
    central = data.index(b"PK\x01\x02")
    return data[:6] + b"\x01\x00" + data[8 : central + 8] + b"\x01\x00" + data[central + 10 :]


def nested(depth: int) -> dict[str, Any]:
    inner: dict[str, Any] = items()
    for place in range(depth):
        inner = items(inner) | {"__id__": 100 + place}
    return inner


def inside_itself(schema: dict[str, Any]) -> None:
    schema["content"]["content"]["steps"]["content"][0]["content"][1] = {
        key: value for key, value in schema.items() if key not in ("protocol", "_skops_version")
    } | {"content": step_of_nothing()}


def step_of_nothing() -> dict[str, Any]:
    return node("DictNode", "builtins.dict", content={}, key_types=items())


def lying(schema: dict[str, Any]) -> None:
    """A node with the id of another one, which skops would take in its stead."""
    step(schema, 1)["coef_"] = scalar(1) | {"__id__": schema["__id__"]}


SYSTEM = node("FunctionNode", "os.system")
CALL = node(
    "PartialNode",
    "functools.partial",
    content={"func": SYSTEM, "args": items(), "kwds": items(), "namespace": items()},
)

HOSTILE: dict[str, Callable[[], bytes]] = {
    # other kinds of files
    "pickle": lambda: pickle.dumps(Bomb()),
    "joblib": lambda: joblib_bytes([Bomb()]),
    "pickle named inside": lambda: packed({"schema.json": b"{}", "model.pkl": pickle.dumps(Bomb())}),
    "nothing": lambda: b"",
    "text": lambda: b"i am a model",
    "cut off": lambda: good()[: len(good()) // 2],
    "a zip without a schema": lambda: packed({"1.npy": npy(np.zeros(2))}),
    "a list for a schema": lambda: packed({"schema.json": b"[]"}),
    "no JSON": lambda: packed({"schema.json": b"{'a': 1"}),
    "JSON without end": lambda: packed({"schema.json": b'{"a":' * 50_000}),
    # archives
    "bomb": lambda: packed({**parts(good()), "9.npy": bytes(archive.LARGEST_UNPACKED + 1)}),
    "a schema too large": lambda: packed({"schema.json": b" " * (archive.LARGEST_SCHEMA + 1)}),
    "too many parts": lambda: packed(
        {f"{n}.npy": b"" for n in range(archive.MOST_PARTS + 1)}, zipfile.ZIP_STORED
    ),
    "a path outside": lambda: packed({**parts(good()), "../../evil.npy": b""}),
    "an absolute path": lambda: packed({**parts(good()), "/tmp/evil.npy": b""}),
    "a folder": lambda: packed({**parts(good()), "1/2.npy": b""}),
    "a compressed array in it": lambda: packed({**parts(good()), "1.npz": packed({"a.npy": b""})}),
    "encrypted": lambda: encrypted(good()),
    "bzip2": lambda: packed(parts(good()), zipfile.ZIP_BZIP2),
    # arrays
    "objects in an array": lambda: with_array(npy(np.array([Bomb()], dtype=object))),
    "an array larger than it is": lambda: with_array(npy(np.zeros(3), shape=(10**12,))),
    "an array of less": lambda: with_array(npy(np.zeros(3), shape=(2,))),
    "a negative size": lambda: with_array(npy(np.zeros(3), shape=(-3,))),
    "a structured array": lambda: with_array(npy(np.zeros(3, dtype=[("a", "f8")]))),
    "nan": lambda: with_array(npy(np.full((1, 5), np.nan))),
    "no array": lambda: with_array(b"\x93NUMPY\x09\x09"),
    "a header that is a program": lambda: with_array(
        b"\x93NUMPY\x01\x00" + struct.pack("<H", 40) + b"__import__('os').system('true')".ljust(39) + b"\n"
    ),
    "an array that is not there": lambda: changed(
        lambda schema: step(schema, 1)["coef_"].update(file="../../etc/passwd")
    ),
    "an array of anything": lambda: changed(lambda schema: step(schema, 1)["coef_"].update(type="json")),
    # types
    "a function": lambda: put_in(1, "coef_", SYSTEM),
    "a function of numpy": lambda: put_in(1, "coef_", node("FunctionNode", "numpy.add")),
    "a partial call": lambda: put_in(1, "coef_", CALL),
    "a method": lambda: put_in(
        1, "coef_", node("MethodNode", "builtins.str", content={"func": "format", "obj": scalar("x")})
    ),
    "an operator": lambda: put_in(
        1, "coef_", node("OperatorFuncNode", "operator.methodcaller", attrs=items())
    ),
    "a call by its constructor": lambda: put_in(
        1, "coef_", node("ConstructorFromReduceNode", "subprocess.Popen", content=items(scalar("true")))
    ),
    "a class": lambda: put_in(1, "coef_", node("TypeNode", "subprocess.Popen")),
    "an object of any class": lambda: put_in(
        1, "coef_", node("ObjectNode", "subprocess.Popen", content=None)
    ),
    "a list of another class": lambda: put_in(1, "coef_", node("ListNode", "subprocess.Popen", content=[])),
    "a dict of another class": lambda: put_in(
        1, "coef_", node("DictNode", "subprocess.Popen", content={}, key_types=items())
    ),
    "keys that are calls": lambda: put_in(
        1,
        "coef_",
        node(
            "DictNode",
            "builtins.dict",
            content={"x": scalar(1)},
            key_types=items(node("TypeNode", "os.system")),
        ),
    ),
    "a random generator": lambda: put_in(1, "coef_", node("RandomGeneratorNode", "numpy.random.Generator")),
    "a sparse matrix": lambda: put_in(1, "coef_", node("SparseMatrixNode", "scipy.sparse.spmatrix")),
    "a tree, read without checks": lambda: fit(TfidfVectorizer(), RandomForestClassifier(n_estimators=2)),
    "a step of any function": lambda: fit(
        TfidfVectorizer(), FunctionTransformer(np.sqrt), LogisticRegression()
    ),
    "another estimator": lambda: fit(TfidfVectorizer(), TruncatedSVD(2), LogisticRegression()),
    "no pipeline": lambda: dumps(LogisticRegression().fit([[0], [1]], [0, 1])),
    "a part nobody knows": lambda: changed(lambda schema: schema.update(more=1)),
    "no number for an id": lambda: changed(lambda schema: schema.update(__id__=[1])),
    "two objects of one id": lambda: changed(lying),
    "an object inside itself": lambda: changed(inside_itself),
    "too deep": lambda: put_in(1, "coef_", nested(60)),
    "an older format": lambda: changed(lambda schema: schema.update(protocol=0)),
    "a newer format": lambda: changed(lambda schema: schema.update(protocol=99)),
    "another scikit-learn": lambda: set_in(1, _sklearn_version="1.0.2"),
    # settings
    "texts as names of files": lambda: set_in(0, input="filename"),
    "a pattern without end": lambda: set_in(0, token_pattern="(a+)+$"),
    "a folder to write to": lambda: changed(
        lambda schema: schema["content"]["content"].update(memory=scalar("/tmp/evil"))
    ),
    "processes": lambda: set_in(1, n_jobs=-1),
    "word groups of any length": lambda: changed(
        lambda schema: step(schema, 0)["ngram_range"].update(content=[scalar(1), scalar(10**6)])
    ),
    "a splitter of one's own": lambda: put_in(0, "tokenizer", node("TypeNode", "builtins.str")),
    "in place of a method": lambda: set_in(1, predict_proba="x"),
    "in place of a class": lambda: set_in(1, __class__="x"),
    "never fitted": lambda: changed(lambda schema: drop(schema, "vocabulary_")),
    # numbers
    "columns outside": lambda: vocabulary(lambda place: place + 10**9),
    "columns before": lambda: vocabulary(lambda place: -place),
    "columns twice": lambda: vocabulary(lambda place: 0),
    "other classes": lambda: dumps(fitted(answers=["no", "yes"] * 20)),
    "three classes": lambda: dumps(fitted(answers=[0, 1, 2, 1] * 10)),
    "no probabilities": lambda: changed(
        lambda schema: step(schema, 1).update(loss=scalar("hinge")), "counts and sgd"
    ),
    "texts for weights": lambda: with_array(npy(np.array(["a"] * 5))),
}


def drop(schema: dict[str, Any], name: str) -> None:
    steps = schema["content"]["content"]["steps"]["content"]
    attributes = steps[0]["content"][1]["content"]
    del attributes["content"][name]
    attributes["key_types"]["content"].pop()


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_a_sentence(name, tmp_path, monkeypatch):
    data = HOSTILE[name]()
    made: list[object] = []
    whole = skops.io.loads
    monkeypatch.setattr(skops.io, "loads", lambda *given, **named: made.append(1) or whole(*given, **named))
    with pytest.raises(ModelError) as caught:
        load_estimator("empathy", put(tmp_path, data))
    said = str(caught.value)
    assert said.startswith("mine.skops: ")
    assert said.endswith(".")
    assert len(said) < 600
    assert RAN == []
    assert os.listdir(tmp_path) == ["mine.skops"]
    # What only numbers can tell is found after the objects are there, and before they are asked.
    late = {"columns outside", "columns before", "columns twice", "other classes", "three classes"}
    late |= {"no probabilities", "texts for weights", "never fitted"}
    assert bool(made) == (name in late)


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("place", ["/dev/zero", "/dev/null", "folder", "none.skops"])
def test_what_is_no_file_is_not_read(place, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(ModelError, match=r"cannot be opened|not a skops file"):
        load_estimator("empathy", tmp_path / place)


def test_a_file_too_large_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "mine.skops"
    with path.open("wb") as file:
        file.truncate(archive.LARGEST_FILE * 100)
    with pytest.raises(ModelError, match="larger than"):
        load_estimator("empathy", path)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_gives_only_our_error(seed, tmp_path):
    """Bytes changed anywhere; what passes gives probabilities all the same."""
    random = np.random.default_rng(seed)
    data = bytearray(packed(parts(good()), zipfile.ZIP_STORED))
    for place in random.integers(0, len(data), size=seed % 4 + 1):
        data[place] = random.integers(0, 256)
    try:
        found = load_estimator("empathy", put(tmp_path, bytes(data)))
    except ModelError:
        return
    assert 0 <= found.probabilities(["so sorry"])[0] <= 1


def test_skops_is_not_even_imported_for_a_refused_file(tmp_path):
    path = put(tmp_path, HOSTILE["a function"]())
    code = f"""
import sys
from carescore.errors import ModelError
from carescore.estimators import load_estimator
try:
    load_estimator("empathy", {str(path)!r})
except ModelError:
    sys.exit(1 if "skops" in sys.modules else 0)
sys.exit(2)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_list_holds_no_more_than_it_says():
    from carescore.estimators.allowed import ESTIMATORS, NAMES, TRUSTED, TYPES

    assert (len(ESTIMATORS), len(NAMES)) == (15, 13)
    assert set(TRUSTED) == {name for name in ESTIMATORS if name.rpartition(".")[2] not in NAMES}
    kinds = ["Dict", "Json", "List", "Loss", "NdArray", "Object", "Set", "Tuple", "Type"]
    assert sorted(TYPES) == [f"{kind}Node" for kind in kinds]
    modules = {name.split(".")[0] for names in TYPES.values() for name in names}
    assert modules == {"builtins", "numpy", "sklearn"}
    assert "numpy.dtype" not in TYPES["TypeNode"]
