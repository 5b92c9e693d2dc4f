"""What `import carescore` gives: a few documented names, each where it says it is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import is_dataclass

import pytest

import carescore

NAMES = [
    "CallScore",
    "CareScoreError",
    "Evidence",
    "Scorecard",
    "Scorer",
    "Transcript",
    "Turn",
    "__version__",
    "read",
    "read_all",
    "verify",
]


def test_the_names_are_these():
    assert sorted(carescore.__all__) == NAMES
    assert len(NAMES) <= 12
    assert sorted(dir(carescore)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_imported(name):
    thing = getattr(carescore, name)
    assert thing is not None
    if name != "__version__":
        assert thing.__name__ == name
        assert thing.__module__.startswith("carescore.")
        assert thing.__doc__


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_imported_first(name):
    code = f"from carescore import {name}; import carescore; print(carescore.{name} is {name})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "True\n"


def test_all_of_them_at_once():
    space: dict[str, object] = {}
    exec("from carescore import *", space)  # noqa: S102
    assert set(NAMES) <= set(space)


@pytest.mark.parametrize("name", ["score", "Scorers", "_HOMES_", "pandas"])
def test_other_names_are_refused(name):
    with pytest.raises(AttributeError, match=f"module 'carescore' has no attribute '{name}'"):
        getattr(carescore, name)


@pytest.mark.parametrize("name", ["CallScore", "Evidence", "Transcript", "Turn"])
def test_data_types_are_frozen_and_take_keywords_only(name):
    kind = getattr(carescore, name)
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
    with pytest.raises(TypeError, match="positional"):
        kind("x")
