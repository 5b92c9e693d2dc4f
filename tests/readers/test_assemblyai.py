"""AssemblyAI: utterances in milliseconds, words where there are none, channels counted from 1."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def phrase(said: str, speaker: str | None, start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"text": said, "speaker": speaker, "start": start, "end": end, "confidence": 0.5, **more}


def document(
    words: list[dict[str, Any]], utterances: list[dict[str, Any]] | None, **more: Any
) -> dict[str, Any]:
    return {
        "id": "t-9",
        "status": "completed",
        "audio_url": "https://example.org/a.wav",
        "text": "Hi.",
        "words": words,
        "utterances": utterances,
        **more,
    }


WORDS = [phrase("Moss", "A", 500, 900), phrase("Bank.", "A", 900, 1400), phrase("Hi.", "B", 2000, 2500)]
UTTERANCES = [phrase("Hi.", "B", 2000, 2500), phrase("Moss Bank.", "A", 500, 1400)]


def relabelled(speakers: tuple[str | None, str | None], **more: Any) -> list[dict[str, Any]]:
    """The utterances with other speakers, on channels 2 and 1."""
    rows = zip(UTTERANCES, speakers, (2, 1), strict=True)
    return [{**row, "speaker": speaker, "channel": channel, **more} for row, speaker, channel in rows]


READ: list[tuple[str, dict[str, Any], list[str]]] = [
    ("utterances in order of start", document([], UTTERANCES), ["A", "B"]),
    ("words where utterances are null", document(WORDS, None), ["A", "B"]),
    ("words where utterances have no speaker", document(WORDS, [phrase("x", None, 0, 1)]), ["A", "B"]),
    ("channels as speakers", document([], relabelled(("2", "1"), channel="2")), ["channel 1", "channel 2"]),
    ("channels alone", document([], relabelled((None, None))), ["channel 1", "channel 2"]),
    ("speakers within channels", document([], relabelled(("2A", "1A"))), ["1A", "2A"]),
]


@pytest.mark.parametrize(("given", "speakers"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_turns(given: dict[str, Any], speakers: list[str]) -> None:
    call = call_of(given)
    assert [(t.text, t.start, t.end, t.confidence) for t in call.turns] == [
        ("Moss Bank.", 0.5, 1.4, 0.5),
        ("Hi.", 2.0, 2.5, 0.5),
    ]
    assert [t.speaker for t in call.turns] == speakers
    assert (call.call_id, call.format, call.channel) == ("t-9", "assemblyai", "voice")
    assert {t.role for t in call.turns} == {"unknown"}


def test_speakers_identified_by_role_tell_it() -> None:
    rows = [phrase("Moss Bank.", "Agent", 500, 1400), phrase("Hi.", "Customer", 2000, 2500)]
    assert [(t.role, t.role_source) for t in call_of(document([], rows)).turns] == [
        ("agent", "told"),
        ("customer", "told"),
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (document([{**row, "speaker": None} for row in WORDS], None), "has no speakers"),
        (document([], None), "no words were found"),
        (document([], None, status="error"), "could not transcribe this recording"),
        (document([phrase("Hi", "A", "x", 1)], None), "words[0].start: expected a number, found str"),
        (document([], {"a": 1}), "utterances: expected a list of objects, found dict"),
    ],
)
def test_refused(given: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(given)


@pytest.mark.parametrize("given", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_spoiled(given: dict[str, Any]) -> None:
    assert_only_transcript_errors(given, "Moss")
