"""The figures of the bench as tables, and as data."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from carescore.bench.figures import Figure
from carescore.bench.run import Part
from carescore.evaluation.tables import MISSING, Table
from carescore.version import __version__

SCHEMA: Final = "carescore.bench/1"
_HEADS: Final = ("what", "measured", "goal", "", "how")


def tables(parts: Iterable[Part]) -> list[Table]:
    """A table a part."""
    return [
        Table(
            title=part.title,
            heads=_HEADS,
            rows=[_row(figure) for figure in part.figures],
            note=part.note,
            words=(0, 3, 4),
        )
        for part in parts
    ]


def as_data(parts: Iterable[Part]) -> dict[str, Any]:
    """Everything, with what it was measured on."""
    return {
        "schema": SCHEMA,
        "carescore": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "parts": [
            {
                "title": part.title,
                "figures": [{**asdict(figure), "met": figure.met} for figure in part.figures],
                "note": part.note,
            }
            for part in parts
        ],
    }


def _row(figure: Figure) -> list[str]:
    met = {True: "met", False: "missed", None: ""}[figure.met]
    goal = "" if figure.goal is None else f"{'≥' if figure.at_least else '≤'} {figure.goal:g} {figure.unit}"
    return [figure.name, _value(figure), goal, met, figure.how]


def _value(figure: Figure) -> str:
    if figure.value is None:
        return MISSING
    digits = 0 if abs(figure.value) >= 100 else 1 if abs(figure.value) >= 10 else 2
    return f"{figure.value:,.{digits}f} {figure.unit}"
