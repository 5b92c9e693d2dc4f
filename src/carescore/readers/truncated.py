"""A JSON document cut off in the middle: find how far it can be trusted."""

from __future__ import annotations


def repaired(text: str) -> tuple[str, int] | None:
    """The document up to its last whole object inside an array, closed properly, and where that ends.

    `None` if the text is not a document that merely breaks off (it closes, or no item was whole).
    """
    stack: list[str] = []
    good: tuple[int, str] | None = None
    position, size = 0, len(text)
    while position < size:
        character = text[position]
        if character == '"':
            closing = _string_end(text, position)
            if closing is None:
                break
            position = closing
        elif character in "{[":
            stack.append("}" if character == "{" else "]")
            if len(stack) > 500:
                return None
        elif character in "}]":
            if not stack or stack.pop() != character:
                return None
            if stack and stack[-1] == "]" and character == "}":
                good = (position + 1, "".join(reversed(stack)))
        position += 1
    if not stack or good is None:
        return None
    end, closers = good
    return text[:end] + closers, end


def _string_end(text: str, start: int) -> int | None:
    """The place of the quote that closes the string opened at `start`."""
    place = start + 1
    while True:
        quote = text.find('"', place)
        if quote < 0:
            return None
        backslashes = 0
        while text[quote - 1 - backslashes] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return quote
        place = quote + 1
