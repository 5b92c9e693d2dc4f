"""What stands above a mail in a text: a block of `From:`, `Sent:`, `To:` lines, or "On …, Ida wrote:"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.readers.mail import reply_mark
from carescore.readers.mail_people import Person, people_in
from carescore.readers.mail_when import When, when_in

_MOST_LINES: Final = 60
_LONGEST_LINE: Final = 2_000
_KEYS: Final = {
    word: key
    for key, words in {
        "from": "from von de da van från fra",
        "when": "date sent gesendet datum envoyé enviado fecha data inviato verzonden skickat sendt",
        "to": "to an à para aan till til",
        "cc": "cc kopie",
        "subject": "subject betreff objet asunto oggetto onderwerp ämne assunto emne",
    }.items()
    for word in words.split()
}
_FIELD: Final = re.compile(
    r"[*_ \t]{0,4}(?P<key>[^\W\d_][\w -]{0,25}?)[ \t]?[*_]{0,2}:[*_]{0,2}(?:[ \t]+(?P<value>.*?)[*_ \t]*)?$"
)
# Fields of a mail that tell nothing here ("Message-ID", "X-Mailer", "Importance").
_OTHER: Final = re.compile(
    r"[a-z]+(?:-[a-z\d]+){1,6}|bcc|importance|priority|sensitivity|attachments?|received|anlagen",
    re.IGNORECASE,
)
_VERB: Final = re.compile(
    r"\b(?:wrote|schrieb|(?:a )?écrit|escribió|ha scritto|scritto|schreef|escreveu|skrev)\b", re.IGNORECASE
)
_FIRST_WORD: Final = re.compile(r"[\s>*]*(?:on|am|le|el|il|op|em|den)\b", re.IGNORECASE)
_CLOCK: Final = re.compile(r".*\d[:.h]\d{2}(?:\s?[ap]\.?m\b\.?)?,?", re.IGNORECASE)
# "Ida Voss <ida@voss.example> wrote on 3 March 2025 at 09:41:", "2025-03-03 9:41 GMT+1 Ida <i@voss.example>:"
_NAME_FIRST: Final = re.compile(rf"\S.{{0,150}}{_VERB.pattern}.{{0,100}}:", re.IGNORECASE)
# "Ida <ida@voss.example> wrote:", as telephones write it.
_NAMED: Final = re.compile(
    rf"[^<>:]{{1,60}}<[^<>\s@]{{1,120}}@[^<>\s]{{1,120}}>\s?{_VERB.pattern}\s?:", re.IGNORECASE
)
_BARE: Final = re.compile(r"\d[^<>]{8,120}<[^<>\s@]{1,120}@[^<>\s]{1,120}>\s?:")
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w.'’-]*")
_PARTS_OF_NAMES: Final = "de da del der den di du la le van von zu y e"
_NO_NAMES: Final = "i we you he she they it who this that my our your his her their the a"
_SMALL: Final = frozenset(_PARTS_OF_NAMES.split())
_NO_NAME: Final = frozenset(_NO_NAMES.split())
_MOST_NAME_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Who sent a mail, when, to whom, about what; what is not told is empty.

    `ids` are the id of the mail and of those that it answers, its own first; `automatic`: no person wrote it.
    """

    sender: Person | None = None
    to: tuple[Person, ...] = ()
    when: When | None = None
    subject: str = ""
    ids: tuple[str, ...] = ()
    automatic: bool = False


def block(lines: Sequence[str], position: int) -> tuple[Head, int] | None:
    """The block of header lines that begins here, and how many lines it takes."""
    if _key(lines[position]) is None:
        return None
    fields, taken = _fields(lines, position)
    return (_head(fields), taken) if _is_header(fields) else None


def _key(line: str) -> tuple[str, str] | None:
    """The field and the value of a header line."""
    match = _FIELD.match(line[:_LONGEST_LINE])
    if match is None:
        return None
    key = _KEYS.get(match["key"].casefold()) or ("other" if _OTHER.fullmatch(match["key"]) else None)
    return None if key is None else (key, match["value"] or "")


