"""vCon: roles of parties, text dialogs, transcripts of any vendor inside, sealed containers."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of

SECRET = "https://store.example/a.wav?signature=S3CRET"
PARTIES = [
    {"tel": "+155500001", "name": "Ida", "role": "customer"},
    {"mailto": "rolf@tarn.example", "name": "Rolf", "meta": {"role": "agent"}},
]
RECORDING = {
    "type": "recording",
    "start": "2031-03-04T10:00:00Z",
    "parties": [0, 1],
    "url": SECRET,
    "duration": 30.5,
}


def utterance(channel: int, text: str, start: float, end: float) -> dict[str, Any]:
    row = {"transcript": text, "start_time": str(start), "end_time": str(end), "media_channel": channel}
    return {**row, "sentence_index": 0}


def sentence(name: str, text: str, start: float, end: float) -> dict[str, Any]:
    return {"speaker_name": name, "text": text, "start_time": start, "end_time": end}


BODY = {"sentences": [sentence("Rolf", "Tarn Pumps.", 0.5, 1.2), sentence("Ida", "My pump leaks.", 1.5, 2.5)]}
SAID = [
    ("Rolf", "agent", "joined", 0.5, 1.2, "Tarn Pumps."),
    ("Ida", "customer", "joined", 1.5, 2.5, "My pump leaks."),
]


def analysis(body: Any, **more: Any) -> dict[str, Any]:
    return {"type": "transcript", "dialog": 0, "vendor": "v", "body": body, **more}


def vcon(*analyses: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {"vcon": "0.0.1", "uuid": "v-7", "created_at": "2031-03-04T11:00:00Z", "parties": PARTIES}
    return {**base, "dialog": [RECORDING], "analysis": list(analyses), **more}


def encoded(body: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")


WITHOUT_VERSION = vcon(analysis(BODY))
del WITHOUT_VERSION["vcon"]


@pytest.mark.parametrize(
    "document",
    [
        vcon(analysis(BODY)),
        WITHOUT_VERSION,
        vcon(analysis(json.dumps(BODY), encoding="json")),
        vcon(analysis(json.dumps(BODY), encoding="none")),
        vcon(analysis(encoded(BODY), encoding="base64url")),
        vcon(analysis({"result": BODY})),
        vcon(analysis(BODY, type="analysis_info")),
        vcon(analysis("It went well.", type="summary"), analysis(BODY)),
        vcon(analysis({"score": 3}, type="sentiment"), analysis(BODY)),
        vcon(analysis({"broken": 1}), analysis(BODY)),
        vcon(analysis(BODY), analysis(BODY)),
        vcon(analysis(BODY, dialog=[0])),
    ],
    ids=[
        "plain", "no version", "JSON string", "unmarked string", "base64", "wrapped",
        "other type", "beside a summary", "beside numbers", "beside an unknown shape", "twice", "dialog list",
    ],
)  # fmt: skip
def test_a_transcribed_recording(document: dict[str, Any]) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == ("vcon", "v-7", "voice", "Rolf")
    assert call.started == "2031-03-04T10:00:00+00:00"
    assert [(t.speaker, t.role, t.role_source, t.start, t.end, t.text) for t in call.turns] == SAID


def test_the_vendors_channels_stay_unknown() -> None:
    call = call_of(vcon(analysis({"sentences": [utterance(1, "Hello.", 0, 1), utterance(2, "Hi.", 1, 2)]})))
    assert [(t.speaker, t.role) for t in call.turns] == [("channel 1", "unknown"), ("channel 2", "unknown")]
    assert call.agent == "Rolf"


def test_a_transcript_as_text() -> None:
    call = call_of(
        vcon(analysis("Agent: Tarn Pumps.\nCustomer: My pump leaks.\nAgent: I see.\nCustomer: Good."))
    )
    assert [(t.role, t.role_source) for t in call.turns] == [("agent", "told"), ("customer", "told")] * 2


def test_a_second_recording_comes_later() -> None:
    later = {**RECORDING, "start": "2031-03-04T10:05:00Z"}
    call = call_of(vcon(analysis(BODY, dialog=1), analysis(BODY), dialog=[RECORDING, later]))
    assert [turn.start for turn in call.turns] == [0.5, 1.5, 300.5, 301.5]


def text_dialog(writer: int, body: str, minute: int, **more: Any) -> dict[str, Any]:
    start = f"2031-03-04T10:{minute:02}:00Z"
    return {
        "type": "text",
        "start": start,
        "parties": [writer, 1 - writer],
        "body": body,
        "encoding": "none",
        **more,
    }


def test_text_dialogs_are_messages() -> None:
    dialogs = [
        text_dialog(1, "<p>Which pump?</p>", 3, mimetype="text/html"),
        text_dialog(0, "My pump leaks.", 0),
        text_dialog(1, "The T4.", 4, originator=0),
        text_dialog(0, "[no JSON]", 5, parties=0),
        text_dialog(9, "Hm.", 6),
    ]
    call = call_of(vcon(dialog=dialogs))
    assert (call.channel, call.agent) == ("chat", "Rolf")
    assert [(t.speaker, t.role, t.role_source, t.start, t.text) for t in call.turns] == [
        ("Ida", "customer", "joined", 0.0, "My pump leaks."),
        ("Rolf", "agent", "joined", 180.0, "Which pump?"),
        ("Ida", "customer", "joined", 240.0, "The T4."),
        ("Ida", "customer", "joined", 300.0, "[no JSON]"),
        ("unknown", "unknown", "unknown", 360.0, "Hm."),
    ]


def test_mails_are_mails_and_old_dates_are_read() -> None:
    old = {"mimetype": "message/rfc822", "start": "Tue, 04 Mar 2031 10:00:00 -0000"}
    call = call_of(vcon(dialog=[text_dialog(0, "Hello.\n\n> Old words.", 0, **old)]))
    assert (call.channel, call.started) == ("email", "2031-03-04T10:00:00+00:00")
    assert call.turns[0].text == "Hello."


def test_a_transcript_that_cannot_be_read_leaves_the_rest() -> None:
    broken = analysis({"x": 1}, dialog=1)
    call = call_of(vcon(analysis(BODY), broken, dialog=[RECORDING, RECORDING, text_dialog(0, "Hello.", 3)]))
    assert [turn.text for turn in call.turns] == ["Tarn Pumps.", "My pump leaks.", "Hello."]
    assert "A transcript inside was left out" in call.warnings[0]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"payload": "eyJ2Y29uIjoi", "signatures": [{"protected": "x"}]}, "this vCon is signed"),
        ({"unprotected": {}, "recipients": [{}], "iv": "x", "ciphertext": "y"}, "this vCon is encrypted"),
        (vcon(), "neither a dialog of type text nor a transcript"),
        (vcon(analysis("It went well.", type="summary")), "neither a dialog of type text nor a transcript"),
        (vcon(analysis({"x": 1})), "analysis[0]"),
        (vcon(analysis({"x": {"y": BODY["sentences"][0]}})), "no transcript"),
        (vcon(analysis("%%%", encoding="base64url")), "base64url"),
        (vcon(analysis("{", encoding="json")), "broken JSON"),
        (vcon(analysis({"sentences": [sentence("", "Hello.", 0, 1)]})), "no speakers"),
        (vcon(analysis(vcon(analysis(BODY)))), "no transcript"),
    ],
)
def test_refusals(document: dict[str, Any], sentence: str) -> None:
    found = refusal_of(document)
    assert sentence in found
    assert "S3CRET" not in found


def test_spoiled_documents_raise_nothing_else() -> None:
    document = vcon(analysis(BODY), dialog=[RECORDING, text_dialog(0, "Written words.", 3)])
    assert_only_transcript_errors(document, "My pump leaks", "Written words", "S3CRET")
