"""What may stand in a skops file: a constant list of types, and what may be set in them."""

from __future__ import annotations

from typing import Any, Final

_TEXT: Final = "sklearn.feature_extraction.text."

ROOT: Final = "sklearn.pipeline.Pipeline"
VECTORIZERS: Final = frozenset({f"{_TEXT}CountVectorizer", f"{_TEXT}TfidfVectorizer"})
ESTIMATORS: Final = frozenset(
    {
        ROOT,
        "sklearn.pipeline.FeatureUnion",
        *VECTORIZERS,
        f"{_TEXT}HashingVectorizer",
        f"{_TEXT}TfidfTransformer",
        "sklearn.linear_model._logistic.LogisticRegression",
        "sklearn.linear_model._stochastic_gradient.SGDClassifier",
        "sklearn.svm._classes.LinearSVC",
        "sklearn.naive_bayes.ComplementNB",
        "sklearn.naive_bayes.MultinomialNB",
        "sklearn.calibration.CalibratedClassifierCV",
        "sklearn.calibration._CalibratedClassifier",
        "sklearn.calibration._SigmoidCalibration",
        "sklearn.isotonic.IsotonicRegression",
    }
)
# The same as users know them.
NAMES: Final = tuple(
    name for name in sorted(name.rpartition(".")[2] for name in ESTIMATORS) if not name.startswith("_")
)
# What skops does not trust by itself.
TRUSTED: Final = (
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
)
# The loss of logistic SGD, kept in the file though only training uses it.
LOSS: Final = "sklearn._loss._loss.CyHalfBinomialLoss"

_NUMBERS: Final = ("float64", "float32", "int64", "int32", "bool", "bool_")
# For each kind of node of a skops file the types that it may have.
TYPES: Final[dict[str, frozenset[str]]] = {
    "ObjectNode": ESTIMATORS,
    "DictNode": frozenset({"builtins.dict"}),
    "ListNode": frozenset({"builtins.list"}),
    "TupleNode": frozenset({"builtins.tuple"}),
    "SetNode": frozenset({"builtins.set"}),
    "JsonNode": frozenset({"builtins.str"}),
    "NdArrayNode": frozenset({"numpy.ndarray", *(f"numpy.{name}" for name in _NUMBERS)}),
    "TypeNode": frozenset(
        {"builtins.str", "builtins.int", "builtins.float", *(f"numpy.{name}" for name in _NUMBERS)}
    ),
    "LossNode": frozenset({LOSS}),
}

# The values that these settings may have, whatever they belong to. Others would read files ("input"), write
# them ("memory"), start processes, print, or run a regular expression that may never end.
SETTINGS: Final[dict[str, tuple[Any, ...]]] = {
    "input": ("content",),
    "analyzer": ("word", "char", "char_wb"),
    "token_pattern": (
        None,
        r"(?u)\b\w\w+\b",
        r"(?u)\b\w+\b",
        r"\b\w\w+\b",
        r"\b\w+\b",
        r"\w+",
        r"\S+",
        r"[\w']+",
        r"(?u)\b\w[\w']*\b",
    ),
    "tokenizer": (None,),
    "preprocessor": (None,),
    "strip_accents": (None, "ascii", "unicode"),
    "decode_error": ("strict", "ignore", "replace"),
    "encoding": ("utf-8",),
    "lowercase": (True, False),
    "binary": (True, False),
    "memory": (None,),
    "transform_input": (None,),
    "n_jobs": (None, 1),
    "verbose": (0, False),
}
MOST_BUCKETS: Final = 2**22  # of a hashing vectoriser
LONGEST_NGRAM: Final = 6
