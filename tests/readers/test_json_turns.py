from __future__ import annotations

import json
from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, calls_of, refusal_of

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

DOCUMENT = {
    "call_id": "H-17",
    "channel": "phone",
    "agent_name": "Maren",
    "started_at": "2024-05-01T10:00:00Z",
    "turns": [
        {"speaker": "AGENT", "text": "Harbour Power, this is Maren.", "start": "00:00:03", "end": "00:00:05"},
        {"speaker": "AGENT", "text": "How can I help?", "start": "00:00:05", "end": "00:00:06"},
        {"speaker": "CUSTOMER", "text": "My meter is stuck.", "start": "00:00:07", "end": "00:00:09"},
        {"speaker": "SYSTEM", "text": None},
    ],
}


def test_a_call_as_people_write_it() -> None:
    call = call_of(DOCUMENT)
    assert [(t.speaker, t.role, t.role_source, t.start, t.end, t.text) for t in call.turns] == [
        ("AGENT", "agent", "told", 3.0, 6.0, "Harbour Power, this is Maren. How can I help?"),
        ("CUSTOMER", "customer", "told", 7.0, 9.0, "My meter is stuck."),
    ]
    assert (call.format, call.call_id, call.channel, call.agent) == ("json", "H-17", "voice", "Maren")
    assert call.started == "2024-05-01T10:00:00Z"
    assert call.warnings == ("1 of 4 turns have no text and were left out.",)


@pytest.mark.parametrize(
    "document",
    [
        {"turns": [{"speaker": "agent", "text": "Hi."}, {"speaker": "customer", "text": "Hello."}]},
        {"messages": [{"from": "Agent", "body": "Hi."}, {"from": "Caller", "body": "Hello."}]},
        {
            "utterances": [
                {"participant": "rep", "utterance": "Hi."},
                {"participant": "client", "utterance": "Hello."},
            ]
        },
        {"dialogue": [["agent", "Hi."], ["customer", "Hello."]]},
        {"transcript": [{"agent": "Hi."}, {"customer": "Hello."}]},
        {"Transcript": "Agent: Hi.\nCustomer: Hello."},
        {"transcript": ["Agent: Hi.", "Customer: Hello."]},
        {"Content": "Agent: Hi.\nCustomer: Hello.", "ConversationId": "call.json"},
        {
            "conversation": {
                "messages": [{"role": "agent", "message": "Hi."}, {"role": "member", "message": "Hello."}]
            }
        },
        {
            "turns": [
                {"author": {"name": "Maren", "type": "agent"}, "text": "Hi."},
                {"role": "user", "text": "Hello."},
            ]
        },
        {
            "turns": [
                {"role": "agent", "text": "Hi."},
                {"role": "user", "text": ""},
                {"role": "user", "text": "Hello."},
            ]
        },
        {
            "turns": [
                {"turn": 2, "role": "user", "text": "Hello."},
                {"turn": 1, "role": "agent", "text": "Hi."},
            ]
        },
        {
            "turns": [
                {"role": "user", "text": "Hello.", "ts": 1714557605},
                {"role": "agent", "text": "Hi.", "ts": 1714557600},
            ]
        },
        [{"speaker": "Agent", "text": "Hi."}, {"speaker": "Customer", "text": "Hello."}],
        [["agent", "Hi."], ["customer", "Hello."]],
        ["Agent: Hi.", "Customer: Hello."],
        {
            "result": {
                "turns": [{"speaker": "agent", "text": "Hi."}, {"speaker": "customer", "text": "Hello."}]
            }
        },
    ],
)
def test_shapes_of_one_call(document: Any) -> None:
    call = call_of(document)
    assert [(turn.role, turn.text) for turn in call.turns] == [("agent", "Hi."), ("customer", "Hello.")]
    assert call.format == "json"
    assert call.call_id == "call.json"


