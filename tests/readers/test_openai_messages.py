from __future__ import annotations

import json

from spoiled import assert_only_transcript_errors, call_of, refusal_of

from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

DOCUMENT = {
    "id": "chat-4",
    "messages": [
        {"role": "system", "content": "You are kind."},
        {"role": "user", "content": [{"type": "text", "text": "My meter is stuck."}, {"type": "image_url"}]},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"function": {"name": "find_meter", "arguments": "{}"}}],
        },
        {"role": "tool", "name": "find_meter", "content": "meter 7"},
        {
            "role": "user",
            "content": [{"type": "tool_result", "content": [{"type": "text", "text": "meter 8"}]}],
        },
        {"role": "assistant", "content": "I found it."},
        {
            "role": "assistant",
            "content": [{"type": "text", "text": "Done."}, {"type": "tool_use", "name": "close"}],
        },
        {"role": "developer", "content": ""},
    ],
}


def test_the_assistant_is_a_bot_and_tools_are_the_system() -> None:
    call = call_of(DOCUMENT)
    assert [(t.speaker, t.role, t.role_source, t.text) for t in call.turns] == [
        ("system", "system", "told", "You are kind."),
        ("user", "customer", "told", "My meter is stuck."),
        ("tool call", "system", "told", "find_meter"),
        ("find_meter", "system", "told", "meter 7"),
        ("tool", "system", "told", "meter 8"),
        ("assistant", "bot", "told", "I found it."),
        ("assistant", "bot", "told", "Done."),
        ("tool call", "system", "told", "close"),
    ]
    assert (call.format, call.channel, call.call_id, call.warnings) == ("openai", "chat", "chat-4", ())


def test_a_bare_list_and_a_call_a_line() -> None:
    messages = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    assert call_of(messages).format == "openai"
    lines = "\n".join(json.dumps({"messages": messages}) for _ in range(3))
    calls = list(transcripts(Source.from_text(lines, "runs.jsonl")))
    assert [(c.call_id, len(c.turns)) for c in calls if isinstance(c, Transcript)] == [
        ("runs.jsonl", 2),
        ("runs.jsonl-2", 2),
        ("runs.jsonl-3", 2),
    ]


def test_without_an_assistant_it_is_another_format() -> None:
    document = {"messages": [{"role": "agent", "content": "a"}, {"role": "user", "content": "b"}]}
    assert call_of(document).format == "json"


def test_content_of_a_wrong_kind_is_named() -> None:
    document = {
        "messages": [{"role": "assistant", "content": "a"}, {"role": "user", "content": {"x": "secret"}}]
    }
    assert (
        refusal_of(document)
        == "call.json, line 1, messages[1].content: expected a list of objects, found dict."
    )


def test_spoiled_documents_give_calls_or_errors() -> None:
    assert_only_transcript_errors(DOCUMENT, "meter is stuck", "You are kind")
