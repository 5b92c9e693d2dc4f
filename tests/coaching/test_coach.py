"""The notes on whole calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from carescore.coaching import place, quoting
from carescore.coaching.coach import coach
from carescore.coaching.judge import MOST_TURNS_AGAIN
from carescore.coaching.library import MetMoment, MomentLibrary
from carescore.coaching.words import bundled_words
from carescore.notes import Coaching, Quote
from carescore.results import CallScore, Evidence
from carescore.scorer import Scorer
from carescore.transcript import Transcript
from tests.coaching.examples import cold_call, warm_call
from tests.examples import call, corpus_calls
from tests.growth import linear

Coached = list[tuple[Transcript, CallScore]]


def quotes(notes: Coaching) -> list[Quote]:
    found: list[Quote | None] = [praise.quote for praise in notes.celebrate]
    found += [praise.opening for praise in notes.celebrate]
    found += [moment.opening for moment in notes.missed_moments]
    found += [moment.response for moment in notes.missed_moments]
    if notes.focus:
        found.append(notes.focus.example)
    if notes.story:
        found += [notes.story.peak, notes.story.answer, notes.story.end, notes.story.last]
    return [quote for quote in found if quote is not None]


def test_every_note_quotes_verbatim_with_turn_and_time(coached: Coached) -> None:
    for transcript, result in coached:
        for quote in quotes(result.coaching):
            turn = transcript.turns[quote.turn]
            assert quote.text.strip(), transcript.call_id
            assert quote.text in turn.text, transcript.call_id
            assert (quote.speaker, quote.role, quote.time) == (turn.speaker, turn.role, turn.start)


def test_few_notes_are_given_in_the_order_of_the_call(coached: Coached) -> None:
    for transcript, result in coached:
        notes = result.coaching
        assert len(notes.celebrate) <= 3, transcript.call_id
        assert len({praise.quote.turn for praise in notes.celebrate}) == len(notes.celebrate)
        turns = [moment.opening.turn for moment in notes.missed_moments]
        assert len(turns) <= 3, transcript.call_id
        assert turns == sorted(turns), transcript.call_id


def test_the_same_call_gets_the_same_notes(scorer: Scorer) -> None:
    transcript = cold_call()
    assert scorer.coach(transcript) == scorer.coach(transcript) == Scorer.load().coach(transcript)


def test_a_cold_call(scorer: Scorer) -> None:
    notes = scorer.coach(cold_call())
    assert notes.celebrate == ()
    assert notes.focus is not None
    assert notes.focus.gain is not None
    assert notes.focus.gain > 0
    assert {moment.opening.turn for moment in notes.missed_moments} <= {1, 3, 5, 7}
    assert any(moment.rewrite for moment in notes.missed_moments)
    assert notes.story is not None
    assert notes.story.end.turn == 7


def test_a_superb_call_gets_praise_and_no_fault(scorer: Scorer) -> None:
    result = scorer.score(warm_call())
    assert result.score is not None
    assert result.score > 75
    notes = result.coaching
    assert len(notes.celebrate) >= 2
    assert notes.missed_moments == ()
    assert notes.focus is None
    assert "empathy" in {praise.behaviour for praise in notes.celebrate}


def test_calls_that_scored_very_well_get_no_invented_fault(scorer: Scorer) -> None:
    calls = list(corpus_calls())
    superb = [
        result for result in scorer.score_many(calls) if result.score is not None and result.score >= 95
    ]
    assert len(superb) >= 10
    assert all(result.coaching.celebrate for result in superb)
    assert [
        result.call_id for result in superb if result.coaching.missed_moments or result.coaching.focus
    ] == []


def test_no_stock_phrase_is_praised(coached: Coached) -> None:
    vocabulary = bundled_words().vocabulary
    for transcript, result in coached:
        for praise in result.coaching.celebrate:
            assert not vocabulary.is_stock(praise.quote.text), transcript.call_id
            assert praise.worth >= 0.0, transcript.call_id


@pytest.mark.parametrize(
    ("said", "behaviour", "quoted"),
    [
        (
            "Hi. It went off on Monday. Is that right?",
            "understanding_check",
            "It went off on Monday. Is that right?",
        ),
        ("Hi. It went off on Monday. Is that right?", "closed_question", "Is that right?"),
        ("Is that right? When?", "understanding_check", "Is that right?"),
    ],
)
def test_playing_back_is_quoted_with_what_is_played_back(said: str, behaviour: str, quoted: str) -> None:
    words = "Is that right?"
    start = said.index(words)
    bare = Evidence(
        turn=0,
        start=start,
        end=start + len(words),
        quote=words,
        behaviour=behaviour,
        probability=0.9,
        time=None,
    )
    assert quoting.of_evidence(call(f"A: {said}", "C: Yes."), bare).text == quoted


def test_good_moments_of_a_good_call_are_told_although_others_carry_the_score(scorer: Scorer) -> None:
    scored = [(c, r) for c, r in zip(corpus_calls(), scorer.score_many(corpus_calls()), strict=True)]
    great = [r for _, r in scored if r.score is not None and r.score >= 95]
    praised = [len(r.coaching.celebrate) for r in great]
    assert sum(praised) / len(praised) >= 2.0


def test_a_hollow_answer_is_not_celebrated(scorer: Scorer) -> None:
    transcript = call(
        "A: Hello, this is Ben, how can I help you?",
        "C: I've been without internet for three weeks and I'm really fed up, I work from home.",
        "A: I completely understand your frustration and I sincerely apologise for any inconvenience caused.",
        "C: So what will you do about it?",
        "A: I do understand how you feel. Is there anything else I can help you with?",
        "C: No. Goodbye.",
    )
    assert not [p for p in scorer.coach(transcript).celebrate if p.behaviour in ("empathy", "apology")]


def test_words_that_earned_nothing_are_not_celebrated(tiny_scorer: Scorer) -> None:
    """The tiny model sees "because" as explanation, which none of its criteria counts."""
    transcript = call(
        "A: Hello, how can I help you now?",
        "C: I am with you, what can you do for me now?",
        "A: It is on now because we see to it for you.",
        "C: Good, thank you.",
    )
    assert tiny_scorer.coach(transcript).celebrate == ()


def test_what_is_celebrated_is_worth_its_points(scorer: Scorer) -> None:
    transcript = warm_call()
    result = scorer.score(transcript)
    for praise in result.coaching.celebrate:
        text = transcript.turns[praise.quote.turn].text
        without = place.with_turn(
            transcript, praise.quote.turn, text.replace(praise.quote.text, "").strip() or "Okay."
        )
        less = scorer.score(without).criteria[praise.criterion].score
        assert (result.criteria[praise.criterion].score or 0) - (less or 0) == pytest.approx(praise.worth)


def test_a_call_that_was_not_scored_has_no_notes(scorer: Scorer) -> None:
    transcript = call("A: Hello", "C: Hi")
    result = scorer.score(transcript)
    assert result.status == "unscored"
    assert scorer.coach(transcript) == result.coaching == Coaching()


def test_who_is_pleased_is_not_held_to_be_in_trouble(scorer: Scorer) -> None:
    transcript = call(
        "A: Hello, this is Ana, how can I help you today?",
        "C: Hi, could you tell me when the shop opens?",
        "A: At nine, every day but Sunday.",
        "C: Perfect, thank you so much, that's really helpful!",
        "A: You're welcome.",
        "C: Thanks, you too. Bye.",
    )
    assert scorer.coach(transcript).missed_moments == ()


def test_how_a_colleague_met_it(scorer: Scorer) -> None:
    transcript = cold_call()
    alike = MetMoment(
        trigger="distress",
        opening="my boiler is dead since monday and i'm worried",
        text="A dead boiler in this cold, no wonder you're worried.",
        call_id="other",
        agent="Mina",
        turn=2,
    )
    far = MetMoment(
        trigger="distress", opening="the invoice is wrong", text="x", call_id="far", agent="Mina", turn=1
    )
    words = bundled_words()
    found = MomentLibrary((far, alike)).nearest(transcript, 1, "distress", words)
    assert found is not None
    assert (found.call_id, found.agent) == ("other", "Mina")
    assert 0 < found.similarity <= 1
    assert MomentLibrary((alike,)).nearest(transcript, 1, "effort", words) is None
    assert MomentLibrary((far,)).nearest(transcript, 1, "distress", words) is None


@pytest.mark.parametrize(("call_id", "agent"), [("cold", "Mina"), ("other", "Rolf")])
def test_ones_own_moments_are_no_colleagues(call_id: str, agent: str) -> None:
    own = MetMoment(
        trigger="distress",
        opening="my boiler is dead since monday",
        text="t",
        call_id=call_id,
        agent=agent,
        turn=2,
    )
    assert MomentLibrary((own,)).nearest(cold_call(), 1, "distress", bundled_words()) is None


def test_a_library_holds_met_moments_only(scorer: Scorer) -> None:
    calls = [cold_call(), warm_call()]
    library = MomentLibrary.of(zip(calls, scorer.score_many(calls), strict=True))
    assert len(library) >= 1
    assert {moment.call_id for moment in library.moments} == {"warm"}
    notes = coach(cold_call(), scorer.score(cold_call()), scorer, colleagues=library)
    shown = [moment.colleague for moment in notes.missed_moments if moment.colleague]
    assert shown
    assert shown[0].text in warm_call().turns[shown[0].turn].text


def test_notes_name_deeds_and_not_people(coached: Coached) -> None:
    for _, result in coached:
        notes = result.coaching
        said = [praise.why for praise in notes.celebrate]
        said += [moment.what_happened + moment.try_this for moment in notes.missed_moments]
        said += [notes.focus.title + notes.focus.why] if notes.focus else []
        assert not [text for text in said if re.search(r"\b(always|rude|lazy|careless|attitude)\b", text)]


class Unmoved:
    """Scores a changed call as it was before, and counts the turns that it was to score again."""

    def __init__(self, scorer: Scorer, times: int) -> None:
        turns = [turn for _ in range(times) for turn in cold_call().turns]
        numbered = tuple(replace(turn, index=index) for index, turn in enumerate(turns))
        self.call = replace(cold_call(), turns=numbered)
        self.result = scorer.score(self.call)
        self.scorecard = scorer.scorecard
        self.scorer = scorer
        self.turns_again = 0

    def score_batch(self, calls: Sequence[Transcript]) -> list[CallScore]:
        self.turns_again += sum(len(call.turns) for call in calls)
        return [self.result for _ in calls]

    def quote(self, call: Transcript, wanted: Sequence[tuple[int, str, float]]) -> list[Evidence]:
        return self.scorer.quote(call, wanted)


def test_bug_a_long_call_was_scored_again_for_minutes(scorer: Scorer) -> None:
    judge = Unmoved(scorer, 40)
    assert coach(judge.call, judge.result, judge).focus is not None
    assert 0 < judge.turns_again <= MOST_TURNS_AGAIN


def test_the_time_of_coaching_grows_with_the_call_not_with_its_square(scorer: Scorer) -> None:
    linear(lambda judge: coach(judge.call, judge.result, judge), lambda times: Unmoved(scorer, times), 8)
