"""Labelled data: whole calls in JSONL, single turns in a phrase bank, and stand-off labels of public texts.

calls     one JSON object a line: conv_id, channel, domain, source, turns[speaker, text, labels], ratings
bank      tab-separated: labels, what the other side said before, the turn; `customer.tsv` holds
          customer turns, every other file agent turns
stand-off one JSON object a line: source, conv_id, reader, turns[rows, speaker, labels], ratings; the
          text is looked up by (source, conv_id, row) in a folder of public texts, and is never stored
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carescore.codebook import AGENT_BEHAVIOURS, CRITERIA, CUSTOMER_BEHAVIOURS
from carescore.errors import TrainingError
from carescore.reading import read_all

ALLOWED = {"agent": frozenset(AGENT_BEHAVIOURS), "customer": frozenset(CUSTOMER_BEHAVIOURS)}


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """A turn and the labels a reader gave it; other sides than agent and customer have none."""

    side: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledCall:
    """A call with labels and ratings (`None` is not applicable; a criterion nobody rated is missing)."""

    conv_id: str
    source: str
    channel: str
    domain: str
    turns: tuple[LabelledTurn, ...]
    ratings: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class BankTurn:
    """A single labelled turn with what the other side said before it (perhaps nothing)."""

    side: str
    before: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, for the model's manifest."""

    name: str
    sha256: str
    calls: int
    turns: int


def read_calls(path: Path) -> list[LabelledCall]:
    """The labelled calls of a JSONL file, whose name is their source."""
    calls = []
    for place, row in _rows(path):
        turns = []
        for turn in _list(row, "turns", place):
            side = _text(turn, "speaker", place)
            labels = _labels(side, turn.get("labels", []), place)
            turns.append(LabelledTurn(side, _text(turn, "text", place), labels))
        calls.append(
            LabelledCall(
                conv_id=str(row.get("conv_id", place)),
                source=path.stem,
                channel=str(row.get("channel", "")),
                domain=str(row.get("domain", "")),
                turns=tuple(turns),
                ratings=_ratings(row.get("ratings") or {}, place),
            )
        )
    return calls


def read_bank(path: Path) -> list[BankTurn]:
    """The single turns of a phrase bank file."""
    side = "customer" if path.stem.startswith("customer") else "agent"
    turns = []
    for place, line in _lines(path):
        fields = line.split("\t")
        if len(fields) != 3:
            raise TrainingError(f"{place}: expected labels, context and text between two tabs.")
        names = [name for name in fields[0].split(",") if name and name != "-"]
        turns.append(BankTurn(side, fields[1], fields[2], _labels(side, names, place)))
    return turns


def read_standoff(path: Path, texts: PublicTexts) -> list[LabelledCall]:
    """The stand-off labelled calls whose text is at hand; the others are counted in `texts.missing`."""
    calls = []
    for place, row in _rows(path):
        source, conv_id = _text(row, "source", place), str(row.get("conv_id", place))
        ratings = _ratings(row.get("ratings") or {}, place)
        turns = []
        for turn in _list(row, "turns", place):
            side = _text(turn, "speaker", place)
            labels = _labels(side, turn.get("labels", []), place)
            text = texts.find(source, conv_id, _row_numbers(turn, place))
            if text is not None:
                turns.append(LabelledTurn(side, text, labels))
        if turns:
            calls.append(LabelledCall(conv_id, source, "chat", source, tuple(turns), ratings))
    return calls


class PublicTexts:
    """Public texts in a folder, by the name of their source.

    `SOURCE.jsonl.gz` (a row a turn), calls in JSONL with their turns, or transcripts `SOURCE/CONV_ID.txt`.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.missing: dict[str, int] = {}
        self._sources: dict[str, dict[tuple[str, int], str]] = {}

    def find(
        self, source: str, conv_id: str, rows: Sequence[int], characters: int | None = None
    ) -> str | None:
        """The text of some rows of a conversation, joined; `None` if it is not there or not as long."""
        if source not in self._sources:
            self._sources[source] = dict(self._read(source))
        known = self._sources[source]
        texts = [known.get((conv_id, row)) for row in rows]
        joined = " ".join(text for text in texts if text is not None)
        if None in texts or characters not in (None, len(joined)):
            self.missing[source] = self.missing.get(source, 0) + 1
            return None
        return joined

    def _read(self, source: str) -> Iterator[tuple[tuple[str, int], str]]:
        if self.folder is None:
            return
        for path in sorted(self.folder.rglob(f"{source}/*.txt")):
            for call in read_all(path):
                for turn in call.turns:
                    yield (path.stem, turn.index), " ".join(turn.text.split())
        for path in sorted(self.folder.rglob(f"{source}*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    yield (str(row["conv_id"]), int(row["turn"])), " ".join(row["text"].split())
        for path in sorted(self.folder.rglob("*.jsonl")):
            for _, row in _rows(path):
                if row.get("source") == source:
                    for number, turn in enumerate(row.get("turns", ())):
                        yield (str(row["conv_id"]), number), " ".join(turn.get("text", "").split())


def input_file(path: Path, calls: int, turns: int) -> InputFile:
    """The entry of a file in the manifest."""
    return InputFile(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), calls, turns)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines with something in them, each with its place for errors."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path.name}: cannot be read ({type(error).__name__}).") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{path.name}, line {number}", line


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, line in _lines(path):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise TrainingError(f"{place}: broken JSON ({error}).") from None
        if not isinstance(row, dict):
            raise TrainingError(f"{place}: expected an object with conv_id and turns.")
        yield place, row


def _text(row: Mapping[str, Any], key: str, place: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise TrainingError(f"{place}: '{key}' should be text.")
    return value


def _row_numbers(turn: Mapping[str, Any], place: str) -> list[int]:
    rows = turn.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, int) for row in rows):
        raise TrainingError(f"{place}: 'rows' should be a list of numbers.")
    return rows


def _list(row: Mapping[str, Any], key: str, place: str) -> list[dict[str, Any]]:
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise TrainingError(f"{place}: '{key}' should be a list of objects.")
    return value


def _labels(side: str, names: object, place: str) -> frozenset[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TrainingError(f"{place}: 'labels' should be a list of names.")
    for name in names:
        if name not in ALLOWED.get(side, ()):
            raise TrainingError(f"{place}: '{name}' is not a label for a turn of the {side}.")
    return frozenset(names)


def _ratings(given: object, place: str) -> dict[str, int | None]:
    if not isinstance(given, dict):
        raise TrainingError(f"{place}: 'ratings' should be an object with a number for each criterion.")
    for name, value in given.items():
        whole = value is None or (type(value) is int and 1 <= value <= 5)
        if name not in CRITERIA or not whole:
            raise TrainingError(f"{place}: rating '{name}' should be 1 to 5 or null, for a known criterion.")
    return dict(given)
