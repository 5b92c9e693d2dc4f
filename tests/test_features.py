"""Features: a turn's words, pairs, what was heard before it, and where it stands, whatever the batch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.features import (
    BITS,
    BUCKETS,
    Features,
    context_of_calls,
    context_of_nothing,
    context_of_single_turns,
    extract,
    word_buckets,
)
from tests.examples import SIDES, shared_tokenizer

Line = tuple[str, str]


def features_of(*calls: Sequence[Line]) -> list[set[int]]:
    """The buckets of every turn of calls given as (side, text)."""
    sides = [[SIDES[side] for side, _ in lines] for lines in calls]
    found = extract(
        shared_tokenizer().ids([text for lines in calls for _, text in lines]), context_of_calls(sides)
    )
    return rows_of(found)


def rows_of(found: Features) -> list[set[int]]:
    bounds = found.offsets.tolist()
    return [set(found.buckets[start:end].tolist()) for start, end in pairwise(bounds)]


def said_in(found: Features) -> list[list[int]]:
    """The ids of each row's own words."""
    bounds = found.word_offsets.tolist()
    return [found.words[start:end].tolist() for start, end in pairwise(bounds)]


def words(text: str) -> set[int]:
    return set(word_buckets(shared_tokenizer().ids([text]).ids).tolist())


def single(text: str, before: str = "") -> set[int]:
    context = context_of_single_turns(1, [bool(before)])
    return rows_of(extract(shared_tokenizer().ids([text, before]), context))[0]


@pytest.mark.parametrize(
    ("sides", "before", "nth", "left", "place"),
    [
        ("", [], [], [], []),
        ("A", [-1], [0], [0], [0.0]),
        ("AC", [-1, 0], [0, 0], [1, 0], [0.0, 1.0]),
        ("CAA", [-1, 0, 0], [0, 0, 1], [2, 1, 0], [0.0, 0.5, 1.0]),
        ("ACAC?", [-1, 0, 1, 2, 3], [0, 0, 1, 1, 0], [4, 3, 2, 1, 0], [0.0, 0.25, 0.5, 0.75, 1.0]),
        ("CSA", [-1, 0, 0], [0, 0, 0], [2, 1, 0], [0.0, 0.5, 1.0]),
        ("SA", [-1, -1], [0, 0], [1, 0], [0.0, 1.0]),
        ("CBA", [-1, 0, 1], [0, 0, 0], [2, 1, 0], [0.0, 0.5, 1.0]),
    ],
)
def test_context_of_a_call(sides, before, nth, left, place):
    context = context_of_calls([[SIDES[side] for side in sides]])
    assert context.words.tolist() == list(range(len(sides)))
    assert context.before.tolist() == before
    assert context.nth.tolist() == nth
    assert context.left.tolist() == left
    assert context.place.tolist() == place
    assert len(context) == len(sides)


def test_no_context_crosses_from_call_to_call():
    context = context_of_calls([["customer", "agent"], ["agent", "customer"]], first_text=10)
    assert context.words.tolist() == [10, 11, 12, 13]
    assert context.before.tolist() == [-1, 10, -1, 12]


def plain_context(calls: Sequence[Sequence[str]]) -> list[tuple[int, int, int, float]]:
    """What is before each turn, which of its side's it is, how many follow and where it stands: in a loop."""
    found: list[tuple[int, int, int, float]] = []
    for sides in calls:
        first, last = len(found), len(sides) - 1
        latest: dict[str, int] = {}
        for index, side in enumerate(sides):
            before = max((at for other, at in latest.items() if other != side), default=-1)
            place = index / last if last else 0.0
            found.append((before, sides[:index].count(side), last - index, place))
            if side != "system":
                latest[side] = first + index
    return found


@given(
    st.lists(st.lists(st.sampled_from(["agent", "customer", "system", "bot", "x"]), max_size=9), max_size=4)
)
def test_context_is_what_a_plain_loop_finds(calls):
    context = context_of_calls(calls)
    columns = (context.before, context.nth, context.left, context.place)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == plain_context(calls)


def test_a_text_by_itself_is_a_turn_without_a_call():
    tokens = shared_tokenizer().ids(["Oh no", "", "Why?"])
    found = rows_of(extract(tokens, context_of_nothing(3)))
    assert found == [single("Oh no"), single(""), single("Why?")]


def test_context_of_single_turns():
    context = context_of_single_turns(2, [True, False])
    assert context.words.tolist() == [0, 2]
    assert context.before.tolist() == [1, -1]
    assert set(context.nth) == set(context.left) == set(context.place) == {-1}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("yes yes yes yes", "yes yes yes yes yes"),
        ("Yes OKAY", "yes okay"),
        ("it\u2019s fine", "it's fine"),
        ("one   two", "one two"),
    ],
)
def test_texts_that_are_one(text, same):
    assert single(text) == single(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [("yes", "no"), ("you call me", "me call you"), ("yes", "yes yes"), ("so", "so " * 40), ("", ".")],
)
def test_texts_that_differ(text, other):
    assert single(text) != single(other)


