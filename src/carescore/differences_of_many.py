"""What changed between two runs over many calls: each call's difference, and a summary of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from carescore.differences import SCHEMA, CallDifference, diff
from carescore.errors import UsageError
from carescore.results import CallScore
from carescore.safe_text import as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSummary:
    """How one criterion changed over all calls. `mean` and `largest` are in rating points, old to new.

    `rated` calls have a rating in both results; `applies` counts calls in which it applies in one only.
    """

    id: str
    name: str
    calls: int
    rated: int
    mean: float | None
    largest: float | None
    largest_call: str | None
    applies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Two runs compared. `changed` has the calls that differ; `causes` counts what their receipts differ in.

    `score_mean` is the mean change of the call score (0–100) over the `scored` calls that have both.
    """

    compared: int
    changed: tuple[CallDifference, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    causes: dict[str, int]
    scored: int
    score_mean: float | None
    criteria: tuple[CriterionSummary, ...]

    @property
    def same(self) -> bool:
        """Whether both runs have the same calls with nothing different."""
        return not (self.changed or self.only_old or self.only_new)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data in the schema `carescore.diff/1`."""
        return {"schema": SCHEMA, **asdict(self)}

    def to_json(self) -> str:
        """The comparison as JSON, the same bytes for the same results."""
        return as_json(self.to_dict(), indent=1) + "\n"


def diff_many(old: Iterable[CallScore], new: Iterable[CallScore]) -> Differences:
    """What changed between two runs, calls matched by id; one single result is matched with another.

    Where an id comes several times, the first is matched with the first and so on. Raises `UsageError`
    if no call of the one run is in the other.
    """
    before, after = _by_call(old), _by_call(new)
    if len(before) == len(after) == 1:
        before = {next(iter(after)): next(iter(before.values()))}
    shared = [key for key in after if key in before]
    if not shared:
        raise UsageError(
            f"no call is in both: the first has {len(before)} calls, the second {len(after)}, and no call id "
            "is the same. Score the same files for both."
        )
    pairs = [(before[key], after[key]) for key in shared]
    found = [diff(one, other) for one, other in pairs]
    moved = [b.score - a.score for a, b in pairs if a.score is not None and b.score is not None]
    return Differences(
        compared=len(pairs),
        changed=tuple(difference for difference in found if not difference.same),
        only_old=tuple(call for call, number in before if (call, number) not in after),
        only_new=tuple(call for call, number in after if (call, number) not in before),
        causes=dict(Counter(cause for difference in found for cause in difference.causes)),
        scored=len(moved),
        score_mean=sum(moved) / len(moved) if moved else None,
        criteria=_criteria(found),
    )


def _by_call(results: Iterable[CallScore]) -> dict[tuple[str, int], CallScore]:
    seen: Counter[str] = Counter()
    found = {}
    for result in results:
        found[result.call_id, seen[result.call_id]] = result
        seen[result.call_id] += 1
    return found


def _criteria(found: Sequence[CallDifference]) -> tuple[CriterionSummary, ...]:
    rows = [(criterion, call.call_id) for call in found for criterion in call.criteria]
    order = list(dict.fromkeys(criterion.id for criterion, _ in rows))
    rows.sort(key=lambda row: order.index(row[0].id))
    summaries = []
    for name, own in groupby(rows, key=lambda row: row[0].id):
        listed = list(own)
        moved = [
            (one.new_rating - one.old_rating, call)
            for one, call in listed
            if one.old_rating is not None and one.new_rating is not None
        ]
        largest = max(moved, key=lambda row: abs(row[0]), default=None)
        summaries.append(
            CriterionSummary(
                id=name,
                name=listed[0][0].name,
                calls=len(listed),
                rated=len(moved),
                mean=sum(change for change, _ in moved) / len(moved) if moved else None,
                largest=largest[0] if largest else None,
                largest_call=largest[1] if largest else None,
                applies=sum((one.old_rating is None) != (one.new_rating is None) for one, _ in listed),
            )
        )
    return tuple(summaries)
