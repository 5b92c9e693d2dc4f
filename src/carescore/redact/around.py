"""What stands around a number: whether it answers, counts, corrects, or goes on from another turn."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from carescore.redact.lexicon import listed
from carescore.redact.numbers import Number, numbers
from carescore.redact.said import Said
from carescore.redact.things import Taken

_ENDING: Final = frozenset(["ending", "ends", "end", "last"])
_TIMES: Final = frozenset(
    ["between", "at", "by", "until", "till", "around", "about", "after", "before", "past"]
)
_ROUND: Final = 3  # other words in a turn that is only a number
_SHORT: Final = 8  # the same where the number is spelled, and was asked for: "sorry i'll start again" too


def glued(number: Number) -> bool:
    """Whether letters hang on its digits, as in "BX-40417"."""
    parts = number.elements
    return any(
        one.letters != other.letters and not one.spoken and number.said.tokens[other.first].gap == ""
        for one, other in pairwise(parts)
    )


def answers(said: Said, number: Number) -> bool:
    """Whether few digits stand as an answer does, and not as a count of what follows."""
    links = listed("links", "words") | listed("numbers", "fillers")
    before = said.tokens[number.first - 1] if number.first else None
    after = said.tokens[number.last + 1] if number.last + 1 < len(said.tokens) else None
    led = before is None or before.kind == "mark" or before.text in links
    return led and (after is None or after.kind == "mark" or after.text in links)


def timed(said: Said, first: int) -> bool:
    """Whether a word before a token makes it a time or a bound."""
    return first > 0 and said.tokens[first - 1].text in _TIMES


def ends(said: Said, first: int) -> bool:
    """Whether only the last digits of something are told."""
    before = [token.text for token in said.tokens[max(0, first - 4) : first]]
    return not _ENDING.isdisjoint(before)


def corrects(said: Said, last: int, first: int) -> bool:
    """Whether the words between two numbers take the first one back."""
    between = [token.text for token in said.tokens[last + 1 : first]]
    words = listed("numbers", "corrections") | listed("numbers", "fillers") | frozenset("?,.!")
    return (
        len(between) <= 6
        and not listed("numbers", "corrections").isdisjoint(between)
        and words.issuperset(between)
    )


def takes_back(said: Said, last: int, first: int) -> bool:
    """Whether a word between two numbers takes the first one back."""
    between = (token.text for token in said.tokens[last + 1 : first])
    return any(text in listed("numbers", "corrections") for text in between)


def alone(number: Number) -> bool:
    """Whether a turn says little but the number."""
    own = sum(number.said.tokens[at].kind == "word" for at in range(number.first, number.last + 1))
    return number.said.words - own <= _ROUND


def in_few_words(number: Number) -> bool:
    """Whether it is spelled in a short turn, as in "it's seven six one i think"."""
    spoken = all(part.spoken for part in number.elements) and (number.spelled or len(number.elements) > 1)
    return spoken and number.said.others <= _SHORT


def lets_go_on(said: Said, told: str) -> bool:
    """Whether a turn between two parts of a number only says "yep", or says the first part again."""
    rest = [token.text for token in said.tokens if token.kind != "mark"]
    if len(rest) <= 6 and all(word in listed("numbers", "go_on") for word in rest):
        return True
    echoes = [number for number in numbers(said, Taken()) if number.core.chars in told]
    inside = sum(number.last - number.first + 1 for number in echoes)
    return bool(echoes) and len(rest) - inside <= 4


def led(number: Number) -> bool:
    """Whether a plus or bracket belongs to the number."""
    if not number.first:
        return False
    token = number.said.tokens[number.first - 1]
    return token.text in ("+", "plus") or (token.text == "(" and not number.said.tokens[number.first].gap)
