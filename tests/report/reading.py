"""Read pages as a browser would, to see what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import html5lib
from markdown_it import MarkdownIt

HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its attributes and the text inside it, in the order of the page."""

    name: str
    attributes: dict[str, str]
    text: str


def elements(page: str) -> list[Element]:
    """Every element of a page, read by the rules that browsers follow."""
    return list(_elements(html5lib.parse(page)))


def fragment(snippet: str) -> list[Element]:
    """Every element of a piece of a page."""
    return [found for node in html5lib.parseFragment(snippet) for found in _elements(node)]


def shape(found: list[Element]) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and the names of their attributes: what text must never change."""
    return [(element.name, tuple(sorted(element.attributes))) for element in found]


def _elements(node: Any) -> Iterator[Element]:
    if isinstance(node.tag, str):
        name = re.sub(r"^\{[^}]*\}", "", node.tag)
        yield Element(name, {str(key): value for key, value in node.attrib.items()}, "".join(node.itertext()))
    else:
        yield Element("comment", {}, "")
    for child in node:
        yield from _elements(child)


def reader_text(page: str) -> str:
    """What a reader sees of a page, on one line, with a space between cells, paragraphs and the like."""
    body = next(node for node in html5lib.parse(page).iter() if str(node.tag).endswith("}body"))
    return " ".join("".join(_seen(body)).split())


def _seen(node: Any) -> Iterator[str]:
    inline = str(node.tag).rsplit("}")[-1] in ("a", "b", "bdi", "code", "mark", "span", "strong")
    yield "" if inline else " "
    yield node.text or ""
    for child in node:
        yield from _seen(child)
        yield child.tail or ""
    yield "" if inline else " "


@cache
def _markdown() -> MarkdownIt:
    # As sites for code and chat read it: tables, strikethrough, HTML, and links of all that looks like one.
    reader = MarkdownIt("commonmark", {"html": True, "linkify": True})
    return reader.enable(["table", "strikethrough", "linkify"])


def markdown_shape(document: str) -> list[str]:
    """The kinds of tokens of a Markdown document, but for plain text."""
    kinds = []
    for token in _markdown().parse(document):
        kinds.append(f"{token.type} {token.markup}" if token.type != "inline" else "inline")
        kinds += [child.type for child in token.children or () if child.type not in ("text", "text_special")]
    return kinds


def markdown_text(document: str) -> str:
    """What a reader of a Markdown document sees, without marks."""
    return "".join(child.content for token in _markdown().parse(document) for child in token.children or ())
