"""Postal addresses: a house number with a street, and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.redact.address_answers import house_number, named_house
from carescore.redact.lexicon import listed, ordinary_words
from carescore.redact.pieces import Token
from carescore.redact.said import Said, announced
from carescore.redact.spoken import LARGE
from carescore.redact.things import Taken, Thing, place_of

_MIDDLE: Final = 4  # words between a house number and the word for street
_NUMBER: Final = 5  # tokens of a house number
_BOX: Final = 6  # tokens of "P.O. Box 4471"
_DIGITS: Final = 5  # of a house number
_SMALL_STREET: Final = 2  # words of a street without a number
_SEGMENTS: Final = 6  # parts after the street: town, county, postcode
_SMALL: Final = frozenset(
    ["de", "des", "du", "la", "le", "les", "st", "saint", "of", "the", "del", "della", "van", "den", "der"]
)
_ENDS: Final = frozenset(".?!;:\n")


def addresses(turns: Sequence[Said], taken: Taken) -> Iterator[Thing]:
    """The addresses in a call; their tokens are taken."""
    before: Said | None = None
    for said in turns:
        yield from _in_turn(said, taken)
        span = house_number(said, before if before is not None and before.side != said.side else None)
        if span is not None and taken.free(said.turn, range(span[0], span[1] + 1)):
            yield _thing(said, *span, taken)
        before = said


def _in_turn(said: Said, taken: Taken) -> Iterator[Thing]:
    place = 0
    while place < len(said.tokens):
        span = _box(said, place) or _street(said, place) or _announced(said, place) or _named(said, place)
        if span is None or not taken.free(said.turn, range(span[0], span[1] + 1)):
            place += 1
            continue
        first, last = _with_parts_before(said, span[0]), _with_town(said, span[1])
        yield _thing(said, first, last, taken)
        place = last + 1


def _thing(said: Said, first: int, last: int, taken: Taken) -> Thing:
    taken.take(said.turn, range(first, last + 1))
    words = (token.text for token in said.tokens[first : last + 1] if token.kind != "mark")
    return Thing("address", " ".join(words), [place_of(said, first, last)])


def _named(said: Said, place: int) -> tuple[int, int] | None:
    """A house or a street by its name, at the word for street."""
    if said.tokens[place].text not in listed("addresses", "streets") | listed("addresses", "street_words"):
        return None
    return named_house(said, place)


def _box(said: Said, place: int) -> tuple[int, int] | None:
    """ "PO Box 4471", "P.O. Box 4471"."""
    if said.tokens[place].text not in ("po", "p"):
        return None
    words = [at for at in range(place, min(place + _BOX, len(said.tokens))) if said.tokens[at].text != "."]
    texts = [said.tokens[at].text for at in words]
    for start in (["po", "box"], ["p", "o", "box"]):
        if texts[: len(start)] == start and len(words) > len(start):
            at = words[len(start)]
            found, last = said.elements[at], _house_number(said, at)
            return None if found is None or found.letters else (place, found.last if last is None else last)
    return None


def _street(said: Said, place: int) -> tuple[int, int] | None:
    """A house number at a token, up to four words, and a word for street."""
    number = _house_number(said, place)
    if number is None:
        return None
    for at in range(number + 1, min(number + _MIDDLE + 2, len(said.tokens))):
        token = said.tokens[at]
        if token.kind != "word" or _breaks(said, at):
            return None
        if at > number + 1 and _is_street(said, place, at) and _middle(said, number + 1, at - 1):
            longer = at + 1
            if (
                longer < len(said.tokens)
                and _is_street(said, place, longer)
                and said.tokens[longer].case == "title"
            ):
                return place, longer
            return place, at
    return None


def _is_street(said: Said, first: int, at: int) -> bool:
    token = said.tokens[at]
    if token.text in listed("addresses", "streets"):
        return True
    if token.text not in listed("addresses", "street_words"):
        return False
    return (said.cased and token.case == "title") or announced(said, first, ("address",))


def _middle(said: Said, first: int, last: int) -> bool:
    """Whether the words between could name a street."""
    words = said.tokens[first : last + 1]
    if said.cased and any(token.case == "title" for token in words):
        return all(token.case in ("title", "upper") or token.text in _SMALL for token in words)
    if said.cased:
        return False
    return not any(token.text in listed("addresses", "no_street") or token.text in LARGE for token in words)


def _announced(said: Said, place: int) -> tuple[int, int] | None:
    """Where an address is asked for or announced: a number and names in capitals."""
    number = _house_number(said, place)
    if number is None or not said.cased or not announced(said, place, ("address",)):
        return None
    last, at = None, number + 1
    if at < len(said.tokens) and said.tokens[at].text in listed("numbers", "units"):
        return None
    while at < len(said.tokens) and at <= number + _MIDDLE and not _breaks(said, at):
        token = said.tokens[at]
        if token.kind != "word" or not (_capital(token) or token.text in _SMALL):
            break
        last = at if _capital(token) else last
        at += 1
    return None if last is None or _is_month(said, last) else (place, last)


def _capital(token: Token) -> bool:
    return token.case in ("title", "upper") and len(token.text) > 1


def _is_month(said: Said, at: int) -> bool:
    return said.tokens[at].text in listed("dates", "months") | listed("dates", "short_months")


def _house_number(said: Said, place: int) -> int | None:
    """The last token of a house number that begins at a token."""
    token = said.tokens[place]
    if token.kind in ("digits", "mixed"):
        digits = "".join(filter(str.isdigit, token.text))
        own = token.kind == "digits" or token.text[:-1].isdigit()
        return place if own and len(digits) <= _DIGITS and not _part_of_number(said, place) else None
    found, last, size = said.elements[place], None, 0
    if found is None:
        return None
    if place and (before := said.elements[place - 1]) is not None and not before.letters:
        return None
    while found is not None and not found.letters and found.last < place + _NUMBER and size < _DIGITS:
        last, size = found.last, size + len(found.chars)
        at = last + 2 if last + 1 < len(said.tokens) and said.tokens[last + 1].text == "-" else last + 1
        found = said.elements[at] if at < len(said.tokens) else None
    return last


def _part_of_number(said: Said, place: int) -> bool:
    before = said.tokens[place - 1] if place else None
    return before is not None and (
        before.kind == "digits" or (before.text in "-/.,:£$€" and not said.tokens[place].gap)
    )


def _breaks(said: Said, at: int) -> bool:
    return "\n" in said.tokens[at].gap or said.tokens[at].text in _ENDS


def _with_parts_before(said: Said, first: int) -> int:
    """Back to "flat three", "Apt 4B,"."""
    at = first - 1
    if at >= 0 and said.tokens[at].text == ",":
        at -= 1
    if at >= 0 and said.tokens[at].text in listed("addresses", "parts"):
        return at
    for back in range(1, _NUMBER):
        if at - back >= 0 and said.tokens[at - back].text in listed("addresses", "parts"):
            found = said.elements[at - back + 1]
            return at - back if found is not None and found.last <= at else first
    return first


def _with_town(said: Said, last: int) -> int:
    """On to the town, the state and the postcode."""
    for _ in range(_SEGMENTS):
        at = last + 1
        comma = at < len(said.tokens) and said.tokens[at].text == ","
        at += comma
        if at >= len(said.tokens):
            return last
        after = _next_line(said, at) if _breaks(said, at) else _segment(said, at, comma=comma)
        if after is None:
            return last
        last = after
        if said.tokens[last].kind == "mixed":  # a postcode is the end
            return last
    return last


def _next_line(said: Said, at: int) -> int | None:
    """The last token of a next line that is a town and a postcode."""
    if said.tokens[at].gap.strip(" \r") != "\n" or not _capital(said.tokens[at]):
        return None
    last = at
    while last + 1 < len(said.tokens) and "\n" not in said.tokens[last + 1].gap and last - at < _SEGMENTS:
        last += 1
    ended = last + 1 >= len(said.tokens) or "\n" in said.tokens[last + 1].gap
    return last if ended and said.tokens[last].kind in ("mixed", "digits") else None


def _segment(said: Said, at: int, *, comma: bool) -> int | None:
    token = said.tokens[at]
    if token.text in listed("addresses", "parts"):
        dot = at + 1 < len(said.tokens) and said.tokens[at + 1].text == "."
        return _house_number_at(said, at + 1 + dot)
    if token.kind == "mixed" and token.case in ("upper", "title"):
        after = at + 1
        inward = after < len(said.tokens) and said.tokens[after].kind == "mixed"
        return after if inward and len(said.tokens[after].text) == 3 else at
    if token.kind == "digits" and len(token.text) == _DIGITS:
        goes_on = at + 1 < len(said.tokens) and said.tokens[at + 1].kind == "digits"
        return None if goes_on else at
    if said.cased and token.kind == "word" and _capital(token):
        return None if token.text in listed("addresses", "no_town") else at
    if not said.cased and not comma and (street := _street_after(said, at)) is not None:
        return street
    plain = not said.cased and token.kind == "word" and not comma and len(token.text) > 3
    return at if plain and token.text not in listed("addresses", "no_town") and _town(said, at) else None


def _street_after(said: Said, at: int) -> int | None:
    """In text without capitals: the street of a flat or a court, "flat nine kestrel court harbour street"."""
    for place in range(at + 1, min(at + _SMALL_STREET + 1, len(said.tokens))):
        if said.tokens[place].text in listed("addresses", "streets") and _middle(said, at, place - 1):
            words = all(token.kind == "word" for token in said.tokens[at : place + 1])
            return place if words else None
    return None


def _town(said: Said, at: int) -> bool:
    """In text without capitals: one word that is not of ordinary talk, or ends the turn."""
    text = said.tokens[at].text
    return text not in ordinary_words() or (at == len(said.tokens) - 1 and len(text) > 5)


def _house_number_at(said: Said, at: int) -> int | None:
    return _house_number(said, at) if at < len(said.tokens) else None