def _calls(documents: Any) -> list[tuple[str, list[str]]]:
    found = calls_of(documents)
    assert all(isinstance(call, Transcript) for call in found), found
    return [(call.call_id, [t.text for t in call.turns]) for call in found if isinstance(call, Transcript)]


@pytest.mark.parametrize(
    "documents",
    [
        [
            {"id": 1, "turns": [{"speaker": "agent", "text": "a"}, {"speaker": "customer", "text": "b"}]},
            {"id": 2, "turns": [{"speaker": "agent", "text": "c"}]},
        ],
        [
            {"conv_id": 1, "speaker": "agent", "text": "a"},
            {"conv_id": 2, "speaker": "agent", "text": "c"},
            {"conv_id": 1, "speaker": "customer", "text": "b"},
        ],
        {
            "calls": [
                {"id": 1, "turns": [["agent", "a"], ["customer", "b"]]},
                {"id": 2, "turns": [["agent", "c"]]},
            ]
        },
        [
            {"id": 1, "source": "phone", "transcript": "Agent: a\nCustomer: b"},
            {"id": 2, "source": "phone", "transcript": "Agent: c"},
        ],
    ],
)
def test_several_calls_stay_apart(documents: Any) -> None:
    assert _calls(documents) == [("1", ["a", "b"]), ("2", ["c"])]


def test_a_turn_a_line() -> None:
    lines = [
        {"call_id": 1, "speaker": "agent", "text": "a"},
        {"call_id": 1, "speaker": "customer", "text": "b", "start": 2},
        {"call_id": 2, "speaker": "agent", "text": "c"},
    ]
    text = "\n".join(map(json.dumps, lines)) + "\n{broken\n"
    calls = list(transcripts(Source.from_text(text, "turns.jsonl")))
    assert [(c.call_id, c.format) for c in calls if isinstance(c, Transcript)] == [
        ("1", "jsonl"),
        ("2", "jsonl"),
    ]
    assert "line 4: broken JSON" in str(calls[-1])


def test_a_call_a_line_with_one_bad_line() -> None:
    good = {"id": "a", "turns": [{"speaker": "agent", "text": "a"}]}
    text = "\n".join(
        [json.dumps(good), '{"id": "b", "turns": [{"speaker": "agent", "text": ["x"]}]}', json.dumps(good)]
    )
    calls = list(transcripts(Source.from_text(text, "calls.jsonl")))
    assert [getattr(c, "call_id", None) for c in calls] == ["a", None, "a-2"]
    assert str(calls[1]) == "calls.jsonl, line 2, turns[0], text: expected text, found list."


@pytest.mark.parametrize(
    ("document", "roles"),
    [
        (
            {"agent": "Maren", "turns": [{"name": "Maren", "text": "a"}, {"name": "Luz", "text": "b"}]},
            [("Maren", "agent", "joined"), ("Luz", "unknown", "unknown")],
        ),
        (
            {"turns": [{"speaker": "Maren", "role": "AGENT", "text": "a"}, {"speaker": 1, "text": "b"}]},
            [("Maren", "agent", "told"), ("speaker 1", "unknown", "unknown")],
        ),
        (
            {
                "turns": [
                    ["Agent (Maren)", "a"],
                    ["supervisor", "b"],
                    ["action", "c"],
                    ["ai", "d"],
                    ["spk_0", "e"],
                ]
            },
            [
                ("Agent (Maren)", "agent", "told"),
                ("supervisor", "agent", "told"),
                ("action", "system", "told"),
                ("ai", "bot", "told"),
                ("spk_0", "unknown", "unknown"),
            ],
        ),
        (
            {"turns": [{"channel": 0, "text": "a"}, {"channel": 1, "text": "b"}]},
            [("channel 0", "unknown", "unknown"), ("channel 1", "unknown", "unknown")],
        ),
    ],
)
def test_who_speaks(document: Any, roles: list[tuple[str, str, str]]) -> None:
    call = call_of(document)
    assert [(turn.speaker, turn.role, turn.role_source) for turn in call.turns] == roles
    agents = {speaker for speaker, role, _ in roles if role == "agent"}
    assert call.agent == ("Maren" if any("Maren" in speaker for speaker in agents) else None)


