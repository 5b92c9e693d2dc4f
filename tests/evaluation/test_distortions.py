"""Calls badly written down."""

from __future__ import annotations

import random

import numpy as np
import pytest

from carescore.evaluation.bootstrap import draws
from carescore.evaluation.distortions import CHANGES, distorted, losses
from carescore.evaluation.word_lists import word_list
from tests.evaluation.scripted import SCORER_OF, call, judged

WORDS = [f"word{n}" for n in range(2000)]
TEXT = " ".join(WORDS)


def changed(name, text=TEXT):
    return CHANGES[name](text, random.Random(5))


def test_a_tenth_of_words_is_dropped():
    kept = changed("10% of words dropped").split()
    assert len(kept) / len(WORDS) == pytest.approx(0.9, abs=0.02)
    assert [word for word in WORDS if word in set(kept)] == kept
    assert changed("10% of words dropped", "only") == "only"


def test_a_tenth_of_words_changes_places():
    swapped = changed("10% of words swapped").split()
    assert sorted(swapped) == sorted(WORDS)
    moved = sum(a != b for a, b in zip(WORDS, swapped, strict=True))
    assert moved / len(WORDS) == pytest.approx(0.19, abs=0.04)
    assert changed("10% of words swapped", "only") == "only"


def test_fillers_come_between_and_nothing_is_lost():
    said = changed("10% fillers")
    fillers = {word for filler in word_list("distortions.toml")["fillers"] for word in filler.split()}
    assert [word for word in said.split() if word not in fillers] == WORDS
    assert 2100 < len(said.split()) < 2400


def test_punctuation_and_case_go():
    assert changed("no punctuation or case", "I'm SORRY, truly!") == "i'm sorry truly"


def test_every_call_is_changed_the_same_way_every_time():
    calls = [call(f"A: {TEXT}", "C: yes"), call("A: hello there")]
    for change in CHANGES.values():
        one, other = distorted(calls, change, "seed"), distorted(calls, change, "seed")
        assert one == other
        assert [len(c.turns) for c in one] == [2, 1]
        assert [t.labels for c in one for t in c.turns] == [t.labels for c in calls for t in c.turns]


def test_what_is_lost_is_told_with_its_interval():
    calls = [call("A empathy: empathy=0.9", "C distress: distress=0.9") for _ in range(20)]
    found = judged(*calls)
    rows = {row.change: row for row in losses(found, SCORER_OF, draws(20, 0), 0)}
    # The scorer reads "empathy=0.9"; without punctuation nothing of it is left.
    flat = rows["no punctuation or case"]
    assert (flat.f1.value, flat.difference.value, flat.same) == (0.0, -1.0, 0.0)
    swapped = rows["10% of words swapped"]
    assert (swapped.f1.value, swapped.difference.value, swapped.same) == (1.0, 0.0, 1.0)
    assert np.isclose(swapped.difference.low, 0.0)
