"""Degraded copies: what a recogniser leaves out, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.training.degrade import _FILLERS, degraded

TEXT = "Oh, I'm SORRY to hear that! When did it start? It\u2019s £5.00."


@pytest.mark.parametrize(
    ("copy", "expected"),
    [("clean", TEXT), ("flat", "oh i'm sorry to hear that when did it start it\u2019s 5 00")],
)
def test_copies_without_chance(copy, expected):
    assert degraded(TEXT, copy, random.Random(1)) == expected


@given(st.text(max_size=80), st.integers(0, 99))
def test_noise_drops_words_and_adds_fillers_but_makes_up_nothing(text, seed):
    flat = degraded(text, "flat", random.Random(seed)).split()
    noisy = degraded(text, "noisy", random.Random(seed))
    assert noisy == degraded(text, "noisy", random.Random(seed))
    fillers = {word for filler in _FILLERS for word in filler.split()}
    assert set(noisy.split()) <= {*flat, *fillers}


def test_noise_is_about_a_tenth():
    words = [f"w{n}" for n in range(5000)]
    noisy = degraded(" ".join(words), "noisy", random.Random(1)).split()
    known = set(words)
    kept = [word for word in noisy if word in known]
    assert kept == sorted(kept, key=lambda word: int(word[1:]))
    assert 0.08 < 1 - len(kept) / 5000 < 0.12
    assert 0.04 < (len(noisy) - len(kept)) / 5000 < 0.09
