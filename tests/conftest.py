"""What many tests share: a scorer of each kind, loaded once a process."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from carescore.scorer import Scorer
from tests.examples import save_tiny_model

# The same examples every time, and no time limit that a busy machine could break.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """The bundled model and scorecard."""
    return Scorer.load()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model that knows a dozen words."""
    return save_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny_scorer(tiny_model: Path) -> Scorer:
    """The tiny model with the bundled scorecard."""
    return Scorer.load(model=tiny_model)
