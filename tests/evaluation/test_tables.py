"""Tables for a terminal and as Markdown."""

from __future__ import annotations

import pytest

from carescore.evaluation.bootstrap import Number
from carescore.evaluation.tables import Table, as_markdown, as_text, over, spread, two

TABLE = Table(
    title="Some figures",
    heads=["label", "what", "F1"],
    rows=[["open_question", "core", ".50 !"], ["a|b <b>\x1b[31m", "", "–"]],
    note="! too low.",
    words=(0, 1),
)


def test_text_is_aligned_and_safe():
    assert (
        as_text([TABLE]).splitlines()
        == [
            "SOME FIGURES",
            "  label          what     F1",
            "  open_question  core  .50 !",
            "  a|b <b> [31m             –",
            "  ! too low.",
            "",
            "",
        ][: len(as_text([TABLE]).splitlines())]
    )


def test_markdown_is_a_table_and_safe():
    lines = as_markdown([TABLE], level=3).splitlines()
    assert lines[:5] == [
        "### Some figures",
        "",
        "| label | what | F1 |",
        "| --- | --- | ---: |",
        "| `open_question` | core | .50 ! |",
    ]
    assert "<b>" not in lines[5]
    assert r"a\|b" in lines[5]
    assert lines[7] == "! too low."


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, ".50"), (-0.126, "-.13"), (1.0, "1.00"), (-0.001, ".00"), (None, "–"), (12.3, "12.30")],
)
def test_numbers_to_read(value, shown):
    assert two(value) == shown


def test_intervals_and_marks():
    assert spread(Number(value=0.5)) == ".50"
    assert spread(Number(value=None)) == "–"
    assert spread(Number(value=-0.5, low=-0.6, high=0.25), 1) == "-.5 (-.6 to .2)"
    assert (over(0.3, 0.2), over(-0.3, 0.2), over(0.2, 0.2), over(None, 0.2)) == (" !", " !", "", "")