def test_a_turn_holds_its_words_and_pairs_and_five_facts():
    # 2 words with a start and an end; 3 pairs; no words before; nth, left, place, length, heard
    assert len(single("good morning")) == 4 + 3 + 5
    assert words("good morning") < single("good morning")
    # what was heard adds its 1 word with a start and an end
    assert len(single("good morning", before="hello")) == 4 + 3 + 3 + 5


def test_what_was_heard_is_told_apart_from_what_is_said():
    alone, after = single("yes"), single("yes", before="refund now")
    assert len(after - alone) == 5  # the start, two words and the end, and the size of what was heard
    assert words("refund").isdisjoint(after)
    assert single("yes", before="refund") != single("yes", before="order")


def test_only_the_last_sixty_words_heard_count():
    tail = " ".join(f"w{n}" for n in range(60))
    long_before = " ".join(["x"] * 67)  # both are of one size class: 127 words and more
    assert single("yes", f"{long_before} {tail}") == single("yes", f"{long_before.replace('x', 'y')} {tail}")
    assert single("yes", f"{tail} {long_before}") != single("yes", f"{tail} {long_before.replace('x', 'y')}")


def test_what_a_system_turn_holds_was_heard_by_nobody():
    said = features_of([("C", "hello there"), ("S", "joined the chat"), ("A", "yes")])
    other = features_of([("C", "hello there"), ("S", "left for good, and more"), ("A", "yes")])
    assert said[2] == other[2]
    assert said[1] != other[1]


@pytest.mark.parametrize(
    ("size", "other", "same"),
    [
        (2, 3, True),
        (3, 4, False),
        (4, 7, True),
        (7, 8, False),
        (15, 16, False),
        (31, 32, False),
        (63, 64, False),
        (127, 128, False),
        (128, 500, True),
    ],
)
def test_length_is_told_in_classes(size, other, same):
    assert (single("x " * size) == single("x " * other)) == same


def test_an_empty_turn_still_stands_in_its_place():
    found = features_of([("C", ""), ("A", " \n"), ("C", "hello")])
    assert [len(row) for row in found] == [2 + 1 + 5, 2 + 1 + 2 + 5, 3 + 2 + 2 + 5]


def test_a_row_keeps_its_own_words_in_order_each_time_they_are_said():
    texts = ["yes no yes", "", "why"]
    tokens = shared_tokenizer().ids(texts)
    found = extract(tokens, context_of_calls([["agent", "system", "customer"]]))
    yes, no, why = (int(token) for token in shared_tokenizer().ids(["yes no why"]).ids)
    assert said_in(found) == [[yes, no, yes], [], [why]]
    alone = extract(shared_tokenizer().ids(["yes no", "why"]), context_of_single_turns(1, [True]))
    assert said_in(alone) == [[yes, no]]


def test_nothing_at_all():
    found = extract(shared_tokenizer().ids([]), context_of_calls([]))
    assert (found.buckets.tolist(), found.words.tolist()) == ([], [])
    assert (found.offsets.tolist(), found.word_offsets.tolist()) == ([0], [0])


CALLS = st.lists(
    st.lists(
        st.tuples(st.sampled_from("ACSB?"), st.sampled_from(["", "hello", "a b a", "why? 😀", "x " * 70]))
    ),
    max_size=5,
)


@given(CALLS)
def test_a_batch_of_calls_equals_each_alone(calls):
    assert features_of(*calls) == [row for lines in calls for row in features_of(lines)]


@given(CALLS)
def test_rows_are_sorted_distinct_and_in_range(calls):
    sides = [[SIDES[side] for side, _ in lines] for lines in calls]
    found = extract(
        shared_tokenizer().ids([text for lines in calls for _, text in lines]), context_of_calls(sides)
    )
    assert found.offsets[0] == 0
    assert found.offsets[-1] == len(found.buckets)
    for start, end in pairwise(found.offsets):
        assert (np.diff(found.buckets[start:end]) > 0).all()
    assert ((found.buckets >= 0) & (found.buckets < BUCKETS)).all()


def test_a_batch_that_outgrows_32_bits_gives_the_same_rows():
    texts = ["yes", "no thanks", "why?"]
    size = (1 << (32 - BITS)) + 5
    context = context_of_single_turns(size, [False] * size)
    tokens = shared_tokenizer().ids([text for n in range(size) for text in (texts[n % 3], "")])
    rows = rows_of(extract(tokens, context))
    assert rows == [single(texts[n % 3]) for n in range(3)] * (size // 3) + [
        single(texts[n]) for n in range(size % 3)
    ]


def test_the_features_of_this_version():
    """Stored models rest on these numbers: where they change, `VERSION` has to."""
    row = extract(shared_tokenizer().ids(["Oh no!", "I called twice."]), context_of_single_turns(1, [True]))
    assert row.buckets.tolist() == [
        13423, 26937, 52250, 57886, 61968, 68313, 76890, 80842, 93145, 118597, 124753, 132015, 133997, 146089,
        156248, 221720, 236435, 253567, 256877, 256905,
    ]  # fmt: skip
