"""What is held up: sure, verbatim, from calls that went well, of different people and kinds, no script."""

from __future__ import annotations

from typing import Any

import pytest

from carescore.results import CallScore, Evidence
from carescore.team.celebrations import CELEBRATED, celebrations
from tests.team.examples import criterion, moment, quote, result

WORDS = "Three nights without heating with a newborn, that is far too long."


def call(
    call_id: str, evidence: Evidence, *, score: float = 80.0, met: bool = True, **facts: Any
) -> CallScore:
    moments = [moment(0, "distress", "met")] if met else []
    rows = [criterion("empathy", score, moments=moments, evidence=[evidence])]
    return result(call_id, score, criteria=rows, **facts)


def test_a_met_moment_is_told_with_its_words_and_what_it_answered() -> None:
    found = celebrations([call("c1", quote(1, "empathy", WORDS), agent="Ana", day="2024-05-01")])
    assert len(found) == 1
    moment_ = found[0]
    assert (moment_.agent, moment_.call_id, moment_.turn, moment_.quote) == ("Ana", "c1", 1, WORDS)
    assert moment_.praise == "put into words what the customer was going through"
    assert moment_.answered == "a customer told of trouble, worry or disappointment"


@pytest.mark.parametrize(
    "unfit",
    [
        call("low score", quote(1, "empathy", WORDS), score=40.0),
        call("critical", quote(1, "empathy", WORDS), critical=("courtesy",)),
        call("unsure", quote(1, "empathy", WORDS, 0.7)),
        call("too short", quote(1, "empathy", "Oh no, really.")),
        call("no praise for it", quote(1, "dismissive", "You should have read the letter that we sent you.")),
        call("a stock phrase", quote(1, "empathy", "Of course, I'd be happy to help you with that!")),
        call("a question", quote(1, "empathy", "Is your account set up under the name of your child?")),
        call("routine", quote(1, "ownership", "Give me a second, I look into the order now."), met=False),
    ],
    ids=lambda call_score: call_score.call_id,
)
def test_what_is_never_held_up(unfit: CallScore) -> None:
    assert celebrations([unfit]) == ()


def test_words_that_come_back_in_another_call_are_a_script() -> None:
    one, other = quote(1, "empathy", WORDS), quote(5, "empathy", WORDS.upper().rstrip("."))
    assert celebrations([call("c1", one), call("c2", other)]) == ()
    assert (
        len(
            celebrations(
                [call("c1", one), call("c2", quote(5, "empathy", "A wedding in two days, and no dress yet."))]
            )
        )
        == 2
    )


def test_people_and_kinds_take_turns() -> None:
    kinds = ("empathy", "patience", "goodwill", "rapport", "anticipation")
    results = [
        call(f"{who}-{kind}", quote(1, kind, f"Words of {who} that show {kind} so well."), agent=who)
        for who in ("Ana", "Ben", "Cleo", "Dan", "Ewa", "Flo")
        for kind in kinds
    ]
    found = celebrations(results)
    assert len(found) == CELEBRATED
    assert len({item.behaviour for item in found}) == len(kinds)
    people = [item.agent for item in found]
    assert max(people.count(name) for name in people) == 2
    assert len({item.call_id for item in found}) == len(found)


def test_one_person_does_not_fill_the_list() -> None:
    results = [
        call(f"c{n}", quote(1, "empathy", f"Quite some words number {n} for you here."), agent="Ana")
        for n in range(9)
    ]
    assert len(celebrations(results)) == 2


def test_the_order_of_results_does_not_matter() -> None:
    results = [
        call(
            f"c{n}", quote(1, "empathy", f"Quite some words number {n} for you here."), agent=f"Agent {n % 4}"
        )
        for n in range(12)
    ]
    assert celebrations(results) == celebrations(results[::-1])
