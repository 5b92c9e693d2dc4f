"""What carescore's probabilities tell about another set's labels: the only features of a plain classifier.

The other figures in the table were fitted to the set as well, in folds, so this is the fair comparison. The
classifier is thrown away.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from carescore.errors import UsageError
from carescore.evaluation.benchmarks.measures import Codes
from carescore.intervals import Floats

_SEED: Final = 20261121


def left_out_classes(probabilities: Floats, truth: Codes, groups: Codes, folds: int) -> Codes:
    """The class given to each row by a logistic regression that has not seen the row's group."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    folds = min(folds, len(np.unique(groups)))
    if folds < 2:
        raise UsageError("a public set needs two conversations or more, to fit to one and test on the other.")
    odds = np.log((probabilities + 1e-3) / (1 - probabilities + 1e-3))
    given = np.zeros_like(truth)
    splits = GroupKFold(folds, shuffle=True, random_state=_SEED).split(odds, truth, groups)
    for inside, outside in splits:
        if len(np.unique(truth[inside])) == 1:
            given[outside] = truth[inside][0]
            continue
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000, class_weight="balanced"))
        given[outside] = model.fit(odds[inside], truth[inside]).predict(odds[outside])
    return given
