"""Lines to try: everything shown was scored again, and nothing that games the score is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from carescore.coaching import place
from carescore.coaching.coach import coach
from carescore.coaching.lines import candidates, is_specific
from carescore.coaching.openings import unmet
from carescore.coaching.rewrites import LEAST_GAIN, gain, losses, trials_for
from carescore.coaching.words import Line, Lines, Words, bundled_words, load_words
from carescore.notes import MissedMoment, Rewrite
from carescore.results import CallScore
from carescore.scorer import Scorer
from carescore.transcript import Transcript
from tests.coaching.examples import cold_call
from tests.examples import call

Coached = list[tuple[Transcript, CallScore]]

STOCK = (
    "I understand your frustration.",
    "I completely understand how you feel and I apologise for any inconvenience caused.",
    "I do understand, and your satisfaction is our priority.",
    "Thank you for your patience.",
)


def with_lines(*texts: str, when: tuple[str, ...] = ("distress", "effort"), shows: str = "empathy") -> Words:
    """The bundled words with other lines."""
    lines = tuple(Line.model_construct(when=when, shows=shows, text=text) for text in texts)
    return bundled_words().model_copy(update={"lines": Lines.model_construct(line=lines)})


def test_every_line_shown_was_scored_again(scorer: Scorer, coached: Coached) -> None:
    checked = 0
    for transcript, result in coached:
        for moment in result.coaching.missed_moments:
            if moment.rewrite is not None:
                check_line(scorer, transcript, result, moment, moment.rewrite)
                checked += 1
    assert checked >= 15


def check_line(
    scorer: Scorer, transcript: Transcript, result: CallScore, moment: MissedMoment, rewrite: Rewrite
) -> None:
    again = scorer.score(place.with_turn(transcript, rewrite.turn, rewrite.turn_text))
    before, after = result.criteria[rewrite.criterion], again.criteria[rewrite.criterion]
    assert (after.score or 0.0) - (before.score or 0.0) == pytest.approx(rewrite.gain), transcript.call_id
    assert rewrite.gain >= LEAST_GAIN
    assert not list(losses(result, again)), transcript.call_id
    assert {one.outcome for one in after.moments if one.turn == moment.opening.turn} == {"met"}
    assert rewrite.text in rewrite.turn_text
    assert rewrite.replaces is None or rewrite.replaces not in rewrite.turn_text


def test_every_line_shown_says_something_of_this_call(coached: Coached) -> None:
    for transcript, result in coached:
        heard = " ".join(turn.text for turn in transcript.turns if turn.role == "customer")
        for moment in result.coaching.missed_moments:
            if moment.rewrite is not None:
                assert is_specific(moment.rewrite.text, heard, bundled_words()), moment.rewrite.text
                assert "{" not in moment.rewrite.text


def test_many_calls_do_not_get_the_same_words(coached: Coached) -> None:
    shown = [
        moment.rewrite.text
        for _, result in coached
        for moment in result.coaching.missed_moments
        if moment.rewrite is not None
    ]
    assert len(set(shown)) / len(shown) > 0.9


@pytest.mark.parametrize("phrase", STOCK)
def test_a_stock_phrase_is_no_candidate(phrase: str) -> None:
    words = with_lines(phrase, f"{phrase} {{thing}}")
    found = candidates(cold_call(), 1, 2, "distress", ("empathy",), words)
    assert found == []


@pytest.mark.parametrize("phrase", STOCK)
def test_a_stock_phrase_is_never_offered_even_where_it_would_score(scorer: Scorer, phrase: str) -> None:
    transcript = cold_call()
    notes = coach(transcript, scorer.score(transcript), scorer, words=with_lines(phrase))
    assert all(moment.rewrite is None for moment in notes.missed_moments)


def test_words_that_share_nothing_with_the_opening_are_no_candidate() -> None:
    words = with_lines("How exhausting that must be for you, truly exhausting.")
    assert candidates(cold_call(), 1, 2, "distress", ("empathy",), words) == []


@pytest.mark.parametrize(
    ("text", "heard", "specific"),
    [
        ("Four calls about the boiler is too many.", "my boiler is dead", True),
        ("Four calls about the boilers is too many.", "my boiler is dead", True),
        ("That must be hard for you.", "my boiler is dead", False),
        ("I understand your frustration about the boiler.", "my boiler is dead", False),
        ("You really would like it now.", "I really would like it now", False),
    ],
)
def test_is_specific(text: str, heard: str, specific: bool) -> None:
    assert is_specific(text, heard, bundled_words()) is specific


def test_a_line_that_brushes_off_as_well_is_refused(tiny_scorer: Scorer) -> None:
    """To the tiny model "exhausting" is empathy and "nonsense" is dismissive."""
    transcript = call(
        "A: Hello, how can I help?",
        "C: I am frustrated with my boiler again and again, what can you do now?",
        "A: Is that so?",
        "C: Yes it is my boiler and it is not on.",
    )
    result = tiny_scorer.score(transcript)
    assert result.criteria["empathy"].moments[0].outcome == "missed"
    for text, shown in (
        ("How exhausting, with {thing} like that.", True),
        ("How exhausting and what nonsense with {thing}.", False),
    ):
        notes = coach(transcript, result, tiny_scorer, words=with_lines(text))
        assert any(moment.rewrite for moment in notes.missed_moments) is shown


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, True),
        ({"clarity": {"score": -0.01}}, False),
        ({"clarity": {"score": +5.0}}, True),
        ({"clarity": {"status": "not_applicable"}}, False),
        ({"empathy": {"score": LEAST_GAIN - 0.1}}, False),
        ({"empathy": {"score": LEAST_GAIN}}, True),
        ({"empathy": {"moments": ()}}, False),
    ],
)
def test_what_is_refused(scorer: Scorer, change: dict[str, dict[str, Any]], shown: bool) -> None:
    before = scorer.score(cold_call())
    opening = next(one for one in unmet(before, scorer.scorecard) if one.turn == 1)
    line = "Four calls about your boiler and nobody came: no wonder you're worried sick."
    after = scorer.what_if(cold_call(), 2, line, how="before").after
    criteria = dict(after.criteria)
    for name, changes in change.items():
        at_first = before.criteria[name].score or 0.0
        moved = {key: at_first + value if key == "score" else value for key, value in changes.items()}
        criteria[name] = replace(criteria[name], **moved)
    assert (gain(before, replace(after, criteria=criteria), opening) is not None) is shown


def test_a_brush_off_is_replaced_and_a_question_is_kept(scorer: Scorer) -> None:
    transcript = call(
        "A: Harlow Boilers.",
        "C: My boiler has been dead since Monday, I've rung four times and I'm worried sick.",
        "A: It's hardly rocket science, you should have read the letter. What is your account number?",
        "C: There's no need to be rude. Four days without hot water, and nobody came!",
        "A: Account number.",
        channel="voice",
    )
    result = scorer.score(transcript)
    openings = unmet(result, scorer.scorecard)
    trials = [t for o in openings for t in trials_for(transcript, result, o, scorer, bundled_words())]
    replaced = {trial.replaces for trial in trials if trial.replaces}
    assert replaced
    assert not [text for text in replaced if text.endswith("?")]


def test_after_a_death_only_lines_for_that_are_offered(scorer: Scorer) -> None:
    transcript = call(
        "A: Accounts.",
        "C: My mother died on the ninth and I have to close her account. I've rung three times, I'm in bits.",
        "A: Account number.",
        channel="voice",
    )
    found = candidates(transcript, 1, 2, "distress", ("empathy",), bundled_words())
    assert found
    assert all(one.pattern.grave for one in found)


def test_own_lines_are_tried(scorer: Scorer, tmp_path: Path) -> None:
    (tmp_path / "lines.toml").write_text(
        'schema = "carescore.lines/1"\n[[line]]\nwhen = ["distress", "effort"]\nshows = "empathy"\n'
        'text = "{calls}! And a cold house all the while, that must be exhausting for you."\n',
        encoding="utf-8",
    )
    transcript = cold_call()
    notes = coach(transcript, scorer.score(transcript), scorer, words=load_words(tmp_path))
    offered = [moment.rewrite.text for moment in notes.missed_moments if moment.rewrite]
    assert offered == ["Four calls! And a cold house all the while, that must be exhausting for you."]
