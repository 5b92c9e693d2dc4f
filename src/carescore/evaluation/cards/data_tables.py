"""What the labelled data holds, counted."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from carescore.codebook import BEHAVIOURS, CRITERIA
from carescore.errors import UsageError
from carescore.evaluation.bootstrap import Number
from carescore.evaluation.cards.two_readers import (
    ReadTwice,
    criterion_agreement,
    label_agreement,
    together,
)
from carescore.evaluation.labelled import rows_of
from carescore.evaluation.tables import Table, percent, spread, two
from carescore.training.corpus import read_bank

_RATINGS = (1, 2, 3, 4, 5, None)
# Labels to report figures on, and labels whose errors may be studied; no model is trained on either.
NEVER_TRAINED_ON = ("labels/evaluate", "labels/develop")
_TRAINED_ON = ("corpus/calls", "labels")
_PLACES = (*_TRAINED_ON, *NEVER_TRAINED_ON)


def data_tables(data: Path) -> Iterator[Table]:
    """Files, labels and ratings in a data folder."""
    files = {place: sorted((data / place).glob("*.jsonl")) for place in _PLACES}
    rows = {file: list(rows_of(file)) for found in files.values() for file in found}
    yield _calls_table(data, rows)
    yield _bank_table(data)
    yield _label_table(data, files, rows)
    yield _rating_table(files, rows)
    yield _source_table(data)


def agreement_tables(readings: Sequence[ReadTwice]) -> Iterator[Table]:
    """How two readers agree, over all that was read twice."""
    if not readings:
        return
    found = together(list(readings))
    labels, criteria = label_agreement(found), criterion_agreement(found)
    rows = [
        [row.label, f"{row.first:,}", f"{row.second:,}", spread(row.f1), spread(row.kappa)] for row in labels
    ]
    names = ", ".join(f"{one.name} ({one.calls})" for one in readings)
    yield Table(
        title="Two readers on labels",
        heads=["label", "first reader", "second reader", "F1", "kappa"],
        rows=rows,
        note=f"{found.calls} calls with {len(found.call):,} turns that two readers read apart, before their "
        f"differences were settled: {names}. 95% intervals from resampled calls. Mean over labels: F1 "
        f"{two(_mean([row.f1 for row in labels]))}, kappa {two(_mean([row.kappa for row in labels]))}.",
    )
    yield Table(
        title="Two readers on ratings",
        heads=["criterion", "calls", "weighted kappa", "exact", "within 1", "applies"],
        rows=[
            [
                row.criterion,
                str(row.calls),
                spread(row.weighted_kappa),
                percent(row.exact.value),
                percent(row.adjacent.value),
                percent(row.applies),
            ]
            for row in criteria
        ],
        note="Over the calls that both rated; mean weighted kappa "
        f"{two(_mean([row.weighted_kappa for row in criteria]))}. Applies: agreement on whether there is "
        "anything to rate.",
    )


def _mean(numbers: Sequence[Number]) -> float | None:
    known = [found.value for found in numbers if found.value is not None]
    return sum(known) / len(known) if known else None


def public_sources(data: Path) -> Mapping[str, Mapping[str, str]]:
    """The public sources with their licences, from `labels/sources.toml`."""
    path = data / "labels" / "sources.toml"
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path.name}: cannot be read as TOML ({error}).") from None


def _calls_table(data: Path, rows: Mapping[Path, Sequence[Mapping[str, Any]]]) -> Table:
    cells = []
    for file, calls in rows.items():
        written = Counter(str(call.get("source", "")) for call in calls)
        read = _readers(data, {str(call.get("conv_id")) for call in calls})
        cells.append(
            [
                str(file.relative_to(data)),
                f"{len(calls):,}",
                f"{sum(len(call['turns']) for call in calls):,}",
                f"{sum(bool(call.get('ratings')) for call in calls):,}",
                _listed(written),
                read,
            ]
        )
    total = [sum(int(row[place].replace(",", "")) for row in cells) for place in (1, 2, 3)]
    return Table(
        title="Calls",
        heads=["file", "calls", "turns", "rated", "text", "readers"],
        words=(0, 4, 5),
        rows=[*cells, ["all", *(f"{count:,}" for count in total), "", ""]],
        note="Readers: how many read each call; where two did, differences were settled by the codebook. "
        "Files below labels hold no text; no model is trained on "
        "those in labels/evaluate, on which figures are reported, nor on those in labels/develop, whose "
        "errors were read to decide what to write and to try.",
    )


def _listed(counts: Counter[str]) -> str:
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{name} ({count})" for name, count in counts.items())


def _readers(data: Path, ids: set[str]) -> str:
    """How many readers stand behind some calls, as kept in the folders of readings."""
    counts: Counter[str] = Counter(dict.fromkeys(ids, 0))
    for home in (data / "corpus" / "readings", data / "labels" / "readings"):
        for file in sorted(home.glob("*.jsonl")):
            counts.update(ids & {str(row.get("conv_id")) for row in rows_of(file)})
    by_number = Counter(max(1, counts[conv_id]) for conv_id in ids)
    if len(by_number) == 1:
        return str(next(iter(by_number)))
    return ", ".join(f"{number} ({by_number[number]} calls)" for number in sorted(by_number))


def _bank_table(data: Path) -> Table:
    files = sorted((data / "corpus" / "bank").glob("*.tsv"))
    turns = {file: read_bank(file) for file in files}
    return Table(
        title="Single turns",
        heads=["file", "turns", "without a label"],
        rows=[
            [
                str(file.relative_to(data)),
                f"{len(found):,}",
                f"{sum(not turn.labels for turn in found):,}",
            ]
            for file, found in turns.items()
        ],
        note="Each with what the other side said before it; one reader.",
    )


def _label_table(
    data: Path, files: Mapping[str, Sequence[Path]], rows: Mapping[Path, Sequence[Mapping[str, Any]]]
) -> Table:
    counts = {
        place: Counter(
            label
            for file in found
            for call in rows[file]
            for turn in call["turns"]
            for label in turn["labels"]
        )
        for place, found in files.items()
    }
    bank = Counter(
        label
        for file in sorted((data / "corpus" / "bank").glob("*.tsv"))
        for turn in read_bank(file)
        for label in turn.labels
    )
    return Table(
        title="Turns that show each label",
        heads=["label", "written calls", "public conversations", "evaluation", "development", "single turns"],
        rows=[
            [label, *(f"{counts[place][label]:,}" for place in _PLACES), f"{bank[label]:,}"]
            for label in BEHAVIOURS
        ],
    )


def _rating_table(
    files: Mapping[str, Sequence[Path]], rows: Mapping[Path, Sequence[Mapping[str, Any]]]
) -> Table:
    calls = [call for place in _TRAINED_ON for file in files[place] for call in rows[file]]
    cells = []
    for name in CRITERIA:
        given = Counter(call["ratings"][name] for call in calls if name in (call.get("ratings") or ()))
        cells.append([name, *(f"{given[rating]:,}" for rating in _RATINGS)])
    return Table(
        title="Ratings of the calls to train on",
        heads=["criterion", "1", "2", "3", "4", "5", "does not apply"],
        rows=cells,
    )


def _source_table(data: Path) -> Table:
    return Table(
        title="Public conversations",
        heads=["source", "what", "from", "licence", "cite", "use"],
        words=range(6),
        rows=[
            [name, *(str(found.get(key, "")) for key in ("name", "from", "licence", "citation", "use"))]
            for name, found in public_sources(data).items()
        ],
        note="Texts are not in this repository. With thanks to the people who made and shared them.",
    )
