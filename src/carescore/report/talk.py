"""The facts of a call's talk, written for people, each with what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from carescore.render import capital, clock, in_words, percent
from carescore.talk import TalkFacts, definitions

_SHARES: Final = ("talk_share", "word_share", "silence")
_LENGTHS: Final = ("duration", "longest_monologue", "longest_story", "hold")
_SECONDS: Final = ("response_gap", "longest_silence")
_RANGE: Final = " (0-1)"  # of shares in tables; here they are written in percent


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact's name, its value with unit, and its definition."""

    name: str
    value: str
    definition: str


def told_facts(facts: TalkFacts) -> tuple[ToldFact, ...]:
    """The facts that the transcript tells, in the order of their definitions."""
    return tuple(_told(facts))


def _told(facts: TalkFacts) -> Iterator[ToldFact]:
    for name, definition in definitions().items():
        value = getattr(facts, name)
        if value is not None:
            yield ToldFact(capital(in_words(name)), _writer(name)(value), definition.replace(_RANGE, ""))


def _writer(name: str) -> Callable[[Any], str]:
    if name in _SHARES:
        return percent
    if name in _LENGTHS:
        return clock
    return _seconds if name in _SECONDS else _count


def _seconds(value: float) -> str:
    # Answers to chats and mails come after minutes, hours or days.
    return f"{value:.1f} s" if value < 60 else clock(value)


def _count(value: float) -> str:
    return f"{value:,.0f}"
