"""Pieces: cut at white space as Python cuts, however many texts there are, each with a key of its own."""

from __future__ import annotations

import random
import string
import subprocess
import sys
from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from carescore import pieces
from carescore.pieces import LONGEST_PIECE, Cut, cut, pieces_of

SPACES = "".join(chr(code) for code in range(0x10000) if chr(code).isspace())
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet=st.sampled_from(f"ab{SPACES}\u2019\x00\u3001")),
        st.text(max_size=20),
        st.integers(60, 200).map("x".__mul__),
    ),
    max_size=6,
)


def cut_pieces(found: Cut) -> list[list[str]]:
    bounds = found.offsets.tolist()
    return [[found[n] for n in range(start, end)] for start, end in pairwise(bounds)]


@given(TEXTS)
@example(["", " ", "\n", "a"])
@example([])
def test_all_at_once_as_one_by_one(texts):
    assert cut_pieces(cut(texts)) == [pieces_of(text) for text in texts]


@given(TEXTS)
def test_pieces_are_the_runs_without_white_space(texts):
    for text in texts:
        runs = text.replace("\u2019", "'").split()
        assert "".join(pieces_of(text)) == "".join(runs)
        assert all(len(piece) <= LONGEST_PIECE for piece in pieces_of(text))
        if all(len(run) <= LONGEST_PIECE for run in runs):
            assert pieces_of(text) == runs


def test_keys_tell_pieces_apart_wherever_they_stand():
    chance = random.Random(4)
    alphabet = string.ascii_letters + string.digits + "'.,?!éß語😀\x00"
    words = [
        "a",
        "a\x00",
        "\x00a",
        "aa",
        "ab",
        "ba",
        *("".join(chance.choices(alphabet, k=n % 64 + 1)) for n in range(20_000)),
    ]
    distinct = list(dict.fromkeys(words))
    found = cut([" ".join(distinct), " ".join(reversed(distinct))])
    first, second = np.split(found.keys, 2)
    assert first.tolist() == second[::-1].tolist()
    assert len(set(first.tolist())) == len(distinct)


def test_keys_of_strings_that_defeat_plain_polynomials_differ():
    one, other = "a", "b"
    while len(one) < LONGEST_PIECE:
        one, other = one + other, other + one  # Thue and Morse's, which agree modulo high powers of two
    assert len(set(cut([one, other]).keys.tolist())) == 2


def test_more_letters_than_usual_have_the_same_keys(monkeypatch):
    text = "some words to be read"
    long = cut([text, "x " * 300_000])
    assert long.keys[:5].tolist() == cut([text]).keys.tolist()
    monkeypatch.setattr(pieces, "_USUAL", 1)
    assert cut([text]).keys.tolist() == long.keys[:5].tolist()


def test_keys_are_drawn_anew_in_each_process():
    program = "from carescore.pieces import cut; print(cut(['word']).keys[0])"
    keys = {subprocess.run([sys.executable, "-c", program], capture_output=True).stdout for _ in range(2)}
    assert len(keys) == 2
