"""The people of a mail thread, by name and address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = re.compile(r"[\w.+'=&-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_MOST_RECIPIENTS: Final = 100
_LONGEST: Final = 4_000
_MOST_NAMESAKES: Final = 20
_DESKS: Final = (
    "support supportteam techsupport customersupport help helpdesk helpcenter helpcentre service services "
    "servicedesk customerservice customerservices clientservice clientservices customercare clientcare care "
    "kundenservice"
)
_MACHINES: Final = "noreply donotreply nereply mailerdaemon postmaster autoreply autoresponder"
_SHARED: Final = frozenset(_DESKS.split())
_MACHINE: Final = frozenset(_MACHINES.split())


@dataclass(frozen=True, slots=True)
class Person:
    """Who is named in a mail's header or above a quote; `name` or `address` may be empty."""

    name: str = ""
    address: str = ""

    @property
    def mailbox(self) -> str:
        """What tells mailboxes apart: the address, or the name where that is all there is."""
        return self.address.casefold() or _words(self.name)

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.address.partition("@")[0]

    @property
    def domain(self) -> str:
        """What stands behind the @, in lower case."""
        return self.address.partition("@")[2].casefold()

    @property
    def is_shared(self) -> bool:
        """Whether the mailbox is one that a support desk shares."""
        words = re.split(r"[^a-z]+", (self.local.partition("+")[0] or self.name).casefold())
        return not _SHARED.isdisjoint([*words, "".join(words)])

    @property
    def is_machine(self) -> bool:
        """Whether no person reads what is sent to this address."""
        words = re.split(r"[^a-z]+", self.local.casefold())
        return not _MACHINE.isdisjoint([*words, "".join(words), "".join(words[:2])])


def people_in(value: str) -> tuple[Person, ...]:
    """The people in the value of a From or To line.

    >>> people_in("Voss, Ida <ida@voss.example>; Support")
    (Person(name='Ida Voss', address='ida@voss.example'), Person(name='Support', address=''))
    """
    found: list[Person] = []
    value = re.sub(r"<[^<>@]*>", " ", value[:_LONGEST])
    place = 0
    for match in _ADDRESS.finditer(value):
        *others, own = re.split(r"[;>]", value[place : match.start()])
        found += [Person(name) for name in map(_name, others) if name]
        # "ida@voss.example <ida@voss.example>", "Ida [mailto:ida@voss.example]"
        if found and found[-1].address.casefold() == match[0].casefold() and not _name(own):
            place = match.end()
            continue
        found.append(Person(_name(own), match[0]))
        place = match.end()
    found += [Person(name) for name in map(_name, re.split(r"[;>]", value[place:])) if name]
    found = [_behind_list(person) for person in found]
    return tuple(found[:_MOST_RECIPIENTS])


def _behind_list(person: Person) -> Person:
    """Who wrote a mail that a mailing list sends on under its own address ("Ida Voss via Support")."""
    name, via, _ = person.name.partition(" via ")
    return Person(name.strip(" '’")) if via else person


def _name(written: str) -> str:
    """A name without the marks around it, first name first."""
    name = re.sub(r"\bmailto:|[\"<>\[\]*]", " ", written)
    name = " ".join(name.split()).strip(" ,;:'’()")
    name += ")" if "(" in name else ""
    last, comma, first = name.partition(", ")
    plain = comma and "," not in first and len(last.split()) < 3 and len(first.split()) < 3
    return f"{first} {last}" if plain else name


class People:
    """Who is who in one thread, however they are written in it."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._name_of: dict[str, str] = {}
        self._addresses_of: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._taken: Counter[str] = Counter()
        everybody = list(people)
        for person in everybody:
            if person.name and person.address:
                self._know(person.name, person.address)
        self._know_by_address(everybody)

    def _know(self, name: str, address: str) -> None:
        self._name_of.setdefault(address.casefold(), name)
        self._addresses_of.setdefault(_words(name), address)

    def _know_by_address(self, everybody: Sequence[Person]) -> None:
        """Give names without an address to addresses that are made of them ("ida.voss@…", "support@…")."""
        names = {_words(one.name): one.name for one in everybody if one.name}
        named: dict[str, list[str]] = {}
        for words, name in names.items():
            for word in words.split() if words not in self._addresses_of else ():
                named.setdefault(word, []).append(name)
        fitting: dict[str, list[str]] = {}
        for address in dict.fromkeys(one.address.casefold() for one in everybody):
            letters = _letters(address.partition("@")[0])
            if letters and address not in self._name_of:
                few = min((named.get(word, []) for word in letters), key=len)
                fits = [name for name in few[:_MOST_NAMESAKES] if set(letters) <= set(_letters(name))]
                if len(fits) == 1 and len(few) <= _MOST_NAMESAKES:
                    fitting.setdefault(fits[0], []).append(address)
        for name, addresses in fitting.items():
            if len(addresses) == 1:
                self._know(name, addresses[0])

    def known(self, person: Person) -> Person:
        """The person with the name and address that other mails of the thread tell."""
        name = person.name or self._name_of.get(person.address.casefold(), "")
        return Person(name, person.address or self._addresses_of.get(_words(name), ""))

    def key(self, person: Person) -> str:
        """What makes two ways of writing one person the same: the name, else the address."""
        known = self.known(person)
        return _words(known.name) if known.name else known.address.casefold()

    def label(self, person: Person) -> str:
        """The name, else what stands before the @: warnings show labels, and no address belongs there."""
        known, key = self.known(person), self.key(person)
        if key not in self._labels:
            label = known.name or known.local
            self._taken[label] += 1
            count = self._taken[label]
            self._labels[key] = f"{label} ({count})" if count > 1 else label
        return self._labels[key]


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _words(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))
