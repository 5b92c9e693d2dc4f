"""Results as a pandas frame: a row for each call and criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from carescore.results import CallScore

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    "call_id", "agent", "source", "started", "channel", "call_status", "call_score", "call_low", "call_high",
    "criterion", "status", "rating", "score", "low", "high", "weight", "met", "token", "missed",
    "quote", "quote_turn", "reason",
)  # fmt: skip


def results_frame(results: Iterable[CallScore]) -> pd.DataFrame:
    """A frame with the columns `COLUMNS`; numbers that do not apply are missing, never 0."""
    import pandas as pd

    numbers = ["call_score", "call_low", "call_high", "rating", "score", "low", "high", "weight"]
    frame = pd.DataFrame(list(rows(results)), columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(numbers, "float64"))


def rows(results: Iterable[CallScore]) -> Iterator[dict[str, Any]]:
    """The rows of the frame as dictionaries."""
    for result in results:
        for criterion in result.criteria.values():
            outcomes = [moment.outcome for moment in criterion.moments]
            first = criterion.evidence[0] if criterion.evidence else None
            yield {
                "call_id": result.call_id,
                "agent": result.agent,
                "source": result.source,
                "started": result.started,
                "channel": result.channel,
                "call_status": result.status,
                "call_score": result.score,
                "call_low": result.low,
                "call_high": result.high,
                "criterion": criterion.id,
                "status": criterion.status,
                "rating": criterion.rating,
                "score": criterion.score,
                "low": criterion.low,
                "high": criterion.high,
                "weight": criterion.weight,
                "met": outcomes.count("met"),
                "token": outcomes.count("token"),
                "missed": outcomes.count("missed"),
                "quote": first.quote if first else None,
                "quote_turn": first.turn if first else None,
                "reason": criterion.reason,
            }


def arrow_schema() -> Any:
    """The columns' types for parquet."""
    import pyarrow as pa

    numbers = {"call_score", "call_low", "call_high", "rating", "score", "low", "high", "weight"}
    counts = {"met", "token", "missed", "quote_turn"}
    return pa.schema(
        [
            (name, pa.float64() if name in numbers else pa.int64() if name in counts else pa.string())
            for name in COLUMNS
        ]
    )
