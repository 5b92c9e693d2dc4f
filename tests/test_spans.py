"""Spans: sentences by offsets, cut where people's talk has no full stops."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.spans import sentences

RUNNING = (
    "i rang the shop on monday in the morning",
    "and nobody came out to see me at all",
    "so i rang again and then you hung up on me",
    "um which is why i write to you now",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t", []),
        ("Oh no. I will check", ["Oh no.", "I will check"]),
        ("  Why?!  Because. ", ["Why?!", "Because."]),
        ("It costs 3.50 at shop.example today", ["It costs 3.50 at shop.example today"]),
        ('He said "No." and left', ['He said "No."', "and left"]),
        ("(Really?) [Yes.] ok", ["(Really?)", "[Yes.]", "ok"]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("Wait... what", ["Wait...", "what"]),
    ],
)
def test_finds_sentences(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_cuts_running_talk_at_its_joints_but_not_into_crumbs():
    text = " ".join(RUNNING)
    assert tuple(text[start:end] for start, end in sentences(text)) == RUNNING


def test_leaves_a_sentence_of_thirty_words_whole():
    text = " ".join(["and"] * 30)
    assert sentences(text) == [(0, len(text))]


def test_cuts_talk_without_joints_at_thirty_words():
    text = " ".join(f"w{n}" for n in range(70))
    assert [text[start:end].count(" ") + 1 for start, end in sentences(text)] == [30, 30, 10]


@given(st.text(alphabet="ab .!?\n\"')]\t\u00a0", max_size=60))
def test_spans_are_in_order_trimmed_and_leave_no_word_out(text):
    spans = sentences(text)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("run", ["." * 300_000, "?!" * 100_000 + ")" * 100_000, ".)" * 100_000])
def test_bug_long_runs_of_marks_took_quadratic_time(run):
    assert sentences(run) == [(0, len(run))]
