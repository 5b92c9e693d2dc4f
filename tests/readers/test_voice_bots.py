"""Vapi, Retell and ElevenLabs: their "agent" is a bot; tool calls, silence and interruptions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of

from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript


def vapi(role: str, text: str | None, start: float, ms: float | None = None, **more: Any) -> dict[str, Any]:
    row = {"role": role, "message": text, "time": 1_900_000_000_000 + start * 1000, "secondsFromStart": start}
    return {**row, **({} if ms is None else {"duration": ms}), **more}


CONFIDENCE = {"wordLevelConfidence": [{"word": "My", "confidence": 0.5}, {"word": "pump", "confidence": 1.0}]}
VAPI = [
    vapi("system", "You answer for Tarn Pumps.", 0),
    vapi("bot", "Tarn Pumps.", 1.2, 800),
    vapi("bot", "How can I help?", 2.1, 900),
    vapi("user", "My pump leaks.", 4.0, None, endTime=1_900_000_005_500, metadata=CONFIDENCE),
    vapi("tool_calls", None, 6.0, toolCalls=[{}]),
    vapi("tool_call_result", None, 6.5, result="{}"),
    vapi("user", "...", 7.0),
    vapi("assistant", "Thank you.", 8.0),
]
VAPI_CALL = {"id": "v-1", "startedAt": "2031-03-04T10:00:00Z", "messages": VAPI}
REPORT = {"type": "end-of-call-report", "call": {"id": "v-1"}, "artifact": {"messages": VAPI}}


@pytest.mark.parametrize(
    "document",
    [VAPI_CALL, {"id": "v-1", "artifact": {"messages": VAPI}}, {"message": REPORT}],
    ids=["call", "artifact", "report"],
)
def test_vapi(document: dict[str, Any]) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == ("vapi", "v-1", "voice", None)
    assert [(t.speaker, t.role, t.start, t.end, t.text) for t in call.turns] == [
        ("system", "system", 0.0, None, "You answer for Tarn Pumps."),
        ("bot", "bot", 1.2, 3.0, "Tarn Pumps. How can I help?"),
        ("user", "customer", 4.0, 5.5, "My pump leaks."),
        ("assistant", "bot", 8.0, None, "Thank you."),
    ]
    assert call.turns[2].confidence == 0.75


def retell(role: str, text: str, start: float, end: float) -> dict[str, Any]:
    words = [{"word": "x", "start": start, "end": start + 0.1}, {"word": "y", "start": end - 0.1, "end": end}]
    return {"role": role, "content": text, "words": words}


RETELL = {
    "call_id": "r-1",
    "call_type": "phone_call",
    "agent_id": "a",
    "agent_name": "Helper",
    "start_timestamp": 1_900_000_000_000,
    "transcript": "Agent: Tarn Pumps.\nUser: My pump leaks.\n",
    "transcript_object": [
        retell("agent", "Tarn Pumps.", 0.5, 1.5),
        retell("user", "My pump leaks.", 2.0, 3.5),
        retell("agent", "I connect you.", 4.0, 5.0),
        retell("transfer_target", "Rolf here.", 9.0, 9.5),
    ],
}
TOOLS = [{"role": "tool_call_invocation", "name": "transfer"}, {"role": "tool_call_result", "content": "ok"}]
RETELL_WITH_TOOLS = {
    "call_id": "r-1",
    "start_timestamp": 1_900_000_000_000,
    "transcript_with_tool_calls": [*RETELL["transcript_object"][:3], *TOOLS, RETELL["transcript_object"][3]],
}


@pytest.mark.parametrize("document", [RETELL, RETELL_WITH_TOOLS, {"event": "call_ended", "call": RETELL}])
def test_retell(document: dict[str, Any]) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel) == ("retell", "r-1", "voice")
    assert call.started == "2030-03-17T17:46:40+00:00"
    assert [(t.speaker, t.role, t.start, t.end, t.text) for t in call.turns] == [
        ("agent", "bot", 0.5, 1.5, "Tarn Pumps."),
        ("user", "customer", 2.0, 3.5, "My pump leaks."),
        ("agent", "bot", 4.0, 5.0, "I connect you."),
        ("transfer_target", "agent", 9.0, 9.5, "Rolf here."),
    ]


@pytest.mark.parametrize("more", [{}, {"transcript_object": []}, {"transcript_object": None}])
def test_bug_retells_bot_was_scored_as_a_person_where_only_the_text_is_given(more: dict[str, Any]) -> None:
    call = call_of({**{key: RETELL[key] for key in RETELL if key != "transcript_object"}, **more})
    assert (call.format, call.call_id, call.channel, call.agent) == ("retell", "r-1", "voice", None)
    assert [(t.role, t.text) for t in call.turns] == [("bot", "Tarn Pumps."), ("customer", "My pump leaks.")]


def test_a_retell_chat() -> None:
    rows = [
        {"role": "user", "content": "Hello?", "created_timestamp": 1_900_000_000_000},
        {"role": "agent", "content": "Hi.", "created_timestamp": 1_900_000_002_500},
    ]
    call = call_of({"chat_id": "h-1", "message_with_tool_calls": rows})
    assert (call.call_id, call.channel) == ("h-1", "chat")
    assert [(t.role, t.start) for t in call.turns] == [("customer", 0.0), ("bot", 2.5)]


def eleven(role: str, text: str | None, second: int, **more: Any) -> dict[str, Any]:
    return {"role": role, "message": text, "time_in_call_secs": second, "interrupted": False, **more}


ELEVEN = {
    "agent_id": "a",
    "agent_name": "Helper",
    "conversation_id": "conv_1",
    "status": "done",
    "metadata": {"start_time_unix_secs": 1_900_000_000, "call_duration_secs": 9},
    "transcript": [
        eleven(
            "agent", "Tarn Pumps. How...", 0, interrupted=True, original_message="Tarn Pumps. How can I help?"
        ),
        eleven("user", "My pump leaks.", 2),
        eleven("agent", None, 4, tool_calls=[{}]),
        eleven("user", "...", 6),
        eleven("agent", "I see.", 8),
    ],
}


def test_elevenlabs() -> None:
    call = call_of(ELEVEN)
    assert (call.format, call.call_id, call.channel, call.agent) == ("elevenlabs", "conv_1", "voice", None)
    assert call.started == "2030-03-17T17:46:40+00:00"
    assert [(t.speaker, t.role, t.start, t.end, t.text) for t in call.turns] == [
        ("agent", "bot", 0.0, None, "Tarn Pumps. How..."),
        ("user", "customer", 2.0, None, "My pump leaks."),
        ("agent", "bot", 8.0, None, "I see."),
    ]


def test_an_elevenlabs_text_conversation_is_a_chat() -> None:
    call = call_of({**ELEVEN, "metadata": {"text_only": True}})
    assert (call.channel, call.started) == ("chat", None)


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = json.dumps(ELEVEN)
    cut = whole[: whole.index("I see.") + 3]
    (call,) = transcripts(Source.from_text(cut))
    assert isinstance(call, Transcript)
    assert [turn.text for turn in call.turns] == ["Tarn Pumps. How...", "My pump leaks."]
    assert "breaks off" in call.warnings[0]


@pytest.mark.parametrize("document", [VAPI_CALL, {"message": REPORT}, RETELL, RETELL_WITH_TOOLS, ELEVEN])
def test_spoiled_documents_raise_nothing_else(document: dict[str, Any]) -> None:
    assert_only_transcript_errors(document, "My pump leaks", "Rolf here")
