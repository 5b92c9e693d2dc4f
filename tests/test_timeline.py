"""Turns in time: units, silences, holds, and who speaks over whom."""

from __future__ import annotations

import pytest

from carescore.timeline import interruptions, long_silences, overlaps_known, silences, timeline
from carescore.transcript import Transcript, Turn

WORDS = "these are the ten words of one turn of talk"


def timed(*rows: tuple[str, float | None, float | None, str]) -> Transcript:
    """A call from rows of side ("A", "C", "B", "S"), start, end and words."""
    roles = {"A": "agent", "C": "customer", "B": "bot", "S": "system"}
    turns = (
        Turn(index=n, speaker=side, role=roles[side], role_source="told", text=text, start=start, end=end)  # type: ignore[arg-type]
        for n, (side, start, end, text) in enumerate(rows)
    )
    return Transcript(call_id="call", turns=tuple(turns), channel="voice")


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (1.0, None),
        (1000.0, "milliseconds"),
        (1e7, "100 nanoseconds"),
        (1 / 60, "minutes"),
        (1e4, "Check their unit"),
    ],
)
def test_times_in_another_unit_are_not_used_and_the_unit_is_told(factor: float, said: str | None) -> None:
    rows = [("AC"[n % 2], 5.0 * n * factor, (5.0 * n + 4) * factor, WORDS) for n in range(6)]
    spans, reason = timeline(timed(*rows))
    assert bool(spans) == (said is None)
    assert (reason or "").find(said or "") >= 0
    if said:
        assert "cannot be seconds" in str(reason)


@pytest.mark.parametrize(
    ("rows", "count", "said"),
    [
        ([("A", None, None, WORDS), ("C", None, None, WORDS)], 0, None),
        ([("A", 0.0, 4.0, WORDS), ("C", None, None, WORDS)], 0, "Only 50% of the words have times"),
        ([("A", 4.0, 1.0, WORDS), ("C", 5.0, 9.0, WORDS)], 0, "Only 50%"),
        ([("A", 0.0, 0.0, WORDS), ("C", 0.0, 0.0, WORDS)], 0, "begin and end at once"),
        ([("A", 0.0, 3600.0, "hello"), ("C", 3600.0, 3601.0, "hi")], 2, None),  # too few words to tell
        ([("S", None, None, WORDS), ("A", 0.0, 4.0, WORDS), ("C", 4.0, 8.0, WORDS)], 2, None),
        ([], 0, None),
    ],
)
def test_which_times_are_used(
    rows: list[tuple[str, float | None, float | None, str]], count: int, said: str | None
) -> None:
    spans, reason = timeline(timed(*rows))
    assert len(spans) == count
    assert (reason is None) == (said is None)
    assert (said or "") in (reason or "")


def test_silence_is_where_nobody_speaks() -> None:
    spans, _ = timeline(
        timed(("A", 0, 5, WORDS), ("C", 4, 6, WORDS), ("B", 8, 9, "press one"), ("A", 15, 20, WORDS))
    )
    found = list(silences(spans))
    assert [(s.start, s.seconds) for s in found] == [(6, 2), (9, 6)]
    assert [s.seconds for s in long_silences(found)] == [6]


@pytest.mark.parametrize(
    ("asks", "seconds", "hold"),
    [
        ("may I put you on hold for a minute?", 10.0, True),
        ("may I put you on hold for a minute?", 9.9, False),
        ("Bear with me, please.", 12.0, True),
        ("your order left on Monday", 29.9, False),
        ("your order left on Monday", 30.0, True),
        ("I hold the view that this is fine", 20.0, False),
    ],
)
def test_holds(asks: str, seconds: float, hold: bool) -> None:
    call = timed(("A", 0, 4, asks), ("C", 4, 5, "sure"), ("A", 5 + seconds, 9 + seconds, WORDS))
    assert [s.hold for s in silences(timeline(call)[0])] == [hold]


@pytest.mark.parametrize(
    ("start", "end", "words", "count"),
    [
        (5.0, 9.0, "let me stop you there", 1),
        (5.0, 9.0, "mm-hm, yeah", 0),
        (5.0, 9.0, "Right. Okay, I see.", 0),
        (5.0, 9.0, "yeah right okay sure i see got it", 1),  # longer than a listening sound is
        (9.2, 12.0, "let me stop you there", 0),  # overlaps by less than a second
        (9.0, 12.0, "let me stop you there", 1),
        (5.0, 5.6, "no wait", 0),
        (10.0, 12.0, "let me see then", 0),
        (0.0, 6.0, "both begin at once here", 0),
    ],
)
def test_interruptions(start: float, end: float, words: str, count: int) -> None:
    spans, _ = timeline(timed(("C", 0.0, 10.0, WORDS * 3), ("A", start, end, words)))
    assert interruptions(spans, "agent", "customer") == count
    assert interruptions(spans, "customer", "agent") == 0
    assert overlaps_known(spans) == (start < 10)


def test_speaking_over_a_listening_sound_interrupts_nobody() -> None:
    spans, _ = timeline(timed(("C", 0.0, 3.0, "mm-hm"), ("A", 1.0, 9.0, WORDS)))
    assert interruptions(spans, "agent", "customer") == 0


def test_one_turn_over_two_counts_once() -> None:
    spans, _ = timeline(timed(("C", 0, 6, WORDS), ("C", 1, 7, WORDS), ("A", 2, 9, WORDS)))
    assert interruptions(spans, "agent", "customer") == 1
