"""Numbers of a call given their forms: by shape, by what is spoken of, and across turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.redact.around import alone, corrects, glued, led, lets_go_on, takes_back, timed
from carescore.redact.cards import parts
from carescore.redact.dates import Date, dates
from carescore.redact.details import after_name
from carescore.redact.forms_of import Read, by_shape, told
from carescore.redact.numbers import Number, numbers
from carescore.redact.said import Said, hints
from carescore.redact.shapes import (
    fits,
    is_card,
    is_day,
    is_helpline,
    is_iban,
    is_phone,
    month_and_year,
    national,
)
from carescore.redact.things import Place, Taken, Thing, place_of

_LONGEST: Final = {"card": 19, "phone": 15, "ssn": 9, "iban": 34, "account": 24, "order": 24, "code": 10}
_WHOLE: Final = {"card": 14, "phone": 10, "ssn": 9, "iban": 34}  # characters from which it may be complete
_BARE: Final = 9  # digits that are somebody's without a word about them
_BARE_SPELLED: Final = 6  # the same where they are said one by one
_LEAD: Final = 1  # words before a number that is told back
_ECHO: Final = 4  # digits of a number that are known again
_RECENT: Final = 8  # numbers that may be said again
_APART: Final = 2  # turns between two parts of a number
_OPENING: Final = 3  # words before the second part of a number
_CARD_TURNS: Final = 6  # turns after a card in which three digits are its code
_BETWEEN: Final = 5  # words between two parts of a number in one turn
_PART: Final = 3  # digits of such a part
_REFERENCE: Final = re.compile(r"[A-Z]{1,4}\d{5,}")


@dataclass(slots=True)
class _Open:
    """A number as it is put together; `form` is `None` until something tells."""

    form: str | None
    chars: str
    said: Said
    last: int
    spelled: bool
    places: list[Place]
    value: str | None = None

    @property
    def told(self) -> str:
        """What it comes to."""
        return self.value or self.chars


class Ledger:
    """Reads the numbers of a call in order."""

    def __init__(self, turns: Sequence[Said], taken: Taken) -> None:
        self._turns = turns
        self._taken = taken
        self._found: list[_Open] = []
        self._latest: dict[str, _Open] = {}
        self._card: int | None = None

    def things(self) -> Iterator[Thing]:
        """Everything private that is a number or a date."""
        for said in self._turns:
            self._days(said)
            before: Number | None = None
            for number in numbers(said, self._taken):
                for part in parts(number):
                    self._read(part, before)
                    before = part
        for one in self._found:
            form = one.form or _bare(one)
            if form is not None:
                yield Thing(form, one.told, one.places)

    def _days(self, said: Said) -> None:
        """Dates with a month's name or an ordinal, where a date of birth or an expiry is spoken of."""
        for date in dates(said):
            if not self._taken.free(said.turn, range(date.first, date.last + 1)):
                continue
            form = self._form_of(said, date)
            if form is not None:
                value = date.value if form == "birth_date" else _expiry(date)
                self._add(_Open(form, value, said, date.last, False, [place_of(said, date.first, date.last)]))
                self._taken.take(said.turn, range(date.first, date.last + 1))

    def _form_of(self, said: Said, date: Date) -> str | None:
        """Whether a date is one of birth or a card's expiry: it is spoken of so, or was and is said again."""
        spoken_of = (f for f in hints(said, date.first, date.last) if f in ("birth_date", "expiry"))
        form = next(spoken_of, None)
        if form == "expiry" and not self._of_card(said, date):
            form = None
        if form is None:
            values = {"birth_date": date.value, "expiry": _expiry(date)}
            again = (one for one in self._found[-_RECENT:] if one.form in values)
            form = next((one.form for one in again if one.told == values[one.form or ""]), None)
        if form is None and len(date.numbers) > 1 and after_name(said, date.first, date.last):
            form = "birth_date"
        return form

    def _of_card(self, said: Said, date: Date) -> bool:
        """Whether what expires is a card: it was asked for so, or a card is spoken of."""
        if "expiry" in said.asked or self._near_card(said):
            return True
        near = said.cues_between(date.first - _LONGEST["card"], date.last + _LONGEST["card"])
        return any(cue.form == "card" for cue in near) and len(date.numbers) < 3

    def _near_card(self, said: Said) -> bool:
        return self._card is not None and said.turn - self._card <= _CARD_TURNS

    def _read(self, number: Number, before: Number | None) -> None:
        if number.counts and not is_card(number.digits):
            return
        joined = self._continues(number)
        if not any(map(str.isdigit, number.chars)) and (joined is None or joined.form != "iban"):
            return
        if joined is not None:
            self._join(joined, number)
            return
        found = by_shape(number) or self._by_words(number, before)
        again = None if found else self._again(number) or self._in_place(number, before)
        if again is not None:
            core = number.core
            again.places.append(place_of(core.said, core.first, core.last))
            self._taken.take(core.said.turn, range(core.first, core.last + 1))
            return
        form, value, core = found or (None, None, number)
        latest = self._latest.get(number.said.side)
        if form and latest and latest.form is None and latest.said is number.said:
            begun = form in number.said.asked and len(latest.chars) >= _PART
            latest.form = form if begun or self._in_place(number, before) else None
        if form is None and (is_day(number) or is_helpline(number.core.digits)):
            return
        start = core.first - 1 if led(core) else core.first
        one = _Open(
            form,
            core.chars,
            core.said,
            core.last,
            core.spelled,
            [place_of(core.said, start, core.last)],
            value,
        )
        if form is not None:
            self._taken.take(core.said.turn, range(start, core.last + 1))
        self._add(one)

    def _add(self, one: _Open) -> None:
        self._found.append(one)
        self._latest[one.said.side] = one
        if one.form == "card":
            self._card = one.said.turn

    def _continues(self, number: Number) -> _Open | None:
        """The number of an earlier turn, or of earlier in this one, of which this one is the next part."""
        one = self._latest.get(number.said.side)
        if one is None or one.form in ("cvv", "expiry", "birth_date", "email"):
            return None
        if len(one.chars) + len(number.core.chars) > _LONGEST.get(one.form or "card", 0):
            return None
        if one.form == "card" and is_card(one.chars):
            return None
        spoken_of = next(hints(number.said, number.first, number.last), None)
        turns = number.said.turn - one.said.turn
        partial = one.form in _WHOLE and not _is_whole(one, phone=True)
        if turns == 0:
            near = number.first - one.last <= _BETWEEN and not takes_back(number.said, one.last, number.first)
            enough = len(number.core.chars) >= _PART and not timed(number.said, number.first)
            return one if partial and near and enough and spoken_of == one.form else None
        if (
            partial
            and spoken_of == one.form
            and turns <= _APART + 1
            and fits(one.form or "", number, ending=True)
        ):
            return one
        if turns > _APART or one.last + 3 < len(one.said.tokens) or number.first > _OPENING:
            return None
        between = self._turns[one.said.turn + 1 : number.said.turn]
        if one.form is None and len(number.core.chars) < 3:
            return None
        if _is_whole(one):
            return None
        return one if all(lets_go_on(said, one.chars) for said in between) else None

    def _join(self, one: _Open, number: Number) -> None:
        core = number if one.form in ("iban", "order", "account") else number.core
        one.chars += core.chars
        one.places.append(place_of(core.said, core.first, core.last))
        one.said, one.last = core.said, core.last
        one.spelled = one.spelled and core.spelled
        one.value = None
        if one.form is None and is_card(one.chars):
            one.form = "card"
        if one.form == "card":
            self._card = core.said.turn
        self._taken.take(core.said.turn, range(core.first, core.last + 1))

    def _by_words(self, number: Number, before: Number | None) -> Read | None:
        """What the words around a number, or the numbers before it, make of it."""
        spoken_of = told(number) or self._corrected(number, before)
        if spoken_of is not None:
            return spoken_of
        core = number.core
        if is_day(core) and after_name(core.said, core.first, core.last):
            return "birth_date", fits("birth_date", core, ending=False) or core.digits, core
        if self._near_card(number.said):
            expiry = month_and_year(core.digits) if len(core.groups) == 2 else None
            if expiry is not None:
                return "expiry", expiry, core
            if len(core.digits) in (3, 4) and alone(number) and not timed(core.said, core.first):
                return "cvv", core.digits, core
        if is_phone(core) and not is_helpline(core.digits):
            return "phone", national(core.digits), core
        if glued(number) and _REFERENCE.fullmatch(number.chars):
            return "order", number.chars, number
        return None

    def _corrected(self, number: Number, before: Number | None) -> Read | None:
        """The number that is put in place of the one before it: "five five five, no sorry, five six"."""
        latest = self._latest.get(number.said.side)
        if before is None or latest is None or latest.form is None:
            return None
        if not corrects(number.said, before.last, number.first):
            return None
        core = number.core
        return None if fits(latest.form, core, ending=True) is None else (latest.form, core.chars, core)

    def _again(self, number: Number) -> _Open | None:
        """The number that was told before and is said again, or a part of it."""
        digits = number.core.chars
        for one in reversed(self._found[-_RECENT:]):
            if one.form is None or number.said.turn - one.said.turn > _CARD_TURNS:
                continue
            if len(digits) >= _ECHO and digits in one.chars:
                return one
            told_back = alone(number.core) or number.core.first <= _LEAD  # "four oh eight lovely and the ..."
            if told_back and fits(one.form, number.core, ending=False) == one.told:
                return one
        return None

    def _in_place(self, number: Number, before: Number | None) -> _Open | None:
        """The number before this one, of no form either, that this one corrects."""
        latest = self._latest.get(number.said.side)
        if before is None or latest is None or latest.form is not None or latest.said is not number.said:
            return None
        return latest if corrects(number.said, before.last, number.first) else None


def _is_whole(one: _Open, *, phone: bool = False) -> bool:
    """Whether no more of a number can follow; a phone number is told in more pieces than one expects."""
    if one.form == "iban":
        return is_iban(one.chars)
    if one.form == "phone" and not phone:
        return False
    return one.form in _WHOLE and len(one.chars) >= _WHOLE[one.form]


def _bare(one: _Open) -> str | None:
    """The form of a number that nobody spoke of: none, unless it is too long to be anything else."""
    digits = "".join(filter(str.isdigit, one.chars))
    if is_card(digits):
        return "card"
    rising = digits in "0123456789012345"
    if len(digits) >= _BARE or (one.spelled and len(digits) >= _BARE_SPELLED and not rising):
        return "account"
    return None


def _expiry(date: Date) -> str:
    if date.month is None:
        return f"{int(date.numbers[0])}/{date.numbers[-1][-2:]}"
    return f"{date.month}/{date.numbers[-1][-2:]}"
