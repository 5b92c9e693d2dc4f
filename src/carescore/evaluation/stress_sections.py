"""The tables of what a model should not react to: bad writing, other names, stock phrases, kinds of calls."""

from __future__ import annotations

from carescore.codebook import CRITERIA
from carescore.evaluation.distortions import LARGEST_LOSS
from carescore.evaluation.groups import LARGEST_GAP
from carescore.evaluation.report import Evaluation
from carescore.evaluation.stuffing import LARGEST_GAIN
from carescore.evaluation.swaps import LARGEST_CHANGE
from carescore.evaluation.tables import MARK, Table, over, percent, spread, two


def loss_table(found: Evaluation) -> Table:
    """The cost of bad writing."""
    rows = [
        [
            row.change,
            spread(row.f1),
            spread(row.difference, 3) + _under(row.difference.value),
            percent(row.same),
        ]
        for row in found.losses
    ]
    return Table(
        title="Badly written down",
        heads=["change", "mean F1", "difference", "labels kept"],
        rows=rows,
        note=f"! a loss of more than {LARGEST_LOSS:.2f}. Labels kept: of those found in either, in both.",
    )


def swap_table(found: Evaluation) -> Table:
    """What should change nothing."""
    rows = [
        [
            row.kind,
            f"{row.pairs:,}",
            percent(row.flips, 2) + (MARK if row.flips else ""),
            two(row.largest, 3) + over(row.largest, LARGEST_CHANGE),
            two(row.usual, 3),
            two(row.mean, 4),
            two(row.rating),
        ]
        for row in found.swaps
    ]
    return Table(
        title="Words that should not matter",
        heads=["swapped", "pairs", "a label flips", "largest Δp", "95% under", "mean Δp", "largest Δ rating"],
        rows=rows,
        note="Pairs of a turn as it was and with its words of one kind swapped. ! any flip, or a probability "
        f"that moves by more than {LARGEST_CHANGE:.2f}.",
    )


def gain_table(found: Evaluation) -> Table:
    """What tricks gain."""
    known = {(row.trick, row.criterion): row for row in found.gains}
    names = [name for name in CRITERIA if any(row.criterion == name for row in found.gains)]
    rows = []
    for trick in dict.fromkeys(row.trick for row in found.gains):
        cells = []
        for name in names:
            row = known.get((trick, name))
            value = None if row is None else row.mean.value
            mark = MARK if value is not None and value > LARGEST_GAIN else ""
            cells.append(two(value) + mark)
        rows.append([trick, *cells])
    return Table(
        title="Stock phrases: rating points gained",
        heads=["trick", *names],
        rows=rows,
        note=f"Mean gain over calls rated before and after; ! more than {LARGEST_GAIN:.1f} points.",
    )


def group_table(found: Evaluation) -> Table:
    """Kinds of calls."""
    rows = [
        [
            f"{row.kind}: {row.group}",
            f"{row.calls:,}",
            spread(row.f1),
            spread(row.weighted_kappa),
            spread(row.standardised_difference) + ((MARK if row.sure else " ?") if row.flagged else ""),
        ]
        for row in found.groups
    ]
    return Table(
        title="Kinds of calls",
        heads=["group", "calls", "F1, all labels", "weighted kappa, overall", "standardised difference"],
        rows=rows,
        note="Standardised difference: how far the machine's mean of overall lies from the readers', each in "
        f"standard deviations of all calls (RSMTool's DSM). ! surely beyond ±{LARGEST_GAP:.2f}, ? beyond it, "
        "perhaps by chance.",
    )


def _under(value: float | None) -> str:
    return MARK if value is not None and value < -LARGEST_LOSS else ""
