"""Talk facts by hand: each number worked out on paper, None where the transcript does not tell."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from carescore.results import TurnBehaviours
from carescore.scorer import Scorer
from carescore.talk import TalkFacts, definitions, talk_facts, talk_frame
from carescore.talk_words import asked_sentences, talk_words
from carescore.transcript import Transcript
from tests.examples import call
from tests.growth import linear
from tests.team.examples import result
from tests.test_timeline import timed

TEN = "one two three four five six seven eight nine ten"

# The agent's second and third turn are one monologue, over which the customer makes a sound and then speaks.
PHONE = timed(
    ("A", 0.0, 4.0, TEN),
    ("C", 5.0, 14.0, TEN + " " + TEN),
    ("A", 16.0, 20.0, TEN + " Can you?"),
    ("C", 18.0, 18.5, "Mm-hm."),
    ("A", 20.0, 30.0, "one two three four five six so bear with me"),
    ("C", 29.0, 34.0, TEN),
    ("A", 46.0, 50.0, "It is done. Is there more? Really?"),
)


def test_every_number_of_a_phone_call() -> None:
    facts = talk_facts(PHONE)
    assert (facts.duration, facts.talk_share) == (50.0, pytest.approx(22 / (22 + 14.5), abs=1e-4))
    assert facts.word_share == pytest.approx(39 / 70, abs=1e-4)
    assert (facts.longest_monologue, facts.longest_monologue_words) == (14.0, 22)
    assert (facts.longest_story, facts.longest_story_words) == (9.0, 20)
    assert facts.response_gap == pytest.approx((2 + 12) / 2)
    assert (facts.interruptions, facts.interrupted) == (0, 1)
    assert facts.silence == pytest.approx((1 + 2 + 12) / 50)
    assert (facts.long_silences, facts.longest_silence) == (1, 12.0)
    assert (facts.holds, facts.hold) == (1, 12.0)
    assert (facts.questions, facts.questions_by, facts.open_questions) == (3, "question marks", None)
    assert facts.words_per_minute == pytest.approx(39 / 22 * 60, abs=0.1)
    assert facts.customer_words_per_minute == pytest.approx(31 / 14.5 * 60, abs=0.1)
    assert facts.notes == ()


def test_text_alone_gives_only_what_text_can_tell() -> None:
    bare = replace(
        PHONE, turns=tuple(replace(turn, start=None, end=None) for turn in PHONE.turns), channel=None
    )
    facts, told = talk_facts(bare), talk_facts(PHONE)
    known = {name for name, value in facts.to_dict().items() if value is not None and name in definitions()}
    assert known == {"word_share", "longest_monologue_words", "longest_story_words", "questions"}
    assert all(getattr(facts, name) == getattr(told, name) for name in known)
    assert facts.notes == ()


def test_times_in_milliseconds_are_told_and_not_used() -> None:
    wrong = tuple(
        replace(
            t, start=None if t.start is None else t.start * 1000, end=None if t.end is None else t.end * 1000
        )
        for t in PHONE.turns
    )
    facts = talk_facts(replace(PHONE, turns=wrong))
    assert facts.duration is None
    assert facts.response_gap is None
    assert "milliseconds" in facts.notes[0]


def test_a_chat_has_gaps_from_message_to_message_and_no_talk_time() -> None:
    chat = replace(
        timed(
            ("C", 0.0, None, TEN),
            ("C", 30.0, None, "ok"),
            ("A", 70.0, None, TEN),
            ("C", 80.0, None, "ok"),
            ("A", 90.0, None, TEN),
        ),
        channel="chat",
    )
    facts = talk_facts(chat)
    assert facts.response_gap == 25.0
    assert (facts.talk_share, facts.silence, facts.interruptions, facts.words_per_minute) == (None,) * 4


@pytest.mark.parametrize(
    ("lines", "word_share", "noted"),
    [
        (("A: hello there", "C: hello"), 2 / 3, False),
        (("A: hello there",), None, True),
        (("?: hello there", "?: hello"), None, True),
        (("S: on hold",), None, True),
        ((), None, True),
    ],
)
def test_one_side_alone(lines: tuple[str, ...], word_share: float | None, noted: bool) -> None:
    facts = talk_facts(call(*lines))
    assert facts.word_share == (None if word_share is None else pytest.approx(word_share, abs=1e-4))
    assert (facts.talk_share is None) == noted
    assert any("not both known" in note for note in facts.notes) == noted


@pytest.mark.parametrize(
    ("lines", "questions"),
    [
        (("A: When did it start? Or was it before?", "C: Why?"), 2),
        (("A: when did it start or was it before", "C: yesterday"), None),  # nothing is punctuated
        (("A: I look into it.", "C: yes"), 0),
    ],
)
def test_questions_without_a_result(lines: tuple[str, ...], questions: int | None) -> None:
    facts = talk_facts(call(*lines))
    assert facts.questions == questions
    assert facts.questions_by == (None if questions is None else "question marks")


def test_questions_by_behaviours_need_no_punctuation() -> None:
    shown: list[dict[str, float]] = [
        {"open_question": 0.9},
        {"distress": 0.9},
        {"closed_question": 0.8, "understanding_check": 0.7},
        {"service_offer": 0.9},
    ]
    turns = tuple(
        TurnBehaviours(index=n, speaker="customer" if n == 1 else "agent", behaviours=behaviours)
        for n, behaviours in enumerate(shown)
    )
    facts = talk_facts(
        call("A: why", "C: well", "A: so it is", "A: anything else"), replace(result("c"), turns=turns)
    )
    assert (facts.questions, facts.open_questions, facts.questions_by) == (2, 1, "behaviours")


def test_with_a_real_result(tiny_scorer: Scorer) -> None:
    found = call(
        "A: why did you call us today may I ask",
        "C: I am frustrated about all of this to be honest",
        "A: I see to it myself then",
    )
    assert talk_facts(found, tiny_scorer.score(found)).questions == 1


def test_turns_that_never_overlap_leave_a_doubt() -> None:
    calm = timed(("A", 0.0, 4.0, TEN), ("C", 5.0, 9.0, TEN), ("A", 10.0, 14.0, TEN))
    facts = talk_facts(calm)
    assert facts.interruptions == 0
    assert "overlap" in facts.notes[0]


def test_a_pace_needs_ten_seconds_of_talk() -> None:
    assert talk_facts(timed(("A", 0.0, 9.9, TEN), ("C", 9.0, 12.0, TEN))).words_per_minute is None
    assert talk_facts(timed(("A", 0.0, 10.0, TEN), ("C", 9.0, 12.0, TEN))).words_per_minute == 60.0


def test_every_fact_has_a_definition_in_its_order() -> None:
    told = {"call_id", "agent", "channel", "questions_by", "notes"}
    assert [field.name for field in fields(TalkFacts) if field.name not in told] == list(definitions())
    assert all(text.endswith(".") for text in definitions().values())


def test_the_frame_has_a_row_a_call_and_no_invented_zeros() -> None:
    frame = talk_frame([talk_facts(PHONE), talk_facts(call("A: hello there", "C: hello"))])
    assert frame["silence"].isna().tolist() == [False, False]
    bare: Transcript = replace(PHONE, turns=tuple(replace(t, start=None, end=None) for t in PHONE.turns))
    assert talk_frame([talk_facts(bare)])["interruptions"].isna().all()
    assert len(talk_frame([])) == 0


@pytest.mark.parametrize("phrase", talk_words().holds)
def test_every_hold_phrase_can_fire(phrase: str) -> None:
    assert talk_words().asks_to_wait(f"Well, {phrase.capitalize()}, would you?")


@pytest.mark.parametrize("word", sorted(talk_words().listening))
def test_every_listening_sound_can_fire(word: str) -> None:
    assert talk_words().is_listening(f"{word.capitalize()}...")


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Why?", 1), ("Why?! Really??", 2), ("a?b=c is a link", 0), ('"Why?" he said', 1)],
)
def test_asked_sentences(text: str, count: int) -> None:
    assert asked_sentences(text) == count


@pytest.mark.parametrize("unit", ["?" * 10, "mm-hm ", "?" * 10 + " mm-hm "])
def test_hostile_text_takes_time_in_proportion_only(unit: str) -> None:
    linear(talk_facts, lambda size: call(f"A: {unit * size}", "C: hello"), 5_000)
