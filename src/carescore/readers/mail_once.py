"""Each mail of a thread once: answers quote the mails before them, and exports hold some twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from carescore.computed_once import computed_once
from carescore.readers.mail_heads import Head

_MINUTE: Final = 60.0
_QUARTER: Final = 900.0  # clocks of two time zones differ by whole quarters of an hour
_FARTHEST_ZONES: Final = 26 * 3600.0
_DAY: Final = 86_400.0
_MOST_COMPARED: Final = 200
_FEWEST_WORDS: Final = 12
_SAME: Final = 0.9
_ALIKE: Final = 0.6


@dataclass(frozen=True)
class Mail:
    """One mail: its header, its own words, when it was sent (seconds since 1970), and by whom (a key).

    `quoted`: it is known from another mail only.
    """

    head: Head
    text: str
    quoted: bool
    instant: float | None
    key: str

    @computed_once
    def words(self) -> Counter[str]:
        """How often it has each word."""
        return Counter(re.findall(r"\w+", self.text.casefold()))


@dataclass
class _Kept:
    mails: list[Mail] = field(default_factory=list)
    of_sender: dict[str, list[int]] = field(default_factory=dict)


def each_once(mails: Iterable[Mail]) -> list[Mail]:
    """The mails without copies, in their order.

    A copy has the same id, or the same sender and the same time or words. Of two copies the one that is no
    quote is kept, else the longer one.
    """
    kept = _Kept()
    ids: dict[str, int] = {}
    for mail in mails:
        own = mail.head.ids[0] if mail.head.ids else ""
        place = ids.get(own) if own else None
        if place is None:
            place = _place_of_copy(mail, kept)
        if place is None:
            place = len(kept.mails)
            kept.mails.append(mail)
            kept.of_sender.setdefault(mail.key, []).append(place)
        elif _rank(mail) > _rank(kept.mails[place]):
            kept.mails[place] = mail
        if own:
            ids.setdefault(own, place)
    return kept.mails


def in_order(mails: Iterable[Mail]) -> list[Mail]:
    """The mails by date; one without a date stays behind the one before it."""
    latest = float("-inf")
    keyed: list[tuple[float, Mail]] = []
    for mail in mails:
        latest = latest if mail.instant is None else mail.instant
        keyed.append((latest, mail))
    return [mail for _, mail in sorted(keyed, key=lambda item: item[0])]


def _rank(mail: Mail) -> tuple[bool, bool, int]:
    return not mail.quoted, mail.instant is not None, len(mail.text)


def _place_of_copy(mail: Mail, kept: _Kept) -> int | None:
    if not mail.key:
        return None
    places = kept.of_sender.get(mail.key, [])[-_MOST_COMPARED:]
    return next((place for place in reversed(places) if _are_one(kept.mails[place], mail)), None)


def _are_one(a: Mail, b: Mail) -> bool:
    """Whether two mails of one sender are one: two of them with ids of their own are not."""
    if a.head.ids and b.head.ids and a.head.ids[0] and b.head.ids[0]:
        return False
    quoted = a.quoted or b.quoted
    if a.instant is None or b.instant is None or _is_day(a) or _is_day(b):
        near = a.instant is None or b.instant is None or abs(a.instant - b.instant) <= 2 * _DAY
        short, long = sorted((a.words.total(), b.words.total()))
        telling = short >= _FEWEST_WORDS or (quoted and 2 * short >= long)
        return near and telling and _shared(a, b) >= _SAME
    gap = abs(a.instant - b.instant)
    if gap <= 1.5 * _MINUTE:
        return _shared(a, b) >= (_ALIKE if quoted else _SAME)
    off = gap % _QUARTER
    zones = quoted and gap <= _FARTHEST_ZONES and min(off, _QUARTER - off) <= _MINUTE
    return zones and _shared(a, b) >= _SAME


def _is_day(mail: Mail) -> bool:
    """Whether a day is all that is told of its time."""
    return mail.head.when is not None and mail.head.when.seconds is None


def _shared(a: Mail, b: Mail) -> float:
    """The share of the shorter one's words that the other has too."""
    least = min(a.words.total(), b.words.total())
    return (a.words & b.words).total() / least if least else 1.0
