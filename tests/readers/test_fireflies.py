"""Fireflies: sentences with speaker names, wrapped by the API or as the download has them."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def sentence(name: str | None, number: int | None, text: str, start: float, end: float) -> dict[str, Any]:
    row = {"index": 0, "speaker_name": name, "speaker_id": number, "text": text, "raw_text": text}
    return {**row, "start_time": start, "end_time": end}


SENTENCES = [
    sentence("Rolf", 0, "Tarn Pumps.", 0.4, 1.1),
    sentence("Rolf", 0, "Hello.", 1.2, 1.6),
    sentence(None, 1, "My pump leaks.", 2.4, 3.6),
    sentence(None, 1, "...", 3.6, 30.0),
]
MEETING = {"id": "M7", "date": 1_900_000_000_000, "sentences": SENTENCES}
DOWNLOAD = [
    {"sentence": "Tarn Pumps. Hello.", "startTime": "00:00.4", "endTime": "00:01.6", "speaker_name": "Rolf"},
    {"sentence": "My pump leaks.", "startTime": "00:02.4", "endTime": "00:03.6", "speaker_name": "speaker 1"},
]
SAID = [("Rolf", 0.4, 1.6, "Tarn Pumps. Hello."), ("speaker 1", 2.4, 3.6, "My pump leaks.")]


@pytest.mark.parametrize(
    ("document", "call_id", "started"),
    [
        ({"data": {"transcript": MEETING}}, "M7", "2030-03-17T17:46:40+00:00"),
        (MEETING, "M7", "2030-03-17T17:46:40+00:00"),
        (DOWNLOAD, "call.json", None),
    ],
)
def test_a_meeting(document: Any, call_id: str, started: str | None) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.started, call.channel) == ("fireflies", call_id, started, "voice")
    assert [(t.speaker, t.start, t.end, t.text) for t in call.turns] == SAID
    assert {turn.role for turn in call.turns} == {"unknown"}


def test_a_meeting_without_speakers_is_refused() -> None:
    assert "no speakers" in refusal_of({"sentences": [sentence(None, None, "Hello.", 0, 1)]})


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors({"data": {"transcript": MEETING}}, "My pump leaks", "Tarn Pumps")
