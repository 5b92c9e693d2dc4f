"""Which openings are held against an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from carescore.coaching.missed import held, worth_telling
from carescore.coaching.openings import Opening, unmet
from carescore.coaching.words import bundled_words
from carescore.results import CallScore, Moment, TurnBehaviours
from carescore.scorecard import load_scorecard
from tests.examples import call
from tests.team.examples import criterion, result

WORDS = bundled_words()
BARE = "What is your number?"


def scored(*turns: Mapping[str, float]) -> CallScore:
    """A call of customer and agent by turns, from what each turn shows."""
    rows = tuple(
        TurnBehaviours(index=n, speaker="agent" if n % 2 else "customer", behaviours=shown)
        for n, shown in enumerate(turns)
    )
    return result("call", 40.0, criteria=[criterion("empathy", 40.0)], turns=rows)


def opening(trigger: str, probability: float, turn: int = 0, response: int = 1) -> Opening:
    return Opening(
        turn=turn,
        response=response,
        trigger=trigger,
        outcome="missed",
        criterion="empathy",
        behaviours=("empathy",),
        probability=probability,
    )


@pytest.mark.parametrize(
    ("probability", "outcome", "answer", "shown", "kept"),
    [
        (0.9, "missed", BARE, {"closed_question": 0.9}, True),
        (0.7, "missed", BARE, {"closed_question": 0.9}, False),
        (0.9, "missed", "Put it in bags beside it.", {"solution": 0.9}, False),
        (0.9, "missed", "Thank you for trying that already.", {"thanks": 0.9}, False),
        (0.9, "token", "Then there is no point in a fourth.", {"ownership": 0.9}, False),
        (0.9, "token", "I understand your frustration.", {"empathy": 0.4}, True),
    ],
)
def test_without_a_line_only_what_was_left_without_any_answer_is_held(
    probability: float, outcome: str, answer: str, shown: dict[str, float], kept: bool
) -> None:
    heard = replace(opening("distress", probability), outcome=outcome)
    spoken = call("C: I have tried it three times and I am at my wits' end.", f"A: {answer}")
    assert (held([heard], spoken, scored({"distress": 0.9}, shown), {}, WORDS) == [heard]) is kept


@pytest.mark.parametrize(
    ("probability", "after", "kept"),
    [(0.9, {}, True), (0.8, {}, False), (0.9, {"ownership": 0.9}, False), (0.9, {"goodwill": 0.9}, False)],
)
def test_a_no_is_held_if_it_surely_was_one_and_no_way_on_came_after_it(
    probability: float, after: dict[str, float], kept: bool
) -> None:
    refused = opening("refusal", probability, 1, 1)
    spoken = call("C: Is there a car?", "A: There is none.", "C: Oh.", "A: Let me look.")
    notes = held([refused], spoken, scored({}, {"refusal": probability}, {}, after), {}, WORDS)
    assert (notes == [refused]) is kept


def test_who_has_to_ask_before_explaining_is_not_said_to_explain_nothing() -> None:
    asked = opening("confusion", 0.95)
    spoken = call("C: I don't know what this is for.", f"A: {BARE}")
    for shown, kept in (({"closed_question": 0.9}, []), ({"greeting": 0.9}, [asked])):
        assert worth_telling([asked], spoken, scored({"confusion": 0.95}, shown), WORDS) == kept


def test_messages_in_a_row_are_as_sure_as_one_of_them() -> None:
    moments = [Moment(turn=n, trigger="distress", outcome="missed", response_turn=3) for n in (0, 1)]
    shown = ({"distress": 0.5}, {"distress": 0.6}, {}, {})
    rows = tuple(
        TurnBehaviours(index=n, speaker="customer", behaviours=found) for n, found in enumerate(shown)
    )
    scored_call = result("call", 40.0, criteria=[criterion("empathy", 40.0, moments=moments)], turns=rows)
    empathy = next(c for c in load_scorecard().criteria if c.id == "empathy")
    scorecard = load_scorecard().model_copy(update={"criteria": (empathy,)})
    (one,) = unmet(scored_call, scorecard)
    assert (one.turn, one.response, one.probability) == (1, 3, pytest.approx(0.8))
