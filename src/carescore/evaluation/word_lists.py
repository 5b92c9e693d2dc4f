"""The editable lists of the stress tests: fillers, words to swap, stock phrases."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads(files("carescore").joinpath("evaluation", name).read_text(encoding="utf-8"))