def test_messages_of_a_chat_stay_apart_and_recognised_pieces_are_joined() -> None:
    turns = [{"speaker": "agent", "text": "a", "start": 0}, {"speaker": "agent", "text": "b", "start": 1}]
    assert [t.text for t in call_of({"channel": "chat", "turns": turns}).turns] == ["a", "b"]
    assert [t.text for t in call_of({"turns": turns}).turns] == ["a", "b"]
    assert [t.text for t in call_of({"channel": "voice", "turns": turns}).turns] == ["a b"]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"turns": [{"text": "a"}, {"text": "b"}]}, "no speakers"),
        ({"transcript": "Only words without any label"}, "no speakers"),
        (
            {"turns": [{"speaker": "agent", "text": {"x": "secret"}}]},
            "turns[0], text: expected text, found dict",
        ),
        ({"turns": [{"speaker": "agent", "text": "a"}, 7]}, "turns[1]: expected an object, found int"),
        ({"turns": [["agent", "a"], ["agent", "a", "b"]]}, "turns[1]: expected [speaker, text]"),
        (
            {"turns": [{"speaker": "agent", "text": "a", "start": "soon"}]},
            "turns[0], start: a time cannot be read",
        ),
        ({"turns": [{"speaker": ["x"], "text": "a"}]}, "turns[0], speaker: expected text, found list"),
        (
            {
                "turns": [
                    {"speaker": "a", "text": "a", "start": 3},
                    {"speaker": "b", "text": "b", "start": "0:04"},
                ]
            },
            "written in different ways",
        ),
        ({"turns": []}, "no words were found"),
        ({"turns": [1, 2]}, "no transcript was recognised"),
        ({"id": 3}, "no transcript was recognised"),
    ],
)
def test_refused(document: Any, sentence: str) -> None:
    refusal = refusal_of(document)
    assert sentence in refusal
    assert refusal.startswith("call.json")
    assert "secret" not in refusal


def test_nan_is_named_by_its_line() -> None:
    text = '{"id": 1,\n"turns": [\n{"speaker": "agent", "text": "a", "start": NaN}]}'
    (error,) = transcripts(Source.from_text(text, "call.json"))
    assert str(error).startswith("call.json, line 3: NaN is not a JSON number")


def test_chosen_by_name_it_says_what_it_expects() -> None:
    (error,) = transcripts(Source.from_text('{"x": 1}', "call.json"), format="json")
    assert isinstance(error, TranscriptError)
    assert "JSON with a list of turns" in str(error)


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        [
            {"call_id": 1, "author": {"name": "Maren", "type": "agent"}, "body": "Harbour."},
            {"author": "b", "body": "c"},
        ],
        {"messages": [["agent", "Harbour"], ["customer", "Hello"]], "metadata": {"id": 4}},
    ],
)
def test_spoiled_documents_give_calls_or_errors(document: Any) -> None:
    assert_only_transcript_errors(document, "Harbour", "meter")


@pytest.mark.parametrize("key", [None, "transcripts", "conversations"])
def test_bug_a_list_of_transcripts_in_strings_was_read_as_one_call(key: str | None) -> None:
    texts = ["Agent: Hi.\nCustomer: Hello.", "no labels", "Agent: Yes?\nCustomer: Bye."]
    first, error, last = calls_of(texts if key is None else {key: texts})
    assert isinstance(first, Transcript)
    assert isinstance(last, Transcript)
    assert [turn.text for turn in first.turns + last.turns] == ["Hi.", "Hello.", "Yes?", "Bye."]
    assert (first.call_id, last.call_id) == ("call.json-1", "call.json-3")
    assert "item 2: this text has no speakers" in str(error)
