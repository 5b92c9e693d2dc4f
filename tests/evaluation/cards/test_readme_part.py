"""Benchmarks in a README."""

from __future__ import annotations

import pytest

from carescore.errors import UsageError
from carescore.evaluation.benchmarks.saved import SavedFigures
from carescore.evaluation.benchmarks.table import Figure, standing_table
from carescore.evaluation.bootstrap import Number
from carescore.evaluation.cards.readme_part import BEGINS, ENDS, given_text, with_benchmarks


def politeness(low, high):
    return Figure("politeness", Number(value=0.5), Number(value=(low + high) / 2, low=low, high=high))


FIGURES = SavedFigures(model="m", figures=(politeness(0.80, 0.84),))


def test_the_table_is_written_between_the_marks_and_again():
    page = f"# Title\n{BEGINS}stale\n{ENDS}after\n"
    written = with_benchmarks(page, FIGURES)
    assert written.startswith(f"# Title\n{BEGINS}### Where it stands\n")
    assert written.endswith(f"\n{ENDS}after\n")
    assert "stale" not in written
    assert (
        "| Stanford politeness, Wikipedia | .820 as features | ahead (.790) | behind (.849) | – |" in written
    )
    assert with_benchmarks(written, FIGURES) == written


def test_a_page_without_marks_stays_and_half_a_mark_is_told():
    assert with_benchmarks("# Title\n", FIGURES) == "# Title\n"
    with pytest.raises(UsageError, match="only one of the two marks"):
        with_benchmarks(f"# Title\n{ENDS}", FIGURES)
    with pytest.raises(UsageError, match="only one of the two marks"):
        with_benchmarks(f"{ENDS}# Title\n{BEGINS}", FIGURES)


@pytest.mark.parametrize(
    ("low", "high", "published", "floor"),
    [(0.80, 0.84, "ahead", "behind"), (0.78, 0.90, "level", "level"), (0.5, 0.6, "behind", "behind")],
)
def test_ahead_level_or_behind_by_the_interval(low, high, published, floor):
    row = standing_table([politeness(low, high)]).rows[0]
    assert [cell.split()[0] for cell in row[2:]] == [published, floor, "–"]


def test_tasks_with_nothing_to_compare_are_left_out():
    assert standing_table([Figure("casino_small_talk", Number(value=0.5), None)]).rows == []


def test_a_page_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        given_text(tmp_path / "README.md")
