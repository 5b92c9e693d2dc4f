"""The story that a customer may tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from carescore.coaching.story import story
from carescore.coaching.words import bundled_words
from carescore.results import CallScore, Evidence, Moment, TurnBehaviours
from carescore.scorecard import load_scorecard
from carescore.transcript import Transcript
from tests.examples import call
from tests.team.examples import criterion, result

WORDS = bundled_words()
SAID = WORDS.notes.story
CALL = call("C: One.", "A: Two.", "C: Three.", "A: Four.")


class Quoting:
    """Quotes whole turns."""

    scorecard = load_scorecard()

    def score_batch(self, calls: Sequence[Transcript]) -> list[CallScore]:
        raise AssertionError("a story scores nothing again")

    def quote(self, call: Transcript, wanted: Sequence[tuple[int, str, float]]) -> list[Evidence]:
        texts = [(turn, behaviour, chance, call.turns[turn].text) for turn, behaviour, chance in wanted]
        return [
            Evidence(turn=t, start=0, end=len(x), quote=x, behaviour=b, probability=p, time=None)
            for t, b, p, x in texts
        ]


def told(score: float, turns: Sequence[Mapping[str, float]], moments: Sequence[Moment] = ()) -> str | None:
    rows = tuple(
        TurnBehaviours(index=n, speaker="agent" if n % 2 else "customer", behaviours=shown)
        for n, shown in enumerate(turns)
    )
    scored = result("call", score, criteria=[criterion("empathy", score, moments=moments)], turns=rows)
    found = story(CALL, scored, [], Quoting(), WORDS)
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("score", "last", "before", "text"),
    [
        (80.0, {"satisfaction": 0.9}, {}, f"{SAID.peak_pleased} {SAID.end_well}"),
        (50.0, {"satisfaction": 0.9}, {}, SAID.end_well),
        (50.0, {}, {"satisfaction": 0.9}, ""),  # "thanks for trying", after a no
        (20.0, {"satisfaction": 0.9}, {}, ""),
        (50.0, {"unresolved": 0.9}, {}, SAID.end_open),
        (50.0, {}, {}, None),
    ],
)
def test_thanks_are_a_good_end_only_where_the_call_bears_it_out(
    score: float, last: dict[str, float], before: dict[str, float], text: str | None
) -> None:
    assert told(score, [before, {}, last, {}]) == text


MET = Moment(turn=0, trigger="distress", outcome="met", response_turn=3)


@pytest.mark.parametrize(
    ("trigger", "answer", "text"),
    [
        ("distress", {"empathy": 0.9}, SAID.peak_met),
        ("distress", {"empathy": 0.9, "dismissive": 0.6}, ""),
        ("effort", {"empathy": 0.9}, ""),  # that the distress was met says nothing of the effort
    ],
)
def test_an_opening_counts_as_answered_only_if_it_was_met_itself(
    trigger: str, answer: dict[str, float], text: str
) -> None:
    assert told(50.0, [{trigger: 0.9}, {}, {}, answer], [MET]) == text


def test_the_answer_told_is_the_one_that_met_it() -> None:
    rows = tuple(
        TurnBehaviours(index=n, speaker="agent" if n % 2 else "customer", behaviours=shown)
        for n, shown in enumerate([{"distress": 0.9}, {}, {}, {"empathy": 0.9}])
    )
    scored = result("call", 50.0, criteria=[criterion("empathy", 50.0, moments=[MET])], turns=rows)
    found = story(CALL, scored, [], Quoting(), WORDS)
    assert found is not None
    assert found.answer is not None
    assert found.answer.turn == 3
