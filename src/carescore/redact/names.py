"""Names of people: where somebody says who they are, is greeted, signs, or is spoken of by a known name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from carescore.redact.details import listed_names
from carescore.redact.lexicon import given_names, listed, ordinary_words, phrases
from carescore.redact.name_words import any_name, is_firm, is_word_here, known, like_name, opens, unusual
from carescore.redact.said import Said
from carescore.redact.things import Taken

_LONGEST: Final = 4  # words of a name
_SHORT: Final = 3  # words of an answer that is nothing but a name
_SPELLED: Final = 3  # letters of a name that is spelled
_LEADS: Final = frozenset(
    [
        "yes",
        "yeah",
        "yep",
        "sure",
        "hi",
        "hello",
        "oh",
        "um",
        "uh",
        "er",
        "erm",
        "it",
        "it's",
        "its",
        "is",
        "'s",
        "that",
        "that's",
        "the",
        "name",
        "my",
        "i'm",
        "'m",
        "i",
        "am",
        "okay",
        "ok",
        "well",
        "so",
        "hiya",
        "of",
        "course",
        "and",
        "certainly",
        "speaking",
        "this",
        "no",
        "problem",
        ",",
        ".",
        "!",
        ":",
    ]
)


class Named(NamedTuple):
    """Tokens `first` to `last` of a turn that are somebody's name."""

    turn: int
    first: int
    last: int


def names(said: Said, taken: Taken) -> Iterator[Named]:
    """The names in a turn that its own words give away; their tokens are taken."""
    for first in _starts(said, taken):
        if (said.turn, first) in taken:
            continue
        last = _extent(said, taken, first)
        if not is_firm(said, last):
            taken.take(said.turn, range(first, last + 1))
            yield Named(said.turn, first, last)
    yield from _spelled(said, taken)


def written_names(said: Said) -> Iterator[Named]:
    """The names in a label or a file name, where words in capitals that nobody uses in talk are names."""
    for at, token in enumerate(said.tokens):
        known = token.text in given_names()
        if token.kind == "word" and len(token.text) > 1 and (known or unusual(said, at)):
            yield Named(said.turn, at, at)


def _starts(said: Said, taken: Taken) -> list[int]:
    """The tokens at which names begin, surest first."""
    found: dict[int, None] = {}
    for at in _after_titles(said):
        found[at] = None
    for _, last, _ in phrases("names", "certain").find(said.tokens):
        at = _skipped(said, last + 1)
        if at < len(said.tokens) and any_name(said, at):
            found[at] = None
    if "name" in said.asked:
        found |= dict.fromkeys(_answer(said, taken))
    for _, last, kind in phrases("names", "likely", "careful").find(said.tokens):
        at = _skipped(said, last + 1)
        if at < len(said.tokens) and like_name(said, at, careful=kind == "careful"):
            found[at] = None
    for cue, _, _ in phrases("names", "after").find(said.tokens):
        first = _before(said, cue)
        if first is not None:
            found[first] = None
    for at in _signed(said):
        found[at] = None
    found |= dict.fromkeys(listed_names(said, taken))
    for at in range(len(said.tokens)):
        if known(said, at):
            found[at] = None
    return list(found)


def _after_titles(said: Said) -> Iterator[int]:
    titles = listed("names", "titles")
    for at, token in enumerate(said.tokens[:-1]):
        after = at + 2 if said.tokens[at + 1].text == "." else at + 1
        if token.text in titles and after < len(said.tokens) and like_name(said, after, careful=False):
            yield after


def _answer(said: Said, taken: Taken) -> Iterator[int]:
    """Where an answer to "can I take your name" begins."""
    at = 0
    while at < len(said.tokens) and said.tokens[at].text in _LEADS:
        at += 1
    if at >= len(said.tokens) or (said.turn, at) in taken:
        return
    short = len(said.tokens) - at <= _SHORT and said.tokens[at].text in listed("names", "also_words")
    if short or like_name(said, at, careful=False):
        yield at


def _signed(said: Said) -> Iterator[int]:
    """The words under "Kind regards,"."""
    if "\n" not in said.text:
        return
    for _, last, _ in phrases("names", "closings").find(said.tokens):
        at = last + 1
        if at < len(said.tokens) and said.tokens[at].text in ",!." and "\n" not in said.tokens[at].gap:
            at += 1
        if at < len(said.tokens) and "\n" in said.tokens[at].gap and _signature(said, at):
            yield at


