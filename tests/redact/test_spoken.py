"""Single words and small groups of them as digits and letters, and which of them stay words."""

from __future__ import annotations

import pytest

from carescore.redact.pieces import split
from carescore.redact.spoken import element


@pytest.mark.parametrize(
    ("said", "chars", "last"),
    [
        ("seven", "7", 0),
        ("twelve", "12", 0),
        ("forty", "40", 0),
        ("forty two", "42", 1),
        ("forty-two", "42", 2),
        ("forty -two", "40", 0),  # a dash between two numbers, not within one
        ("forty oh", "40", 0),
        ("double seven", "77", 1),
        ("triple oh", "000", 1),
        ("treble nine", "999", 1),
        ("double o", "00", 1),
        ("double a", "AA", 1),
        ("double é", "ÉÉ", 1),
        ("double 4", "44", 1),
        ("four zeros", "0000", 1),
        ("two threes", "33", 1),
        ("nine sevens", "777777777", 1),
        ("one fours", "1", 0),  # nobody says so of one
        ("oh fives", "0", 0),
        ("4 fours", "4", 0),
        ("eight hundred", "800", 1),
        ("eleven hundred", "1100", 1),
        ("twenty two hundred", "2200", 2),
        ("four thousand", "4000", 1),
        ("four thousand and one", "4001", 3),
        ("two thousand one", "2001", 2),
        ("two thousand twelve", "2012", 2),
        ("two thousand oh one", "2000", 1),  # digits go on
        ("two thousand one two", "2000", 1),
        ("two thousand one hundred", "2000", 1),
        ("twelve thousand", "12", 0),
        ("k", "K", 0),
        ("k for kilo", "K", 2),
        ("k as in kilo", "K", 3),
        ("K for kilo", "K", 2),
        ("k for bravo", "K", 0),
        ("k as in bravo", "K", 0),
        ("k as a kilo", "K", 0),
    ],
)
def test_what_is_said(said, chars, last):
    found = element(split(said), 0)
    assert (found.first, found.last, found.chars, found.spoken) == (0, last, chars, chars != "4" or last > 0)


@pytest.mark.parametrize(("written", "chars"), [("M02", "M02"), ("m02", "M02"), ("4411", "4411"), ("K", "K")])
def test_what_is_written_is_not_spoken(written, chars):
    found = element(split(written), 0)
    assert (found.first, found.last, found.chars, found.spoken) == (0, 0, chars, False)


@pytest.mark.parametrize("said", ["double", "double hello", "hello", "2nd", "1080p", "5kg", ".", "[CARD_1]"])
def test_what_is_neither_digit_nor_letter(said):
    assert element(split(said), 0) is None


def test_it_is_read_from_where_it_stands():
    tokens = split("so double seven and k for kilo")
    assert element(tokens, 1)[:3] == (1, 2, "77")
    assert element(tokens, 4)[:3] == (4, 6, "K")
