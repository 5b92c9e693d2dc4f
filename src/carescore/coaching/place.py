"""Putting a line into what an agent said: after the greeting, before the signature, instead of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from carescore.spans import sentences
from carescore.transcript import Transcript

_GREETING: Final = re.compile(
    r"(?:dear|hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_SIGN_OFF: Final = re.compile(
    r"(?:(?:kind|warm|best|with|many)?\s*(?:regards|wishes)|(?:yours )?sincerely|yours|cheers|best|thanks)\b"
    r"[^a-z]*$",
    re.IGNORECASE,
)
_SIGNATURE_LINES: Final = 4


def before(text: str, line: str) -> str:
    """The line first, but after a greeting.

    >>> before("Hello, Ada here. What is the number?", "Three days is long.")
    'Hello, Ada here. Three days is long. What is the number?'
    """
    spans = sentences(text)
    greeted = len(spans) > 1 and _GREETING.match(text[spans[0][0] :])
    return _joined(text, spans[0][1] if greeted else 0, line)


def after(text: str, line: str) -> str:
    """The line last, but before the closing words of a mail."""
    for start, end in sentences(text)[-_SIGNATURE_LINES:]:
        if "\n" in text and _SIGN_OFF.match(text[start:end]):
            return _joined(text, start, line)
    return _joined(text, len(text), line)


def instead(text: str, line: str, span: tuple[int, int]) -> str:
    """The line in the place of a piece of the text."""
    return f"{text[: span[0]]}{line}{text[span[1] :]}".strip()


def whole_sentences(text: str, quoted: list[str]) -> list[tuple[int, int]]:
    """Where the quoted sentences stand that can be cut out clean: whole ones, and no greeting."""
    return [
        (start, end)
        for start, end in sentences(text)
        if text[start:end] in quoted
        and (text[end - 1] in ".!?" or (start, end) == (0, len(text)))
        and not _GREETING.match(text[start:end])
    ]


def with_turn(call: Transcript, turn: int, text: str) -> Transcript:
    """The call with other words in one turn."""
    return with_turns(call, {turn: text})


def with_turns(call: Transcript, texts: Mapping[int, str]) -> Transcript:
    """The call with other words in some turns, by their numbers."""
    turns = list(call.turns)
    for turn, text in texts.items():
        turns[turn] = replace(turns[turn], text=text)
    return replace(call, turns=tuple(turns))


def _joined(text: str, at: int, line: str) -> str:
    head, tail = text[:at].rstrip(), text[at:].lstrip()
    gap = "\n\n" if head.endswith(",") and "\n" in text else " "
    unfinished = head and head[-1].isalnum() and any(mark in text for mark in ".!?")
    return gap.join(
        part for part in (f"{head}." if unfinished else head, f"{line}{gap}{tail}".strip()) if part
    )
