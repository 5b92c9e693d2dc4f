"""An evaluation as tables to read, the same for a terminal, a Markdown file and the cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.evaluation.labels import CORE, FEWEST_POSITIVES
from carescore.evaluation.ratings import COVERED
from carescore.evaluation.report import Evaluation
from carescore.evaluation.stress_sections import gain_table, group_table, loss_table, swap_table
from carescore.evaluation.tables import MARK, Table, over, percent, spread, two
from carescore.raters.pairs import (
    LARGEST_DIFFERENCE,
    LEAST_ADJACENT,
    LEAST_CORRELATION,
    LEAST_EXACT,
    LEAST_WEIGHTED_KAPPA,
)

LARGEST_ERROR: Final = 0.05  # expected calibration error of a core label
LARGEST_LENGTH: Final = 0.2  # correlation of length with overall


def sections(found: Evaluation) -> Iterator[Table]:
    """Every table, the most important first."""
    yield data_table(found)
    yield label_table(found)
    yield criterion_table(found)
    yield calibration_table(found)
    yield reliability_table(found)
    yield loss_table(found)
    yield swap_table(found)
    yield gain_table(found)
    if found.groups:
        yield group_table(found)


def summary(found: Evaluation) -> str:
    """The main figures in sentences."""
    kappas = [row.weighted_kappa.value for row in found.criteria if row.weighted_kappa.value is not None]
    overall = next((row for row in found.criteria if row.criterion == "overall"), None)
    parts = [
        f"{found.calls:,} calls with {found.turns:,} turns; {_honesty(found)}. Model {found.model}, "
        f"scorecard {found.scorecard}. 95% intervals from resampled calls (seed {found.seed}).",
        f"Labels: mean F1 {spread(found.macro.f1)}, mean average precision "
        f"{spread(found.macro.average_precision)} over {found.macro.labels} labels with {FEWEST_POSITIVES} "
        "turns or more.",
    ]
    if kappas and overall is not None:
        parts.append(
            f"Ratings: mean weighted kappa {two(sum(kappas) / len(kappas))} of {len(kappas)} criteria, "
            f"overall {spread(overall.weighted_kappa)}."
        )
    if found.worst is not None and found.worst.precision_at_half is not None:
        parts.append(
            f"The {found.worst.worst} worst of {found.worst.calls} calls: precision "
            f"{percent(found.worst.precision_at_half)} where half of them are found, "
            f"{percent(found.worst.precision_at_seven_tenths)} where seven tenths are."
        )
    if found.length is not None:
        mark = over(found.length.machine.value, LARGEST_LENGTH)
        parts.append(
            f"Length in words with overall: r = {spread(found.length.machine)}{mark}; with the readers' own "
            f"{two(found.length.readers.value)}."
        )
    if found.unscored:
        parts.append(f"{found.unscored} calls were not scored: too little to go by.")
    if found.missing:
        listed = ", ".join(f"{count} of {source}" for source, count in found.missing.items())
        parts.append(f"Labelled turns without their public text at hand were left out: {listed}.")
    return " ".join(parts)


def data_table(found: Evaluation) -> Table:
    """What was evaluated."""
    rows = [
        [source.source, f"{source.calls:,}", f"{source.turns:,}", _readers(source.readers)]
        for source in found.sources
    ]
    return Table(
        title="Calls",
        heads=["source", "calls", "turns", "readers"],
        rows=rows,
        note=summary(found),
        words=(0, 3),
    )


def label_table(found: Evaluation) -> Table:
    """Each label."""
    rows = [
        [
            row.label,
            "core" if row.label in CORE else "",
            f"{row.support:,}",
            f"{row.found:,}",
            spread(row.precision),
            spread(row.recall),
            spread(row.f1),
            spread(row.average_precision),
        ]
        for row in found.labels
    ]
    return Table(
        title="Labels",
        heads=["label", "", "readers", "found", "precision", "recall", "F1", "average precision"],
        rows=[
            *rows,
            [
                "mean over labels",
                "",
                "",
                "",
                "",
                "",
                spread(found.macro.f1),
                spread(found.macro.average_precision),
            ],
        ],
        words=(0, 1),
        note="Turns that show the label by the readers, and by the model. Core: what coaching rests on. "
        f"The mean is over {found.macro.labels} labels with {FEWEST_POSITIVES} turns or more.",
    )


def criterion_table(found: Evaluation) -> Table:
    """Each criterion."""
    names = {
        "weighted_kappa": 0,
        "correlation": 1,
        "mean_difference": 2,
        "exact": 3,
        "adjacent": 4,
        "covered": 6,
    }
    rows = []
    for row in found.criteria:
        cells = [
            spread(row.weighted_kappa),
            spread(row.correlation),
            spread(row.mean_difference),
            percent(row.exact.value),
            percent(row.adjacent.value),
            percent(row.applies.value),
            percent(row.covered.value),
        ]
        for flag in row.flags:
            cells[names[flag]] += MARK
        rows.append([row.criterion, str(row.calls), *cells, two(row.width)])
    return Table(
        title="Ratings of calls",
        heads=[
            "criterion",
            "calls",
            "weighted kappa",
            "correlation",
            "mean difference",
            "exact",
            "within 1",
            "applies",
            "in interval",
            "width",
        ],
        rows=rows,
        note="Machine with reader, over calls that both rated. ! beyond the limits of RSMTool's reports "
        f"(weighted kappa {LEAST_WEIGHTED_KAPPA:.2f}, correlation {LEAST_CORRELATION:.2f}, mean difference "
        f"±{LARGEST_DIFFERENCE:.2f} in the reader's standard deviations, exact {LEAST_EXACT:.0%}, within 1 "
        f"{LEAST_ADJACENT:.0%}), or a 90% interval that holds the reader's rating in fewer than "
        f"{COVERED[0]:.0%} or more than {COVERED[1]:.0%} of calls; width is its mean width in rating points. "
        "Applies: agreement on whether there is anything to rate.",
    )


def calibration_table(found: Evaluation) -> Table:
    """Each label's calibration."""
    rows = [
        [
            row.label,
            "core" if row.label in CORE else "",
            f"{row.turns:,}",
            percent(row.mean, 1),
            percent(row.share, 1),
            two(row.error, 3) + (over(row.error, LARGEST_ERROR) if row.label in CORE else ""),
            two(row.worst),
        ]
        for row in found.calibration
    ]
    return Table(
        title="Calibration of labels",
        heads=["label", "", "turns", "mean probability", "share by readers", "expected error", "worst bin"],
        words=(0, 1),
        rows=rows,
        note="Expected calibration error over ten bins of equal width; ! a core label beyond "
        f"{LARGEST_ERROR:.2f}. Worst bin: the largest distance in a bin with 20 turns or more.",
    )


def reliability_table(found: Evaluation) -> Table:
    """All labels together, by bins of probability."""
    rows = [
        [f"{row.low:.1f} to {row.high:.1f}", f"{row.turns:,}", percent(row.mean, 1), percent(row.share, 1)]
        for row in found.reliability
    ]
    return Table(
        title="What became of probabilities",
        heads=["probability", "turns × labels", "mean probability", "share by readers"],
        rows=rows,
    )


def _honesty(found: Evaluation) -> str:
    if found.left_out:
        return "each judged by a model that was fitted without its source"
    if found.trained_on:
        return f"the model was trained on {found.trained_on:,} of them, so figures look better than they are"
    return "the model was trained on none of them"


def _readers(readers: dict[str, int]) -> str:
    if len(readers) == 1:
        return next(iter(readers))
    return ", ".join(f"{count} calls by {number}" for number, count in readers.items())
