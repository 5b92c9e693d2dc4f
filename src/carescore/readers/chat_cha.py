"""CHAT transcripts (`.cha`, TalkBank): `*AGT:` lines with marks of the transcriber and times in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.speech import voice_call
from carescore.transcript import Role, Transcript, Turn

_TIMES: Final = re.compile(r"\x15(\d{1,12})_(\d{1,12})\x15")
_BULLET: Final = re.compile(r"\x15[^\x15\n]{0,200}\x15?")

# What a transcriber adds and nobody says: [comments, codes], &=events, &+fragments, +linkers, pauses.
_MARKS: Final = re.compile(
    r"\[[^\[\]]{0,500}\]"
    r"|&[=+~]\S*|&\*[A-Z0-9]{1,7}:\S*"
    r"|\(\.{1,3}\)|\(\d{0,4}[.:]?\d{0,4}\.?\)"
    r"|(?<!\S)\+(?:[<,+^]|\"(?![/.]))"
    r"|(?<!\S)(?:xxx|yyy|www|0)(?!\S)"
    r"|[<>‹›⌈⌉⌊⌋↑↓→↗↘∆∇☺♋⁇°▁▔∬∾⁑⤇∲§ª∮]"
)
_TERMINATOR: Final = re.compile(r"(?<!\S)\+(?:[./!?\"]|\.\.){1,6}(?!\S)")
_FILLER: Final = re.compile(r"&-(?=\w)")
_WORD_CODE: Final = re.compile(r"(?<=\w)@[a-z$:&-]{1,20}")
_OMITTED: Final = re.compile(r"\(([\w'’-]{1,20})\)")
_SPACE_BEFORE: Final = re.compile(r"\s+([.,?!;:])")


def _accepts(content: str) -> bool:
    head = content.lstrip()
    return head.startswith(("@UTF8", "@Begin", "@Font", "@PID")) and ("\n@" in head or "\n*" in head)


def _read(content: str, origin: Origin) -> Iterator[Transcript]:
    lines = list(_whole_lines(content))
    roles = _roles(lines)
    pieces = [_piece(line, roles) for line in lines if line.startswith("*") and ":" in line]
    yield voice_call(
        [piece for piece in pieces if any(letter.isalnum() for letter in piece.text)],
        origin,
        agent=_agent(lines),
        started=next((_day(line) for line in lines if line.startswith("@Date:")), None),
    )


def _whole_lines(content: str) -> Iterator[str]:
    """Lines with those that go on with them: these begin with a tab or a space."""
    parts: list[str] = []
    for line in content.split("\n"):
        if line[:1] in ("\t", " ") and parts:
            parts.append(line.strip())
            continue
        if parts:
            yield " ".join(parts)
        parts = [line] if line.strip() else []
    if parts:
        yield " ".join(parts)


def _piece(line: str, roles: dict[str, Role]) -> Turn:
    code, _, said = line[1:].partition(":")
    times = _TIMES.findall(said)
    role = roles.get(code)
    return Turn(
        index=0,
        speaker=code,
        role=role or "unknown",
        role_source="joined" if role else "unknown",
        text=plain(said),
        start=int(times[0][0]) / 1000 if times else None,
        end=int(times[-1][1]) / 1000 if times else None,
    )


def plain(said: str) -> str:
    """The words of a CHAT line as they were said, fillers and repetitions too.

    >>> plain("<I want> [/] I want (be)cause &-uh &=laughs the +...")
    'I want I want because uh the…'
    """
    text = _MARKS.sub(" ", _BULLET.sub(" ", said))
    text = _TERMINATOR.sub(_ending, text)
    text = _OMITTED.sub(r"\1", _WORD_CODE.sub("", _FILLER.sub("", text)))
    text = text.replace("_", " ").replace("‡", ",").replace("„", ",").replace(" …", "…")
    return _SPACE_BEFORE.sub(r"\1", " ".join(text.split())).replace(" …", "…")


def _ending(mark: re.Match[str]) -> str:
    """What a mark at the end of a line stands for: trailing off, a question, an interruption."""
    if "?" in mark.group() or "!" in mark.group():
        return "?" if "?" in mark.group() else "!"
    return "…" if ".." in mark.group() else "."


def _roles(lines: list[str]) -> dict[str, Role]:
    """The role of each speaker's code, from the list of participants and their ids."""
    found: dict[str, Role] = {}
    for line in lines:
        head, _, rest = line.partition(":")
        if head == "@Participants":
            candidates = [(words[0], words[-1]) for words in _participants(line)]
        elif head == "@ID":
            fields = rest.strip().split("|")
            candidates = [(fields[2], fields[7])] if len(fields) > 7 else []
        else:
            continue
        for code, word in candidates:
            role = role_of(word)
            if role is not None:
                found.setdefault(code, role)
    return found


def _participants(line: str) -> list[list[str]]:
    """Code, name if any, and role of each participant: `@Participants: AGT Ada Agent, CUS Customer`."""
    found = [part.split() for part in line.partition(":")[2].split(",")]
    return [words for words in found if len(words) > 1]


def _agent(lines: list[str]) -> str | None:
    """The agent's name, if the list of participants has one agent with a name."""
    people = [words for line in lines if line.startswith("@Participants:") for words in _participants(line)]
    names = [" ".join(words[1:-1]) for words in people if len(words) > 2 and role_of(words[-1]) == "agent"]
    return names[0].replace("_", " ") if len(names) == 1 else None


def _day(line: str) -> str | None:
    """The date of `@Date: 01-JAN-2024` as ISO text."""
    try:
        return datetime.strptime(line.partition(":")[2].strip().title(), "%d-%b-%Y").date().isoformat()
    except ValueError:
        return None


READER: Final = Reader(
    id="cha",
    name="CHAT transcript (TalkBank)",
    content="text",
    roles="joined",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
