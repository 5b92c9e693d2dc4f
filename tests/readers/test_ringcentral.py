"""RingCentral: diarized utterances, and RingSense insights with who has an extension."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def utterance(speaker: Any, text: str, start: float, end: float) -> dict[str, Any]:
    row = {"speakerId": speaker, "text": text, "start": start, "end": end, "confidence": 0.8}
    return {**row, "wordTimings": []}


UTTERANCES = [
    utterance("0", "Tarn Pumps.", 0.4, 1.1),
    utterance("0", "Rolf here.", 1.2, 2.0),
    utterance("1", "My pump leaks.", 2.4, 3.6),
]
RESPONSE = {"speakerCount": 2, "utterances": UTTERANCES, "words": []}
INSIGHTS = {
    "title": "Call",
    "sourceRecordId": "2728",
    "recordingStartTime": "2031-03-04T10:00:00Z",
    "speakerInfo": [
        {"speakerId": "0", "name": "Rolf", "accountId": "1", "extensionId": "62"},
        {"speakerId": "1", "name": "", "accountId": None, "extensionId": None},
    ],
    "insights": {"Transcript": UTTERANCES, "Summary": []},
}
TEXTS = [(0.4, 2.0, "Tarn Pumps. Rolf here."), (2.4, 3.6, "My pump leaks.")]
ANONYMOUS = [("speaker 0", "unknown"), ("speaker 1", "unknown")]


@pytest.mark.parametrize(
    ("document", "people", "call_id", "agent"),
    [
        ({"jobId": "j-1", "status": "Success", "response": RESPONSE}, ANONYMOUS, "j-1", None),
        (RESPONSE, ANONYMOUS, "call.json", None),
        ({"response": {"utteranceInsights": UTTERANCES}}, ANONYMOUS, "call.json", None),
        (INSIGHTS, [("Rolf", "agent"), ("1", "customer")], "2728", "Rolf"),
        ({"event": "x", "body": INSIGHTS}, [("Rolf", "agent"), ("1", "customer")], "2728", "Rolf"),
    ],
)
def test_a_recording(
    document: dict[str, Any], people: list[tuple[str, str]], call_id: str, agent: str | None
) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.agent, call.channel) == ("ringcentral", call_id, agent, "voice")
    assert [(t.speaker, t.role) for t in call.turns] == people
    assert [(t.start, t.end, t.text) for t in call.turns] == TEXTS
    assert call.turns[1].confidence == pytest.approx(0.8)


def test_utterances_without_speakers_are_refused() -> None:
    assert "enableSpeakerDiarization" in refusal_of(
        {"response": {"utterances": [utterance(None, "Hi.", 0, 1)]}}
    )


@pytest.mark.parametrize("document", [{"jobId": "j-1", "response": RESPONSE}, INSIGHTS])
def test_spoiled_documents_raise_nothing_else(document: dict[str, Any]) -> None:
    assert_only_transcript_errors(document, "My pump leaks", "Rolf here")
