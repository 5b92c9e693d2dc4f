"""Lines that could meet an opening: patterns of `lines.toml` in the customer's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.coaching.facts import is_grave, read_facts
from carescore.coaching.subject import subject
from carescore.coaching.words import Line, Words
from carescore.transcript import Transcript

_TO_THE_POINT: Final = ("empathy", "explanation")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line with its slots filled, and the pattern that it came from."""

    text: str
    pattern: Line


def slots_of(call: Transcript, opening: int, words: Words) -> dict[str, str]:
    """What the customer said up to an opening that a line can use.

    Where the opening is the agent's own ("I can't do that") that is only what the call is about.
    """
    said = _customer_turns(call, opening)
    slots = read_facts(said[-1], said[:-1], words.vocabulary) if said else {}
    if call.turns[opening].role != "customer":
        slots = {name: value for name, value in slots.items() if name == "lost"}
    thing = subject([(turn.role, turn.text) for turn in call.turns], opening, words.vocabulary)
    return {**slots, "thing": thing} if thing else slots


def candidates(
    call: Transcript, opening: int, response: int, trigger: str, behaviours: Sequence[str], words: Words
) -> list[Candidate]:
    """The lines for an opening that show one of the behaviours and say something of this customer's own.

    What answers trouble or explains must take up a word of the opening itself; what takes on the matter, a
    word of what the customer said until then.
    """
    slots = slots_of(call, opening, words)
    said = _customer_turns(call, opening)
    grave = is_grave(said, words.vocabulary)
    found = []
    for pattern in words.lines.line:
        if (
            trigger in pattern.when
            and pattern.shows in behaviours
            and _fits(pattern, slots, grave, call, response)
        ):
            line = pattern.filled(slots)
            heard = said if grave or pattern.shows not in _TO_THE_POINT else said[-1:]
            if is_specific(line, " ".join(heard), words):
                found.append(Candidate(line, pattern))
    return found


def is_specific(line: str, heard: str, words: Words) -> bool:
    """Whether the line shares a word of content with what was heard, and is no stock phrase."""
    vocabulary = words.vocabulary
    return bool(vocabulary.content(line) & vocabulary.content(heard)) and not vocabulary.is_stock(line)


def _fits(pattern: Line, slots: Mapping[str, str], grave: bool, call: Transcript, response: int) -> bool:
    in_channel = not pattern.channel or (call.channel or "voice") in pattern.channel
    answer = call.turns[response].text.lower()
    in_place = (not pattern.said or any(word in answer for word in pattern.said)) and not any(
        word in answer for word in pattern.not_said
    )
    return pattern.grave == grave and in_channel and in_place and pattern.slots <= slots.keys()


def _customer_turns(call: Transcript, opening: int) -> list[str]:
    return [turn.text for turn in call.turns[: opening + 1] if turn.role == "customer"]
