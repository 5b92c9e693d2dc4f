"""Evidence: the sentence of a turn that speaks for a behaviour, word for word."""

from __future__ import annotations

import pytest

from carescore.evidence import quotes
from carescore.results import Evidence
from carescore.transcript import Turn
from tests.examples import shared_tokenizer


def turn(text: str, index: int = 3, start: float | None = 7.5) -> Turn:
    return Turn(index=index, speaker="Ana", role="agent", text=text, start=start)


@pytest.mark.parametrize(
    ("text", "behaviour", "quote"),
    [
        ("How exhausting.", "empathy", "How exhausting."),
        ("How exhausting. I am sorry.", "empathy", "How exhausting."),
        ("How exhausting. I am sorry.", "apology", "I am sorry."),
        (
            "  Good morning!\n  I am sorry. You will see it on monday.",
            "timeframe",
            "You will see it on monday.",
        ),
        # the surest sentence, not the first
        ("I am sorry so see to it and the call now. Sorry!", "apology", "Sorry!"),
        # where no sentence speaks for it more than another, the first
        ("Yes. Yes. Yes.", "apology", "Yes."),
        ("no full stop", "apology", "no full stop"),
        (" spaced ", "apology", "spaced"),
        ("", "apology", ""),
        (" \n", "apology", ""),
    ],
)
def test_the_sentence_that_is_quoted(text, behaviour, quote, tiny_scorer):
    (found,) = quotes([(turn(text), behaviour, 0.75)], tiny_scorer.bundle.behaviours, shared_tokenizer())
    start = text.index(quote.strip()) if quote else 0
    assert found == Evidence(
        turn=3,
        start=start,
        end=start + len(quote),
        quote=quote,
        behaviour=behaviour,
        probability=0.75,
        time=7.5,
    )


def test_many_are_found_at_once_in_their_order(tiny_scorer):
    one, two = turn("I am sorry. How exhausting.", 0, None), turn("Why? Why monday?", 1)
    wanted = [
        (two, "timeframe", 0.6),
        (one, "empathy", 0.7),
        (one, "apology", 0.8),
        (two, "open_question", 0.9),
    ]
    found = quotes(wanted, tiny_scorer.bundle.behaviours, shared_tokenizer())
    assert [(quote.turn, quote.quote, quote.probability, quote.time) for quote in found] == [
        (1, "Why monday?", 0.6, 7.5),
        (0, "How exhausting.", 0.7, None),
        (0, "I am sorry.", 0.8, None),
        (1, "Why?", 0.9, 7.5),
    ]


def test_nothing_is_wanted(tiny_scorer):
    assert quotes([], tiny_scorer.bundle.behaviours, shared_tokenizer()) == []
