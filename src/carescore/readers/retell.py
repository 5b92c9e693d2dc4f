"""Retell AI: a call with its `transcript_object`, or a chat with its messages. Its "agent" is a bot.

Lists of calls may leave the objects out; then the turns are in the `transcript`, line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.readers.about import AboutCall
from carescore.readers.fields import Json, first_record, has, number, optional_text, records, text
from carescore.readers.labelled import is_labelled, labelled_calls
from carescore.readers.messages import Message, conversation, instant
from carescore.readers.reader import Origin, Reader
from carescore.readers.silence import is_silence
from carescore.readers.speech import voice_call
from carescore.readers.times import iso_instant
from carescore.transcript import Role, Transcript, Turn

# The target of a transfer is the person whom the bot hands the customer to.
_ROLES: Final[dict[str, Role]] = {"agent": "bot", "user": "customer", "transfer_target": "agent"}
_CALL: Final = ("transcript_object", "transcript_with_tool_calls")
_CHAT: Final = "message_with_tool_calls"


def accepts(document: Json) -> bool:
    """A call or a chat with an agent's id and roles beside contents."""
    if not isinstance(document, dict):
        return False
    if _is_text_only(document):
        return True
    listed = next((first_record(document[key]) for key in (*_CALL, _CHAT) if document.get(key)), {})
    return "role" in listed and any(key in document for key in ("call_id", "chat_id", "agent_id"))


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one call or chat; tool calls and keys pressed are not speech."""
    began = instant(document.get("start_timestamp"), "start_timestamp", origin)
    started = None if began is None else iso_instant(began)
    if _is_text_only(document):
        yield from _from_text(document, started, origin)
        return
    key = next((key for key in _CALL if document.get(key)), _CHAT)
    rows = [
        (f"{key}[{n}]", row)
        for n, row in enumerate(records(document.get(key), key, origin))
        if optional_text(row.get("role")) in _ROLES
    ]
    if key == _CHAT:
        yield conversation(
            [_message(row, place, origin) for place, row in rows],
            origin,
            channel="chat",
            call_id=optional_text(document.get("chat_id")),
        )
        return
    turns = [_turn(row, place, origin) for place, row in rows]
    yield voice_call(
        [turn for turn in turns if turn.text.strip() and not is_silence(turn.text)],
        origin,
        call_id=optional_text(document.get("call_id")),
        started=started,
    )


def _is_text_only(document: dict[str, Json]) -> bool:
    """Whether a call tells its turns in nothing but a text with labels."""
    if not has(document, "call_id", "agent_id", "transcript") or any(map(document.get, (*_CALL, _CHAT))):
        return False
    return ("call_type" in document or "call_status" in document) and is_labelled(document["transcript"])


def _from_text(document: dict[str, Json], started: str | None, origin: Origin) -> Iterator[Transcript]:
    """The call in the text; the label "Agent" is the bot's."""
    about = AboutCall(call_id=optional_text(document["call_id"]) or None, channel="voice", started=started)
    for call in labelled_calls(text(document["transcript"], "transcript", origin), origin, about):
        turns = (replace(turn, role="bot") if turn.role == "agent" else turn for turn in call.turns)
        yield replace(call, turns=tuple(turns), agent=None)


def _turn(row: dict[str, Json], key: str, origin: Origin) -> Turn:
    role = optional_text(row.get("role"))
    words = records(row.get("words"), f"{key}.words", origin)
    timed = [word for word in words if has(word, "start", "end")]
    return Turn(
        index=0,
        speaker=role,
        role=_ROLES[role],
        role_source="told",
        text=text(row.get("content"), f"{key}.content", origin),
        start=number(timed[0]["start"], f"{key}.words.start", origin) if timed else None,
        end=number(timed[-1]["end"], f"{key}.words.end", origin) if timed else None,
    )


def _message(row: dict[str, Json], key: str, origin: Origin) -> Message:
    role = optional_text(row.get("role"))
    return Message(
        speaker=role,
        role=_ROLES[role],
        text=text(row.get("content"), f"{key}.content", origin),
        instant=instant(row.get("created_timestamp"), f"{key}.created_timestamp", origin),
    )


READER: Final = Reader(
    id="retell",
    name="Retell AI call",
    content="json",
    roles="told",
    verified="documentation",
    accepts=accepts,
    read=read,
)
