"""What a document or a table's row tells about a call apart from its turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carescore.readers.cells import medium, written
from carescore.readers.columns import call_columns_of
from carescore.readers.reader import Origin
from carescore.readers.row_times import iso_start
from carescore.transcript import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutCall:
    """The facts about a call that are told; `warnings` are about its reading."""

    call_id: str | None = None
    channel: Channel | None = None
    agent: str | None = None
    started: str | None = None
    warnings: tuple[str, ...] = ()

    def over(self, other: AboutCall) -> AboutCall:
        """These facts, and what only the other tells."""
        return AboutCall(
            call_id=self.call_id or other.call_id,
            channel=self.channel or other.channel,
            agent=self.agent or other.agent,
            started=self.started or other.started,
            warnings=(*other.warnings, *self.warnings),
        )


def about_from(names: Sequence[str], values: Sequence[Any], origin: Origin) -> AboutCall:
    """The facts in a row of a table, or in the keys of an object; what has no plain value tells none."""
    columns = call_columns_of(tuple(names))

    def plain(position: int | None) -> str | None:
        value = None if position is None else values[position]
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            return None
        return written(value, origin, "call").strip() or None

    return AboutCall(
        call_id=plain(columns.call),
        channel=None if columns.channel is None else medium(values[columns.channel]),
        agent=plain(columns.agent),
        started=None if columns.started is None else iso_start(values[columns.started]),
    )
