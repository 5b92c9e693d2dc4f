"""Plain text as tools print it: their own marks and lines are no part of labels or words."""

from __future__ import annotations

import pytest
from tests.growth import bounded, linear

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

SAID = ["Harbour Power, hello.", "My meter is wrong.", "Let me look."]

QUOTED = """> **Agent**: Harbour Power, hello.
>
> **Customer**: My meter is wrong.
>
> **Agent**: Let me look.
>
"""
CAPTIONS = """>> AGENT: Harbour Power, hello.
>> CALLER: My meter is wrong.
>> AGENT: Let me look.
"""
DEEPGRAM = """[Speaker:0] Harbour Power, hello.
[Speaker:1] My meter is wrong.
[Speaker: 0]: Let me look.
"""
ZOOM = """10:00:01\t From  Rosa Ito : Harbour Power, hello.
10:00:09\t From  Omar : My meter is wrong.
10:00:12\t From  Rosa Ito : Let me look.
"""
MEET = """Transcript
00:00:00

Rosa Ito: Harbour Power, hello.
Omar Bey: My meter is wrong.
Rosa Ito: Let me look.

Meeting ended after 00:00:35 👋

This editable transcript was computer generated and might contain errors.
"""
CHAT = """(10:00:05 AM) *** Rosa joined the chat ***
(10:00:08 AM) Rosa: Harbour Power, hello.
(10:00:25 AM) Visitor 7: My meter is wrong.
(10:01:00 AM) Rosa: Let me look.
(10:02:00 AM) *** Rosa left the chat ***
*** Visitor 7 has left ***
"""


def _read(text: str) -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_text(text, "call.txt")))


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (QUOTED, ["Agent", "Customer", "Agent"]),
        (CAPTIONS, ["AGENT", "CALLER", "AGENT"]),
        (DEEPGRAM, ["Speaker 0", "Speaker 1", "Speaker 0"]),
        (ZOOM, ["Rosa Ito", "Omar", "Rosa Ito"]),
        (MEET, ["Rosa Ito", "Omar Bey", "Rosa Ito"]),
        (CHAT, ["Rosa", "Visitor 7", "Rosa"]),
    ],
    ids=["quoted", "captions", "Deepgram", "old Zoom chat", "Google Meet", "joined and left"],
)
def test_bug_marks_of_the_tool_got_into_labels_and_words(text: str, speakers: list[str]) -> None:
    (call,) = _read(text)
    assert isinstance(call, Transcript)
    assert [turn.speaker for turn in call.turns] == speakers
    assert [turn.text for turn in call.turns] == SAID


def test_bug_a_log_file_was_read_as_a_talk_of_its_levels() -> None:
    levels = ("INFO", "WARN", "ERROR")
    (error,) = _read(
        "".join(f"2025-03-04 10:00:{n:02} {levels[n % 3]}: job {n} is late\n" for n in range(30))
    )
    assert "no speakers" in str(error)


def test_bug_a_long_text_without_speakers_was_read_six_times_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(text: str) -> None:
        (error,) = _read(text)
        assert isinstance(error, TranscriptError)

    monkeypatch.setattr("carescore.readers.plain_text._ENOUGH", 30_000)
    bounded(refused, lambda size: "".join(f"Name{n}: hello there\n" for n in range(size)), 3_000)


def test_the_beginning_of_a_long_text_decides_how_all_of_it_is_read() -> None:
    call = "Call {}\nAgent - Harbour Power, how can I help you today?\nCustomer - My meter is wrong.\n\n"
    calls = _read("".join(call.format(n) for n in range(1, 4_001)))
    assert len(calls) == 4_000
    assert all(isinstance(call, Transcript) and len(call.turns) == 2 for call in calls)


@pytest.mark.parametrize("word", ["A" * 100 + " ", "A(b)." * 25 + " ", "Aa-" * 400 + " "])
def test_bug_one_line_of_long_words_took_hours(word: str) -> None:
    assert len(_read(word * 100 + ": x")) == 1
    linear(_read, lambda size: word * size + ": x", 100)
