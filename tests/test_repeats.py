"""Repeats: a pasted phrase is found, short everyday words are not."""

from __future__ import annotations

import pytest

from carescore.repeats import repeated_turns

PHRASE = "I understand how hard this must be."
ASKED = "And could you tell me your first name?"
NUMBER = "The number of your first request is A-3."


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
        # one word changed in a long statement makes no new phrase
        ([("agent", PHRASE), ("agent", "I understand how hard that must be.")], [1]),
        ([("agent", PHRASE), ("agent", "I completely understand how hard this must be.")], [1]),
        ([("agent", f"Well {PHRASE}"), ("agent", PHRASE)], [1]),
        ([("agent", PHRASE), ("agent", "I understand how hard this must be, sir.")], []),  # two words
        ([("agent", PHRASE), ("agent", "I see how tough this must be.")], []),
        ([("agent", PHRASE), ("agent", "Must I understand how hard this be.")], []),
        # but in a short one, in a question or in a number it says something else
        ([("agent", "I will ring the shop."), ("agent", "I will ring the bank.")], []),
        ([("agent", ASKED), ("agent", ASKED.replace("first", "last"))], []),
        ([("agent", ASKED), ("agent", ASKED)], [1]),
        ([("agent", NUMBER), ("agent", NUMBER.replace("3", "4"))], []),
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


@pytest.mark.parametrize("word", range(8))
@pytest.mark.parametrize("change", ["other", "more", "less"])
def test_any_one_word_may_be_the_changed_one(word, change):
    words = ["we", "will", "see", "to", "your", "claim", "today", "ourselves"]
    there = {"other": ["x"], "more": ["x", words[word]], "less": []}[change]
    changed = " ".join([*words[:word], *there, *words[word + 1 :]])
    assert repeated_turns([" ".join(words), changed], ["agent"] * 2).tolist() == [False, True]


def test_sentences_that_all_begin_alike_take_no_longer():
    """Each is compared with a few of those before it."""
    texts = [f"i will see to {number} of them and to all of the others" for number in range(5_000)]
    assert not repeated_turns(texts, ["agent"] * len(texts)).any()
