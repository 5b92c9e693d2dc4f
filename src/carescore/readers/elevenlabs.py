"""ElevenLabs Agents: a conversation whose "agent" is a bot, with whole seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.readers.fields import (
    Json,
    first_record,
    has,
    number,
    optional_record,
    optional_text,
    records,
    text,
)
from carescore.readers.messages import instant
from carescore.readers.reader import Origin, Reader
from carescore.readers.silence import is_silence
from carescore.readers.speech import voice_call
from carescore.readers.times import iso_instant
from carescore.transcript import Role, Transcript, Turn, renumber

_ROLES: Final[dict[str, Role]] = {"agent": "bot", "user": "customer"}


def accepts(document: Json) -> bool:
    """A transcript of rows with a role, a message and the seconds into the call."""
    return isinstance(document, dict) and has(
        first_record(document.get("transcript")), "role", "message", "time_in_call_secs"
    )


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one conversation; rows of a tool call have no message and fall away."""
    rows = records(document.get("transcript"), "transcript", origin)
    turns = [_turn(row, f"transcript[{n}]", origin) for n, row in enumerate(rows)]
    said = [turn for turn in turns if turn.text.strip() and not is_silence(turn.text)]
    metadata = optional_record(document.get("metadata"))
    began = instant(metadata.get("start_time_unix_secs"), "metadata.start_time_unix_secs", origin)
    call_id = optional_text(document.get("conversation_id"))
    started = None if began is None else iso_instant(began)
    if metadata.get("text_only") is True:
        yield Transcript(
            call_id=call_id or origin.call_id, turns=renumber(said), channel="chat", started=started
        )
    else:
        yield voice_call(said, origin, call_id=call_id, started=started)


def _turn(row: dict[str, Json], key: str, origin: Origin) -> Turn:
    """A row. `message` is what was heard; what the bot would have said, uninterrupted, is elsewhere."""
    told = optional_text(row.get("role"))
    role = _ROLES.get(told, "unknown")
    return Turn(
        index=0,
        speaker=told or "unknown",
        role=role,
        role_source="unknown" if role == "unknown" else "told",
        text=text(row.get("message"), f"{key}.message", origin),
        start=number(row.get("time_in_call_secs"), f"{key}.time_in_call_secs", origin),
    )


READER: Final = Reader(
    id="elevenlabs",
    name="ElevenLabs Agents conversation",
    content="json",
    roles="told",
    verified="real file",
    accepts=accepts,
    read=read,
)
