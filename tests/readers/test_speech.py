"""Recognised speech as a call: silence, missing speakers, names of roles, unlikely times."""

from __future__ import annotations

import pytest

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin
from carescore.readers.silence import is_silence
from carescore.readers.speech import milliseconds, no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, turns_in_order

ORIGIN = Origin(name="call.json", call_id="call")
REFUSAL = no_speakers(ORIGIN, "Someone's", "Turn speakers on.")


@pytest.mark.parametrize(
    "written",
    [
        "[BLANK_AUDIO]", " [BLANK_AUDIO] ", "[ Silence ]", "(silence)", "[Music]", "(hold music)", "*beep*",
        "♪", "♪ music ♪", "...", "…", ". . .", "[_BEG_]", "[_TT_150]", "<silence>", "[MUSIC PLAYING].",
    ],
)  # fmt: skip
def test_silence(written: str) -> None:
    assert is_silence(written)


@pytest.mark.parametrize(
    "written",
    [
        "", "Thank you.", "[PII]", "[NAME]", "****", "(laughs)", "[inaudible]", "<affirmative>", "Silence!",
        "The music is loud.", "[Music] Thank you for holding.", "No.", "?", "5", "I heard a beep (twice)",
    ],
)  # fmt: skip
def test_speech_is_not_silence(written: str) -> None:
    assert not is_silence(written)


def test_silence_is_decided_quickly() -> None:
    assert not is_silence("[" * 100_000)


def test_words_without_speaker_go_to_the_speaker_before_them_and_are_counted() -> None:
    given = [
        Word(text="one", speaker=None),
        Word(text="two", speaker="A"),
        Word(text=".", speaker=None, attached=True),
        Word(text="three", speaker=None),
        Word(text="four", speaker="B"),
    ]
    words, warnings = spoken(given, REFUSAL)
    assert [word.speaker for word in words] == ["A", "A", "A", "A", "B"]
    assert warnings == (
        "2 of 5 recognised pieces have no speaker label; each was given to the speaker before it.",
    )


def test_without_any_speaker_the_refusal_is_raised() -> None:
    with pytest.raises(
        TranscriptError, match=r"call\.json: this Someone's output has no speakers.*Turn speakers on"
    ):
        spoken([Word(text="one", speaker=None)], REFUSAL)


def test_silence_alone_needs_no_speakers() -> None:
    assert spoken([Word(text="[BLANK_AUDIO]", speaker=None)], REFUSAL) == ([], ())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "speaker 0"),
        (12, "speaker 12"),
        ("1", "speaker 1"),
        ("A", "A"),
        ("spk_0", "spk_0"),
        (" ", None),
        (None, None),
    ],
)
def test_speaker_label(value: object, expected: str | None) -> None:
    assert speaker_label(value, "speaker", "speaker", ORIGIN) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.5, 0.5), ("0.9", 0.9), (0, 0.0), (93, None), (-1, None), (None, None)]
)
def test_share(value: object, expected: float | None) -> None:
    assert share(value, "confidence", ORIGIN) == expected


def test_milliseconds() -> None:
    assert (milliseconds(1500, "x", ORIGIN), milliseconds(None, "x", ORIGIN)) == (1.5, None)


@pytest.mark.parametrize(
    ("label", "role", "source"),
    [
        ("Agent", "agent", "told"),
        ("CUSTOMER", "customer", "told"),
        ("IVR", "bot", "told"),
        ("speaker 0", "unknown", "unknown"),
        ("SPEAKER_00", "unknown", "unknown"),
        ("spk_1", "unknown", "unknown"),
        ("ch_0", "unknown", "unknown"),
        ("channel 1", "unknown", "unknown"),
        ("S1", "unknown", "unknown"),
        ("A", "unknown", "unknown"),
        ("1A", "unknown", "unknown"),
        ("Guest-1", "unknown", "unknown"),
    ],
)
def test_only_a_label_that_names_a_role_tells_it(label: str, role: str, source: str) -> None:
    (turn,) = voice_call(turns_in_order([Word(text="x", speaker=label)]), ORIGIN).turns
    assert (turn.role, turn.role_source) == (role, source)


@pytest.mark.parametrize(
    ("end", "warned"),
    [(20.0, False), (400.0, False), (3.0, True), (0.02, True), (20_000.0, True), (0.0, True)],
)
def test_times_in_another_unit_are_warned_of(end: float, warned: bool) -> None:
    phrase = Word(text="word " * 60, speaker="A", start=0.0, end=end)
    warnings = voice_call(turns_in_order([phrase]), ORIGIN).warnings
    assert [w.startswith("Its times cannot be true: 60 words between 0.000 and") for w in warnings] == [
        True
    ] * warned


def test_a_late_start_is_no_odd_pace() -> None:
    phrase = Word(text="word " * 60, speaker="A", start=90_000.0, end=90_020.0)
    assert voice_call(turns_in_order([phrase]), ORIGIN).warnings == ()


def test_few_words_say_nothing_about_times() -> None:
    phrase = Word(text="yes", speaker="A", start=0.0, end=0.001)
    assert voice_call(turns_in_order([phrase]), ORIGIN).warnings == ()
