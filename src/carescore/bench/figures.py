"""One figure of the bench: what was measured, its value, the goal, and how it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured value in its unit, the goal for it, and how it was measured.

    `value` is `None` where it could not be measured; `how` then says what is missing. The goal is an upper
    limit, or with `at_least` a lower one.
    """

    name: str
    value: float | None
    unit: Literal["×", "ms", "s", "MB", "calls/s", "calls/h"]
    goal: float | None = None
    at_least: bool = False
    how: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; `None` without a goal or a value."""
        if self.value is None or self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal
