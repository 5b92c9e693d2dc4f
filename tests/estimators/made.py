"""Skops files: good ones, and the same with something changed in them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
)
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.svm import LinearSVC
from skops.io import dumps

WARM = [
    "i am so sorry to hear that",
    "how exhausting for you",
    "i understand how hard it is",
    "you waited so long",
]
COLD = ["that is our policy", "no you cannot do that", "wait for the mail then", "read the manual again"]
TEXTS, ANSWERS = [*WARM, *COLD] * 5, [1, 1, 1, 1, 0, 0, 0, 0] * 5

PIPELINES: dict[str, Callable[[], Pipeline]] = {
    "tfidf and logistic": lambda: make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()),
    "rare words left out": lambda: make_pipeline(TfidfVectorizer(min_df=6), LogisticRegression()),
    "counts and sgd": lambda: make_pipeline(
        CountVectorizer(stop_words=["the"]), SGDClassifier(loss="log_loss", random_state=0)
    ),
    "hashes, calibrated svm": lambda: make_pipeline(
        HashingVectorizer(n_features=2**10),
        TfidfTransformer(),
        CalibratedClassifierCV(LinearSVC(random_state=0), cv=2),
    ),
    "isotonic": lambda: make_pipeline(
        CountVectorizer(), CalibratedClassifierCV(LogisticRegression(), cv=2, method="isotonic")
    ),
    "calibrated as a whole": lambda: Pipeline(
        [("all", CalibratedClassifierCV(make_pipeline(CountVectorizer(), LogisticRegression()), cv=2))]
    ),
    "words beside letters, complement": lambda: make_pipeline(
        FeatureUnion(
            [("w", CountVectorizer()), ("c", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3)))]
        ),
        ComplementNB(),
    ),
    "counts and bayes": lambda: make_pipeline(CountVectorizer(stop_words="english"), MultinomialNB()),
}


def fitted(name: str = "tfidf and logistic", answers: list[Any] | None = None) -> Pipeline:
    return PIPELINES[name]().fit(TEXTS, ANSWERS if answers is None else answers)


@cache
def good(name: str = "tfidf and logistic") -> bytes:
    return dumps(fitted(name))


def changed(edit: Callable[[dict[str, Any]], Any], name: str = "tfidf and logistic") -> bytes:
    """A good file whose schema was edited."""
    schema = json.loads(parts(good(name))["schema.json"])
    edit(schema)
    return packed({**parts(good(name)), "schema.json": json.dumps(schema).encode()})


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def step(schema: dict[str, Any], number: int) -> dict[str, Any]:
    """The attributes of a step of the pipeline, by name."""
    found: dict[str, Any] = schema["content"]["content"]["steps"]["content"][number]["content"][1]
    return found["content"]["content"]


def scalar(value: object) -> dict[str, Any]:
    """The node of a number or text."""
    return {
        "__class__": "str", "__module__": "builtins", "__loader__": "JsonNode", "__id__": 1,
        "content": json.dumps(value), "is_json": True,
    }  # fmt: skip


def put(folder: Path, data: bytes) -> Path:
    path = folder / "mine.skops"
    path.write_bytes(data)
    return path
