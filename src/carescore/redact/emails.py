"""E-mail addresses, written ("a@b.com") and spoken ("a dot b at c dot co dot uk")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.redact.lexicon import listed, ordinary_words
from carescore.redact.said import Said
from carescore.redact.things import Taken, Thing, place_of

_LONGEST: Final = 16  # tokens after the "at"
_LOCAL: Final = 64  # tokens before it: each letter may be four, "k as in kilo"
_GLOSS: Final = 3  # tokens of such a letter but one
_WORDS: Final = 4  # words that may follow each other without a joiner, as in "sunrise kennels at ..."
_CUE: Final = 5  # words of a cue but one
_LEAD: Final = 2  # words before an "at" that goes on with an address
_MARKS: Final = frozenset("._-+%'&")
_OPENS: Final = "([{<"
_CLOSES: Final = ")]}>"
_PAIRS: Final = frozenset(zip(_OPENS, _CLOSES, strict=True))


def emails(turns: Sequence[Said], taken: Taken) -> Iterator[Thing]:
    """The addresses in a call; their tokens are taken."""
    known: set[str] = set()
    for turn, said in enumerate(turns):
        for place, token in enumerate(said.tokens):
            if token.text not in ("@", "at") or (said.turn, place) in taken:
                continue
            opens, closes = _brackets(said, place)
            last = _domain(said, closes)
            if last is None or not taken.free(said.turn, range(place, last + 1)):
                continue
            first = _local(said, opens)
            found: Thing | None = None
            if first is not None and taken.free(said.turn, range(first, last + 1)):
                found = Thing("email", _value(said, first, last), [place_of(said, first, last)])
            if first is not None and found and (_sure(said, first, opens) or found.value in known):
                taken.take(said.turn, range(first, last + 1))
            elif place <= _LEAD:
                found = _over_turns(turns, turn, place, last, taken)
            else:
                found = None
            if found is not None:
                known.add(found.value)
                yield found


def _brackets(said: Said, at: int) -> tuple[int, int]:
    """The tokens that stand for the "at": more than itself in "jo (at) example (dot) com"."""
    after, before = at + 1, at - 1
    around = before >= 0 and after < len(said.tokens)
    if around and (said.tokens[before].text, said.tokens[after].text) in _PAIRS:
        return before, after
    return at, at


def _over_turns(turns: Sequence[Said], turn: int, place: int, last: int, taken: Taken) -> Thing | None:
    """An address that the same side began in its last turn: "jo dot bloggs", "yep", "at example dot com"."""
    said = turns[turn]
    begun = next((one for one in reversed(turns[max(0, turn - 2) : turn]) if one.side == said.side), None)
    if begun is None or "email" not in {*begun.asked, *said.asked}:
        return None
    end = len(begun.tokens)
    while end and begun.tokens[end - 1].text in ".,":
        end -= 1
    first = _local(begun, end)
    if first is None or not taken.free(begun.turn, range(first, end)):
        return None
    taken.take(begun.turn, range(first, end))
    taken.take(said.turn, range(place, last + 1))
    value = _value(begun, first, end - 1) + _value(said, place, last)
    return Thing("email", value, [place_of(begun, first, end - 1), place_of(said, place, last)])


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
        elif _bracket(said, place):
            pass
        elif (last is not None and not dotted) or _ends_domain(said, place, at):
            break
        else:
            dotted = False
        place += 1
    return last


def _bracket(said: Said, place: int) -> bool:
    """Whether a token is a bracket of "(dot)"."""
    tokens = said.tokens
    if tokens[place].text in _OPENS:
        return place + 1 < len(tokens) and tokens[place + 1].text in listed("emails", "dots")
    return tokens[place].text in _CLOSES and tokens[place - 1].text in listed("emails", "dots")


def _ends_domain(said: Said, place: int, at: int) -> bool:
    """Whether a token stands in no domain: most marks, and words of talk but for "mail" in "proton mail"."""
    token = said.tokens[place]
    if token.text in _MARKS:
        return False
    inside = token.text in listed("emails", "in_domains") and place - at <= _WORDS
    return token.kind == "mark" or (token.text in listed("emails", "before") and not inside)


def _local(said: Said, at: int) -> int | None:
    """The first token of what stands before the "at"."""
    tokens = said.tokens
    if at < len(tokens) and tokens[at].text == "@":
        return _written(said, at)
    if at and tokens[at - 1].text == "," and "email" in _cued(said, at):
        at -= 1  # "v-i-k, at gmail.com"
    first, words, place = None, 0, at - 1
    while place >= 0 and at - place <= _LOCAL and not _begins(said, place, first):
        if tokens[place].text not in listed("emails", "joiners") and not _short(said, place):
            words = 1 if _joined(said, place + 1, at) else words + 1
            if words > _WORDS:
                break
        first, place = place, place - 1
    while first is not None and first < at and tokens[first].text in listed("emails", "joiners"):
        first += 1
    return None if first is None or first >= at else first


def _sure(said: Said, first: int, at: int) -> bool:
    """Whether it is no "look at example dot com": its words are not all of talk, or it is spoken of."""
    if said.tokens[at].text == "@":
        return True
    before = said.tokens[first:at]
    plain = all(token.kind == "word" and token.text in ordinary_words() for token in before)
    known = said.tokens[min(at + 1, len(said.tokens) - 1)].text in listed("emails", "providers")
    return not plain or known or "email" in _cued(said, first) or _sent_to(said, first)


def _sent_to(said: Said, first: int) -> bool:
    """Whether something is sent to what follows: "i'm sending it to accounts at ..."."""
    before = [token.text for token in said.tokens[max(0, first - _WORDS) : first]]
    return before[-1:] == ["to"] and not listed("emails", "sent").isdisjoint(before)


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
    after = said.tokens[place + 1].text if place + 1 < len(said.tokens) else ""
    if after in listed("emails", "joiners") or _spelled(said, place):
        return False
    cued = any(cue.form == "email" for cue in said.cues_between(place - _CUE, place) if cue.last >= place)
    return token.text in listed("emails", "before") or cued


def _spelled(said: Said, place: int) -> bool:
    """Whether a token belongs to a letter that is spelled, as in "k for kilo", "k as in kilo"."""
    for back in range(min(place, _GLOSS) + 1):
        found = said.elements[place - back]
        if found is not None and found.letters and place - back < found.last and place <= found.last:
            return True
    return False


def _short(said: Said, place: int) -> bool:
    """Whether a token is a digit or a letter, and so no word that counts."""
    phonetic = said.tokens[place].text in listed("numbers", "phonetic")
    return phonetic or said.elements[place] is not None or _spelled(said, place)


def _joined(said: Said, place: int, at: int) -> bool:
    return place < at and said.tokens[place].text in listed("emails", "joiners")


def _value(said: Said, first: int, last: int) -> str:
    """The address as it would be written."""
    signs = {"dot": ".", "point": ".", "period": ".", "underscore": "_", "dash": "-", "hyphen": "-"}
    signs |= {"plus": "+", "at": "@"}
    parts: list[str] = []
    place = first
    while place <= last:
        found = said.elements[place]
        if found is not None and found.last <= last:
            parts.append(found.chars.lower())
            place = found.last + 1
            continue
        text = said.tokens[place].text
        if text not in _OPENS + _CLOSES and text != ",":
            parts.append(signs.get(text, text))
        place += 1
    return "".join(parts)
