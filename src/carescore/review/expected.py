"""What should have come out where a dispute was upheld: a rating, a status, or a behaviour in a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from carescore.codebook import BEHAVIOURS
from carescore.errors import UsageError
from carescore.results import CallScore

STATUSES: Final = ("scored", "not_applicable", "not_enough_evidence")
TOLERANCE: Final = 0.5  # rating points; half a step, so that a rating rounds to what people gave
_HOW: Final = "say one of: a rating (1-5), a status, or a behaviour with its turn and whether it is there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One of: `rating` (1–5, within `tolerance`), `status`, or `label` in `turn` being `present` or not."""

    rating: float | None = None
    tolerance: float = TOLERANCE
    status: str | None = None
    label: str | None = None
    turn: int | None = None
    present: bool = True

    def __post_init__(self) -> None:
        """Refuse what could never come out."""
        if sum(given is not None for given in (self.rating, self.status, self.label)) != 1:
            raise UsageError(f"what was expected is not clear: {_HOW}")
        if self.rating is not None and not 1 <= self.rating <= 5:
            raise UsageError("the expected rating should be from 1 to 5.")
        if not 0 <= self.tolerance <= 4:
            raise UsageError("the tolerance should be from 0 to 4 rating points.")
        if self.status is not None and self.status not in STATUSES:
            raise UsageError(f"the expected status should be one of {', '.join(STATUSES)}.")
        if (self.label is None) != (self.turn is None):
            raise UsageError(f"a behaviour needs its turn, and a turn its behaviour: {_HOW}")
        if self.label is not None and self.label not in BEHAVIOURS:
            raise UsageError(f"'{self.label}' is not a behaviour of the codebook.")
        if self.turn is not None and self.turn < 0:
            raise UsageError("turns are counted from 0, as results count them.")

    def why_not(self, result: CallScore, criterion: str) -> str | None:
        """How a result misses what was expected, or `None` if it does not."""
        if self.label is not None:
            return self._label_missed(result)
        found = result.criteria.get(criterion)
        if found is None:
            return f"the scorecard has no criterion '{criterion}'"
        if self.status is not None:
            return None if found.status == self.status else f"status {found.status}, expected {self.status}"
        if found.rating is None:
            return f"{found.status}, expected a rating of {self.rating:g}"
        missed = abs(found.rating - (self.rating or 0.0)) > self.tolerance + 1e-9
        return f"rating {found.rating:.2f}, expected {self}" if missed else None

    def _label_missed(self, result: CallScore) -> str | None:
        turn = next((turn for turn in result.turns if turn.index == self.turn), None)
        if turn is None:
            return f"the call has no turn {self.turn}"
        present = self.label in turn.behaviours
        word = "found" if present else "not found"
        return (
            None if present == self.present else f"{self.label} {word} in turn {self.turn}, expected {self}"
        )

    def __str__(self) -> str:
        """What was expected, in words."""
        if self.rating is not None:
            return f"{self.rating:g} ± {self.tolerance:g}"
        if self.status is not None:
            return self.status.replace("_", " ")
        return f"{'' if self.present else 'no '}{self.label} in turn {self.turn}"

    def to_dict(self) -> dict[str, Any]:
        """The fields that say something."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        for name, owner in (("tolerance", "rating"), ("present", "label")):
            if owner not in given:
                del given[name]
        return given

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` wrote. Raises `UsageError` for anything else."""
        try:
            return cls(**data)
        except TypeError:
            raise UsageError(f"what was expected is not clear: {_HOW}") from None
