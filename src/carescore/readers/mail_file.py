"""Mails as mail programs keep them: one in an `.eml` file, many in an mbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.html_text import from_html, plain
from carescore.readers.mail_heads import Head, first_person
from carescore.readers.mail_people import people_in
from carescore.readers.mail_when import when_in
from carescore.readers.reader import Origin

_MBOX_LINE: Final = rb"From [^\r\n]{1,300}\d:\d\d[^\r\n]{1,40}\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,60}:)"
_MBOX: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))" + _MBOX_LINE)
_ESCAPED: Final = re.compile(rb"(?m)^>(?=>*From )")
_HEADER: Final = re.compile(
    rb"(?i)[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*(?:\r?\n|\Z)(?:[ \t][^\r\n]*(?:\r?\n|\Z))*+"
)
# Only mail programs write these, so they tell a mail as it is kept from one that was copied out.
_TELLING: Final = re.compile(
    rb"(?i)message-id|mime-version|received|return-path|delivered-to|content-type|content-transfer-encoding"
)
_OUTLOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_NAME: Final = "__substg1.0_".encode("utf-16-le")
_MOST_HEADER: Final = 65_536
_MOST_NESTED: Final = 100
_LONGEST_VALUE: Final = 10_000
_ID: Final = re.compile(r"<([^<>\s]{1,300})>")
_NESTED: Final = re.compile(rb"(?im)boundary\s*=|^content-type:\s*message/")


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail of a file: what its header tells, and its text."""

    head: Head
    text: str


def is_outlook_file(head: bytes) -> bool:
    """Whether it is a mail as Outlook keeps it (.msg), in the same shell as an old Excel file."""
    return head.startswith(_OUTLOOK) and _OUTLOOK_NAME in head


def is_mail_file(data: bytes) -> bool:
    """Whether the bytes begin as an mbox, or with the header of one mail as it is kept."""
    return _MBOX.match(data) is not None or _is_one_mail(data)


def _is_one_mail(data: bytes) -> bool:
    names = set()
    place = 0
    data = data[:_MOST_HEADER].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    while (field := _HEADER.match(data, place)) is not None:
        names.add(field[0].partition(b":")[0].lower())
        place = field.end()
    return b"from" in names and any(_TELLING.fullmatch(name) for name in names)


def mails_of(data: bytes, origin: Origin) -> Iterator[Kept | TranscriptError]:
    """Every mail of the file; one that cannot be read is an error in its place."""
    starts = list(_MBOX.finditer(data))
    if not starts or starts[0].start() != 0:
        yield _kept(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), origin)
        return
    ends = [*(match.start() for match in starts[1:]), len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        try:
            yield _kept(_ESCAPED.sub(b"", data[start.end() : end]), origin)
        except TranscriptError as error:
            yield TranscriptError(error.message, source=origin.name, place=f"mail {number}")


def _kept(data: bytes, origin: Origin) -> Kept:
    """One mail. What has hundreds of parts inside each other was made to stop its reader."""
    if len(_NESTED.findall(data)) <= _MOST_NESTED:
        message = message_from_bytes(data)
        return Kept(_head(message), _text(message).replace("\r\n", "\n").replace("\r", "\n"))
    raise TranscriptError(
        "this mail has too many parts inside each other to be read. Save its text as a .txt file.",
        source=origin.name,
        place=origin.place,
    )


def _head(message: Message) -> Head:
    fields: dict[str, str] = {}
    for name, value in message.raw_items():
        fields.setdefault(name.casefold(), _decoded(str(value)[:_LONGEST_VALUE]))
    recipients = "; ".join(fields.get(key, "") for key in ("to", "cc"))
    own = _ID.findall(fields.get("message-id", ""))[:1] or [""]
    answered = _ID.findall(f"{fields.get('in-reply-to', '')} {fields.get('references', '')}")
    when = when_in(fields.get("date", ""))
    return Head(
        sender=first_person(fields.get("from", "")),
        to=people_in(recipients),
        when=when[0] if when is not None else None,
        subject=fields.get("subject", ""),
        ids=(*own, *answered),
        automatic="auto-replied" in fields.get("auto-submitted", "").casefold(),
    )


def _decoded(value: str) -> str:
    """A header's value as text: encoded words, or bytes that stand there as they are."""
    value = " ".join(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except MessageError:
        return value
    return "".join(
        piece if isinstance(piece, str) else _as_text(piece, charset or "latin-1")
        for piece, charset in pieces
    )


def _as_text(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        pass
    try:
        return data.decode("utf-8")
    except ValueError:
        return data.decode("cp1252", "replace")


def _text(message: Message) -> str:
    """The text of a mail, or of a part of it: plain where there is a choice; attachments are left out."""
    kind = message.get_content_type()
    if message.get_content_disposition() == "attachment" or kind == "message/rfc822":
        return ""
    if message.is_multipart():
        parts = message.get_payload()
        inner = [part for part in parts if isinstance(part, Message)] if isinstance(parts, list) else []
        return _best(inner) if kind == "multipart/alternative" else _all(inner)
    if kind not in ("text/plain", "text/html"):
        return ""
    payload = message.get_payload(decode=True)
    text = _as_text(payload if isinstance(payload, bytes) else b"", message.get_content_charset() or "utf-8")
    if kind == "text/html":
        return from_html(text)
    return plain(_reflowed(text) if message.get_param("format") == "flowed" else text)


def _best(parts: list[Message]) -> str:
    """The first of several forms of one text that has words; the plain one comes first."""
    ordered = sorted(parts, key=lambda part: part.get_content_type() != "text/plain")
    return next(filter(str.strip, map(_text, ordered)), "")


def _all(parts: list[Message]) -> str:
    return "\n\n".join(filter(str.strip, map(_text, parts)))


def _reflowed(text: str) -> str:
    """Lines that end with a space go on in the next one (RFC 3676); the mark of a signature does not."""
    lines: list[str] = []
    open_ = False
    for line in text.replace("\r\n", "\n").split("\n"):
        same = open_ and not line.startswith(">") and not lines[-1].startswith(">")
        if same:
            lines[-1] += line
        else:
            lines.append(line)
        open_ = line.endswith(" ") and line != "-- "
    return "\n".join(lines)
