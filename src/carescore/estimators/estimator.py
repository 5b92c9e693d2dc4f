"""A user's own estimator of one behaviour: texts of one side to probabilities, each answer checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from carescore.behaviours import BehaviourModel
from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.errors import ModelError, UsageError
from carescore.estimators.allowed import TRUSTED, VECTORIZERS
from carescore.estimators.archive import check_arrays, file_bytes, read_schema
from carescore.estimators.content import check_content
from carescore.results import UsedEstimator

# Longer turns are read to here, so that no setting of a vectoriser can fill the memory.
LONGEST_TEXT: Final = 50_000
_TRIAL: Final = (
    "",
    "Hello, how can I help you?",
    "I am so sorry that you had to wait.",
    "\u00e9\U0001f600 12!",
)


@dataclass(frozen=True, slots=True)
class OwnEstimator:
    """An estimator of one behaviour. `name` and `sha256` are those of its file, for the receipt.

    From `threshold` (0–1) up the behaviour counts as present in a turn.
    """

    behaviour: str
    name: str
    sha256: str
    threshold: float
    _pipeline: Any = field(repr=False, compare=False)

    @property
    def side(self) -> Literal["agent", "customer"]:
        """Whose turns it is asked about."""
        return "agent" if self.behaviour in AGENT_BEHAVIOURS else "customer"

    @property
    def receipt(self) -> UsedEstimator:
        """What a result says of it."""
        return UsedEstimator(
            behaviour=self.behaviour, name=self.name, sha256=self.sha256, threshold=self.threshold
        )

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """For each text how surely it shows the behaviour (0–1). Raises `ModelError` for any other answer."""
        if not texts:
            return np.zeros(0)
        try:
            given = self._pipeline.predict_proba([text[:LONGEST_TEXT] for text in texts])
        except Exception as error:  # noqa: BLE001  a stranger's estimator may fail in any way
            raise ModelError(f"{self.name}: gives no probabilities ({type(error).__name__}).") from None
        if not isinstance(given, np.ndarray) or given.shape != (len(texts), 2) or given.dtype.kind != "f":
            raise ModelError(f"{self.name}: expected two probabilities for each text, of no and of yes.")
        found = given[:, 1].astype(np.float64)
        if not (np.isfinite(given).all() and (found >= 0).all() and (found <= 1).all()):
            raise ModelError(f"{self.name}: gives probabilities that are not between 0 and 1.")
        return found


def load_estimator(behaviour: str, file: str | Path, *, threshold: float = 0.5) -> OwnEstimator:
    """The estimator in a skops file: a fitted `Pipeline` from texts to probabilities of no (0) and yes (1).

    What may be in it is a constant list (`allowed`); anything else, and anything damaged or too large, raises
    `ModelError` before an object is made of it. Raises `UsageError` if there is no such behaviour, if the
    threshold is not above 0 and at most 1, or if skops is not installed.
    """
    if behaviour not in BEHAVIOURS:
        raise UsageError(f"there is no behaviour '{behaviour}'; there are {', '.join(BEHAVIOURS)}.")
    if not 0 < threshold <= 1:
        raise UsageError(f"the threshold of '{behaviour}' should be above 0 and at most 1.")
    path = Path(file)
    data = file_bytes(path)
    schema, arrays = read_schema(data, path.name)
    check_content(schema, arrays, path.name)
    check_arrays(data, path.name)
    found = OwnEstimator(
        behaviour, path.name, hashlib.sha256(data).hexdigest(), threshold, _made(data, path.name)
    )
    found.probabilities(_TRIAL)
    return found


def ask_own(
    estimators: Sequence[OwnEstimator],
    model: BehaviourModel,
    probabilities: NDArray[np.float64],
    sides: Sequence[str],
    texts: Sequence[str],
) -> NDArray[np.float64]:
    """Put what the estimators say into the turns × labels probabilities.

    Returns for each label the probability from which it counts as present.
    """
    thresholds = model.thresholds.copy()
    for own in estimators:
        column = model.labels.index(own.behaviour)
        rows = [row for row, side in enumerate(sides) if side == own.side]
        probabilities[rows, column] = own.probabilities([texts[row] for row in rows])
        thresholds[column] = own.threshold
    return thresholds


def _made(data: bytes, name: str) -> Any:
    try:
        from skops.io import loads
    except ImportError:
        raise UsageError(
            "an estimator of your own needs skops: pip install 'carescore[estimators]'."
        ) from None
    try:
        pipeline = loads(data, trusted=list(TRUSTED))
        whole = all(map(_counts_right, _parts(pipeline)))
        classes = list(pipeline.classes_)
    except Exception as error:  # noqa: BLE001  a damaged file may make it fail in any way
        raise ModelError(f"{name}: cannot be put together ({type(error).__name__}).") from None
    if not whole:
        raise ModelError(f"{name}: its vocabulary does not number its words from 0 on.")
    if classes not in ([0, 1], [False, True]):
        raise ModelError(
            f"{name}: expected the classes 0 and 1 (does not show it, shows it); train it on these."
        )
    return pipeline


def _parts(estimator: Any) -> Iterator[Any]:
    """An estimator and all that it is made of, however deep."""
    waiting, seen = [estimator], set()
    while waiting:
        part = waiting.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            inside = part.values() if isinstance(part, dict) else part
            waiting.extend(
                inside if isinstance(part, dict | list | tuple) else getattr(part, "__dict__", {}).values()
            )


def _counts_right(part: Any) -> bool:
    """Whether a vocabulary numbers its words 0, 1, 2 …; other columns would be read from foreign memory."""
    if f"{type(part).__module__}.{type(part).__qualname__}" not in VECTORIZERS:
        return True
    numbers = list(getattr(part, "vocabulary_", {}).values())
    return all(isinstance(number, int | np.integer) for number in numbers) and set(numbers) == set(
        range(len(numbers))
    )
