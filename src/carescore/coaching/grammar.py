"""What coaching needs to know of English, from `grammar.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Grammar:
    """The tables and lists of `grammar.toml`, which says what each is for."""

    turned: Mapping[str, str]
    after_i: Mapping[str, str]
    spelt_out: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    fillers: re.Pattern[str]

    def __getitem__(self, name: str) -> frozenset[str]:
        """One of the lists."""
        return self.lists[name]


@cache
def grammar() -> Grammar:
    """The grammar, read once."""
    data = tomllib.loads(files("carescore.coaching").joinpath("grammar.toml").read_text(encoding="utf-8"))
    fillers = "|".join(sorted(data["lists"]["fillers"], key=lambda word: (-len(word), word)))
    return Grammar(
        turned=data["turned"],
        after_i=data["after_i"],
        spelt_out=data["spelt_out"],
        lists={name: frozenset(words) for name, words in data["lists"].items()},
        fillers=re.compile(rf"\b(?:{fillers})\b,? *"),
    )
