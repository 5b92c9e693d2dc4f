"""Who is the agent in a mail thread, where a support desk's shared mailbox tells it.

A shared mailbox (`support@`, `help@`, `service@` …) is evidence: who writes from it is an agent, and so is
who writes from another address of its domain, if anybody writes from outside. The customer is the other side:
the first other person in the thread, and others of the same firm. Shared mailboxes of two firms tell nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from carescore.readers.mail_heads import Head
from carescore.readers.mail_people import People, Person
from carescore.readers.text_labels import is_name, label_of
from carescore.transcript import Role, RoleSource

# Where anybody may have an address: the domain tells nothing of the firm.
_ANYBODYS: Final = (
    "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac aol gmx web t-online proton "
    "protonmail mail fastmail zoho"
)
_PUBLIC: Final = frozenset(_ANYBODYS.split())


@dataclass(frozen=True, slots=True)
class Desk:
    """The mailboxes of a support desk: shared ones, and the domain of the firm if it tells people apart."""

    mailboxes: frozenset[str] = frozenset()
    domain: str | None = None

    def holds(self, person: Person) -> bool:
        """Whether it is the desk's."""
        return person.mailbox in self.mailboxes or _is_within(person.domain, self.domain)


def roles_of(heads: Sequence[Head], people: People) -> list[tuple[Role, RoleSource]]:
    """The role in which each mail of a thread was written, oldest first.

    A mail among the desk's own people is `system`: the customer never saw it. What no person wrote is `bot`.
    """
    senders = [people.known(head.sender) if head.sender is not None else Person() for head in heads]
    recipients = [[people.known(person) for person in head.to] for head in heads]
    desk = desk_of([*senders, *(person for to in recipients for person in to)])
    side = _customers(senders, desk)
    return [
        _role(head, sender, to, desk, side)
        for head, sender, to in zip(heads, senders, recipients, strict=True)
    ]


def _role(
    head: Head, sender: Person, to: Sequence[Person], desk: Desk, customers: frozenset[str]
) -> tuple[Role, RoleSource]:
    label = label_of(sender.name) if "(" in sender.name else None
    if head.automatic:
        return "bot", "told"
    if label is not None and label.sure and label.role in ("agent", "customer", "bot"):
        return label.role, "told"
    if sender.is_machine and not is_name(sender.name):
        return "bot", "joined"
    if desk.holds(sender):
        internal = desk.domain is not None and bool(to) and all(map(desk.holds, to))
        return "system" if internal else "agent", "joined"
    return ("customer", "joined") if sender.mailbox in customers else ("unknown", "unknown")


def desk_of(everybody: Sequence[Person]) -> Desk:
    """The desk of a thread; none where shared mailboxes of several firms write to each other."""
    shared = [person for person in everybody if person.is_shared]
    domains = sorted({person.domain for person in shared if person.domain}, key=lambda d: (len(d), d))
    if not all(_is_within(domain, domains[0]) for domain in domains):
        return Desk()
    mailboxes = frozenset(person.mailbox for person in shared)
    domain = domains[0] if domains else None
    outside = any(person.address and not _is_within(person.domain, domain) for person in everybody)
    return Desk(mailboxes, domain if outside and domain and not _is_public(domain) else None)


def _customers(senders: Sequence[Person], desk: Desk) -> frozenset[str]:
    """The mailboxes of the side that the desk writes with: the first other one, and others of its firm."""
    others = [
        person
        for person in senders
        if person.mailbox and not desk.holds(person) and not (person.is_machine and not is_name(person.name))
    ]
    if not desk.mailboxes or not others:
        return frozenset()
    first = others[0]
    firm = firm_of(first) if desk.domain else ""
    return frozenset(
        person.mailbox
        for person in others
        if person.mailbox == first.mailbox or (firm and person.domain == firm)
    )


def firm_of(person: Person) -> str:
    """The domain of a firm's address, "" where anybody may have an address."""
    return "" if _is_public(person.domain) else person.domain


def _is_public(domain: str) -> bool:
    name, *rest = domain.split(".")
    return name in _PUBLIC and (len(rest) < 2 or len(rest[0]) < 4)


def _is_within(domain: str, whole: str | None) -> bool:
    return bool(whole) and (domain == whole or domain.endswith(f".{whole}"))
