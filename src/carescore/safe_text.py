"""Text of strangers on its way to a terminal, a table or a page, where it could do more than be read."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, Final

# The wide forms are formulas to spreadsheets set to Japanese or Chinese.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKDOWN: Final = re.compile(
    r"(?P<html>[&<>])|(?P<mark>[\\`*_{}\[\]#|~^$]|^[+=-]|={2,})|(?P<at>@)"
    r"|(?P<colon>:(?=//)|(?<!\d):(?=\w))|(?P<dot>(?<=\w)\.(?=[^\W\d])|(?<=[^\W\d])\.(?=\w))"
)
_NUMBERED: Final = re.compile(r"^(\d+)([.)])(?= |$)")
_NO_LINK: Final = "\u2060"  # a word joiner: not seen, and no address goes on behind it


# The characters of the categories in `_SHOWN`, but for those that JSON escapes of itself.
_STEERS: Final = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


def visible(text: str, *, keep: str = "") -> str:
    r"""The text without characters that could steer a terminal or reverse the reading order.

    `keep` holds control characters that may stay, such as a line feed.

    >>> visible("Ana\x1b[31m\u202e")
    'Ana [31m'
    """
    if text.isprintable():
        return text
    return "".join(c if c in keep else _SHOWN.get(unicodedata.category(c), c) for c in text)


# What stands for a character of each Unicode category: control and line separators a space, formatting
# characters nothing, halves of surrogate pairs (which no file can hold) a replacement character.
_SHOWN: Final = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "\ufffd"}


def as_json(data: Any, *, indent: int | None = None, separators: tuple[str, str] | None = None) -> str:
    r"""Data as JSON that reads back the same, and in which no character steers a terminal as it is shown.

    Raises `ValueError` for a number that is not finite.

    >>> as_json({"agent": "Zoë\x9b31m"})
    '{"agent": "Zoë\\u009b31m"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return text if text.isprintable() else _STEERS.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def cell(value: Any) -> Any:
    """The value of a table's cell, so that it is no formula to a spreadsheet and no command to a terminal.

    >>> cell("=1+1"), cell(-2.5)
    ("'=1+1", -2.5)
    """
    if not isinstance(value, str):
        return value
    shown = visible(value, keep="\n")
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_STARTS) else shown


def markdown(text: str) -> str:
    r"""The text on one line of Markdown, in which nothing is markup, HTML, a link or a mention.

    >>> markdown("<b>*see* www.x.com")
    '&lt;b&gt;\\*see\\* www&#46;x&#46;com'
    """
    line = _MARKDOWN.sub(_as_text, " ".join(visible(text).split()))
    return _NUMBERED.sub(r"\1\\\2", line)


def _as_text(match: re.Match[str]) -> str:
    found = match[0]
    if match["html"]:
        return _ENTITIES[found]
    if match["at"]:
        return found + _NO_LINK
    return f"&#{ord(found)};" if match["colon"] or match["dot"] else "".join(f"\\{mark}" for mark in found)
