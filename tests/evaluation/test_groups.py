"""Kinds of calls beside each other."""

from __future__ import annotations

import pytest

from carescore.evaluation.groups import KINDS, groups
from carescore.raters.pairs import MINIMUM_CALLS
from tests.evaluation.scripted import call, judged


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("oh hello yeah it's alan doyle i've got the little sloop on the pontoon", "as recognised"),
        ("Oh, hello. Yes, it's Alan.", "punctuated"),
        ("ok. sure", "punctuated"),
    ],
)
def test_the_way_of_writing(text, style):
    assert KINDS["writing"](call(f"A: {text}")) == style


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("my favourite colour", "British"),
        ("my favorite one", "American"),
        ("my favorite colour", ""),
        ("nothing to tell", ""),
    ],
)
def test_the_spelling(text, spelling):
    assert KINDS["spelling"](call(f"A: {text}")) == spelling


def test_a_domain_that_is_only_the_source_is_not_shown_twice():
    assert KINDS["domain"](call("A: x", source="star", domain="star")) == ""
    assert KINDS["domain"](call("A: x", source="star", domain="bank")) == "bank"


def some(channel, machine_more, count=MINIMUM_CALLS):
    calls = []
    for n in range(count):
        reader = 1 + n % 5
        calls.append(
            call(
                "A empathy: empathy=0.9" if channel == "chat" else "A empathy: empathy=0.1",
                f"A: rate_overall={reader + machine_more}",
                channel=channel,
                ratings={"overall": reader},
            )
        )
    return calls


def test_a_group_that_is_rated_higher_is_flagged():
    rows = {row.group: row for row in groups(judged(*some("chat", 0.0), *some("email", 1.0)), 0)}
    assert rows["email"].standardised_difference.value > 0.1
    assert rows["chat"].standardised_difference.value < -0.1
    assert rows["email"].flagged
    assert rows["email"].sure
    assert rows["chat"].f1.value == 1.0
    assert rows["email"].f1.value == 0.0
    assert (rows["chat"].calls, rows["chat"].rated) == (MINIMUM_CALLS, MINIMUM_CALLS)


def test_even_treatment_is_not_flagged_and_small_groups_are_not_shown():
    even = groups(judged(*some("chat", 0.5), *some("email", 0.5), *some("voice", 0.0, count=3)), 0)
    assert {row.group for row in even if row.kind == "channel"} == {"chat", "email"}
    alone = groups(judged(*some("chat", 0.0)), 0)
    assert [row for row in alone if row.kind == "channel"] == []
    flagged = [row.flagged for row in groups(judged(*some("chat", 0.5), *some("email", 0.5)), 0)]
    assert not any(flagged)
