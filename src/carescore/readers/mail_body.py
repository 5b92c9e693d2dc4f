"""What the writer of a mail says in it: without signature, notices and the wrapping of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from carescore.readers.mail import announces_mail, tidy
from carescore.readers.text_labels import is_name

# What copying leaves of pictures and links.
_PICTURE: Final = re.compile(
    r"[\[<](?:cid:[^\]>\n]{1,200}|image(?:: ?[^\]>\n]{1,200})?|[^\]<>\n]{1,100}\.(?:png|jpe?g|gif))[\]>]",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"(?<=\S)<(?:mailto:|https?://)[^<>\s]{1,2000}>")
_NOTICE: Final = re.compile(
    r"[\[(*\s]*(?:external(?: e-?mail| sender| message)?\b|caution\b|warning\b)[\])*:\s]*.{0,40}"
    r"(?:originated|outside|external|do not click|sender)\b.{0,300}|[\[(]external(?: e-?mail| sender)?[\])]",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"(?:[*_\s]*(?:confidentiality|disclaimer|confidential|legal)(?: notice| disclaimer)?\b[*_:\s]*"
    r"|(?:the (?:information|contents?) (?:contained )?(?:in|of) )?this (?:e-?mail|message|communication)\b"
    r".{0,80}\b(?:confidential|intended|privileged)|please consider the environment\b).*",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:with )?(?:(?:my |our )?(?:very )?(?:kind(?:est)?|best|warm(?:est)?|many) ?(?:regards|wishes|thanks)?"
    r"|regards|thanks(?: again| in advance| so much| a lot)?|thank you(?: again| in advance| very much)?"
    r"|cheers|yours(?: sincerely| faithfully| truly)?|sincerely(?: yours)?|all the best|respectfully)"
    r"(?:,| -|\.|!)?(?: [^\W\d_][\w'’-]+){0,3}[,.!]?",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"\b(?:tel|phone|mobile|mob|fax|cell|direct|office|ext)\b[.:\s]|\+?\d[\d ().-]{6,}\d|www\.|https?:|@\w"
    r"|\s\|\s",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(
    r"[-=_*~#\s]+|#.*|[^\W\d_][\w ]{0,20}:.{0,100}|\**(?:(?:e-?)?mail |support )?"
    r"(?:thread|ticket|case|conversation|correspondence|messages?|export(?:ed)?|printed|page)\b.{0,80}",
    re.IGNORECASE,
)
_MOST_TITLES: Final = 8
_POSTSCRIPT: Final = re.compile(r"p\.? ?p?\.?s\b", re.IGNORECASE)
_LIST_ITEM: Final = re.compile(r"(?:[-*•–+]|\d{1,3}[.)]|[a-z]\))\s")
_MOST_NOTICES: Final = 3
_LONGEST_SIGNATURE: Final = 12
_LINES_ABOVE: Final = 30
_WIDEST_LINE: Final = 100  # what is wider was not wrapped
_NARROWEST_LINE: Final = 50


def is_title(lines: Sequence[str]) -> bool:
    """Whether what stands above the first header only names the thread: a heading, a rule, a field."""
    written = [line.strip() for line in lines if line.strip()]
    return len(written) <= _MOST_TITLES and all(
        _TITLE.fullmatch(line[:200]) or (below and not below.strip("-=_*~"))
        for line, below in zip(written, [*written[1:], "end"], strict=False)
    )


def body_of(lines: Sequence[str]) -> str:
    """The words of one mail's own lines.

    >>> body_of(["Hi Ida,", "it is sent.", "Regards,", "Tom Okafor", "Fellside Ltd", "Tel. 555 0134 222"])
    'Hi Ida,\\nit is sent.\\nRegards,\\nTom Okafor'
    """
    kept = [_LINK.sub("", _PICTURE.sub("", line)).rstrip() for line in lines if not announces_mail(line)]
    kept = _without_notices(kept)
    kept = _above_mark(kept)
    kept = _without_contacts(_without_disclaimer(tidy(kept).split("\n")))
    return tidy(_unwrapped(kept))


def _without_notices(lines: list[str]) -> list[str]:
    """Without the warnings that a mail server puts above what comes from outside."""
    written = [number for number, line in enumerate(lines) if line.strip()][:_MOST_NOTICES]
    notices = {number for number in written if _NOTICE.fullmatch(lines[number][:400])}
    return [line for number, line in enumerate(lines) if number not in notices]


def _above_mark(lines: list[str]) -> list[str]:
    """The lines above the mark that mail programs put before a signature."""
    for number, line in enumerate(lines):
        if line.strip() in ("--", "—") and any(above.strip() for above in lines[:number]):
            return lines[:number]
    return lines


def _without_disclaimer(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        above = lines[number - 1].strip("_-*= ") if number else "first"
        if not above and _DISCLAIMER.match(line[:400]):
            return lines[:number]
    return lines


def _without_contacts(lines: list[str]) -> list[str]:
    """Without what stands below the name at the end: job, firm, telephone, address."""
    end = _end_of_name(lines)
    below = [line.strip() for line in lines[end:] if line.strip()]
    if not below or len(below) > _LONGEST_SIGNATURE or not all(map(_is_of_signature, below)):
        return lines
    return lines[:end]


def _end_of_name(lines: list[str]) -> int:
    """The line below the name at the end, which follows a closing or stands above contacts."""
    for number in range(len(lines) - 1, max(len(lines) - _LINES_ABOVE, 0), -1):
        if _CLOSING.fullmatch(lines[number].strip()[:80]):
            name = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), number)
            return name + 1 if len(lines[name].split()) <= 5 else number + 1
    top = len(lines)
    while top > 0 and lines[top - 1].strip():
        top -= 1
    contacts = any(map(_CONTACT.search, lines[top + 1 :]))
    return top + 1 if top < len(lines) and contacts and is_name(lines[top].strip(" ,")) else len(lines)


def _is_of_signature(line: str) -> bool:
    """Whether it may be a line of a signature: contacts, or a few words that are no sentence."""
    if _POSTSCRIPT.match(line) or line.endswith("?"):
        return False
    return len(line.split()) <= 12 and (
        _CONTACT.search(line) is not None or not line.endswith((".", "!", ":"))
    )


def _unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs on one line where they were wrapped: the next word would not have fitted on the line."""
    width = max(map(len, lines), default=0)
    if not _NARROWEST_LINE <= width <= _WIDEST_LINE:
        return lines
    found: list[list[str]] = []
    last = ""
    for line in lines:
        first = line.split(" ", 1)[0]
        wrapped = len(last) >= _NARROWEST_LINE and len(last) + 1 + len(first) > width
        if wrapped and line and not line[0].isspace() and not _LIST_ITEM.match(line):
            found[-1].append(line)
        else:
            found.append([line])
        last = line
    return [" ".join(pieces) for pieces in found]
