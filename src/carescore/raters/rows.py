"""Pairs of raters as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from carescore.raters.estimates import Estimate
from carescore.raters.pairs import PairAgreement

MEASURES: Final = ("exact", "adjacent", "kappa", "weighted_kappa", "correlation", "mean_difference")
_ENDS: Final = ("", "_low", "_high")

# Each column with its pandas type.
COLUMNS: Final = {
    "criterion": "str",
    "first": "str",
    "second": "str",
    "calls": "int64",
    **{f"{name}{end}": "float64" for name in MEASURES for end in _ENDS},
    "applies_calls": "int64",
    "applies_agree": "float64",
    "applies_kappa": "float64",
    "flags": "str",
    "reason": "str",
}


def rows_of(pairs: Iterable[PairAgreement]) -> Iterator[dict[str, Any]]:
    """A row for each pair with the columns `COLUMNS`; what is not shown is `None`."""
    for pair in pairs:
        row: dict[str, Any] = {
            "criterion": pair.criterion,
            "first": pair.first,
            "second": pair.second,
            "calls": pair.calls,
        }
        for name in MEASURES:
            number: Estimate | None = getattr(pair, name)
            ends = (None, None, None) if number is None else (number.value, number.low, number.high)
            row |= {f"{name}{end}": value for end, value in zip(_ENDS, ends, strict=True)}
        row["applies_calls"] = 0 if pair.applies is None else pair.applies.calls
        row["applies_agree"] = None if pair.applies is None else pair.applies.agree.value
        row["applies_kappa"] = None if pair.applies is None else pair.applies.kappa
        row["flags"] = ", ".join(flag.measure for flag in pair.flags)
        row["reason"] = pair.reason
        yield row
