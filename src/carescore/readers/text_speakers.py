"""Who speaks in a plain text: which labels are speakers, who is meant by them, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from carescore.elimination import last_role
from carescore.readers.role_words import role_of
from carescore.readers.text_labels import Label, is_name, tidy_name
from carescore.readers.text_lines import Line
from carescore.transcript import Role, RoleSource

_MOST_HEADER_LINES: Final = 60
_MOST_NAMES: Final = 30
_ROLE_AFTER: Final = re.compile(r"\s*[(\[,:–—-]+\s*([^\W\d_][\w ]{1,40}?)\s*(?:[)\],;.–—-]|and\b|&|$)")
_ROLE_BEFORE: Final = re.compile(r"((?:[^\W\d_]+ ){0,3}[^\W\d_]+)\s*[(:]?\s*$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person or machine of a call, under the first label it has in the file."""

    label: str
    role: Role = "unknown"
    role_source: RoleSource = "unknown"
    name: str | None = None


def speaking_labels(lines: list[Line]) -> frozenset[str]:
    """The labels, in lower case, that are speakers: sure ones, their names, and names that recur.

    A word before a colon inside somebody's turn ("Gateway: …") does not recur between other turns.
    """
    heads = [line.label for line in lines if line.label is not None]
    sure = {key_of(label) for label in heads if label.sure} | _beside_times(lines)
    names = _names(heads) | {lines[number].said.casefold() for number in header_roles(lines)}
    names |= {name.split()[0] for name in names}
    base = sure | {key_of(x) for x in heads if x.role is None and x.name and x.name.casefold() in names}
    if any(line.alone for line in lines) and base:
        return frozenset(base)  # a name alone on its line may as well sign a letter
    found = base | {key for key, seen in _places(heads, base).items() if len(seen) > 1}
    if len(found) < 2:
        found |= _once(lines)
    return frozenset(found)


def _beside_times(lines: list[Line]) -> set[str]:
    """The labels of lines that begin with a time, where most lines with a label do."""
    timed = [key_of(line.label) for line in lines if line.label is not None and line.timed]
    heads = sum(1 for line in lines if line.label is not None)
    return set(timed) if len(timed) > 1 and 2 * len(timed) >= heads else set()


def key_of(label: Label) -> str:
    """What makes two labels the same."""
    return label.written.casefold()


def _names(heads: Iterable[Label]) -> set[str]:
    return {label.name.casefold() for label in heads if label.role and label.sure and label.name}


def header_roles(lines: list[Line]) -> dict[int, Label]:
    """The lines of a header such as `Agent: Dana`, `Customer: Luis`, before the first words of the call.

    A single one may be a first turn ("Dana."), unless the name is itself a label further down.
    """
    found: dict[int, Label] = {}
    spoken = [(number, line) for number, line in enumerate(lines) if line.label is not None]
    for number, line in spoken[:_MOST_HEADER_LINES]:
        if line.label is not None and line.label.role and line.label.sure:
            if not is_name(line.said):
                break
            found[number] = line.label
    named = {label.name.casefold() for _, line in spoken if (label := line.label) and label.name}
    if len({key_of(label) for label in found.values()}) > 1:
        return found
    return {n: label for n, label in found.items() if lines[n].said.casefold().split()[0] in named}


def _places(heads: list[Label], base: set[str]) -> dict[str, set[int]]:
    """For each label that is not sure: between which turns it stands."""
    places: dict[str, set[int]] = {}
    gap, last = 0, None
    for label in heads:
        key = key_of(label)
        if key in base:
            gap += 1
            continue
        if not base and key != last:
            gap += 1
        last = key
        places.setdefault(key, set()).add(gap)
    return places


def _once(lines: list[Line]) -> set[str]:
    """Labels of a very short call, where nobody speaks twice: names or role words on most of its lines."""
    written = [line for line in lines if line.kind == "text"]
    heads = [line for line in written if line.label is not None and line.said]
    named = [x.label for x in heads if x.label and (x.label.role or is_name(x.label.written))]
    if len(named) < 2 or 2 * len(named) < len(written):
        return set()
    return {key_of(label) for label in named}


def cast(lines: list[Line], speaking: frozenset[str]) -> dict[str, Speaker]:
    """The speaker of each label that is one, by `key_of`."""
    header = header_roles(lines)
    heads: dict[str, Label] = {}
    for number, line in enumerate(lines):
        if line.label is not None and number not in header and key_of(line.label) in speaking:
            heads.setdefault(key_of(line.label), line.label)
    called = {key_of(label): lines[number].said for number, label in header.items()}
    heads = {key: _named(label, called.get(key)) for key, label in heads.items()}
    joined = _joined_roles(lines, heads)
    person_of = _persons(heads)
    people: dict[str, Speaker] = {}
    for key, label in heads.items():
        speaker = people.setdefault(person_of[key], Speaker(label.written, name=label.name))
        role, source = _role(label, speaker, joined)
        people[person_of[key]] = replace(
            speaker, role=role, role_source=source, name=speaker.name or label.name
        )
    people = _by_elimination(people)
    full = {key: replace(p, name=_in_full(p, header, lines)) for key, p in people.items()}
    return {key: full[person] for key, person in person_of.items()}


