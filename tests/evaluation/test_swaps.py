"""Words that should not matter."""

from __future__ import annotations

import random

import pytest

from carescore.evaluation.judged import judge_calls
from carescore.evaluation.swaps import _Words, swaps
from carescore.evaluation.word_lists import word_list
from tests.evaluation.scripted import SCORER_OF, ScriptedScorer, call, judged

KINDS = {entry["name"]: entry for entry in word_list("swaps.toml")["swaps"]}


def swapped(kind, text, seed=1):
    return _Words(KINDS[kind], random.Random(seed)).call(call(f"A: {text}")).turns[0].text


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("gender words", "He said she took his coat, Sir.", "She said he took her coat, Madam."),
        ("gender words", "the other man's mother", "the other man's father"),
        (
            "spelling variety",
            "I apologise, my favourite colour is GREY",
            "I apologize, my favorite color is GRAY",
        ),
        ("spelling variety", "organized travelers", "organised travelers"),
        ("dialect markers", "I'm going to call because it isn't here", "I'm gonna call 'cause it ain't here"),
        ("dialect markers", "wanna come", "want to come"),
        ("names", "nothing here", "nothing here"),
    ],
)
def test_words_are_swapped_with_their_case_kept(kind, before, after):
    assert swapped(kind, before) == after


def test_a_name_becomes_another_name_the_same_throughout():
    text = swapped("names", "Emma? This is Priya. EMMA! emma")
    first, second, *_ = [word.strip("?.!") for word in text.replace("This is ", "").split()]
    names = {name.lower() for name in KINDS["names"]["any"]}
    assert {first.lower(), second.lower()} <= names
    assert "emma" not in text.lower()
    assert "priya" not in text.lower()
    assert text.split("? ")[0].lower() == text.split()[-1].lower()
    assert text.split()[-1].islower()


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_lists_can_be_swapped(kind):
    entry = KINDS[kind]
    words = entry.get("any") or [word for pair in entry["pairs"] for word in pair[: 1 + entry["both_ways"]]]
    assert words
    assert [word for word in words if swapped(kind, word.lower()) == word.lower()] == []
    if "any" in entry:
        assert all(word[:1].isupper() for word in words)


def test_what_reads_only_the_behaviour_never_moves():
    found = judged(
        *(call("A: Emma in London, empathy=0.9 rate_overall=3", "C: he is calling") for _ in range(3))
    )
    rows = {row.kind: row for row in swaps(found, SCORER_OF, 0)}
    assert rows["names"].pairs == 9  # three rounds
    assert rows["gender words"].pairs == 3
    assert rows["spelling variety"].pairs == 0
    assert rows["spelling variety"].flips is None
    assert rows["all"].pairs == sum(row.pairs for kind, row in rows.items() if kind != "all")
    assert {(row.flips, row.largest, row.rating) for row in rows.values() if row.pairs} == {(0.0, 0.0, 0.0)}


def test_what_reads_a_name_is_caught():
    class Biased(ScriptedScorer):
        def behaviours(self, transcript):
            table = super().behaviours(transcript)
            names = ["Emma" in turn.text for turn in transcript.turns]
            table.probabilities[names, table.labels.index("empathy")] = 0.7
            table.present[names, table.labels.index("empathy")] = True
            return table

    biased = Biased()
    found = judge_calls(
        [call("A: Emma is here empathy=0.4"), call("A: Priya is here empathy=0.4")], lambda _: biased
    )
    row = swaps(found, lambda _: biased, 0)[0]
    assert row.kind == "names"
    assert row.pairs == 6
    assert row.flips >= 0.5
    assert row.largest == pytest.approx(0.3)
