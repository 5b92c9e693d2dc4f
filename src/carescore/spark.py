"""Calls in a Spark frame, scored where they lie: `mapInPandas`, with the model sent to each worker once.

Spark's workers need carescore installed; `pip install 'carescore[spark]'` brings Spark to this machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from carescore.errors import TranscriptError, UsageError
from carescore.frame import arrow_schema, results_frame
from carescore.readers.columns import Columns, columns_of
from carescore.reading import read_each
from carescore.scorer import Scorer
from carescore.transcript import Transcript

if TYPE_CHECKING:
    import pandas as pd

Form = Literal["rows", "json"]
# What a row of a turn may tell of its whole call.
_OF_CALLS: Final = ("agent", "channel", "started")
_OF_TURNS: Final = ("speaker", "role", "text", "start", "end", "confidence")
_ROW: Final = re.compile(r"row (\d+)")
# Names by which the readers know these columns.
_NAMED: Final = {"agent": "agent_name", "started": "started_at"}


def score(
    frame: Any,
    *,
    scorer: Scorer | None = None,
    agent: str | Mapping[str, str] | None = None,
    redact: bool = False,
    form: Form = "rows",
) -> Any:
    """A Spark frame of results for a Spark frame of calls; worked out when Spark is asked for it.

    The frame has a row a call (`call_id`, and `transcript` with the lines or a JSON list of turns), or a row
    a turn (`call_id`, `speaker` or `role`, `text`, and `turn` or `start`, for Spark keeps no order); columns
    are found by name, as in any table. `scorer` is the bundled one if not given; `agent` and `redact` are
    those of `carescore.read_all`. With `form` "rows" there is a row for each call and criterion
    (`carescore.frame.COLUMNS`), with "json" a row a call with its `result` as a line of JSON. A call that
    cannot be scored is `unscored`, with its reason. Raises `UsageError` if Spark is missing, or a column is.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise UsageError("carescore.spark needs Spark: pip install 'carescore[spark]'.") from None
    columns = columns_of(tuple(frame.columns))
    calls = _gathered(frame, columns) if columns.are_turns and columns.call is not None else frame
    handed = _handed(frame.sparkSession, scorer or Scorer.load())
    schema = from_arrow_schema(arrow_schema()) if form == "rows" else "call_id string, result string"
    return calls.mapInPandas(_Scoring(handed, agent, redact, form).frames, schema)


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What each of Spark's workers does with its part of the frame."""

    handed: Any
    agent: str | Mapping[str, str] | None
    redact: bool
    form: Form

    def frames(self, parts: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The results of some frames of calls, frame by frame."""
        import pandas as pd

        scorer: Scorer = self.handed.value
        for part in parts:
            calls = read_each(part, agent=self.agent, redact=self.redact)
            results = scorer.score_many(_named(call, part) for call in calls)
            if self.form == "rows":
                yield results_frame(results).astype({"quote_turn": "Int64"})
            else:
                lines = [(result.call_id, result.to_json()) for result in results]
                yield pd.DataFrame(lines, columns=["call_id", "result"])


def _named(call: Transcript | TranscriptError, part: pd.DataFrame) -> Transcript | TranscriptError:
    """An error under the id of its call: the number of a row in a part of a frame tells nobody anything."""
    row = _ROW.fullmatch(call.place or "") if isinstance(call, TranscriptError) else None
    at = columns_of(tuple(map(str, part.columns))).call
    if row is None or at is None or not isinstance(call, TranscriptError):
        return call
    return TranscriptError(call.message, source=str(part.iat[int(row[1]) - 1, at]))


@dataclass(frozen=True, slots=True)
class _InClosure:
    """A scorer that travels inside the function, where there are no broadcasts (Spark Connect)."""

    value: Scorer


def _handed(session: Any, scorer: Scorer) -> Any:
    context = getattr(session, "sparkContext", None)
    return _InClosure(scorer) if context is None else context.broadcast(scorer)


def _gathered(frame: Any, columns: Columns) -> Any:
    """A row a call from a row a turn: its turns in order as one column of JSON."""
    from pyspark.sql import functions

    names = frame.columns
    order = columns.order if columns.order is not None else columns.start
    if order is None:
        raise UsageError(
            "Spark keeps no order of rows, so a frame with a row a turn needs a column 'turn' with the "
            "turn's number in its call, or 'start' with its time."
        )
    parts = {part: at for part in _OF_TURNS if (at := getattr(columns, part)) is not None}
    turn = [
        functions.col(names[order]).cast("double").alias("turn")
        if order == columns.order
        else functions.col(names[order]).alias("turn_order"),
        *(functions.col(names[at]).alias(part) for part, at in parts.items()),
    ]
    turns = functions.to_json(functions.sort_array(functions.collect_list(functions.struct(*turn))))
    about = [
        functions.first(names[at], ignorenulls=True).alias(_NAMED.get(part, part))
        for part in _OF_CALLS
        if (at := getattr(columns, part)) is not None
    ]
    call = functions.col(names[columns.call]).cast("string").alias("call_id")
    return frame.groupBy(call).agg(turns.alias("transcript"), *about)
