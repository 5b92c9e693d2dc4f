"""Passwords in words or letters: what is said to be one, up to the next space."""

from __future__ import annotations

from collections.abc import Iterator

from carescore.redact.lexicon import ordinary_words, phrases
from carescore.redact.said import Said
from carescore.redact.things import Taken, Thing, place_of


def passwords(said: Said, taken: Taken) -> Iterator[Thing]:
    """The passwords in a turn that are no ordinary word; their tokens are taken."""
    for _, cue, how in phrases("passwords", "certain", "likely").find(said.tokens):
        first = cue + 1
        if first < len(said.tokens) and said.tokens[first].text == ":":
            first += 1
        if first >= len(said.tokens) or said.tokens[first].kind in ("mark", "placeholder"):
            continue
        last = first
        while last + 1 < len(said.tokens) and not said.tokens[last + 1].gap:
            last += 1
        while said.tokens[last].text in ".,;!?" and last > first:
            last -= 1
        plain = said.tokens[first].text in ordinary_words() if last == first else how == "likely"
        plain = plain and not any(
            token.kind in ("digits", "mixed") for token in said.tokens[first : last + 1]
        )
        plain = plain or (how == "likely" and said.tokens[first].case == "lower" and last == first)
        if plain or not taken.free(said.turn, range(first, last + 1)):
            continue
        taken.take(said.turn, range(first, last + 1))
        place = place_of(said, first, last)
        yield Thing("code", said.text[place.start : place.end], [place])
