"""Whisper with tinydiarize: segments that tell where the speaker changes, but not who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from carescore.readers.fields import Json
from carescore.readers.words import Word

TURNS_ALTERNATE: Final = (
    "Tinydiarize marks where the speaker changes, not who speaks: the talk was read as two people taking "
    "turns. One missed mark swaps them from there on."
)
_KEY: Final = "speaker_turn_next"
_MARK: Final = "[SPEAKER_TURN]"


def is_marked(segments: Iterable[dict[str, Json]]) -> bool:
    """Whether any segment tells that the speaker changes after it."""
    return any(_turn_follows(segment) for segment in segments)


def alternating(segments: Iterable[dict[str, Json]], phrases: Iterable[Word]) -> Iterator[Word]:
    """The phrases of these segments, as two speakers who change at each mark."""
    turn = 0
    for segment, phrase in zip(segments, phrases, strict=True):
        yield replace(phrase, speaker=f"speaker {turn % 2}", text=phrase.text.replace(_MARK, " ").strip())
        turn += _turn_follows(segment)


def _turn_follows(segment: dict[str, Json]) -> bool:
    written = segment.get("text")
    return segment.get(_KEY) is True or (isinstance(written, str) and written.rstrip().endswith(_MARK))
