"""Moments told once, and their places in the drawing."""

from __future__ import annotations

from dataclasses import replace

from carescore.report.moments import timeline, told_moments
from carescore.results import Moment
from tests.report.examples import call, criteria, result


def test_a_moment_that_two_criteria_ask_for_is_told_once_with_both_names():
    full, absent = criteria()
    other = replace(full, id="overall", name="Overall", weight=0.0)
    told = told_moments(result(criteria=(other, full, absent)), call())
    assert [(m.turn, m.outcome, m.criteria) for m in told] == [
        (0, "met", ("Empathy", "Overall")),
        (0, "token", ("Empathy", "Overall")),
        (2, "missed", ("Empathy", "Overall")),
    ]
    assert told[0].opening == "the customer told of trouble, worry or disappointment"
    assert told[2].time == 20.0


def test_the_same_opening_met_differently_for_two_criteria_is_told_for_each():
    full, _ = criteria()
    moment = Moment(turn=0, trigger="distress", outcome="missed", response_turn=1)
    other = replace(full, id="ownership", name="Ownership", moments=(moment,))
    told = told_moments(result(criteria=(full, other)), None)
    assert [(m.outcome, m.criteria) for m in told if m.turn == 0] == [
        ("met", ("Empathy",)),
        ("missed", ("Ownership",)),
        ("token", ("Empathy",)),
    ]


def test_places_go_by_time_where_there_are_times_and_by_turn_elsewhere():
    shown, said = result(), call()
    by_time = timeline(told_moments(shown, said), shown, said)
    by_turn = timeline(told_moments(shown, None), shown, None)
    assert by_time is not None
    assert by_turn is not None
    assert (by_time.first, by_time.last) == ("0:00", "0:20")
    assert (by_turn.first, by_turn.last) == ("turn 0", "turn 2")
    for line in (by_time, by_turn):
        lanes = dict(line.lanes)
        assert [marker.y for marker in line.markers] == [lanes["met"], lanes["token"], lanes["missed"]]
        assert [marker.x for marker in line.markers] == [62.0, 62.0, 346.0]


def test_markers_at_one_place_stand_above_one_another_inside_the_drawing():
    full, _ = criteria()
    crowd = tuple(Moment(turn=1, trigger=f"t{n}", outcome="missed", response_turn=1) for n in range(5))
    shown = result(criteria=(replace(full, moments=crowd),))
    line = timeline(told_moments(shown, None), shown, None)
    assert line is not None
    heights = [marker.y for marker in line.markers]
    assert len(set(heights)) == 5
    assert max(heights) < line.height


def test_a_call_without_moments_has_no_drawing():
    full, absent = criteria()
    shown = result(criteria=(replace(full, moments=()), absent))
    assert timeline(told_moments(shown, None), shown, None) is None


def test_a_call_of_one_turn_or_of_one_second_divides_by_nothing():
    full, _ = criteria()
    only = replace(full, moments=(Moment(turn=0, trigger="distress", outcome="met", response_turn=0),))
    shown = result(criteria=(only,), turns=())
    said = call()
    at_once = replace(said, turns=tuple(replace(turn, start=5.0, end=5.0) for turn in said.turns))
    for given in (None, at_once):
        line = timeline(told_moments(shown, given), shown, given)
        assert line is not None
        assert [marker.x for marker in line.markers] == [62.0]