def _signature(said: Said, at: int) -> bool:
    token = said.tokens[at]
    initial = len(token.text) == 1 and token.case == "title"
    return initial or (
        token.case == "title" and token.text not in ordinary_words() | listed("names", "never")
    )


def _before(said: Said, at: int) -> int | None:
    """The first word of the name before "speaking" or "here"."""
    first = at - 1
    if first < 0 or not like_name(said, first, careful=True, alone=opens(said, first)):
        return None
    if (
        first
        and like_name(said, first - 1, careful=True, alone=opens(said, first - 1))
        and said.tokens[at].gap != ""
    ):
        return first - 1
    return first


def _extent(said: Said, taken: Taken, first: int) -> int:
    """The last token of the name that begins at a token."""
    last, at = first, first + 1
    while at < len(said.tokens) and at < first + _LONGEST and (said.turn, at) not in taken:
        token = said.tokens[at]
        if "\n" in token.gap:
            break
        initial = len(said.tokens[at - 1].text) == 1 and token.text == "."
        if token.text in listed("names", "particles") or initial:
            at += 1
            continue
        if _initial(said, at):
            return at
        if _middle_initial(said, at):
            at += 1
            continue
        surname = like_name(said, at, careful=False) and not is_word_here(said, at)
        if not surname and not _ordinary_surname(said, at):
            break
        last, at = at, at + 1
    return last


def _initial(said: Said, at: int) -> bool:
    """Whether a letter ends a line or a text, as in "milo v."."""
    token, after = said.tokens[at], at + 1
    if len(token.text) != 1 or token.kind != "word" or token.gap != " ":
        return False
    if after < len(said.tokens) and said.tokens[after].text == ".":
        after += 1
    return after >= len(said.tokens) or "\n" in said.tokens[after].gap


def _middle_initial(said: Said, at: int) -> bool:
    """Whether a capital letter stands between two names, as in "Anna J. Cruz"."""
    token = said.tokens[at]
    return len(token.text) == 1 and token.kind == "word" and token.case == "title" and token.text != "i"


def _ordinary_surname(said: Said, at: int) -> bool:
    """Whether a word of talk is a surname, by its capital in front of a mark: "Tamsin Fell, order 88"."""
    token, after = said.tokens[at], at + 1
    if not said.cased or token.case != "title" or token.gap != " " or said.tokens[at - 1].case != "title":
        return False
    stops = after >= len(said.tokens) or said.tokens[after].kind == "mark" or "\n" in said.tokens[after].gap
    return stops and any_name(said, at) and token.text not in listed("names", "firms")


def _spelled(said: Said, taken: Taken) -> Iterator[Named]:
    """Letters one by one, where a name is spoken of: "o t w a y"."""
    spoken_of = "name" in said.asked or any(cue.form == "name" for cue in said.cues)
    at = 0
    while at < len(said.tokens):
        first, size = at, 0
        while at < len(said.tokens) and (said.turn, at) not in taken:
            found = said.elements[at]
            hyphen = said.tokens[at].text == "-" and size > 0
            if not hyphen and (found is None or not found.letters):
                break
            size, at = size + (not hyphen), at + 1 if found is None else found.last + 1
        if size >= _SPELLED and (spoken_of or _follows_name(said, taken, first)):
            taken.take(said.turn, range(first, at))
            yield Named(said.turn, first, at - 1)
        at = max(at, first + 1)


def _follows_name(said: Said, taken: Taken, first: int) -> bool:
    return any((said.turn, at) in taken for at in range(max(0, first - 4), first))


def _skipped(said: Said, at: int) -> int:
    """Past a comma, a colon, and words such as "a" and "um"."""
    while at < len(said.tokens) and said.tokens[at].text in (
        ",",
        ":",
        "um",
        "uh",
        "er",
        "erm",
        "again",
        "there",
        "both",
    ):
        at += 1
    return at


def words_of(said: Said, named: Named) -> Sequence[str]:
    """The words of a name in lower case; a spelled one as the word that it spells."""
    tokens = said.tokens[named.first : named.last + 1]
    if all(len(token.text) == 1 for token in tokens) and len(tokens) >= _SPELLED:
        return ["".join(token.text for token in tokens if token.kind == "word")]
    return [
        token.text
        for token in tokens
        if token.kind == "word" and len(token.text) > 1 and token.text not in listed("names", "particles")
    ]
