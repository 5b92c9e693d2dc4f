"""The gate: which calls have enough in them, whatever their probabilities."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from carescore.gate import LEAST_KNOWN_WORDS, why_not
from carescore.scorecard import load_scorecard
from tests.examples import call

CARD = load_scorecard().model_copy(update={"minimum_words": 4, "minimum_turns": 2})


ALONE = "Only one person speaks in it"


@pytest.mark.parametrize(
    ("lines", "known", "reason"),
    [
        (["C: two words", "A: two", "A: words"], 1.0, None),
        (["C: two words", "A: two", "A: words"], LEAST_KNOWN_WORDS, None),
        (
            ["C: two words", "A: two", "A: words"],
            LEAST_KNOWN_WORDS - 0.01,
            "The model knows only 59% of its words.",
        ),
        (["C: two words", "A: words", "A: "], 1.0, "It has 3 words; the scorecard asks for at least 4."),
        (["C: one two", "C2: three four"], 1.0, "Nobody in it is an agent"),
        (
            ["C: one two three four", "A: five"],
            1.0,
            "The agent has 1 turns; the scorecard asks for at least 2.",
        ),
        (["A: one two", "A2: three four"], 1.0, "Only the agent speaks in it"),
        (["A: one two", "A2: three four", "B: five"], 1.0, "Only the agent speaks in it"),
        (["B: one two", "C: three four"], 1.0, "Only a bot spoke with the customer; bots are not scored"),
        (["S: one two", "S2: three four"], 1.0, "Nobody in it is an agent"),
        (["?1: one", "?2: two"], 1.0, r"It is not known who the agent is \(speakers: '\?1', '\?2'\)"),
        (["?: one", "C: two"], 1.0, "It is not known who the agent is"),
        (["?: one two", "?: three four"], 1.0, ALONE),
        (["A: one two", "A: three four"], 1.0, ALONE),
        (["C: one two three four"], 1.0, ALONE),
        # a third voice does no harm where both sides are known; neither do a bot and the system
        (["C: two words", "A: two", "A: words", "?: hello", "B: hello", "S: hello"], 1.0, None),
        # only the two sides' words count
        (["C: two", "A: two", "A: ", "S: many more words in it"], 1.0, "It has 2 words"),
    ],
)
def test_what_is_enough(lines, known, reason):
    found = why_not(call(*lines), CARD, known)
    assert (found is None) == (reason is None)
    if reason is not None:
        assert re.match(reason, found), found


def test_bug_told_roles_under_one_label_passed_for_one_person():
    one = call("C: two words", "A: two", "A: words")
    nameless = replace(one, turns=tuple(replace(turn, speaker="") for turn in one.turns))
    assert why_not(nameless, CARD, 1.0) is None
