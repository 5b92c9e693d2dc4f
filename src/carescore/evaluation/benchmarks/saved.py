"""Benchmark figures as JSON, to be read back for the model card."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from carescore.errors import UsageError
from carescore.evaluation.benchmarks.table import Figure

SCHEMA: Final = "carescore.benchmark/1"
_LARGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFigures:
    """The figures of one run, and the model that they are of."""

    schema: Literal["carescore.benchmark/1"] = SCHEMA
    model: str
    figures: tuple[Figure, ...]


def as_json(model: str, figures: Sequence[Figure]) -> str:
    """The figures as JSON."""
    saved = SavedFigures(model=model, figures=tuple(figures))
    return json.dumps(asdict(saved), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def read_figures(path: Path) -> SavedFigures:
    """The figures that `carescore benchmark --output FILE.json` saved, or a `UsageError`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path.name}: too large to be saved benchmark figures.")
        return TypeAdapter(SavedFigures).validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error.strerror}).") from None
    except ValidationError:
        raise UsageError(
            f"{path.name}: not saved benchmark figures. Make them with `carescore benchmark … --output "
            "FILE.json`."
        ) from None
