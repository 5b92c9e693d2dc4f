"""Labelled calls from files, whatever of the two shapes they have, and who stands behind the labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carescore.errors import UsageError
from carescore.training.corpus import LabelledCall, PublicTexts, read_calls, read_standoff


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Labelled calls, how many readers read each, and the turns whose public text is not at hand.

    `files` has for each call the name of its file.
    """

    calls: tuple[LabelledCall, ...]
    readers: tuple[int, ...]
    files: tuple[str, ...]
    missing: dict[str, int]


def read_labelled(
    paths: Sequence[Path], public_texts: Path | None = None, *, sources: Sequence[str] | None = None
) -> Labelled:
    """The calls in files of the corpus format or of stand-off labels; folders give their JSONL files.

    `sources` keeps only the calls of some. Raises `UsageError` where there is nothing to read, and
    `TrainingError` naming file and line of a mistake.
    """
    texts = PublicTexts(public_texts)
    calls: list[LabelledCall] = []
    readers: list[int] = []
    files: list[str] = []
    for path in _files(paths):
        found = read_standoff(path, texts) if is_standoff(path) else read_calls(path)
        read = _second_readings(path)
        calls.extend(found)
        files.extend([path.name] * len(found))
        readers.extend(max(1, sum(call.conv_id in ids for ids in read)) for call in found)
    if sources and calls:
        _check_sources(sources, calls)
        kept = [place for place, call in enumerate(calls) if call.source in sources]
        calls = [calls[place] for place in kept]
        readers = [readers[place] for place in kept]
        files = [files[place] for place in kept]
    if not calls:
        raise UsageError(
            "there is no labelled call in what was given"
            + (f" (the texts of {', '.join(texts.missing)} are not at hand)" if texts.missing else "")
            + ". Expected JSONL with a call a line: turns with speaker, text and labels, and ratings; for "
            "labels without text give the folder of the texts as --public-texts."
        )
    return Labelled(
        calls=tuple(calls), readers=tuple(readers), files=tuple(files), missing=dict(texts.missing)
    )


def training_files(data: Path) -> list[Path]:
    """The files that `carescore train` takes its calls from."""
    return [folder for folder in (data / "corpus" / "calls", data / "labels") if folder.is_dir()]


def is_standoff(path: Path) -> bool:
    """Whether a file holds labels without text, to be looked up in public texts."""
    row = next(rows_of(path), {})
    turns = row.get("turns")
    return isinstance(turns, list) and bool(turns) and isinstance(turns[0], dict) and "rows" in turns[0]


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file; lines that are none are left to the reader that names them."""
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line) if line.strip() else None
                if isinstance(row, dict):
                    yield row
    except (OSError, ValueError, RecursionError):
        return


def _check_sources(sources: Sequence[str], calls: Sequence[LabelledCall]) -> None:
    known = dict.fromkeys(call.source for call in calls)
    unknown = next((name for name in sources if name not in known), None)
    if unknown is not None:
        raise UsageError(f"there is no source '{unknown}' among the calls; there are: {', '.join(known)}.")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder '{path}'.")
        yield from sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


def _second_readings(path: Path) -> list[set[str]]:
    """The calls that each reader read, from the `readings` folder that belongs to a file of labels."""
    homes = (path.parent / "readings", path.parent.parent / "readings")
    files = sorted(file for home in homes for file in home.glob("*.jsonl"))
    return [{str(row.get("conv_id")) for row in rows_of(file)} for file in files]
