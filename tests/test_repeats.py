"""Repeats: a pasted phrase is found, short everyday words are not."""

from __future__ import annotations

import pytest

from carescore.repeats import repeated_turns

PHRASE = "I understand how hard this must be."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        ([("agent", PHRASE)], []),
        ([("agent", PHRASE), ("agent", PHRASE)], [1]),
        ([("agent", PHRASE), ("customer", "no"), ("agent", PHRASE), ("agent", PHRASE)], [2, 3]),
        # the customer may say anything twice, and says nothing for the agent
        ([("customer", PHRASE), ("customer", PHRASE)], []),
        ([("customer", PHRASE), ("agent", PHRASE)], []),
        # case, spacing and full stops make no new phrase
        ([("agent", PHRASE), ("agent", "  i UNDERSTAND how hard\tthis must be!! ")], [1]),
        # a short sentence may be said again, alone or beside a repeat
        ([("agent", "Okay. Thank you."), ("agent", "Okay. Thank you.")], []),
        ([("agent", PHRASE), ("agent", f"Okay. {PHRASE}")], [1]),
        # something new in it makes the turn a new one
        ([("agent", PHRASE), ("agent", f"{PHRASE} I will ring the shop.")], []),
        ([("agent", PHRASE), ("agent", "I understand how hard that must be.")], []),
        # sentences of several turns pasted together are repeats too
        (
            [
                ("agent", PHRASE),
                ("agent", "Let me ring the shop."),
                ("agent", f"Let me ring the shop. {PHRASE}"),
            ],
            [2],
        ),
        # a sentence twice in one turn is said for the first time there
        ([("agent", f"{PHRASE} {PHRASE}")], []),
        ([("agent", ""), ("agent", ""), ("agent", " ...\n")], []),
    ],
)
def test_repeated_turns(lines, expected):
    found = repeated_turns([text for _, text in lines], [side for side, _ in lines])
    assert found.nonzero()[0].tolist() == expected
    assert len(found) == len(lines)


def test_every_turn_needs_a_side():
    with pytest.raises(ValueError, match="zip"):
        repeated_turns(["a", "b"], ["agent"])