def _fields(lines: Sequence[str], position: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    last = ""
    place = end = position
    while place < min(len(lines), position + _MOST_LINES):
        line = lines[place]
        found = _key(line)
        if not line.strip():
            # Copied from a page, the lines of a header have empty ones between them.
            if place + 1 >= len(lines) or not _goes_on(_key(lines[place + 1]), fields):
                break
        elif found is None:
            if not last or not _continues(line, last, lines[place + 1 : place + 2], fields):
                break
            fields[last] = f"{fields[last]} {line.strip()}"[:_LONGEST_LINE]
            end = place + 1
        else:
            last, value = found
            if last in fields and last != "other":
                break  # the header of the next mail
            fields[last] = value
            end = place + 1
        place += 1
    return fields, end - position


def _continues(line: str, last: str, below: Sequence[str], fields: Mapping[str, str]) -> bool:
    """Whether a line without a key goes on with the field above it: indented, or wrapped."""
    wrapped = last == "subject" and bool(below) and _goes_on(_key(below[0]), fields)
    return line[0] in " \t" or wrapped or (last in ("to", "cc") and "@" in line)


def _goes_on(found: tuple[str, str] | None, fields: Mapping[str, str]) -> bool:
    return found is not None and found[0] != "other" and found[0] not in fields


def _is_header(fields: Mapping[str, str]) -> bool:
    """Whether the lines say from whom and two more things, or one more where the sender has an address."""
    sender = fields.get("from", "")
    if not any(character.isalpha() for character in sender):
        return False  # a telephone number: the header of a call
    beside = [key for key in ("when", "to", "subject") if key in fields]
    return len(beside) >= (1 if "@" in sender else 2)


def _head(fields: Mapping[str, str]) -> Head:
    when = when_in(fields.get("when", ""))
    return Head(
        sender=first_person(fields.get("from", "")),
        to=people_in(f"{fields.get('to', '')}; {fields.get('cc', '')}"),
        when=when[0] if when is not None else None,
        subject=fields.get("subject", ""),
    )


def first_person(value: str) -> Person | None:
    """The first person in the value of a From line."""
    return next(iter(people_in(value)), None)


def attribution(lines: Sequence[str], position: int) -> tuple[Head, int] | None:
    """Who wrote what follows, and when, from "On 3 March 2025 at 09:41, Ida wrote:", and its lines."""
    taken = reply_mark(list(lines[position : position + 3]), 0) or _is_named_first(lines[position])
    if not taken:
        return None
    text = " ".join(line.strip() for line in lines[position : position + taken])
    when = when_in(text)
    sender = next(filter(None, map(_sender, _names(text, when))), None)
    if sender is None or (when is None and not sender.address):
        return None
    return Head(sender=sender, when=when[0] if when is not None else None), taken


def _is_named_first(line: str) -> int:
    """1 if the line is an attribution that begins with the name, or with the day."""
    line = line.strip()
    if len(line) > 400 or not line.endswith(":"):
        return 0
    if _NAMED.fullmatch(line) is not None:
        return 1
    named = _NAME_FIRST.fullmatch(line) or _BARE.fullmatch(line)
    return int(named is not None and when_in(line) is not None)


def _names(text: str, when: tuple[When, int, int] | None) -> Iterable[str]:
    """The pieces of an attribution in which the name may stand, the likeliest first."""
    verb = _VERB.search(text)
    left, right = (text[: verb.start()], text[verb.end() :]) if verb is not None else (text, "")
    if when is not None and when[2] <= len(left):
        left = left[when[2] :]
    elif when is None:
        left = _CLOCK.sub("", _FIRST_WORD.sub("", left))
    if verb is not None and when is not None and when[1] >= verb.end():
        right = right[: when[1] - verb.end()]
    return left, right


def _sender(piece: str) -> Person | None:
    """The person in a piece of an attribution, which is a name, an address or both, and nothing else."""
    person = first_person(re.sub(r"\([A-Z]{2,5}\)", "", piece).strip(" ,;:"))
    if person is None or not (person.name or person.address):
        return None
    words = person.name.split()
    short = len(words) <= (2 if person.address else 0)
    named = len(words) <= _MOST_NAME_WORDS and (short or all(map(_is_of_a_name, words)))
    return person if named and not (words and words[0].casefold() in _NO_NAME) else None


def _is_of_a_name(word: str) -> bool:
    word = word.strip(".,()")
    return not word or word.casefold() in _SMALL or (not word[0].islower() and bool(_NAME_WORD.match(word)))
