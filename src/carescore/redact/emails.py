"""E-mail addresses, written ("a@b.com") and spoken ("a dot b at c dot co dot uk")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.redact.lexicon import listed, ordinary_words
from carescore.redact.said import Said
from carescore.redact.things import Taken, Thing, place_of

_LONGEST: Final = 16  # tokens on either side of the "at"
_WORDS: Final = 4  # words that may follow each other without a joiner, as in "sunrise kennels at ..."
_MARKS: Final = frozenset("._-+%'&")


def emails(said: Said, taken: Taken) -> Iterator[Thing]:
    """The addresses in a turn; their tokens are taken."""
    for place, token in enumerate(said.tokens):
        if token.text not in ("@", "at") or (said.turn, place) in taken:
            continue
        last = _domain(said, place)
        first = None if last is None else _local(said, place)
        if first is None or last is None or not taken.free(said.turn, range(first, last + 1)):
            continue
        taken.take(said.turn, range(first, last + 1))
        yield Thing("email", _value(said, first, last), [place_of(said, first, last)])


def _domain(said: Said, at: int) -> int | None:
    """The last token of what follows the "at", if it ends as a domain does."""
    tokens, dots, endings = said.tokens, listed("emails", "dots"), listed("emails", "endings")
    last, dotted, place = None, False, at + 1
    while place < len(tokens) and place <= at + _LONGEST:
        text = tokens[place].text
        if text in dots and place > at + 1:
            if text == "." and (tokens[place].gap or place + 1 >= len(tokens) or tokens[place + 1].gap):
                break
            dotted = True
        elif dotted and text in endings:
            last, dotted = place, False
            if place + 1 >= len(tokens) or tokens[place + 1].text not in dots:
                break
        elif (
            (last is not None and not dotted)
            or (tokens[place].kind == "mark" and text not in _MARKS)
            or (tokens[place].text in listed("emails", "before") and text not in _MARKS)
        ):
            break
        else:
            dotted = False
        place += 1
    return last


def _local(said: Said, at: int) -> int | None:
    """The first token of what stands before the "at"."""
    tokens = said.tokens
    if tokens[at].text == "@":
        return _written(said, at)
    first, words, place = None, 0, at - 1
    while place >= 0 and at - place <= _LONGEST and not _begins(said, place, first):
        if tokens[place].text not in listed("emails", "joiners") and not _short(said, place):
            words = 1 if _joined(said, place + 1, at) else words + 1
            if words > _WORDS:
                break
        first, place = place, place - 1
    while first is not None and first < at and tokens[first].text in listed("emails", "joiners"):
        first += 1
    if first is None or first >= at:
        return None
    plain = all(token.kind == "word" and token.text in ordinary_words() for token in tokens[first:at])
    known = said.tokens[min(at + 1, len(said.tokens) - 1)].text in listed("emails", "providers")
    return None if plain and not known and "email" not in _cued(said, first) else first


def _cued(said: Said, first: int) -> set[str]:
    return {cue.form for cue in said.cues_between(first - _LONGEST, first - 1)} | set(said.asked)


def _written(said: Said, at: int) -> int | None:
    place, tokens = at, said.tokens
    while (
        place > 0
        and not tokens[place].gap
        and (tokens[place - 1].kind != "mark" or tokens[place - 1].text in _MARKS)
        and tokens[place - 1].kind != "placeholder"
    ):
        place -= 1
    return place if place < at else None


def _begins(said: Said, place: int, first: int | None) -> bool:
    """Whether the address begins after a token: at a word that leads up to it, or a mark."""
    token = said.tokens[place]
    if token.kind == "placeholder":
        return True
    if token.kind == "mark":
        return token.text not in _MARKS or bool(token.gap) or (token.text == "." and first is None)
    after = said.tokens[place + 1].text
    if after in listed("emails", "joiners") or _spelled(said, place):
        return False
    return token.text in listed("emails", "before") or place in said.cued


def _spelled(said: Said, place: int) -> bool:
    """Whether it is the "for" of "k for kilo"."""
    tokens = said.tokens
    return (
        tokens[place].text == "for"
        and 0 < place < len(tokens) - 1
        and len(tokens[place - 1].text) == 1
        and tokens[place + 1].text.startswith(tokens[place - 1].text)
    )


def _short(said: Said, place: int) -> bool:
    found = said.elements[place]
    return found is not None or _spelled(said, place) or (place > 0 and _spelled(said, place - 1))


def _joined(said: Said, place: int, at: int) -> bool:
    return place < at and said.tokens[place].text in listed("emails", "joiners")


def _value(said: Said, first: int, last: int) -> str:
    """The address as it would be written."""
    signs = {"dot": ".", "point": ".", "period": ".", "underscore": "_", "dash": "-", "hyphen": "-"}
    signs |= {"plus": "+", "at": "@"}
    parts, place = [], first
    while place <= last:
        found = said.elements[place]
        if found is not None and found.last <= last:
            parts.append(found.chars.lower())
            place = found.last + 1
            continue
        parts.append(signs.get(said.tokens[place].text, said.tokens[place].text))
        place += 1
    return "".join(parts)
