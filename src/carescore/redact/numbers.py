"""Runs of digits and letters in a turn, written or spoken, as one number each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.redact.dates import dates
from carescore.redact.lexicon import listed
from carescore.redact.said import Said
from carescore.redact.spoken import LARGE, Element
from carescore.redact.things import Taken

_GAP: Final = 3  # words such as "um" and "and then" between two parts
_SPELT: Final = frozenset(["iban", "order", "account", "address", "ssn", "code"])  # what has letters in it
_PREFIX: Final = 2  # letters that a comma may part from their number: "QQ, 27"
_GLOSS: Final = 3  # words in "g b for great britain"
_IN_THOUSANDS: Final = (("card",), ("iban",))  # questions that "four thousand" may answer
_FEW: Final = 4  # parts of a number that counts, as "three thousand two hundred and twelve"
_CODE: Final = 6  # letters of a word in capitals that belongs to a number, as in "CAS-00912734"
# Prices, decimals, thousands, times of day, addresses of machines: they count and are nobody's.
_COUNTS: Final = re.compile(
    r"[£$€]\s?\d[\d,.]*"
    r"|(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])"
    r"|(?<![\d.:])\d+\.\d{1,2}(?!\d|-|\.\d)(?=\s|$|[.,;?!%)])"
    r"|(?<![\d:])\d{1,2}:\d{2}(?![\d:])"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])"
    r"|(?<![\d.,])\d[\d,.]*\s?%"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SINCE: Final = frozenset(["in", "since", "from", "until", "till", "of", "during", "year", "the", "by"])
_DOTTED_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class Number:
    """Elements of one turn that belong together. `counts` where it counts or measures something."""

    said: Said
    elements: tuple[Element, ...]
    counts: bool

    @property
    def first(self) -> int:
        """Its first token."""
        return self.elements[0].first

    @property
    def last(self) -> int:
        """Its last token."""
        return self.elements[-1].last

    @property
    def chars(self) -> str:
        """Its letters and digits."""
        return "".join(part.chars for part in self.elements)

    @property
    def digits(self) -> str:
        """Its digits, where it has no letters; else nothing."""
        chars = self.chars
        return chars if chars.isdigit() else ""

    @property
    def groups(self) -> tuple[str, ...]:
        """What was written or said in one."""
        return tuple(part.chars for part in self.elements)

    @property
    def spelled(self) -> bool:
        """Whether it was said digit by digit for the most part, as nobody says a price or a year."""
        single = [part for part in self.elements if part.spoken and len(set(part.chars)) == 1]
        return len(single) * 2 > len(self.elements)

    def part(self, first: int, last: int) -> Number:
        """The elements `first` to `last` by themselves."""
        return Number(self.said, self.elements[first : last + 1], self.counts)

    @property
    def core(self) -> Number:
        """Without letters that only stand beside its digits."""
        digits = [at for at, part in enumerate(self.elements) if not part.letters]
        return self.part(digits[0], digits[-1]) if digits else self


def numbers(said: Said, taken: Taken) -> Iterator[Number]:
    """Every run with a digit in it that is no date and not taken, and spelled words of three letters."""
    blocked = _blocked(said)
    parts: list[Element] = []
    place = gap = 0
    while place < len(said.tokens):
        found = None if place in blocked or (said.turn, place) in taken else _element(said, place, parts)
        if found is not None:
            parts.append(found)
            place, gap = found.last + 1, 0
        elif parts and gap < _GAP and _glue(said, place):
            place, gap = place + 1, gap + 1
        elif parts and _goes_on(said, place, parts[-1]):
            place += 1
        elif parts and (after := _past_gloss(said, place, parts[-1])) is not None:
            place, gap = after, gap + 1
        else:
            yield from _whole(said, parts)
            parts = []
            place, gap = place + 1, 0
    yield from _whole(said, parts)


def _whole(said: Said, parts: Sequence[Element]) -> Iterator[Number]:
    parts = list(parts)
    if len(parts) > 1 and parts[0].chars in "AI" and parts[0].first == parts[0].last and not parts[1].letters:
        parts = parts[1:]
    while (
        parts
        and parts[-1].letters
        and parts[-1].chars in "AI"
        and len(parts) > 1
        and _article(said, parts[-1])
    ):
        parts.pop()
    if any(not part.letters for part in parts) or len(parts) > 2:
        yield Number(said, tuple(parts), _counting(said, parts))


def _article(said: Said, part: Element) -> bool:
    """Whether a last "a" or "i" begins what follows it."""
    after = part.last + 1
    return after < len(said.tokens) and said.tokens[after].kind == "word"


def _element(said: Said, place: int, before: Sequence[Element]) -> Element | None:
    token = said.tokens[place]
    if place in said.cued and not (token.kind != "word" or token.text == "double"):
        follows = before and before[-1].last == place - 1  # "four two three on the back"
        if not follows or said.elements[place] is None:
            return None
    found = said.elements[place]
    if found is None and token.text in listed("numbers", "phonetic") and _spelled_out(said, place):
        near = (
            (before and before[-1].last == place - 1) or _beside(said, place) or _is_letter(said, place + 1)
        )
        return Element(place, place, token.text[0].upper(), True) if near else None
    if found is None:
        code = token.kind == "word" and token.case == "upper" and len(token.text) <= _CODE
        return (
            Element(place, place, token.text.upper(), False)
            if code and _beside(said, place, written=True)
            else None
        )
    if found.chars in ("A", "I") and found.first == found.last and not _beside(said, place):
        return found if before and before[-1].last == place - 1 and len(before) > 1 else None
    if found.chars == "O" and (before or _beside(said, place)) and token.case != "upper":
        return found._replace(chars="0") if not before or not before[-1].letters else found
    return found


def _beside(said: Said, place: int, *, written: bool = False) -> bool:
    """Whether a number or a spelled letter stands next to a token; only digits count if `written`."""
    tokens = said.tokens
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(tokens) and tokens[at].text in "-/.#" and not tokens[max(at, at - step)].gap:
            at += step
        if (
            0 <= at < len(tokens)
            and tokens[at].text == ","
            and len(tokens[place].text) <= _PREFIX
            and _spelt(said)
        ):
            at += step
        if not 0 <= at < len(tokens) or at in said.cued:
            continue
        other = tokens[at]
        if other.kind in ("digits", "mixed") or (
            len(other.text) == 1 and other.text not in "ai" and other.kind == "word"
        ):
            return True
        found = None if written else said.elements[at]
        if found is not None and not found.letters:
            return True
    return False


def _spelt(said: Said) -> bool:
    """Whether something is asked for or announced that has letters in it."""
    return not _SPELT.isdisjoint(said.asked) or any(cue.form in _SPELT for cue in said.cues)


def _spelled_out(said: Said, place: int) -> bool:
    """Whether a word such as "bravo" stands for its letter: beside another, or where some are asked for."""
    phonetic = listed("numbers", "phonetic")
    beside = said.tokens[max(0, place - 1) : place] + said.tokens[place + 1 : place + 2]
    return _spelt(said) or any(token.text in phonetic for token in beside)


def _is_letter(said: Said, place: int) -> bool:
    """Whether a token is spelled: a letter, or a word for one."""
    if place >= len(said.tokens) or said.tokens[place].kind != "word":
        return False
    text = said.tokens[place].text
    return text in listed("numbers", "phonetic") or (len(text) == 1 and text not in "ai")


def _past_gloss(said: Said, place: int, before: Element) -> int | None:
    """Where a number goes on after "for great britain", said of the letters before it."""
    if said.tokens[place].text not in ("for", "like") or not before.letters or not before.spoken:
        return None
    if before.last != place - 1 or not _spelt(said):
        return None
    for at in range(place + 2, min(place + _GLOSS + 2, len(said.tokens))):
        found = said.elements[at]
        if found is not None and found.chars not in ("A", "I"):
            return at
    return None


def _goes_on(said: Said, place: int, before: Element) -> bool:
    """Whether a full stop stands within a number: the next sentence is nothing but digits, "1009. 3000." """
    at, tokens = place + 1, said.tokens
    if tokens[place].text != "." or before.last != place - 1:
        return False
    while at < len(tokens) and tokens[at].text not in ".?!":
        found = said.elements[at]
        if found is None and tokens[at].text not in ("-", ","):
            return False
        at = at + 1 if found is None else found.last + 1
    return at > place + 1


def _glue(said: Said, place: int) -> bool:
    """Whether a token may stand inside a number."""
    token = said.tokens[place]
    if token.kind == "mark":
        close = not token.gap and place + 1 < len(said.tokens) and not said.tokens[place + 1].gap
        return token.text in "-–,()/" or (token.text == "." and close) or (token.text == "#")
    return token.text in listed("numbers", "fillers") or token.text in listed("numbers", "dashes")


def _blocked(said: Said) -> set[int]:
    """Tokens of dates, prices and the like."""
    blocked = {
        at for date in dates(said) for at in range(date.first, date.last + 1) if date.month is not None
    }
    if not any(map(str.isdigit, said.text)):
        return blocked
    spans = [
        match.span() for match in _COUNTS.finditer(said.text) if not _DOTTED_DATE.fullmatch(match[0].strip())
    ]
    at = 0
    for place, token in enumerate(said.tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and spans[at][0] <= token.start < spans[at][1]:
            blocked.add(place)
    return blocked


def _in_hundreds(said: Said, part: Element) -> bool:
    """Whether it is said as a count: "six hundred and twelve", "three thousand two hundred"."""
    tokens, after = said.tokens, part.last + 1
    large = tokens[part.last].text in LARGE
    if large and after < len(tokens) and tokens[after].text in ("and", "a"):
        return True
    following = said.elements[after] if large and after < len(tokens) else None
    if following is not None and len(following.chars) == 2 and len(set(following.chars)) > 1:
        return True
    return tokens[part.last].text == "thousand" or (tokens[min(part.first + 1, part.last)].text == "thousand")


def _counting(said: Said, parts: Sequence[Element]) -> bool:
    """Whether what stands around it says that it counts, measures or labels something."""
    tokens = said.tokens
    after = tokens[parts[-1].last + 1] if parts[-1].last + 1 < len(tokens) else None
    before = tokens[parts[0].first - 1] if parts[0].first else None
    if after is not None and after.text == "-" and not after.gap and parts[-1].last + 2 < len(tokens):
        after = tokens[parts[-1].last + 2]
    if after is not None and (after.text in LARGE or after.text in listed("numbers", "units")):
        return True
    counted = len(parts) <= _FEW and said.asked[:1] not in _IN_THOUSANDS
    if counted and any(_in_hundreds(said, part) for part in parts):
        return True
    if before is not None and before.text in listed("numbers", "labels"):
        return True
    if before is not None and before.text in _SINCE and len(parts) == 1 and _YEAR.fullmatch(parts[0].chars):
        return True
    return counted and len(parts) == 1 and tokens[parts[0].last].text in LARGE
