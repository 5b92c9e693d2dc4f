"""Which recogniser wrote a file: their keys look alike, so each asks for signs of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from spoiled import WRONG, calls_of

from carescore.readers import READERS
from carescore.transcript import Transcript

RECOGNISERS = (
    "amazon-call-analytics", "contact-lens", "amazon-pca", "amazon-transcribe", "deepgram", "speechmatics",
    "google-speech", "azure-speech", "assemblyai", "revai", "whisper-cpp", "openai-diarized", "whisperx",
    "whisper",
)  # fmt: skip
MINE = [reader for reader in READERS if reader.id in RECOGNISERS]

TIMED = {"start": 0, "end": 1, "text": "Hi."}
MILLIS = {"BeginOffsetMillis": 0, "EndOffsetMillis": 1, "Content": "Hi."}
BOTH = {**MILLIS, "ParticipantId": "A", "ParticipantRole": "AGENT"}
DIARIZED = {**TIMED, "type": "transcript.text.segment", "speaker": "A"}

LOOKS: list[tuple[str | None, Any]] = [
    ("amazon-call-analytics", {"Transcript": [{**MILLIS, "ParticipantRole": "AGENT"}]}),
    ("contact-lens", {"Transcript": [BOTH], "Participants": []}),
    ("contact-lens", {"Transcript": [{}], "Participants": [{"ParticipantId": "A"}]}),
    (None, {"Transcript": [{**MILLIS}]}),
    (None, {"Transcript": [{"ParticipantRole": "AGENT"}], "Participants": []}),
    (None, {"Transcript": [BOTH]}),
    ("amazon-pca", {"ConversationAnalytics": {}, "SpeechSegments": []}),
    (None, {"ConversationAnalytics": {}}),
    ("amazon-transcribe", {"results": {"transcripts": [], "items": []}}),
    ("amazon-transcribe", {"results": {"transcripts": [], "channel_labels": {}}}),
    (None, {"results": {"transcripts": []}}),
    (None, {"results": {"items": []}}),
    ("deepgram", {"results": {"channels": [{"alternatives": []}]}}),
    (None, {"results": {"channels": [{}]}}),
    (None, {"results": {"channels": 2}}),
    ("speechmatics", {"format": "2.9", "results": [{"type": "word", "alternatives": [{"content": "Hi"}]}]}),
    ("speechmatics", {"metadata": {}, "results": [{"type": "word", "alternatives": [{"content": "Hi"}]}]}),
    ("speechmatics", {"words": [{"name": "Hi", "time": "0"}], "speakers": []}),
    ("speechmatics", [{"message": "RecognitionStarted"}, {"message": "AddTranscript", "results": []}]),
    (None, [{"message": "AddPartialTranscript", "results": []}]),
    (None, [{"message": "AddTranscript"}]),
    (None, {"results": [{"type": "word", "alternatives": [{"content": "Hi"}]}]}),
    (None, {"format": "2.9", "results": [{"alternatives": [{"content": "Hi"}]}]}),
    (None, {"words": [{"name": "Hi", "time": "0"}]}),
    (None, {"words": [{"name": "Hi"}], "speakers": []}),
    ("google-speech", {"results": [{"alternatives": [{"words": [{"word": "Hi"}]}]}]}),
    ("google-speech", {"results": [{"alternatives": [{"transcript": "Hi"}], "languageCode": "en"}]}),
    ("google-speech", {"results": [{"alternatives": [{"transcript": "Hi"}], "language_code": "en"}]}),
    (None, {"results": [{"alternatives": [{"transcript": "Hi"}], "final": True}]}),
    (None, {"results": [{"alternatives": [{"words": ["Hi"]}]}]}),
    ("azure-speech", {"recognizedPhrases": [{"nBest": []}]}),
    ("azure-speech", {"recognizedPhrases": [], "combinedRecognizedPhrases": []}),
    ("azure-speech", {"phrases": [], "combinedPhrases": []}),
    ("azure-speech", [{"RecognitionStatus": "Success", "Offset": 0, "Duration": 0}]),
    (None, {"recognizedPhrases": []}),
    (None, {"phrases": []}),
    (None, [{"RecognitionStatus": "Success"}]),
    ("assemblyai", {"words": [], "status": "completed", "audio_url": "x"}),
    ("assemblyai", {"words": [], "status": "completed", "acoustic_model": "x"}),
    ("assemblyai", {"words": [], "status": "completed", "speaker_labels": True}),
    (None, {"words": [], "status": "completed"}),
    (None, {"words": [], "audio_url": "x"}),
    ("revai", {"monologues": [{"elements": []}]}),
    (None, {"monologues": []}),
    (None, {"monologue": [{"elements": []}]}),
    ("whisper-cpp", {"transcription": [{"timestamps": {}, "offsets": {}}]}),
    (None, {"transcription": "Hi."}),
    (None, {"transcription": [{"timestamps": {}}]}),
    ("openai-diarized", {"segments": [DIARIZED], "text": "Hi."}),
    ("whisperx", {"segments": [{**TIMED, "speaker": "A"}]}),
    ("whisperx", {"segments": [TIMED, {**TIMED, "words": [{"speaker": "A"}]}]}),
    ("whisperx", {"segments": [TIMED], "word_segments": []}),
    ("whisper", {"segments": [TIMED], "text": "Hi."}),
    (None, {"segments": [TIMED]}),
    (None, {"segments": [{"startTime": 0, "endTime": 1, "body": "Hi.", "speaker": "A"}], "version": "1.0.0"}),
    (None, {"segments": [{"speaker": "A", "text": "Hi."}], "text": "Hi."}),
]  # fmt: skip


def taken_by(document: Any) -> str | None:
    return next((reader.id for reader in MINE if reader.accepts(document)), None)


def test_every_recogniser_is_registered() -> None:
    assert {reader.id for reader in MINE} == set(RECOGNISERS)


@pytest.mark.parametrize(("expected", "document"), LOOKS, ids=[json.dumps(look)[:60] for _, look in LOOKS])
def test_looks(expected: str | None, document: Any) -> None:
    assert taken_by(document) == expected


@pytest.mark.parametrize(
    "document", [look for _, look in LOOKS], ids=[json.dumps(look)[:60] for _, look in LOOKS]
)
def test_no_two_take_the_same_file(document: Any) -> None:
    takers = [reader.id for reader in MINE if reader.accepts(document)]
    assert len(takers) <= 1 or takers[-1] == "whisper"  # which takes what the others of its shape leave


@pytest.mark.parametrize("key", sorted({key for _, look in LOOKS if isinstance(look, dict) for key in look}))
def test_accepts_never_raises(key: str) -> None:
    beside = {name: [] for _, look in LOOKS if isinstance(look, dict) for name in look}
    for value in (
        *WRONG,
        {"channels": [None]},
        {"x": {"transcript": 3}},
        [{"alternatives": 3}],
        [{"words": 3}],
    ):
        for reader in MINE:
            reader.accepts({key: value})
            reader.accepts({**beside, key: value})
            reader.accepts(value)


def test_several_calls_of_one_file_stay_apart() -> None:
    call = {"segments": [{**TIMED, "speaker": "A"}, {**TIMED, "speaker": "B"}]}
    found = [calls_of([call, call]), calls_of({"result": call, "took": 3})]
    assert [[c.call_id for c in calls if isinstance(c, Transcript)] for calls in found] == [
        ["call.json", "call.json-2"],
        ["call.json"],
    ]
