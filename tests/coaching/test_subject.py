"""What a call is about, in the customer's word."""

from __future__ import annotations

import pytest

from carescore.coaching.subject import subject
from carescore.coaching.words import bundled_words

VOCABULARY = bundled_words().vocabulary


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        (["C: Hello, my boiler has gone off again"], "your boiler"),
        (["C: I've had a letter about a fine"], "the letter"),
        (["C: how much to clear my car loan today"], "your car loan"),
        (["C: me printer won't do a thing at all"], "your printer"),
        (["C: laptop arrived today, won't turn on at all"], "the laptop"),
        (["C: I'd like to know where I stand"], None),
        (["C: my pass phrase is peach and I am cross"], None),
        (["C: it says to fill in the due diligence form again"], "the form"),
        (["C: I have the power of attorney for my father"], None),
        (["C: I want to complain", "C: you have my parcel", "A: The parcel?", "C: parcel"], "your parcel"),
        (["C: hello there, me again today", "A: hi", "C: i fell over the chair"], None),
    ],
)  # fmt: skip
def test_subject(turns: list[str], found: str | None) -> None:
    pairs = [("customer" if line[0] == "C" else "agent", line[3:]) for line in turns]
    assert subject(pairs, len(pairs) - 1, VOCABULARY) == found


def test_only_what_was_said_before_the_opening_counts() -> None:
    pairs = [
        ("customer", "hello, I have a question for you"),
        ("agent", "Yes?"),
        ("customer", "my boiler is off"),
    ]
    assert subject(pairs, 0, VOCABULARY) is None
    assert subject(pairs, 2, VOCABULARY) == "your boiler"
