"""What the writer of a mail wrote: without quoted replies, forwarded mails and signatures."""

from __future__ import annotations

import re
from typing import Final

from carescore.readers.html_text import plain

_LONGEST_MARK: Final = 400

# "On Tue, Nov 19, 2024 at 2:34 PM Ada <ada@example.com> wrote:", and the same of other mail programs.
_REPLY: Final = re.compile(
    r"(?:on|am|le|el|il|op|em|den)\b.*(?:wrote|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev)\b.{0,80}:",
    re.IGNORECASE,
)
_SENT_BY: Final = re.compile(r"\d{1,2}[:.h]\d{2}|@")
_ORIGINAL: Final = re.compile(
    r"[-_\s]*+(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)[-_\s]*+"
    r"|[-#\s]{0,9}(?:please )?(?:type your )?reply above this line.{0,40}",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(
    r"[-_\s]*+(?:forwarded message|weitergeleitete nachricht|message transféré)[-_\s]*+"
    r"|begin forwarded message:",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(r"[*>\s]*(?:from|von|de|da|van)\s*:\*?\s.*", re.IGNORECASE)
_NEXT_HEADER: Final = re.compile(
    r"[*>\s]*(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto)\s*:.*",
    re.IGNORECASE,
)
_SENT_FROM: Final = re.compile(
    r"(?:sent from|get outlook for|von meinem|envoyé de mon)\b.{0,60}", re.IGNORECASE
)


def own_words(body: str) -> str:
    """The text of a mail body, plain or HTML, that its writer wrote.

    Answers written between quoted lines are kept. A body of nothing but quotes gives no text.

    >>> own_words("Done.\\n\\nOn 3 May 2024, at 10:15, Ada <ada@example.com> wrote:\\n> Please cancel.")
    'Done.'
    """
    lines = plain(body).split("\n")
    kept: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position].strip()
        taken = reply_mark(lines, position)
        if taken:
            position += taken
            if not _quotes_follow(lines, position):
                break
        elif _ends_own_words(lines, position, anything_before=bool(kept)):
            break
        else:
            if not line.startswith(">") and (line or kept):
                kept.append(line)
            position += 1
    return tidy(kept)


def reply_mark(lines: list[str], position: int) -> int:
    """How many lines a "On … wrote:" takes here, wrapped over up to three of them; 0 if it is none."""
    joined = ""
    for count, line in enumerate(lines[position : position + 3], 1):
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST_MARK:
            return 0
        if joined.endswith(":") and _REPLY.fullmatch(joined) and _SENT_BY.search(joined):
            return count
    return 0


def _quotes_follow(lines: list[str], position: int) -> bool:
    """Whether the next line with text is a quoted one, so that answers may stand below it."""
    following = next((line for line in lines[position:] if line.strip()), "")
    return following.lstrip().startswith(">")


def _ends_own_words(lines: list[str], position: int, *, anything_before: bool) -> bool:
    """Whether a signature or another mail begins at this line; a mail that is only forwarded is kept."""
    line = lines[position].strip()
    if len(line) > _LONGEST_MARK:
        return False
    if _ORIGINAL.fullmatch(line):
        return True
    if not anything_before:
        return False
    following = next((other.strip() for other in lines[position + 1 : position + 4] if other.strip()), "")
    headers = _HEADER.fullmatch(line) and _NEXT_HEADER.fullmatch(following[:_LONGEST_MARK])
    return line == "--" or _FORWARDED.fullmatch(line) is not None or headers is not None


def announces_mail(line: str) -> bool:
    """Whether the line stands above another mail, or above all that came before ("Original Message")."""
    line = line.strip()
    short = len(line) <= _LONGEST_MARK
    return short and (_ORIGINAL.fullmatch(line) is not None or _FORWARDED.fullmatch(line) is not None)


def tidy(lines: list[str]) -> str:
    """Without "Sent from my phone" at the end, rules, and empty lines in a row."""
    while lines and (not lines[-1].strip("_-* ") or _SENT_FROM.fullmatch(lines[-1])):
        lines.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
