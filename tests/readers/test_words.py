"""Words to turns: the three ways, each as a table of words in and turns out."""

from __future__ import annotations

import pytest
from tests.growth import linear

from carescore.readers.words import Word, mean, turns_by_channel, turns_by_start, turns_in_order

Row = tuple[str, str, float | None, float | None]


def words(*rows: Row) -> list[Word]:
    """Words of (speaker, text, start, end); a text that begins with + has no space before it."""
    return [
        Word(
            text=text.removeprefix("+"), speaker=speaker, start=start, end=end, attached=text.startswith("+")
        )
        for speaker, text, start, end in rows
    ]


IN_ORDER: list[tuple[str, list[Row], list[tuple[str, str]]]] = [
    ("one speaker", [("A", "good", 0, 1), ("A", "day", 1, 2)], [("A", "good day")]),
    ("two speakers", [("A", "hi", 0, 1), ("B", "yes", 1, 2)], [("A", "hi"), ("B", "yes")]),
    ("punctuation glued", [("A", "hi", 0, 1), ("A", "+,", None, None), ("A", "Bo", 2, 3)], [("A", "hi, Bo")]),
    (
        "punctuation never begins a turn",
        [("A", "hi", 0, 1), ("B", "+.", None, None), ("B", "yes", 1, 2)],
        [("A", "hi."), ("B", "yes")],
    ),
    ("order of the file kept", [("A", "b", 9, 10), ("B", "a", 0, 1)], [("A", "b"), ("B", "a")]),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in IN_ORDER], ids=[c[0] for c in IN_ORDER])
def test_turns_in_order(rows: list[Row], expected: list[tuple[str, str]]) -> None:
    assert [(turn.speaker, turn.text) for turn in turns_in_order(words(*rows))] == expected


BY_CHANNEL: list[tuple[str, list[Row], list[tuple[str, str]]]] = [
    (
        "a yeah over a sentence does not cut it",
        [("0", "I", 0, 1), ("0", "would", 1, 2), ("0", "like", 2, 3), ("1", "yeah", 1.2, 1.6)],
        [("0", "I would like"), ("1", "yeah")],
    ),
    (
        "an answer in a pause does",
        [("0", "Ready?", 0, 1), ("0", "Good.", 2, 3), ("1", "yes", 1.1, 1.8)],
        [("0", "Ready?"), ("1", "yes"), ("0", "Good.")],
    ),
    (
        "a pause in which nobody speaks does not",
        [("0", "Let", 0, 1), ("0", "me", 9, 10), ("1", "okay", 12, 13)],
        [("0", "Let me"), ("1", "okay")],
    ),
    (
        "nor does a gap inside a phrase",
        [("0", "I", 0, 1), ("0", "would", 1.2, 2), ("1", "mhm", 1.05, 1.15)],
        [("0", "I would"), ("1", "mhm")],
    ),
    (
        "speech that began before the pause and fills it",
        [("0", "Right.", 0, 1), ("0", "And", 3, 4), ("1", "but", 0.8, 1.5), ("1", "no", 1.5, 2.5)],
        [("0", "Right."), ("1", "but no"), ("0", "And")],
    ),
    (
        "three channels",
        [("0", "a", 0, 1), ("0", "d", 5, 6), ("1", "b", 1, 2), ("1", "e", 7, 8), ("2", "c", 3, 4)],
        [("0", "a"), ("1", "b"), ("2", "c"), ("0", "d"), ("1", "e")],
    ),
    (
        "punctuation stays in its channel",
        [("0", "Hi", 0, 1), ("0", "+.", None, None), ("1", "Yes", 2, 3), ("1", "+!", None, None)],
        [("0", "Hi."), ("1", "Yes!")],
    ),
    (
        "a mark of another channel opens nothing of its own",
        [("0", "Hi", 0, 1), ("1", "+,", 0.5, 0.5), ("1", "Yes", 2, 3)],
        [("0", "Hi,"), ("1", "Yes")],
    ),
    (
        "a word without a time stays behind the word before it",
        [("0", "room", 5, 6), ("0", "12", None, None), ("1", "Hello", 0, 1)],
        [("1", "Hello"), ("0", "room 12")],
    ),
]


@pytest.mark.parametrize(
    ("rows", "expected"), [case[1:] for case in BY_CHANNEL], ids=[case[0] for case in BY_CHANNEL]
)
def test_turns_by_channel(rows: list[Row], expected: list[tuple[str, str]]) -> None:
    assert [(turn.speaker, turn.text) for turn in turns_by_channel(words(*rows))] == expected


def test_overlapping_times_are_kept() -> None:
    rows: list[Row] = [("0", "I", 0, 1), ("0", "see", 1, 4), ("1", "yeah", 1.2, 1.6)]
    assert [(turn.start, turn.end) for turn in turns_by_channel(words(*rows))] == [(0, 4), (1.2, 1.6)]


def test_phrases_are_ordered_by_start_and_equal_starts_as_in_the_file() -> None:
    rows: list[Row] = [("B", "second", 4, 6), ("A", "first", 0, 5), ("C", "third", 4, 5)]
    assert [turn.text for turn in turns_by_start(words(*rows))] == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [([0.5, 1.0], 0.75), ([0.5, None], 0.5), ([None, None], None), ([0.0], 0.0)],
)
def test_confidence_is_the_mean_of_what_is_known(
    confidences: list[float | None], expected: float | None
) -> None:
    (turn,) = turns_in_order(Word(text="x", speaker="A", confidence=value) for value in confidences)
    assert turn.confidence == expected == mean(confidences)


@pytest.mark.parametrize("arrange", [turns_in_order, turns_by_start, turns_by_channel])
@pytest.mark.parametrize("crowd", [False, True])
def test_time_is_linear(arrange, crowd: bool) -> None:
    def said(size: int) -> list[Word]:
        channels = size // 2 if crowd else 2
        return [
            Word(text="x", speaker=str(n % channels), start=float(n), end=n + 0.5, attached=n % 7 == 6)
            for n in range(size)
        ]

    linear(arrange, said, 4_000)
