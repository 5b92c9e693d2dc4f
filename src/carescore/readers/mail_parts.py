"""The mails that one text holds: below each other, quoted in each other, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from carescore.readers.mail import announces_mail
from carescore.readers.mail_heads import Head, attribution, block

# Nobody answers as often below each other; what is quoted deeper is left out.
_DEEPEST: Final = 30
_WRAPPED: Final = 60
_QUOTED: Final = re.compile(r"[ \t]{0,3}>[ ]?")


@dataclass(frozen=True, slots=True)
class Part:
    """One mail: what stands above it, if anything, and its lines. `quoted`: another mail quotes it."""

    head: Head | None
    lines: tuple[str, ...]
    quoted: bool = False


@dataclass(slots=True)
class _Open:
    """A mail while its lines are gathered. `older`: it stands below the mail that answers it."""

    head: Head | None
    older: bool = False
    lines: list[str] = field(default_factory=list)
    quotes: list[tuple[Head | None, list[str]]] = field(default_factory=list)


def parts_in(text: str, head: Head | None = None) -> list[Part]:
    """The mails in a text, the older before the answer as far as their places tell.

    With the `head` of the mail that the text is from, all others in it are quoted.
    """
    return _parts(text.split("\n"), head, quoted=False, depth=0)


def _parts(lines: Sequence[str], head: Head | None, *, quoted: bool, depth: int) -> list[Part]:
    mails = [_Open(head)]
    position = 0
    while position < len(lines):
        now = mails[-1]
        if _QUOTED.match(lines[position]):
            end = _end_of_quote(lines, position)
            _quote(now, lines[position:end])
            position = end
        elif (found := block(lines, position)) is not None:
            mails.append(_Open(found[0], older=head is not None or _is_announced(now.lines)))
            position += found[1]
        elif (found := attribution(lines, position)) is not None:
            position += found[1]
            if _quotes_follow(lines, position):
                now.quotes.append((found[0], []))
            else:
                mails.append(_Open(found[0], older=any(line.strip() for line in now.lines)))
        else:
            now.lines.append(lines[position])
            position += 1
    return _in_order(mails, quoted=quoted, history=head is not None, depth=depth)


def _is_announced(lines: Sequence[str]) -> bool:
    """Whether the last line with text says that an older mail follows."""
    last = next((line for line in reversed(lines) if line.strip("_-* \t")), "")
    return announces_mail(last)


def _quotes_follow(lines: Sequence[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 5] if line.strip()), "")
    return _QUOTED.match(following) is not None


def _end_of_quote(lines: Sequence[str], position: int) -> int:
    """Where the quoted lines end; the rest of a long one may stand unmarked between them."""
    while position < len(lines) and (_QUOTED.match(lines[position]) or _is_rest_of_quote(lines, position)):
        position += 1
    return position


def _is_rest_of_quote(lines: Sequence[str], position: int) -> bool:
    begun, line, below = lines[position - 1], lines[position].strip(), lines[position + 1 : position + 2]
    between = len(begun) >= _WRAPPED and bool(below) and _QUOTED.match(below[0]) is not None
    return between and bool(line) and not line[0].isupper()


def _quote(mail: _Open, lines: Sequence[str]) -> None:
    """Add quoted lines; an answer written between them does not end the mail that they are from."""
    if not mail.quotes:
        mail.quotes.append((None, []))
    mail.quotes[-1][1].extend([*(_QUOTED.sub("", line, count=1) for line in lines), ""])


def _in_order(mails: Sequence[_Open], *, quoted: bool, history: bool, depth: int) -> list[Part]:
    """Each mail behind those that it quotes, and before the one above it that answers it."""
    threads: list[list[list[Part]]] = []
    for number, mail in enumerate(mails):
        parts = [part for head, lines in mail.quotes for part in _from_quote(lines, head, mail.head, depth)]
        parts.append(Part(mail.head, tuple(mail.lines), quoted or (history and number > 0)))
        if mail.older and threads:
            threads[-1].append(parts)
        else:
            threads.append([parts])
    return [part for thread in threads for parts in reversed(thread) for part in parts]


def _from_quote(lines: Sequence[str], head: Head | None, by: Head | None, depth: int) -> list[Part]:
    """The mails in what another quotes; words of which nobody says whose they are, are left out."""
    if depth >= _DEEPEST:
        return []
    found = _parts(lines, head, quoted=True, depth=depth + 1)
    clock = by.when if by is not None else None
    return [
        replace(part, head=replace(part.head, when=part.head.when.on_clock_of(clock)))
        if part.head.when is not None
        else part
        for part in found
        if part.head is not None
    ]
