"""Putting a line into a turn."""

from __future__ import annotations

import pytest

from carescore.coaching import place
from tests.examples import call


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("What is the number?", "LINE. What is the number?"),
        ("Hello, Ada here. What is the number?", "Hello, Ada here. LINE. What is the number?"),
        ("Dear Ms Ito,\n\nPlease pay.", "Dear Ms Ito,\n\nLINE.\n\nPlease pay."),
        ("hello", "LINE. hello"),
        ("", "LINE."),
    ],
)
def test_before(text: str, result: str) -> None:
    assert place.before(text, "LINE.") == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("We cannot.", "We cannot. LINE."),
        ("no we cannot", "no we cannot LINE."),
        ("We cannot. No", "We cannot. No. LINE."),
        ("We cannot.\n\nKind regards,\nThe team", "We cannot. LINE. Kind regards,\nThe team"),
    ],
)
def test_after(text: str, result: str) -> None:
    assert place.after(text, "LINE.") == result


def test_instead() -> None:
    assert place.instead("One. Two. Three.", "LINE.", (5, 9)) == "One. LINE. Three."
    assert place.instead("One.", "", (0, 4)) == ""


def test_only_whole_sentences_are_cut_out() -> None:
    text = "Hi there. That is your fault. and so on"
    assert place.whole_sentences(text, ["Hi there.", "That is your fault.", "and so on"]) == [(10, 29)]


def test_with_turn_changes_one_turn() -> None:
    before = call("A: Hello", "C: Hi", "A: Yes")
    after = place.with_turn(before, 2, "No")
    assert [turn.text for turn in after.turns] == ["Hello", "Hi", "No"]
    assert [turn.text for turn in before.turns] == ["Hello", "Hi", "Yes"]
