"""Details in a row, as in "Ann Lee, 11.02.1979, 4 High Road": what stands there without a word about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.redact.lexicon import listed
from carescore.redact.name_words import any_name, unusual
from carescore.redact.said import Said
from carescore.redact.things import Taken

_NAME: Final = range(2, 5)  # words of a whole name
_ENDS: Final = frozenset(".,;:!?\n")


def after_name(said: Said, first: int, last: int) -> bool:
    """Whether tokens stand by themselves, and what stands before them is nothing but somebody's name."""
    if not said.cased or not _edge(said, last + 1) or not _edge(said, first):
        return False
    end = first - 1 if first and said.tokens[first - 1].text in _ENDS else first
    start = end - 1
    while start > 0 and end - start < _NAME.stop and not _edge(said, start):
        start -= 1
    return _whole_name(said, start, end)


def listed_names(said: Said, taken: Taken) -> Iterator[int]:
    """Where names begin that stand by themselves in a line, or before something private."""
    if not said.cased:
        return
    start = 0
    for at in range(1, len(said.tokens) + 1):
        if not _edge(said, at):
            continue
        first = start + 1 if start and said.tokens[start].text in _ENDS else start
        if _whole_name(said, first, at) and (_line(said, first, at) or _before_private(said, at, taken)):
            yield first
        start = at


def _before_private(said: Said, end: int, taken: Taken) -> bool:
    """Whether something private follows that is no name: "Halcyon Jet, Trevor" begins with a firm."""
    at = end + 1 if end < len(said.tokens) and said.tokens[end].text in _ENDS else end
    return (said.turn, at) in taken and not said.tokens[at].text.startswith("[NAME_")


def _line(said: Said, first: int, end: int) -> bool:
    """Whether tokens are a line of several."""
    opens = first > 0 and "\n" in said.tokens[first].gap
    return opens and (end >= len(said.tokens) or "\n" in said.tokens[end].gap)


def _edge(said: Said, at: int) -> bool:
    """Whether something begins or ends before a token."""
    if at in (0, len(said.tokens)) or "\n" in said.tokens[at].gap:
        return True
    return said.tokens[at].text in _ENDS or said.tokens[at - 1].text in _ENDS


def _whole_name(said: Said, first: int, end: int) -> bool:
    """Whether tokens are two to four words in capitals that nobody uses in talk, or "de" between them."""
    if end - first not in _NAME:
        return False
    particles = listed("names", "particles")
    own = [at for at in range(first, end) if said.tokens[at].text not in particles]
    firm = said.tokens[end - 1].text in listed("names", "firms")
    return (
        len(own) > 1
        and not firm
        and all(any_name(said, at) and unusual(said, at) and said.tokens[at].case == "title" for at in own)
    )
