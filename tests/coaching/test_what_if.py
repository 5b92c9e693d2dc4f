"""Words tried in a call."""

from __future__ import annotations

import pytest

from carescore.errors import UsageError
from carescore.scorer import Scorer
from tests.coaching.examples import cold_call

LINE = "Four calls about one boiler and nobody came: no wonder you're worried. I'll find out myself why."


def test_a_good_line_raises_its_criterion(scorer: Scorer) -> None:
    tried = scorer.what_if(cold_call(), 2, LINE, how="before")
    assert tried.changes["empathy"] > 5
    assert tried.change == pytest.approx((tried.after.score or 0) - (tried.before.score or 0))
    assert tried.turn_text == f"{LINE} Account number please."
    assert {(m.turn, m.before, m.after) for m in tried.moments} >= {(1, "missed", "met")}
    assert "from missed to met" in tried.text
    assert "Empathy +" in tried.text
    assert tried.stock is False


def test_a_stock_phrase_is_called_one(scorer: Scorer) -> None:
    tried = scorer.what_if(cold_call(), 2, "I understand your frustration.")
    assert tried.stock is True
    assert "stock phrase" in tried.text


def test_the_same_words_change_nothing(scorer: Scorer) -> None:
    call = cold_call()
    tried = scorer.what_if(call, 2, call.turns[2].text)
    assert tried.change == 0
    assert set(tried.changes.values()) == {0.0}
    assert tried.moments == ()
    assert tried.text == "No score would change."


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("instead", "LINE."),
        ("before", "LINE. Account number please."),
        ("after", "Account number please. LINE."),
    ],
)
def test_where_the_line_goes(scorer: Scorer, how: str, said: str) -> None:
    assert scorer.what_if(cold_call(), 2, "LINE.", how=how).turn_text == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("turn", "text", "sentence"),
    [
        (99, "x", "there is no turn 99; the call has turns 0 to 8"),
        (-1, "x", "there is no turn -1"),
        (1, "x", "turn 1 is not the agent's"),
        (2, "  ", "nothing to try"),
    ],
)
def test_what_cannot_be_tried(scorer: Scorer, turn: int, text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as raised:
        scorer.what_if(cold_call(), turn, text)
    assert "boiler" not in str(raised.value)
