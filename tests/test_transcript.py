"""Transcripts: what one call may be, its fingerprint, and how pieces of one speaker become turns."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from carescore.errors import TranscriptError
from carescore.transcript import MAX_CHARACTERS, MAX_TURNS, Transcript, Turn, join_same_speaker, renumber
from tests.examples import call


def turn(text: Any = "hello", **facts: Any) -> Turn:
    return Turn(
        **{"index": 0, "speaker": "Ana", "role": "agent", "role_source": "told", "text": text, **facts}
    )


def test_a_million_characters_are_one_call_and_one_more_is_refused():
    half = MAX_CHARACTERS // 2
    assert len(Transcript(call_id="c", turns=(turn("x" * half), turn("y" * half))).turns) == 2
    with pytest.raises(
        TranscriptError, match=r"^big\.txt, c: the call has 1,000,001 characters; at most 1,000,000"
    ):
        Transcript(call_id="c", source="big.txt", turns=(turn("x" * half), turn("y" * half + "z")))


def test_ten_thousand_turns_are_one_call_and_one_more_is_refused():
    turns = (turn(),) * MAX_TURNS
    assert len(Transcript(call_id="c", turns=turns).turns) == MAX_TURNS
    with pytest.raises(TranscriptError, match="the call has 10,001 turns; at most 10,000"):
        Transcript(call_id="c", turns=(*turns, turn()))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (turn(None), "turn 0: expected Unicode text and one of the roles agent, customer"),
        (turn(b"hello"), "turn 0: expected Unicode text"),
        (turn(7), "turn 0: expected Unicode text"),
        (turn("cut in an emoji \ud83d"), "turn 0: expected Unicode text"),
        (turn(role="boss"), "turn 0: .*one of the roles"),
        (turn(role=None), "turn 0: .*one of the roles"),
        (turn(start=float("nan")), "turn 0: start, end and confidence should be numbers, or None"),
        (turn(end=float("inf")), "turn 0: start, end and confidence"),
        (turn(confidence=float("nan")), "turn 0: start, end and confidence"),
        (turn(start="0:01"), "turn 0: start, end and confidence"),
    ],
)
def test_what_is_no_turn_is_refused_without_a_word_of_it(wrong, message):
    with pytest.raises(TranscriptError, match=f"^a.txt, c: {message}") as raised:
        Transcript(call_id="c", source="a.txt", turns=(wrong,))
    assert "emoji" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "\x00", "é 😀 \u202e", "\U0010ffff"])
def test_any_whole_characters_are_text(text):
    assert Transcript(call_id="c", turns=(turn(text),)).turns[0].text == text


def test_nothing_in_a_transcript_can_be_changed():
    one = call("A: Hello")
    with pytest.raises(FrozenInstanceError):
        one.call_id = "other"
    with pytest.raises(FrozenInstanceError):
        one.turns[0].text = "other"


BASE = call("A: Hello", "C: Hi, I am Rosa")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(BASE, call_id="x", agent="Ana", source="b.txt", channel="chat", started="2031-01-01"), True),
        (replace(BASE, turns=tuple(replace(t, speaker="?", role_source="given") for t in BASE.turns)), True),
        (BASE.with_warning("odd"), True),
        (call("A: Hello", "C: Hi, I am Rosa!"), False),
        (call("C: Hello", "A: Hi, I am Rosa"), False),
        (call("A: Hello"), False),
        (call("C: Hi, I am Rosa", "A: Hello"), False),
        (replace(BASE, turns=tuple(replace(t, start=9.0) for t in BASE.turns)), False),
        (replace(BASE, turns=tuple(replace(t, end=None) for t in BASE.turns)), False),
    ],
)
def test_the_fingerprint_is_of_roles_words_and_times(other, same):
    assert (other.sha256 == BASE.sha256) == same


def test_the_fingerprint_is_the_same_on_every_machine():
    assert BASE.sha256 == "47fd5a964f21935a7dcf72a11d85e76bb5ca9600571f6e0ec09ff02d9099853e"


def test_warnings_are_added_to_a_copy():
    warned = BASE.with_warning("first").with_warning("second")
    assert (BASE.warnings, warned.warnings) == ((), ("first", "second"))


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], "unknown"),
        (["told"], "told"),
        (["given", "told"], "told"),
        (["told", "joined"], "joined"),
        (["guessed", "given"], "guessed"),
        (["told", "unknown"], "unknown"),
    ],
)
def test_roles_are_as_sure_as_the_least_sure_of_them(sources, expected):
    turns = [turn(role_source=source) for source in sources]
    assert Transcript(call_id="c", turns=tuple(turns)).role_source == expected


def test_nobody_asks_how_the_role_of_a_system_is_known():
    turns = (turn(role_source="told"), turn(role="system", role_source="unknown"))
    assert Transcript(call_id="c", turns=turns).role_source == "told"


def test_speakers_once_in_order():
    turns = [turn(speaker=name) for name in ("Rosa", "Ana", "Rosa", "IVR")]
    assert Transcript(call_id="c", turns=tuple(turns)).speakers == ("Rosa", "Ana", "IVR")


def piece(
    speaker: str, text: str, start: float | None, end: float | None, confidence: float | None = None
) -> Turn:
    return turn(text, speaker=speaker, start=start, end=end, confidence=confidence)


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        ([], []),
        ([piece("a", "one ", 1, 2)], [("a", "one", 1, 2, None)]),
        (
            [piece("a", "one", 1, 2), piece("a", " two ", 2, 3), piece("b", "three", 3, 4)],
            [("a", "one two", 1, 3, None), ("b", "three", 3, 4, None)],
        ),
        (
            [piece("a", "one", 1, 2), piece("b", "two", 2, 3), piece("a", "three", 3, 4)],
            [("a", "one", 1, 2, None), ("b", "two", 2, 3, None), ("a", "three", 3, 4, None)],
        ),
        # what is not known stays unknown; the latest end counts
        ([piece("a", "one", 0.0, 9), piece("a", "two", 2, 3)], [("a", "one two", 0.0, 9, None)]),
        ([piece("a", "one", None, None), piece("a", "two", 2, None)], [("a", "one two", None, None, None)]),
        # confidence is the mean by length
        (
            [piece("a", "one", 1, 2, 0.5), piece("a", "nine bits", 2, 3, 0.9)],
            [("a", "one nine bits", 1, 3, 0.8)],
        ),
        ([piece("a", "one", 1, 2, 0.5), piece("a", "two", 2, 3)], [("a", "one two", 1, 3, 0.5)]),
        ([piece("a", "", 1, 2), piece("a", "two", 2, 3)], [("a", "two", 1, 3, None)]),
    ],
)
def test_pieces_of_one_speaker_are_joined(pieces, joined):
    found = join_same_speaker(pieces)
    assert [
        (t.speaker, t.text, t.start, t.end, t.confidence and round(t.confidence, 9)) for t in found
    ] == joined
    assert [t.index for t in found] == list(range(len(joined)))


def test_pieces_under_one_label_in_two_roles_stay_apart():
    assert len(join_same_speaker([turn(role="bot"), turn(role="agent"), turn(role="agent")])) == 2


def test_turns_are_numbered_without_the_silent_ones():
    found = renumber([turn("one", index=4), turn(" \n", index=5), turn("two", index=1)])
    assert [(t.index, t.text) for t in found] == [(0, "one"), (1, "two")]


def test_turns_travel_between_processes():
    one = turn(index=3, start=1.5, confidence=0.9)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(one, protocol)) == one  # noqa: S301  our own
    assert copy.deepcopy(one) == one
