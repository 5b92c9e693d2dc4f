"""Word vectors for training: a word never seen in labelled calls counts like the words it resembles.

`vectors.safetensors` holds `ids` (V,), spaCy's LOWER ids in rising order, and `vectors` (V, D) as whole
numbers from -127 to 127. `data/words/README.md` says where they come from. Only their product with the
trained weights goes into a model.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from carescore.errors import TrainingError

# How much the vectors count beside the words themselves; chosen on held-out calls.
STRENGTH: Final = 0.7


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Sorted word ids (V,) and their vectors (V, D), each of length `STRENGTH`."""

    ids: NDArray[np.uint64]
    vectors: NDArray[np.float64]


def read_word_vectors(path: Path) -> WordVectors:
    """The vectors of a safetensors file."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(path)
        ids, whole = arrays["ids"], arrays["vectors"].astype(np.float64)
    except (OSError, SafetensorError, KeyError) as error:
        raise TrainingError(
            f"{path.name}: not word vectors ({type(error).__name__}). Expected `ids` and `vectors`."
        ) from None
    if ids.dtype != np.uint64 or len(ids) != len(whole) or (ids[1:] <= ids[:-1]).any():
        raise TrainingError(f"{path.name}: expected rising 64-bit ids, one for each vector.")
    lengths = np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1.0)
    return WordVectors(ids=ids, vectors=STRENGTH * whole / lengths)
