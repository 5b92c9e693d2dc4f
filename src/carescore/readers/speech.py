"""Recognised speech as a call: what each recogniser's reader does first and last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import Json, number, text
from carescore.readers.pace import unlikely_pace
from carescore.readers.reader import Origin
from carescore.readers.role_words import role_of
from carescore.readers.silence import is_silence
from carescore.readers.words import Word
from carescore.transcript import Transcript, Turn, join_same_speaker, renumber

# Some recognisers call everybody a guest, the agent too.
_ANONYMOUS: Final = re.compile(r"guest\W?\d+", re.IGNORECASE)
# Who speaks on a channel with a name: "Agent S1", "Agent S2".
_BEHIND_CHANNEL: Final = re.compile(r"(?<=\w) (?:S|speaker )\d{1,3}")


def speaker_label(value: Json, kind: str, key: str, origin: Origin) -> str | None:
    """A speaker as the file has it, a bare number with its kind before it ("speaker 0", "channel 1")."""
    written = text(value, key, origin).strip()
    if not written:
        return None
    return f"{kind} {written}" if written.isdecimal() else written


def share(value: Json, key: str, origin: Origin) -> float | None:
    """A confidence between 0 and 1; a number outside tells nothing."""
    found = number(value, key, origin)
    return found if found is not None and 0.0 <= found <= 1.0 else None


def milliseconds(value: Json, key: str, origin: Origin) -> float | None:
    """Seconds from a count of milliseconds."""
    found = number(value, key, origin)
    return None if found is None else found / 1000


def no_speakers(origin: Origin, product: str, remedy: str) -> TranscriptError:
    """The refusal of a file that does not tell who speaks."""
    return TranscriptError(
        f"this {product} output has no speakers, so the agent's words cannot be told from the customer's. "
        f"{remedy}",
        source=origin.name,
        place=origin.place,
    )


def spoken(words: Iterable[Word], refusal: TranscriptError) -> tuple[list[Word], tuple[str, ...]]:
    """The words that somebody said, each with a speaker, and a warning where that had to be filled in.

    Silence is dropped. A word without a speaker goes to the speaker before it, as punctuation always
    does. Where no word has a speaker at all, the refusal is raised.
    """
    said = [word for word in words if word.text.strip() and (word.attached or not is_silence(word.text))]
    current = next((word.speaker for word in said if word.speaker is not None), None)
    if said and current is None:
        raise refusal
    found: list[Word] = []
    missing = 0
    for word in said:
        if word.speaker is None:
            missing += not word.attached
            word = replace(word, speaker=current)
        current = word.speaker
        found.append(word)
    if not missing:
        return found, ()
    return found, (
        f"{missing:,} of {len(found):,} recognised pieces have no speaker label; "
        "each was given to the speaker before it.",
    )


def voice_call(
    turns: Iterable[Turn],
    origin: Origin,
    *,
    call_id: str | None = None,
    agent: str | None = None,
    started: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Transcript:
    """The call of these turns, neighbours of one speaker joined.

    A label that names a role ("Agent", where channels or speakers were given names) tells it.
    """
    joined = renumber(join_same_speaker([_with_named_role(turn) for turn in turns]))
    pace = unlikely_pace(joined)
    return Transcript(
        call_id=call_id or origin.call_id,
        turns=joined,
        channel="voice",
        agent=agent,
        started=started,
        warnings=warnings if pace is None else (*warnings, pace),
    )


def _with_named_role(turn: Turn) -> Turn:
    untold = turn.role_source == "unknown" and not _ANONYMOUS.fullmatch(turn.speaker)
    role = role_of(_BEHIND_CHANNEL.sub("", turn.speaker)) if untold else None
    return turn if role is None else replace(turn, role=role, role_source="told")
