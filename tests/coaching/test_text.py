"""Coaching as text."""

from __future__ import annotations

from dataclasses import replace

from carescore.coaching.layout import WIDTH, place_of
from carescore.coaching.text import DRAFT, NOTHING, as_text
from carescore.notes import Coaching, Quote
from carescore.results import CallScore
from carescore.scorer import Scorer
from carescore.transcript import Transcript
from tests.coaching.examples import cold_call, warm_call
from tests.examples import call
from tests.report.examples import TURNS, notes
from tests.report.examples import result as by_hand

Coached = list[tuple[Transcript, CallScore]]


def test_a_cold_call_reads_from_focus_to_story(scorer: Scorer) -> None:
    result = scorer.score(cold_call())
    text = as_text(result, result.coaching)
    order = [text.index(part) for part in ("cold  Rolf", "ONE THING", "MOMENTS", "THE STORY", DRAFT)]
    assert order == sorted(order)
    assert "WORTH CELEBRATING" not in text
    assert "Scored again with it: " in text
    assert "turn 1, 00:02" in text


def test_a_warm_call_begins_with_what_was_good_and_names_no_fault(scorer: Scorer) -> None:
    result = scorer.score(warm_call())
    text = as_text(result, result.coaching)
    assert "WORTH CELEBRATING" in text
    assert "ONE THING" not in text
    assert "MOMENTS" not in text


def test_lines_fit_a_terminal(coached: Coached) -> None:
    for _, result in coached:
        lines = as_text(result, result.coaching).splitlines()
        assert max(len(line) for line in lines if " " in line.strip()) <= WIDTH


def test_what_to_try_is_said_once(coached: Coached) -> None:
    for _, result in coached:
        flat = " ".join(as_text(result, result.coaching).split())
        for moment in result.coaching.missed_moments:
            assert flat.count(f"Try: {moment.try_this}") <= 1


def test_words_to_leave_out_are_not_measured_as_said() -> None:
    scored = by_hand()
    for behaviour, words in (("dismissive", "without such words"), ("empathy", "with that")):
        focus = replace(notes().focus, behaviour=behaviour)
        text = as_text(scored, replace(notes(), focus=focus))
        assert f"Measured: {words} in 2 places" in " ".join(text.split())


def test_an_example_that_is_told_below_is_not_quoted_twice() -> None:
    text = " ".join(as_text(by_hand(), notes()).split())
    assert "For example at turn 0, 00:00, see below." in text
    alone = " ".join(as_text(by_hand(), replace(notes(), missed_moments=())).split())
    assert f'For example at turn 0, 00:00: "{TURNS[0][1]}"' in alone


def test_where_nothing_is_to_be_said_it_says_so() -> None:
    assert NOTHING in as_text(by_hand(), Coaching())
    assert NOTHING not in as_text(by_hand(), notes())


def test_an_unscored_call_says_why(scorer: Scorer) -> None:
    result = scorer.score(call("A: Hello", "C: Hi"))
    assert "Not scored: " in as_text(result, result.coaching)


def test_no_character_steers_the_terminal(scorer: Scorer) -> None:
    hostile = cold_call()
    turns = [
        replace(turn, text=f"\x1b[2J\u202e{turn.text}\r\x07", speaker=f"{turn.speaker}\x1b[31m")
        for turn in hostile.turns
    ]
    result = scorer.score(replace(hostile, turns=tuple(turns)))
    text = as_text(result, result.coaching)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x07" not in text
    assert "\r" not in text


def test_time_and_turn() -> None:
    quote = Quote(turn=3, speaker="Ana", role="agent", text="x", time=83.9)
    assert place_of(quote) == "turn 3, 01:23"
    assert place_of(replace(quote, time=None)) == "turn 3"
    assert place_of(replace(quote, turn=0, time=0.0)) == "turn 0, 00:00"
