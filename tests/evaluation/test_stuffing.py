"""Stock phrases that should not pay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carescore.evaluation.bootstrap import draws
from carescore.evaluation.judged import judge_calls
from carescore.evaluation.stuffing import TRICKS, gains
from carescore.evaluation.word_lists import word_list
from tests.evaluation.scripted import ScriptedScorer, call

LISTS = word_list("stuffing.toml")
CALL = call(
    "A: good morning",
    "C distress: I am upset",
    "A: one",
    "C: the number is four",
    "A: two",
    "C: yes",
    "A: three",
)


def said(trick):
    """What was added to each turn."""
    changed = TRICKS[trick](CALL, 0)
    return {
        place: new.text.removesuffix(old.text).strip()
        for place, (old, new) in enumerate(zip(CALL.turns, changed.turns, strict=True))
        if old != new
    }


def test_phrases_are_stuffed_into_one_turn():
    assert said("stuffed into one turn") == {4: " ".join(LISTS["phrases"])}


def test_a_phrase_is_repeated_in_every_agent_turn():
    assert said("repeated in every turn") == dict.fromkeys((0, 2, 4, 6), LISTS["phrases"][0])


def test_quoted_and_denied_phrases_are_said_to_be():
    quoted = said("quoted")[4]
    assert quoted.count(LISTS["quoting"].split("{phrase}")[0]) == 3
    assert LISTS["phrases"][0].rstrip(".") in quoted
    assert said("denied")[4] == " ".join(LISTS["negated"][:3])


def test_uncalled_for_is_where_the_reader_found_nothing():
    assert list(said("said where nothing calls for it")) == [4]


@pytest.mark.parametrize("trick", TRICKS)
def test_a_call_without_an_agent_or_a_quiet_turn_stays(trick):
    only = call("A: hello", "C distress: upset", "A: right")
    assert len(TRICKS[trick](only, 3).turns) == 3


class Bribed(ScriptedScorer):
    """Gives half a point for frustration understood, once."""

    def score(self, transcript):
        text = " ".join(turn.text for turn in transcript.turns)
        more = 2.5 if "I understand your frustration." in text else 2.0
        turns = transcript.turns
        first = replace(turns[0], text=f"rate_empathy={more}" if turns[0].role == "agent" else "nothing")
        return super().score(replace(transcript, turns=(first,)))


def test_what_pays_is_told_by_criterion():
    bribed = Bribed()
    found = judge_calls([CALL, call("C: hello")], lambda _: bribed)
    rows = {(row.trick, row.criterion): row for row in gains(found, lambda _: bribed, draws(2, 0))}
    stuffed = rows["stuffed into one turn", "empathy"]
    assert (stuffed.calls, stuffed.mean.value, stuffed.gained) == (1, 0.5, 1.0)
    assert rows["quoted", "empathy"].mean.value == 0.0
    assert ("stuffed into one turn", "overall") not in rows
