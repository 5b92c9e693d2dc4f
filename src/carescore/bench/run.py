"""All figures of the bench, one part after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from carescore.bench.figures import Figure
from carescore.bench.growth import growth_figures
from carescore.bench.others import Given, compared
from carescore.bench.processes import fresh_figures, two_processes
from carescore.bench.scoring import from_file_to_file, scoring_figures
from carescore.bench.sizing import sentence, sizing_figures
from carescore.scorer import Scorer
from carescore.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bench: its title, its figures, and a note."""

    title: str
    figures: tuple[Figure, ...]
    note: str = ""


def bench(
    scorer: Scorer,
    calls: Sequence[Transcript],
    *,
    given: Given,
    soak: int,
    told: Callable[[str], None] = lambda sentence: None,
) -> list[Part]:
    """Every part; `told` hears what is measured next, for it takes minutes."""
    told("scoring beside bare tokenization")
    scoring = scoring_figures(scorer, calls)
    told("new processes and memory")
    fresh = fresh_figures(soak)
    told("two processes")
    two = two_processes(scorer, calls)
    told("growth with the input")
    growth = growth_figures(scorer, calls)
    told("what people use instead")
    others = compared(scorer, calls, given)
    seconds = from_file_to_file(scorer, calls)
    return [
        Part("Scoring", tuple(scoring)),
        Part("Processes", (*fresh, *two)),
        Part("Twice as much", tuple(growth)),
        Part("What people use instead takes so many times as long", tuple(others)),
        Part("Sizing", tuple(sizing_figures(seconds)), sentence(seconds)),
    ]
