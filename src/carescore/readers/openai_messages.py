"""Chat messages as OpenAI and Anthropic write them: `{"messages": [{"role": …, "content": …}]}`.

The assistant is a bot; where a person writes as the assistant, `agent="assistant"` says so. Prompts, tools
and their results are system turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from carescore.readers import fields
from carescore.readers.about import AboutCall
from carescore.readers.cells import Row
from carescore.readers.columns import columns_of
from carescore.readers.json_turns import about_document
from carescore.readers.reader import Origin, Reader
from carescore.readers.rows import call_from_rows
from carescore.transcript import Transcript

Json = Any

_ROLES: Final = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_CALLS: Final = ("tool_calls", "function_call")
_LOOKED_AT: Final = 50
_COLUMNS: Final = columns_of(("speaker", "role", "text", "time"))


def _accepts(document: Json) -> bool:
    messages = document.get("messages") if isinstance(document, dict) else document
    if not isinstance(messages, list) or not messages:
        return False
    first = messages[:_LOOKED_AT]
    return all(_is_message(message) for message in first) and any(x["role"] == "assistant" for x in first)


def _is_message(message: Json) -> bool:
    return (
        isinstance(message, dict)
        and isinstance(message.get("role"), str)
        and message["role"] in _ROLES
        and any(key in message for key in ("content", *_CALLS))
    )


def _read(document: Json, origin: Origin) -> Iterator[Transcript]:
    about = AboutCall()
    key = ""
    if isinstance(document, dict):
        about, key = about_document(document, origin), "messages"
        document = document.get("messages")
    messages = fields.records(document, key or "messages", origin)
    rows = [
        row for number, message in enumerate(messages) for row in _rows(message, f"{key}[{number}]", origin)
    ]
    yield call_from_rows(rows, origin, about.over(AboutCall(channel="chat")))


def _rows(message: dict[str, Json], place: str, origin: Origin) -> Iterator[Row]:
    """The turns of one message: what is said, what tools answered, and which tools are called."""
    role = fields.text(message.get("role"), f"{place}.role", origin)
    name = fields.text(message.get("name"), f"{place}.name", origin)
    said, answered, called = _content(message.get("content"), f"{place}.content", origin)
    columns = columns_of(tuple(message))
    time = None if columns.start is None else tuple(message.values())[columns.start]
    if said:
        yield Row(place, _COLUMNS, (name or role, role, said, time))
    for answer in answered:
        yield Row(place, _COLUMNS, ("tool", "tool", answer, time))
    for tool in (*called, *_called(message, place, origin)):
        yield Row(place, _COLUMNS, ("tool call", "tool", tool, time))


def _content(value: Json, place: str, origin: Origin) -> tuple[str, list[str], list[str]]:
    """What a message says, what tools answered in it, and the names of tools that it calls."""
    if value is None or isinstance(value, str):
        return value or "", [], []
    said, answered, called = [], [], []
    for number, part in enumerate(fields.records(value, place, origin)):
        where = f"{place}[{number}]"
        kind = part.get("type")
        if kind == "tool_result":
            answered.append(_content(part.get("content"), f"{where}.content", origin)[0])
        elif kind == "tool_use":
            called.append(fields.text(part.get("name"), f"{where}.name", origin))
        else:
            said.append(_part(part, where, origin))
    return "\n".join(filter(None, said)), answered, called


def _part(part: dict[str, Json], place: str, origin: Origin) -> str:
    """The text of one part of a message; pictures and files have none."""
    words = part.get("text", part.get("refusal"))
    if isinstance(words, dict):
        words = words.get("value")
    return fields.text(words, f"{place}.text", origin)


def _called(message: dict[str, Json], place: str, origin: Origin) -> Iterator[str]:
    """The names of the tools that a message calls; their arguments are no part of the talk."""
    calls = fields.records(message.get("tool_calls"), f"{place}.tool_calls", origin)
    single = message.get("function_call")
    functions = [call.get("function") for call in calls] + ([single] if single else [])
    for function in functions:
        if isinstance(function, dict):
            yield fields.text(function.get("name"), f"{place}.function.name", origin)


READER: Final = Reader(
    id="openai",
    name="OpenAI chat messages",
    content="json",
    roles="told",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
