"""Mail threads: mails copied into a text, `.eml` files, and mbox files with one thread or many.

Each mail is one turn, in order of date; quoted copies, signatures and attachments are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.mail_body import body_of, is_title
from carescore.readers.mail_file import is_mail_file, is_outlook_file, mails_of
from carescore.readers.mail_groups import Group, by_id, by_subject
from carescore.readers.mail_heads import Head
from carescore.readers.mail_once import Mail, each_once, in_order
from carescore.readers.mail_parts import Part, parts_in
from carescore.readers.mail_people import People, Person
from carescore.readers.mail_roles import roles_of
from carescore.readers.mail_when import instants, iso
from carescore.readers.mail_writers import writers_of
from carescore.readers.messages import Message, conversation
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import Source
from carescore.readers.text_labels import label_of
from carescore.readers.text_lines import lines_of
from carescore.readers.text_speakers import key_of, speaking_labels
from carescore.transcript import Role, RoleSource, Transcript

# What any text with mails has: "From: …", or a line that names an address or a time and ends with a colon.
_TELLING: Final = re.compile(
    r"(?im)^[>*_ \t]{0,9}(?:from|von|de|da|van|från)[*_ \t]{0,3}:|(?:@|\d[:.h]\d\d|\d{4}).{0,120}:[ \t]*$"
)
# A file in which this share of the lines have a speaker's label is a transcript with a header like a mail's.
_MOST_LINES: Final = 0.3
_NOBODY: Final = "unknown sender"


def accepts(head: bytes) -> bool:
    """Mails as mail programs keep them, or text with headers of mails or "On …, Ida wrote:"."""
    if is_outlook_file(head) or is_mail_file(head):
        return True
    try:
        text = Source("", data=head).head_text
    except TranscriptError:
        return False
    if text.lstrip()[:1] in ("{", "[", "<") or not _TELLING.search(text):
        return False
    mails = sum(part.head is not None for part in parts_in(text))
    return mails > 0 and not _is_labelled(text, mails)


def _is_labelled(text: str, mails: int) -> bool:
    """Whether people speak under labels in it, as in the transcript of a call with a header above."""
    lines = lines_of(text, "colon")
    speaking = speaking_labels(lines)
    labels = sum(1 for line in lines if line.label is not None and key_of(line.label) in speaking)
    written = sum(1 for line in lines if line.kind == "text")
    return len(speaking) > 1 and (labels >= _MOST_LINES * written or labels > 3 * mails + 3)


def read(source: Source, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    """Every thread of the file; a mail that cannot be read is an error in its place."""
    if is_outlook_file(source.head):
        raise TranscriptError(
            "this is a mail as Outlook keeps it (.msg). Save it from Outlook as text (.txt), or from another "
            "mail program as .eml or mbox.",
            source=source.name,
        )
    if not is_mail_file(source.head):
        yield from _threads([[part] for part in _copied(source.text, origin)], by_subject, origin)
        return
    kept: list[list[Part]] = []
    for item in mails_of(source.data, origin):
        if isinstance(item, TranscriptError):
            yield item
        else:
            kept.append(parts_in(item.text, item.head))
    yield from _threads(kept, by_id, origin)


def _copied(text: str, origin: Origin) -> list[Part]:
    parts = parts_in(text)
    if not any(part.head is not None for part in parts):
        raise TranscriptError(
            "no mail was found in it. Expected a header above each mail (From:, Date:, To:, Subject:), lines "
            "such as 'On 3 March 2025 at 09:41, Name wrote:', or an .eml or mbox file.",
            source=origin.name,
            place=origin.place,
        )
    return [part for part in parts if part.head is not None or not is_title(part.lines)]


def _threads(
    mails: Sequence[list[Part]],
    grouped: Callable[[Sequence[Head], People], list[Group]],
    origin: Origin,
) -> Iterator[Transcript]:
    """The threads of these mails, each given with those that it quotes; it stands last among them."""
    heads = [_head(parts[-1]) for parts in mails]
    everybody = [_head(part) for parts in mails for part in parts]
    people = People(person for head in everybody for person in (head.sender, *head.to) if person is not None)
    groups = grouped(heads, people)
    threads = [[part for place in group.places for part in mails[place]] for group in groups]
    for number, (group, parts) in enumerate(zip(groups, threads, strict=True), 1):
        call_id = origin.call_id if len(groups) == 1 else f"{origin.call_id}-{number}"
        call = _thread(parts, people, replace(origin, call_id=call_id))
        yield call if group.warning is None else call.with_warning(group.warning)


def _head(part: Part) -> Head:
    return part.head if part.head is not None else Head()


def _thread(parts: Sequence[Part], people: People, origin: Origin) -> Transcript:
    mails = in_order(each_once(_mails(parts, people)))
    senders, warnings = writers_of(mails, people)
    heads = [replace(mail.head, sender=sender) for mail, sender in zip(mails, senders, strict=True)]
    messages = [
        _message(mail, head, role, people)
        for mail, head, role in zip(mails, heads, roles_of(heads, people), strict=True)
    ]
    call = conversation(messages, origin, channel="email", warnings=warnings)
    first = next((mail.head.when for mail in mails if mail.head.when is not None), None)
    return replace(call, started=iso(first) if first is not None else None)


def _mails(parts: Sequence[Part], people: People) -> list[Mail]:
    """The mails with words of their own."""
    bodies = [(_head(part), body_of(part.lines), part.quoted) for part in parts]
    written = [(head, body, quoted) for head, body, quoted in bodies if body]
    sent = instants([head.when for head, _, _ in written])
    return [
        Mail(head, body, quoted, instant, people.key(head.sender) if head.sender is not None else "")
        for (head, body, quoted), instant in zip(written, sent, strict=True)
    ]


def _message(mail: Mail, head: Head, role: tuple[Role, RoleSource], people: People) -> Message:
    sender = head.sender
    return Message(
        speaker=_NOBODY if sender is None else people.label(sender),
        role=role[0],
        role_source=role[1],
        text=mail.text,
        instant=mail.instant,
        agent=_own_name(people.known(sender)) if sender is not None and role[0] == "agent" else None,
    )


def _own_name(person: Person) -> str | None:
    """The name of a person; a desk that many share has none."""
    label = label_of(person.name) if person.name else None
    if label is None or label.name is None or Person(person.name.partition(" (")[0]).is_shared:
        return None
    return label.name


READER: Final = Reader(
    id="mail",
    name="Mail thread (copied text, .eml, mbox)",
    content="bytes",
    roles="joined",
    verified="documentation",
    accepts=accepts,
    read=read,
)
