"""Which calls to leave out together, so that a figure tells of sources never seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

FOLDS: Final = 5


def source_folds(sources: Sequence[str]) -> NDArray[np.int64]:
    """A fold (0 to `FOLDS` - 1) for each call, whole sources together.

    What is left out is then as strange as a new team's calls. The largest sources first, each into the
    smallest fold so far; with fewer sources than folds the calls are dealt out one by one.

    >>> source_folds(["a", "a", "b", "c", "d", "e"]).tolist()
    [0, 0, 1, 2, 3, 4]
    """
    sizes = Counter(sources)
    if len(sizes) < FOLDS:
        return np.arange(len(sources), dtype=np.int64) % FOLDS
    filled = [0] * FOLDS
    fold_of: dict[str, int] = {}
    for source, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold_of[source] = filled.index(min(filled))
        filled[fold_of[source]] += size
    return np.array([fold_of[source] for source in sources], dtype=np.int64)