def _named(label: Label, name: str | None) -> Label:
    """The label with the name that a header gives to it."""
    return label if name is None or label.name is not None else replace(label, name=tidy_name(name))


def _in_full(person: Speaker, header: dict[int, Label], lines: list[Line]) -> str | None:
    """The name that the header gives a person of this role in full ("Rosa" of `Agent: Rosa Ito`)."""
    told = {tidy_name(lines[n].said) for n, label in header.items() if label.role == person.role}
    return longer_name(person.name, told)


def longer_name(name: str | None, told: Iterable[str]) -> str | None:
    """The one name of those told that has this name as a word, else the name itself."""
    if name is None:
        return None
    longer = {one for one in told if name.casefold() in one.casefold().split()}
    return longer.pop() if len(longer) == 1 else name


def _persons(heads: dict[str, Label]) -> dict[str, str]:
    """One key for all labels of one person: `Agent (Ben)`, `Ben`, `Ben Ito`; `Agent` if one is named so."""
    full: dict[str, set[str]] = {}
    named: dict[tuple[Role | None, str], set[str]] = {}
    for label in heads.values():
        if label.name is not None:
            name = label.name.casefold()
            full.setdefault(name.split()[0], set()).add(name)
            named.setdefault((label.role, label.phrase), set()).add(name)

    def person(label: Label) -> str:
        name = label.name.casefold() if label.name else None
        if name is None and label.role is not None:
            same = named.get((label.role, label.phrase), set())
            name = next(iter(same)) if len(same) == 1 else None
        if name is None:
            return f"{label.role}:{label.phrase or label.written.casefold()}"
        longer = full.get(name, set()) - {name}
        return next(iter(longer)) if len(longer) == 1 else name

    return {key: person(label) for key, label in heads.items()}


def _role(label: Label, speaker: Speaker, joined: dict[str, Role]) -> tuple[Role, RoleSource]:
    if speaker.role_source == "told":
        return speaker.role, "told"
    if label.role is not None:
        return label.role, "told"
    role = joined.get((label.name or label.written).casefold())
    return (role, "joined") if role is not None else (speaker.role, speaker.role_source)


def _joined_roles(lines: list[Line], heads: dict[str, Label]) -> dict[str, Role]:
    """Roles of names that a title, a header or a direction tells: `Call between Ann (agent) and …`."""
    names = list(dict.fromkeys(x.name for x in heads.values() if x.role is None and x.name))[:_MOST_NAMES]
    votes: dict[str, set[Role]] = {name.casefold(): set() for name in names}
    for number, label in header_roles(lines).items():
        said = lines[number].said.casefold()
        for name in names:
            if label.role and name.casefold() in (said, said.split()[0]):
                votes[name.casefold()].add(label.role)
    for text in _about_the_call(lines, frozenset(heads)):
        for name in names:
            votes[name.casefold()] |= _roles_beside(name, text)
    return {name: roles.pop() for name, roles in votes.items() if len(roles) == 1}


def _about_the_call(lines: list[Line], speaking: frozenset[str]) -> list[str]:
    """Lines that nobody says: titles, directions, and all before the first turn."""
    found: list[str] = []
    begun = False
    for line in lines:
        speaks = line.label is not None and key_of(line.label) in speaking
        begun = begun or (speaks and not is_name(line.said))
        if line.text and (not begun or line.kind in ("heading", "aside", "end")):
            found.append(line.text[:300])
            if len(found) == _MOST_HEADER_LINES:
                break
    return found


def _roles_beside(name: str, text: str) -> set[Role]:
    roles: set[Role] = set()
    plain = text.replace("*", "").replace("_", " ")
    for match in re.finditer(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE):
        after = _ROLE_AFTER.match(plain[match.end() : match.end() + 60])
        before = _ROLE_BEFORE.search(plain[max(match.start() - 60, 0) : match.start()])
        candidates = [after[1]] if after else []
        if before is not None:
            words = before[1].split()
            candidates += [" ".join(words[cut:]) for cut in range(len(words))]
        role = next((role for role in map(role_of, candidates) if role is not None), None)
        if role in ("agent", "customer", "bot"):
            roles.add(role)
    return roles


def _by_elimination(people: dict[str, Speaker]) -> dict[str, Speaker]:
    """Where one side is told and one speaker is left, that speaker is the other side."""
    left = last_role({person.label: person.role for person in people.values()})
    if left is None:
        return people
    label, role = left
    return {
        key: replace(person, role=role, role_source="joined") if person.label == label else person
        for key, person in people.items()
    }
