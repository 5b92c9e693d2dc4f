"""The words that are evidence, marked inside a turn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.report.marked import Piece, evidence_by_turn, pieces
from carescore.results import Evidence
from tests.report.examples import result

TEXT = "Oh no. Three days! I see to it."


def quote(start: int, end: int, behaviour: str, text: str = TEXT) -> Evidence:
    return Evidence(turn=0, start=start, end=end, quote=text[start:end], behaviour=behaviour, probability=0.9)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], [(TEXT, ())]),
        ([quote(7, 18, "empathy")], [("Oh no. ", ()), ("Three days!", ("empathy",)), (" I see to it.", ())]),
        ([quote(0, len(TEXT), "empathy")], [(TEXT, ("empathy",))]),
        (
            [quote(7, 18, "empathy"), quote(7, 18, "apology")],
            [("Oh no. ", ()), ("Three days!", ("empathy", "apology")), (" I see to it.", ())],
        ),
        (
            [quote(0, 18, "empathy"), quote(7, len(TEXT), "ownership")],
            [
                ("Oh no. ", ("empathy",)),
                ("Three days!", ("empathy", "ownership")),
                (" I see to it.", ("ownership",)),
            ],
        ),
        (
            [quote(0, 6, "empathy"), quote(6, 18, "empathy")],
            [("Oh no. Three days!", ("empathy",)), (" I see to it.", ())],
        ),
    ],
)
def test_words_are_marked_where_they_stand(evidence, expected):
    assert [(piece.text, piece.behaviours) for piece in pieces(TEXT, evidence)] == expected


@pytest.mark.parametrize(
    "wrong",
    [
        Evidence(turn=0, start=0, end=5, quote="Hello", behaviour="empathy", probability=0.9),
        Evidence(turn=0, start=900, end=905, quote="Oh no", behaviour="empathy", probability=0.9),
        Evidence(turn=0, start=4, end=4, quote="", behaviour="empathy", probability=0.9),
    ],
)
def test_a_quote_that_is_not_there_marks_nothing(wrong):
    assert pieces(TEXT, [wrong]) == (Piece(TEXT, ()),)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_the_pieces_are_the_text(text, spans):
    evidence = [quote(start, end, f"b{n}", text) for n, (start, end) in enumerate(spans)]
    assert "".join(piece.text for piece in pieces(text, evidence)) == text


@pytest.mark.parametrize(
    ("behaviours", "kind"),
    [
        (("distress",), "customer"),
        (("empathy",), "agent"),
        (("empathy", "dismissive"), "unkind"),
        (("own",), "agent"),
    ],
)
def test_marks_are_of_three_kinds(behaviours, kind):
    assert Piece("x", behaviours).kind == kind


@pytest.mark.parametrize(
    ("behaviour", "probability", "marked", "doubtful"),
    [
        ("empathy", 0.9, True, False),
        ("empathy", 0.4, True, True),
        ("distress", 0.4, True, True),
        ("dismissive", 0.5, True, False),
        ("dismissive", 0.49, False, False),
        ("deflection", 0.4, False, False),
    ],
)
def test_doubt_is_told_and_nobody_is_accused_on_less_than_even_odds(behaviour, probability, marked, doubtful):
    evidence = replace(quote(7, 18, behaviour), probability=probability)
    found = [piece for piece in pieces(TEXT, [evidence]) if piece.behaviours]
    assert bool(found) == marked
    assert [piece.doubtful for piece in found] == ([(behaviour,)] if doubtful else [()] * len(found))


def test_what_several_criteria_quote_is_there_once():
    full = next(iter(result().criteria.values()))
    twice = result(criteria=(full, full))
    found = evidence_by_turn(twice)
    assert {turn: len(quotes) for turn, quotes in found.items()} == {0: 1, 1: 1, 2: 1}
