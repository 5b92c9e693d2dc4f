"""Azure Language conversations: roles told twice, four spellings of a text, several in one request."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

from carescore.errors import TranscriptError
from carescore.transcript import Transcript


def item(person: str | None, text: str, **more: Any) -> dict[str, Any]:
    row = {
        "id": "1",
        "modality": "transcript",
        "text": text,
        "lexical": text.lower(),
        "itn": text,
        "maskedItn": text,
    }
    return {**row, **({} if person is None else {"participantId": person}), **more}


ITEMS = [item("Agent", "Tarn Pumps."), item("Agent", "Hello!"), item("Customer", "My pump leaks.")]
CONVERSATION = {"id": "z-1", "language": "en", "modality": "transcript", "conversationItems": ITEMS}


@pytest.mark.parametrize(
    "document",
    [{"analysisInput": {"conversations": [CONVERSATION]}}, {"conversations": [CONVERSATION]}, CONVERSATION],
)
def test_a_conversation(document: dict[str, Any]) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel) == ("azure-conversation", "z-1", "voice")
    assert [(t.speaker, t.role, t.role_source, t.text) for t in call.turns] == [
        ("Agent", "agent", "told", "Tarn Pumps. Hello!"),
        ("Customer", "customer", "told", "My pump leaks."),
    ]


@pytest.mark.parametrize(
    ("person", "more", "role"),
    [
        ("agent_1", {}, "agent"),
        ("2", {"role": "customer"}, "customer"),
        ("2", {"role": "generic"}, "unknown"),
        ("Rolf", {}, "unknown"),
    ],
)
def test_roles(person: str, more: dict[str, Any], role: str) -> None:
    assert call_of({**CONVERSATION, "conversationItems": [item(person, "Hi.", **more)]}).turns[0].role == role


def test_times_are_ticks_and_chats_stay_apart() -> None:
    timing = {"conversationItemLevelTiming": {"offset": 15_000_000, "duration": 5_000_000}}
    call = call_of(
        {**CONVERSATION, "modality": "text", "conversationItems": [*ITEMS, item("Agent", "Hm.", **timing)]}
    )
    assert (call.channel, len(call.turns)) == ("chat", 4)
    assert (call.turns[3].start, call.turns[3].end) == (pytest.approx(1.5), pytest.approx(2.0))


def test_a_bad_conversation_leaves_the_others() -> None:
    bad = {"id": "z-0", "conversationItems": [{"participantId": "Agent", "text": ["Hi."]}]}
    first, second = calls_of({"analysisInput": {"conversations": [bad, CONVERSATION]}})
    assert isinstance(first, TranscriptError)
    assert isinstance(second, Transcript)


def test_items_without_participants_are_refused() -> None:
    assert "participantId" in refusal_of({**CONVERSATION, "conversationItems": [item(None, "Hi.")]})


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors({"analysisInput": {"conversations": [CONVERSATION]}}, "My pump leaks")
