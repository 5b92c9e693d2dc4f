from __future__ import annotations

import random

import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

EXPORT = """Rosa  0:00  
Hello, Harbour Bank,
how can I help?

Omar Lindqvist  0:34  
My card is gone: the blue one. I called at 10:30

Unknown Speaker  0:41  
Which one?

Unknown Speaker  0:43  
Not mine.

Rosa  1:02:03  
Let me see.

Rosa  1:02:09  
Found it.

Transcribed by https://otter.ai
"""


def calls(text: str, **options: str) -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_text(text, "meeting"), **options))


def test_export() -> None:
    (call,) = calls(EXPORT)
    assert isinstance(call, Transcript)
    assert call.format == "otter"
    assert [(t.speaker, t.start, t.text) for t in call.turns] == [
        ("Rosa", 0.0, "Hello, Harbour Bank, how can I help?"),
        ("Omar Lindqvist", 34.0, "My card is gone: the blue one. I called at 10:30"),
        ("Unknown Speaker", 41.0, "Which one?"),
        ("Unknown Speaker", 43.0, "Not mine."),  # two people, for all we know
        ("Rosa", 3723.0, "Let me see. Found it."),
    ]
    assert {t.role for t in call.turns} == {"unknown"}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("  0:", "\u00a0\u00a00:"),
        lambda text: text.replace("Transcribed by https://otter.ai\n", ""),
        lambda text: "\ufeff" + text,
    ],
)
def test_the_same_export_written_otherwise(change: object) -> None:
    assert callable(change)
    (one,), (other,) = calls(EXPORT), calls(change(EXPORT))
    assert isinstance(one, Transcript)
    assert isinstance(other, Transcript)
    assert [(t.speaker, t.text, t.start) for t in other.turns] == [
        (t.speaker, t.text, t.start) for t in one.turns
    ]


def test_text_of_another_kind_is_not_otter() -> None:
    (call,) = calls("Agent: Hello\nCustomer: Hi")
    assert isinstance(call, Transcript)
    assert call.format == "text"


def test_chosen_format_without_heads_is_refused() -> None:
    (error,) = calls("Agent: Hello\nCustomer: Hi", format="otter")
    assert isinstance(error, TranscriptError)
    assert "such as 'Dana  0:34'" in str(error)


def test_heads_without_words_are_refused() -> None:
    (error,) = calls("Rosa  0:00\n\nOmar  0:04\n")
    assert isinstance(error, TranscriptError)
    assert "no words" in str(error)


def test_spoiled_exports_raise_transcript_errors_only() -> None:
    chance = random.Random(5)
    for _ in range(200):
        text = EXPORT
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(["", "\n", "  9:99", "\0", ":", "  "]) + text[place + 3 :]
        for found in calls(text):
            assert isinstance(found, (Transcript, TranscriptError))
