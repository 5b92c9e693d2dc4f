"""Who wrote a mail that has no header: the newest of a thread that was copied out of its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from carescore.readers.mail_once import Mail
from carescore.readers.mail_people import People, Person

_MOST_SIGNED: Final = 2
_LONGEST_LINE: Final = 60
_TAKEN: Final = (
    "A mail without a header was taken to be by {name}, who {reason}. Put a line such as 'From: {name}' "
    "above it to be sure."
)
_UNKNOWN: Final = (
    "It is not known who wrote a mail that has no header. Put a line such as 'From: Name' above it."
)


def writers_of(mails: Sequence[Mail], people: People) -> tuple[list[Person | None], tuple[str, ...]]:
    """The sender of each mail, oldest first, and warnings about those that no header names."""
    found: list[Person | None] = []
    warnings: dict[str, None] = {}
    known = _known(mails, people)
    for place, mail in enumerate(mails):
        sender = mail.head.sender
        if sender is None:
            sender, reason = _writer(mail, mails[place - 1] if place else None, known, people)
            name = people.label(sender) if sender is not None else ""
            warnings[_TAKEN.format(name=name, reason=reason) if sender is not None else _UNKNOWN] = None
        found.append(sender)
    return found, tuple(warnings)


def _known(mails: Sequence[Mail], people: People) -> dict[str, Person]:
    """Everybody whom a header names, by key."""
    named = (person for mail in mails for person in (mail.head.sender, *mail.head.to) if person is not None)
    return {people.key(person): person for person in named}


def _writer(
    mail: Mail, answered: Mail | None, known: dict[str, Person], people: People
) -> tuple[Person | None, str]:
    """Who signs the mail, else the other of two people whose mail it answers."""
    signed = [person for person in known.values() if _signs(mail, people.label(person))]
    if len(signed) == 1:
        return signed[0], "signs it"
    others = [person for key, person in known.items() if answered is not None and key != answered.key]
    if answered is not None and answered.key and len(others) == 1:
        return others[0], "is the only other person in the thread"
    return None, ""


def _signs(mail: Mail, name: str) -> bool:
    """Whether the first name stands in one of the last short lines, of which the greeting is none."""
    _, *last = [line for line in mail.text.split("\n") if line.strip()]
    first = re.findall(r"\w+", name.casefold())[:1]
    short = (line.casefold() for line in last[-_MOST_SIGNED:] if len(line) <= _LONGEST_LINE)
    return bool(first) and any(first[0] in re.findall(r"\w+", line) for line in short)
