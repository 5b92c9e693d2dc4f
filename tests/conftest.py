"""What many tests share: a scorer of each kind, loaded once a process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

from carescore.scorer import Scorer
from tests.examples import save_tiny_model

# Run by hand or by other tests, with packages that the default tests do not need.
collect_ignore = [
    *("clusters/dask_run.py", "clusters/spark_run.py"),
    *("fuzzing/run_atheris.py", "mutation/run_mutmut.py"),
]

# Nothing reaches a network from here on, nor from any child of this process (tests/offline).
OFFLINE = str(Path(__file__).parent / "offline")
if OFFLINE not in sys.path:
    sys.path.append(OFFLINE)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [OFFLINE, os.environ.get("PYTHONPATH")]))
guard = import_module("offline_guard")

# The same examples every time, and no time limit that a busy machine could break.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def offline() -> Iterator[None]:
    """Nothing in the test tried to reach a network, not even in vain."""
    yield
    assert guard.attempts == []


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
