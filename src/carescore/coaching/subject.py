"""What a call is about, in the customer's word for it: "your boiler", "the letter"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from carescore.coaching.clauses import plain
from carescore.coaching.words import Vocabulary

_FIRST_WORDS: Final = 2  # customer turns of some length in which people say what they call about
_OF_SOME_LENGTH: Final = 4  # words
_SURE: Final = 3  # turns with the thing, 2 if named at first, 1 if their own, 1 if named in the opening
_OFTEN: Final = 3  # turns with a thing that was not what they called about at first
_REACH: Final = 100  # turns read from the start of a call, and on either side of an opening
_TOO_MANY: Final = 3  # things named at first, beyond which being named at first says little
_OWN: Final = ("my", "our", "me")


def subject(turns: Sequence[tuple[str, str]], opening: int, vocabulary: Vocabulary) -> str | None:
    """The thing that an opening is about; `turns` are (role, text) of the call in order.

    Only what the customer named up to the opening counts, and only if the call plainly turns on it.
    """
    near = [
        *range(min(len(turns), _REACH)),
        *range(max(_REACH, opening - _REACH), min(len(turns), opening + _REACH)),
    ]
    spoken = [
        (place, turns[place][0], plain(turns[place][1]))
        for place in near
        if turns[place][0] in ("agent", "customer")
    ]
    said = [(place, text) for place, role, text in spoken if role == "customer" and place <= opening]
    first = [text for _, text in said if len(text.split()) >= _OF_SOME_LENGTH][:_FIRST_WORDS]
    named = _named(said, first, vocabulary)
    crowded = sum(any(_has(text, thing) for text in first) for thing in named) > _TOO_MANY
    weights = []
    for thing, own in named.items():
        turns_with_it = sum(_has(text, thing) for _, _, text in spoken)
        at_first = any(_has(text, thing) for text in first)
        weight = min(turns_with_it, 4) + 2 * at_first + own + _has(plain(turns[opening][1]), thing)
        if (at_first and not crowded) or turns_with_it >= _OFTEN:
            weights.append((weight, thing, own))
    weight, thing, own = max(
        weights, default=(0, "", False), key=lambda row: row[0]
    )  # of equals, the first named
    return f"{'your' if own else 'the'} {thing}" if weight >= _SURE else None


def _named(said: Sequence[tuple[int, str]], first: Sequence[str], vocabulary: Vocabulary) -> dict[str, bool]:
    """The things that the customer named with an article or at the start, and whether as their own."""
    named: dict[str, bool] = {}
    for _, text in said:
        for whose, thing in _mentions(text, vocabulary):
            if whose or thing in named or text in first:
                named[thing] = named.get(thing, False) or whose in _OWN
    return named


def _mentions(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Each (word before it or "", thing); "car loan" is one thing.

    Up to two words may stand between ("the due diligence form"), but whose it is, is told only of the next
    one. Without an article only what begins a clause counts: "car won't start".
    """
    things = vocabulary.alternatives("things")
    word = r"[\w'-]+ "
    near = rf"\b(?P<whose>my|our|me|the|this|that|an?|no|any) (?:{word})??"
    far = rf"\b(?P<far>the|this|that) (?:{word}){{2}}"
    pattern = (
        rf"(?:{near}|{far}|(?:^|[.!?,;] ))"
        rf"(?P<thing>(?:{things})(?: (?:{things}))?)\b(?!-| (?:phrase|code|number|word|mark|of attorney))"
    )
    for match in re.finditer(pattern, text):
        yield match["whose"] or match["far"] or "", match["thing"]


def _has(text: str, thing: str) -> bool:
    return re.search(rf"\b{re.escape(thing)}\b", text) is not None
