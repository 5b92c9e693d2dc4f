"""HTML of mails and chat messages as plain text, in time linear in its length.

`html.parser` needs minutes for a few kilobytes of unclosed tags (its time grows with their square), so
tags are found here, by a pattern that never looks at a character twice.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

# A comment opens, a tag with its slash, name and attributes, or a declaration. Possessive, so that an
# unclosed tag fails at once; "<" ends it, so that a stray "<" costs nothing.
_TAG: Final = re.compile(r"<!--|<(/?)([a-zA-Z][^\s<>/]*+)([^<>]*+)>|<[!?][^<>]*+>")
_TELLING: Final = re.compile(
    r"<(?:/?(?:p|div|br|span|a|b|i|u|strong|em|ul|ol|li|table|tr|td|blockquote|html|body|head|font|img"
    r"|figure|h[1-6]|pre|hr|center|style)(?=[\s/>])[^<>]*+>|!doctype|!--)",
    re.IGNORECASE,
)
_RAW: Final = frozenset({"script", "style", "title", "template", "textarea"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source"})
_PARAGRAPH_NAMES: Final = "p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre"
_LINE_NAMES: Final = "br hr div li tr figure section article header footer address dd dt dl center body"
_PARAGRAPHS: Final = frozenset(_PARAGRAPH_NAMES.split())
_LINE_BREAKS: Final = _PARAGRAPHS | frozenset(_LINE_NAMES.split())
_HIDDEN: Final = re.compile(
    r"display\s{0,9}:\s{0,9}none|gmail_signature|moz-signature|front-signature"
    r"|\b(?:id|class)\s{0,9}=\s{0,9}[\"']?(?:x_)?signature(?=[\"'\s]|$)",
    re.IGNORECASE,
)
# html.unescape turns digits into a number, which Python refuses beyond 4,300 of them.
_LONG_REFERENCE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")


def plain(body: str) -> str:
    """A message body as text: HTML is turned into text, what is text already stays as it is.

    >>> plain("<p>Hi&nbsp;Ada,</p><p>done.<br>Ben</p>"), plain("2 < 3")
    ('Hi Ada,\\n\\ndone.\\nBen', '2 < 3')
    """
    return from_html(body) if _TELLING.search(body) else body


def from_html(html: str) -> str:
    """The text that a reader sees: lines for blocks, `> ` before quoted lines, no hidden parts."""
    page = _Page()
    position = 0
    while (tag := _TAG.search(html, position)) is not None:
        page.write(html[position : tag.start()])
        position = tag.end()
        if tag.group() == "<!--":
            position = _after(html, "-->", position)
        elif tag.group(2) is not None:
            name = tag.group(2).lower()
            if tag.group(1):
                page.close(name)
            elif name in _RAW:
                position = _after_raw(html, name, position)
            else:
                page.open(name, tag.group(3))
    page.write(html[position:])
    return page.text()


def unescaped(text: str) -> str:
    """`&amp;` and the like as the characters that they stand for."""
    return unescape(_LONG_REFERENCE.sub("\ufffd", text))


def _after(html: str, mark: str, position: int) -> int:
    found = html.find(mark, position)
    return len(html) if found < 0 else found + len(mark)


def _after_raw(html: str, name: str, position: int) -> int:
    """The place behind a script or style, which holds no tags; an unclosed one has no end."""
    end = re.compile(rf"</{name}[^<>]*+>", re.IGNORECASE).search(html, position)
    return len(html) if end is None else end.end()


class _Page:
    """The lines written so far, with how deep in quotes, preformatted and hidden parts we are."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._has_text = False
        self._quotes = 0
        self._preformatted = 0
        self._hidden_by: str | None = None
        self._hidden_depth = 0

    def write(self, text: str) -> None:
        if self._hidden_by is not None or not text:
            return
        text = unescaped(text)
        first, *rest = text.split("\n") if self._preformatted else [text]
        self._append(first)
        for line in rest:
            self._break()
            self._append(line)

    def open(self, name: str, attributes: str) -> None:
        if self._hidden_by is not None:
            self._hidden_depth += name == self._hidden_by
            return
        self._begin_block(name)
        if name not in _VOID and not attributes.endswith("/") and _HIDDEN.search(attributes):
            self._hidden_by, self._hidden_depth = name, 1
            return
        self._quotes += name == "blockquote"
        self._preformatted += name == "pre"
        if name in ("td", "th"):
            self._line.append(" ")

    def close(self, name: str) -> None:
        if self._hidden_by is not None:
            self._hidden_depth -= name == self._hidden_by
            if self._hidden_depth == 0:
                self._hidden_by = None
            return
        self._begin_block(name)
        self._quotes = max(0, self._quotes - (name == "blockquote"))
        self._preformatted = max(0, self._preformatted - (name == "pre"))

    def text(self) -> str:
        self._break()
        kept: list[str] = []
        for line in self._lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        return "\n".join(kept).strip()

    def _append(self, text: str) -> None:
        self._line.append(text)
        self._has_text = self._has_text or not (text == "" or text.isspace())

    def _begin_block(self, name: str) -> None:
        if name == "br" or (name in _LINE_BREAKS and self._has_text):
            self._break()
        if name in _PARAGRAPHS:
            self._lines.append("")

    def _break(self) -> None:
        line = " ".join("".join(self._line).split())
        self._line.clear()
        self._has_text = False
        self._lines.append(f"> {line}" if self._quotes and line else line)
