"""Passwords and login names: what is said to be one, up to the next space, or answers for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.redact.lexicon import listed, ordinary_words, phrases
from carescore.redact.said import Said
from carescore.redact.things import Taken, Thing, place_of

_BACK: Final = 3  # turns after which a question is forgotten
_BEFORE: Final = 8  # words of a question before the word for password
_OPENS: Final = ":\"'“‘("
_CLOSES: Final = ".,;!?\"'”’)"
_SHORT: Final = 3  # words of an answer that is nothing but a password


def passwords(turns: Sequence[Said], taken: Taken) -> Iterator[Thing]:
    """The passwords in a call that are no ordinary word, and login names with a digit or a sign."""
    for place, said in enumerate(turns):
        yield from _announced(said, taken)
        yield from _logins(said, taken)
        if _asked_for(turns[max(0, place - _BACK) : place], said.side):
            yield from _answer(said, taken)


def _announced(said: Said, taken: Taken) -> Iterator[Thing]:
    for _, cue, how in phrases("passwords", "certain", "likely").find(said.tokens):
        found = _chunk(said, cue + 1)
        if found is None:
            continue
        first, last = found
        plain = said.tokens[first].text in ordinary_words() if last == first else how == "likely"
        plain = plain and not _signed(said, first, last, ("digits", "mixed"))
        word = last == first and said.tokens[first].kind == "word"
        plain = plain or (how == "likely" and word and said.tokens[first].case == "lower")
        if not plain:
            yield from _thing("code", said, first, last, taken)


def _logins(said: Said, taken: Taken) -> Iterator[Thing]:
    for _, cue, _ in phrases("passwords", "logins").find(said.tokens):
        found = _chunk(said, cue + 1)
        if found is not None and found[0] < found[1] and _signed(said, *found, ("digits", "mixed", "mark")):
            yield from _thing("account", said, *found, taken)


def _answer(said: Said, taken: Taken) -> Iterator[Thing]:
    """A short answer without the words that lead up to it."""
    leads, first = listed("links", "words"), 0
    while first < len(said.tokens) and said.tokens[first].text in leads:
        first += 1
    last = len(said.tokens) - 1
    while last > first and said.tokens[last].kind == "mark":
        last -= 1
    words = [token.text for token in said.tokens[first : last + 1] if token.kind != "mark"]
    quoted = any(token.text in "\"“”'" for token in said.tokens)
    if 0 < len(words) <= _SHORT and not quoted and listed("passwords", "no_answer").isdisjoint(words):
        yield from _thing("code", said, first, last, taken)


def _asked_for(before: Sequence[Said], side: str) -> bool:
    """Whether the other side's last turn asks for a password or a part of it."""
    other = next((said for said in reversed(before) if said.side != side), None)
    return other is not None and any(
        token.text in listed("passwords", "asking")
        for first, _, _ in phrases("passwords", "asked").find(other.tokens)
        for token in other.tokens[max(0, first - _BEFORE) : first]
    )


def _chunk(said: Said, first: int) -> tuple[int, int] | None:
    """The tokens from one on, after "is", a colon or a quote, that stand together without a space."""
    while first < len(said.tokens) and (said.tokens[first].text == "is" or said.tokens[first].text in _OPENS):
        first += 1
    if first >= len(said.tokens) or said.tokens[first].kind in ("mark", "placeholder"):
        return None
    last = first
    while last + 1 < len(said.tokens) and not said.tokens[last + 1].gap:
        last += 1
    while said.tokens[last].text in _CLOSES and last > first:
        last -= 1
    return first, last


def _signed(said: Said, first: int, last: int, kinds: Sequence[str]) -> bool:
    return any(token.kind in kinds for token in said.tokens[first : last + 1])


def _thing(form: str, said: Said, first: int, last: int, taken: Taken) -> Iterator[Thing]:
    if not taken.free(said.turn, range(first, last + 1)):
        return
    taken.take(said.turn, range(first, last + 1))
    place = place_of(said, first, last)
    yield Thing(form, said.text[place.start : place.end], [place])
