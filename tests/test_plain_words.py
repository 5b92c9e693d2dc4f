"""Words cut without spaCy are cut as spaCy cuts them."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from carescore.plain_words import tokens_of

TOKENIZER = spacy.blank("en").tokenizer
LETTERS = st.text("abdelmosxDEPOX", min_size=1, max_size=6)
DIGITS = st.text("0123456789", min_size=1, max_size=4)
MARKS = st.builds("{}{}".format, st.sampled_from(["", "'s"]), st.text(',?!:;."', max_size=4))
SHORT_FORMS = st.sampled_from(
    ["can", "dr", "mr", "am", "pm", "co", "won", "he", "it", "E", "km", "vs", "D", "xD"]
)


@pytest.mark.parametrize(
    ("piece", "tokens"),
    [
        ("Sorry,", ("Sorry", ",")),
        ("sorry", ("sorry",)),
        ("account:", ("account", ":")),
        ("2024.", ("2024", ".")),
        ("plumber's", ("plumber", "'s")),
        ('"Really?!"', ('"', "Really", "?", "!", '"')),
        ("mother-in-law", ("mother", "-", "in", "-", "law")),
        ("cannot", None),  # spaCy has rules for these
        ("he's", None),
        ("e.g.", None),
        ("E.", None),  # may be a name
        ("Dr.,", None),
        ("well...", None),
        ("7am", None),
        ("90's", None),
        ("-and", None),
        ("well--", None),
        ("co-op,", None),
        ("", None),
    ],
)
def test_what_is_cut_here_and_what_is_left_to_spacy(piece, tokens):
    assert tokens_of(piece, TOKENIZER.rules) == tokens


@given(st.tuples(st.sampled_from(["", '"']), LETTERS | SHORT_FORMS | DIGITS, MARKS).map("".join))
@example("D:")
@example("x.,")
@example('"dr.')
@example("8.")
def test_a_word_and_a_mark_are_cut_as_spacy_cuts_them(piece):
    assert tokens_of(piece, TOKENIZER.rules) in (None, spacys(piece))


@given(st.lists(LETTERS | SHORT_FORMS, min_size=2, max_size=4).map("-".join))
def test_joined_words_are_cut_as_spacy_cuts_them(piece):
    assert tokens_of(piece, TOKENIZER.rules) in (None, spacys(piece))


def spacys(piece: str) -> tuple[str, ...]:
    return tuple(token.text for token in TOKENIZER(piece))
