"""Gong: speakers joined to parties in the same document or in a file beside, ms and seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript


def part(speaker: str | None, *sentences: tuple[float, float, str]) -> dict[str, Any]:
    rows = [{"start": start, "end": end, "text": text} for start, end, text in sentences]
    return {"speakerId": speaker, "topic": None, "sentences": rows}


def call(call_id: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"callId": call_id, "transcript": list(parts)}


ONE = call(
    "c1",
    part("s1", (400, 1500, "Tarn Pumps,"), (1500, 2600, "this is Rolf.")),
    part("s1", (2700, 3000, "Hello?")),
    part("s2", (3200, 4100, "My pump leaks.")),
)
TEXTS = [(0.4, 3.0, "Tarn Pumps, this is Rolf. Hello?"), (3.2, 4.1, "My pump leaks.")]
CALLS = {
    "calls": [
        {
            "metaData": {"id": "c1", "started": "2031-03-04T10:00:00Z"},
            "parties": [
                {"speakerId": "s1", "name": "Rolf", "affiliation": "Internal"},
                {"speakerId": "s2", "affiliation": "External"},
                {"speakerId": None, "name": "Silent", "affiliation": "Internal"},
            ],
        }
    ]
}
JOINED = [("Rolf", "agent", "joined"), ("s2", "customer", "joined")]
UNJOINED = [("s1", "unknown", "unknown"), ("s2", "unknown", "unknown")]


@pytest.mark.parametrize(
    ("document", "people"),
    [
        ({"callTranscripts": [ONE], **CALLS}, JOINED),
        ({"calls": [{**CALLS["calls"][0], "transcript": ONE["transcript"]}]}, JOINED),
        ({**ONE, "parties": CALLS["calls"][0]["parties"]}, JOINED),
        ({"requestId": "r", "callTranscripts": [ONE]}, UNJOINED),
        (ONE, UNJOINED),
    ],
    ids=["both lists", "in one list", "one call with its parties", "transcripts alone", "one call alone"],
)
def test_a_call(document: dict[str, Any], people: list[tuple[str, str, str]]) -> None:
    found = call_of(document)
    joined = people is JOINED
    assert (found.format, found.call_id, found.agent) == ("gong", "c1", "Rolf" if joined else None)
    assert [(t.start, t.end, t.text) for t in found.turns] == TEXTS
    assert [(t.speaker, t.role, t.role_source) for t in found.turns] == people
    assert any("parties of this call are neither" in warning for warning in found.warnings) is not joined


def files(folder: Path, **contents: Any) -> None:
    for name, content in contents.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def read(path: Path) -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_path(path)))


def test_the_parties_may_be_in_a_file_beside(tmp_path: Path) -> None:
    files(tmp_path, talk={"callTranscripts": [ONE]}, a_broken='{"metaData": ', parties=CALLS, z_other=[1, 2])
    (found,) = read(tmp_path / "talk.json")
    assert isinstance(found, Transcript)
    assert [(t.speaker, t.role, t.role_source) for t in found.turns] == JOINED
    assert found.started == "2031-03-04T10:00:00Z"


def test_parties_of_other_calls_are_not_used(tmp_path: Path) -> None:
    other = {"calls": [{**CALLS["calls"][0], "metaData": {"id": "c2"}}]}
    files(tmp_path, talk={"callTranscripts": [ONE]}, parties=other)
    (found,) = read(tmp_path / "talk.json")
    assert isinstance(found, Transcript)
    assert [turn.role for turn in found.turns] == ["unknown", "unknown"]


def test_a_bad_call_leaves_the_others() -> None:
    bad = call("c0", part("s1", ("x", 2, "Hello.")))  # type: ignore[arg-type]
    first, second = calls_of({"callTranscripts": [bad, ONE]})
    assert isinstance(first, TranscriptError)
    assert isinstance(second, Transcript)


def test_seconds_are_told_from_ms() -> None:
    scaled = [
        part("s1", (0.4, 3.0, "Tarn Pumps, this is Rolf. Hello?")),
        part("s2", (3.2, 4.1, "My pump leaks.")),
    ]
    assert [(t.start, t.end, t.text) for t in call_of(call("c1", *scaled)).turns] == TEXTS


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (CALLS, "parties without what they said"),
        (CALLS["calls"][0], "parties without what they said"),
        (call("c1", part(None, (0, 900, "Hello."))), "no speakers"),
    ],
)
def test_refusals(document: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of(document)


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors({"callTranscripts": [ONE], **CALLS}, "My pump leaks", "this is Rolf")
