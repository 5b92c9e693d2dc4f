"""Sources are left out whole."""

from __future__ import annotations

import pytest

from carescore.training.source_folds import FOLDS, source_folds

TABLE = [
    ("one source", ["a"] * 12),
    ("fewer sources than folds", ["a"] * 6 + ["b"] * 5),
    ("as many sources as folds", list("aabbccddee")),
    ("one large and many small", ["big"] * 30 + [f"small {i % 9}" for i in range(27)]),
]


@pytest.mark.parametrize(("_name", "sources"), TABLE, ids=[row[0] for row in TABLE])
def test_every_fold_leaves_something_out_and_something_in(_name: str, sources: list[str]) -> None:
    folds = source_folds(sources)
    assert len(folds) == len(sources)
    for fold in range(FOLDS):
        assert 0 < (folds == fold).sum() < len(sources)


@pytest.mark.parametrize(("_name", "sources"), TABLE[2:], ids=[row[0] for row in TABLE[2:]])
def test_a_source_is_never_split(_name: str, sources: list[str]) -> None:
    folds = source_folds(sources)
    for source in set(sources):
        assert len({fold for fold, of in zip(folds.tolist(), sources, strict=True) if of == source}) == 1
