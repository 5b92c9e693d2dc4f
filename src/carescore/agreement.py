"""Raters against raters, and against the machine: how well they agree, criterion by criterion.

from carescore.agreement import agree, read_ratings
print(agree(read_ratings("ratings.csv"), results))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from carescore.errors import UsageError
from carescore.raters.disagreements import Disagreement, disagreements
from carescore.raters.leniency import Leniency, leniency
from carescore.raters.pairs import Given, PairAgreement, pair
from carescore.raters.ratings import MACHINE, Rating, machine_ratings, read_ratings, with_call_ids
from carescore.raters.rows import COLUMNS, rows_of
from carescore.raters.text import disagreement_lines, leniency_lines, pair_lines, together_lines
from carescore.raters.together import CriterionAgreement, together
from carescore.results import CallScore
from carescore.safe_text import as_json

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement", "CriterionAgreement", "Rating", "agree", "read_ratings"]

SCHEMA: Final = "carescore.agreement/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How raters agree. `pairs` has every two raters on every criterion, the machine always second."""

    raters: tuple[str, ...]
    calls: int
    seed: int
    criteria: tuple[CriterionAgreement, ...]
    pairs: tuple[PairAgreement, ...]
    leniency: tuple[Leniency, ...]
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data in the schema `carescore.agreement/1`."""
        return {"schema": SCHEMA, **asdict(self)}

    def to_json(self) -> str:
        """The comparison as JSON, the same bytes for the same ratings, results and seed."""
        return as_json(self.to_dict(), indent=1) + "\n"

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each pair and criterion."""
        return rows_of(self.pairs)

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas frame; what is not shown is missing, never 0."""
        import pandas as pd

        frame = pd.DataFrame(list(self.rows()), columns=list(COLUMNS))
        return frame.astype({name: kind for name, kind in COLUMNS.items() if kind == "float64"})

    def to_text(self) -> str:
        """The comparison for reading in a terminal."""
        people = sum(name != MACHINE for name in self.raters)
        machine = " and the machine" if MACHINE in self.raters else ""
        lines = [f"{self.calls} calls rated by {people} {'person' if people == 1 else 'people'}{machine}."]
        for section in (
            together_lines(self.criteria),
            pair_lines(self.pairs),
            leniency_lines(self.leniency),
            disagreement_lines(self.disagreements),
        ):
            lines += ["", *section]
        if self.notes:
            lines += ["", "NOTES", *(f"  {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"

    def __str__(self) -> str:
        return self.to_text()


def agree(
    ratings: Iterable[Rating], results: Iterable[CallScore] | None = None, *, seed: int = 0
) -> Agreement:
    """People's ratings compared with each other and, if results are given, with the machine's.

    `seed` decides the resampling behind the intervals. Raises `UsageError` if there is nothing to compare,
    a rater is called "machine", or the results come from several scorecards or models.
    """
    people, notes = tuple(ratings), list[str]()
    scored = {} if results is None else _of_one_version(results)
    everybody = people if results is None else _with_machine(people, scored, notes)
    raters = sorted({rating.rater for rating in everybody}, key=lambda name: (name == MACHINE, name))
    if len(raters) < 2:
        raise UsageError(
            "there is only one rater, so nothing to compare. Give the ratings of a second one, or results of "
            "the same calls."
        )
    criteria = _criteria(everybody, notes)
    pairs = tuple(
        pair(name, first, given[first], second, given[second], seed=seed)
        for name, given in criteria.items()
        for first, second in combinations([rater for rater in raters if rater in given], 2)
    )
    by_call = _by_call(criteria)
    return Agreement(
        raters=tuple(raters),
        calls=len({call for call, _ in by_call}),
        seed=seed,
        criteria=tuple(
            together(name, given, [p for p in pairs if p.criterion == name], seed=seed)
            for name, given in criteria.items()
        ),
        pairs=pairs,
        leniency=leniency(raters, _without_na(by_call)),
        disagreements=disagreements(by_call, scored),
        notes=tuple(notes),
    )


def _of_one_version(results: Iterable[CallScore]) -> dict[str, CallScore]:
    """The scored results by call id. Raises `UsageError` if they were not all scored alike."""
    scored = [result for result in results if result.status != "unscored"]
    versions = sorted({f"scorecard {r.receipt.scorecard}, model {r.receipt.model}" for r in scored})
    hashes = {(r.receipt.scorecard_sha256, r.receipt.model_sha256) for r in scored}
    if len(hashes) > 1:
        raise UsageError(
            f"the results were scored in {len(hashes)} ways ({'; '.join(versions)}); compare people with "
            "one of them at a time."
        )
    return {result.call_id: result for result in scored}


def _with_machine(
    people: Sequence[Rating], scored: Mapping[str, CallScore], notes: list[str]
) -> tuple[Rating, ...]:
    """The people's ratings and the machine's of the same calls."""
    if any(rating.rater == MACHINE for rating in people):
        raise UsageError('a rater is called "machine", as the scores are; give that rater another name.')
    matched = with_call_ids(people, scored)
    rated = {rating.call_id for rating in matched}
    missing = len(rated - scored.keys())
    if missing == len(rated):
        raise UsageError(
            "none of the rated calls is among the results. The column call_id must hold the results' call "
            "ids or file names."
        )
    if missing:
        notes.append(f"{missing} of {len(rated)} rated calls are not among the results.")
    notes.append("The machine looks better on calls that its model was trained on: compare on others.")
    return (*matched, *machine_ratings(result for call, result in scored.items() if call in rated))


def _criteria(ratings: Sequence[Rating], notes: list[str]) -> dict[str, dict[str, dict[str, float | None]]]:
    """Ratings by criterion, rater and call; what only one rater rates is left out with a note."""
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for rating in ratings:
        found.setdefault(rating.criterion, {}).setdefault(rating.rater, {})[rating.call_id] = rating.rating
    alone = [name for name, given in found.items() if len(given) < 2]
    if len(alone) == len(found):
        raise UsageError(
            "no criterion is rated by two raters. Name the criteria alike, by the ids that "
            "`carescore scorecard show` has."
        )
    if alone:
        notes.append(f"Rated by one rater only, so not compared: {', '.join(alone)}.")
    return {name: given for name, given in found.items() if len(given) > 1}


def _by_call(criteria: Mapping[str, Mapping[str, Given]]) -> dict[tuple[str, str], dict[str, float | None]]:
    """Each rater's rating by call and criterion."""
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    for criterion, given in criteria.items():
        for rater, own in given.items():
            for call, rating in own.items():
                found.setdefault((call, criterion), {})[rater] = rating
    return found


def _without_na(
    by_call: Mapping[tuple[str, str], Mapping[str, float | None]],
) -> dict[tuple[str, str], dict[str, float]]:
    return {
        key: {rater: rating for rater, rating in given.items() if rating is not None}
        for key, given in by_call.items()
    }
