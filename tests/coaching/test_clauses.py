"""Turning a customer's clause round."""

from __future__ import annotations

import pytest

from carescore.coaching.clauses import LONGEST_READ, clauses, names_in, plain, turned


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i was in all day", ["i was in all day"]),
        ("i was in, i lost a day's pay and nobody came", ["i was in", "i lost a day's pay", "nobody came"]),
        ("no access i was in i lost a day's pay", ["no access", "i was in", "i lost a day's pay"]),
        ("um i've like rung twice you know", ["i've rung twice"]),
        ("there's no hot water", ["there's no hot water"]),
        ("", []),
        ("... !!", []),
    ],
)  # fmt: skip
def test_clauses(text: str, found: list[str]) -> None:
    assert [" ".join(words) for words in clauses(text)] == found


@pytest.mark.parametrize(
    ("said", "said_back"),
    [
        ("i was in all day", "you were in all day"),
        ("we weren't told", "you weren't told"),
        ("i've not slept since monday", "you've not slept since Monday"),
        ("my kids sleep in there", "your kids sleep in there"),
        ("it was my mum", "it was your mum"),
        ("they charged me and us", "they charged you and you"),
        ("i've i've rung them", "you've rung them"),
        ("me uniforms are ruined", "your uniforms are ruined"),
        ("she told me twice", "she told you twice"),
        ("i cant walk", "you can't walk"),
        ("i waited 40 mins", "you waited 40 minutes"),
    ],
)
def test_turned(said: str, said_back: str) -> None:
    assert turned(said.split()) == said_back


def test_names_keep_their_capitals() -> None:
    assert names_in("Hello. I rang Ostwald and the FAQs say NO, Ben") == {
        "ostwald": "Ostwald",
        "faqs": "FAQs",
        "ben": "Ben",
    }


def test_only_the_start_of_a_long_turn_is_read() -> None:
    assert len(plain("word " * 10_000)) <= LONGEST_READ
