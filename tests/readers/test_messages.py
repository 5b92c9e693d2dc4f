"""Messages as a call: order, times, the agent it is listed under."""

from __future__ import annotations

import pytest

from carescore.errors import TranscriptError
from carescore.readers.messages import Message, channel_named, conversation, instant, more_pages
from carescore.readers.reader import Origin

ORIGIN = Origin(name="x.json", call_id="x")


def said(speaker: str, role: str, words: str, at: float | None) -> Message:
    return Message(speaker=speaker, role=role, text=words, instant=at, agent=speaker)  # type: ignore[arg-type]


def test_messages_are_put_in_order_and_time_starts_with_the_first() -> None:
    messages = [
        said("Rolf", "agent", "Second.", 1_900_000_060.5),
        said("Rolf", "agent", "Third, without a time.", None),
        said("Ida", "customer", "First.", 1_900_000_000.0),
        said("Ida", "customer", " ", 1_800_000_000.0),
    ]
    call = conversation(messages, ORIGIN, channel="chat", call_id=" 7 ")
    assert [(t.index, t.text, t.start) for t in call.turns] == [
        (0, "First.", 0.0),
        (1, "Second.", 60.5),
        (2, "Third, without a time.", None),
    ]
    assert (call.call_id, call.agent, call.started) == ("7", "Rolf", "2030-03-17T17:46:40+00:00")
    assert call.warnings == ()


def test_several_agents_are_told_and_the_busiest_one_has_the_call() -> None:
    messages = [said("Rolf", "agent", "Hi.", None), said("Uma", "agent", "Hello, I take over.", None)]
    call = conversation([*messages, said("Zoe", "system", "A long note." * 9, None)], ORIGIN, channel="chat")
    assert call.agent == "Uma"
    assert call.warnings == ("It has several agents (Uma, Rolf); it is listed under Uma.",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_900_000_000, 1_900_000_000.0),
        (1_900_000_000_000, 1_900_000_000.0),
        ("1900000000", 1_900_000_000.0),
        ("2030-03-17T17:46:40Z", 1_900_000_000.0),
        ("2030-03-17T17:46:40.250000+00:00", 1_900_000_000.25),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (0, None),
        (10**300, None),
    ],
)
def test_instant(value: object, expected: float | None) -> None:
    assert instant(value, "created_at", ORIGIN) == expected


@pytest.mark.parametrize("value", [True, [], {}])
def test_instant_refuses_what_is_no_time(value: object) -> None:
    with pytest.raises(TranscriptError, match="created_at"):
        instant(value, "created_at", ORIGIN)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("email", "email"), ("phone", "voice"), ("whatsapp", "chat"), (None, "chat"), ({}, "chat")],
)
def test_channel_named(name: object, expected: str) -> None:
    assert channel_named(name) == expected


def test_missing_pages_are_told() -> None:
    assert more_pages("Tarn", 5, total=5, following=None) == ()
    assert more_pages("Tarn", 5, total=None, following="") == ()
    assert "5: the rest is missing" in more_pages("Tarn", 5, total=9)[0]
    assert "the pages after it are missing" in more_pages("Tarn", 5, following="https://x")[0]
