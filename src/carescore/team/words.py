"""The words of the team view, from the editable file `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TeamWords:
    """Sentences of the banner, phrases for openings and for praise, and stock phrases that get none."""

    banner: Mapping[str, str]
    openings: Mapping[str, str]
    praise: Mapping[str, str]
    stock: tuple[str, ...]

    def opening(self, trigger: str) -> str:
        """How a trigger is told; one without words of its own is told by its name."""
        return self.openings.get(trigger) or f"there was {trigger.replace('_', ' ')}"


@cache
def team_words() -> TeamWords:
    """The words of the package's file, read once."""
    text = files("carescore.team").joinpath("words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return TeamWords(data["banner"], data["openings"], data["praise"], tuple(data["stock"]["phrases"]))
