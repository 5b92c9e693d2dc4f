"""Whether a word could be somebody's name, from how it is written and from the lists of words."""

from __future__ import annotations

from carescore.redact.lexicon import given_names, listed, more_names, ordinary_words
from carescore.redact.said import Said


def could_be_name(said: Said, at: int) -> bool:
    """Whether a word that is a name elsewhere in the call is one here too."""
    token = said.tokens[at]
    if token.text not in ordinary_words():
        return True
    return said.cased and token.case == "title" and not opens(said, at)


def any_name(said: Said, at: int) -> bool:
    """Whether a word could be a name at all."""
    token = said.tokens[at]
    barred = token.text in listed("names", "never") or token.text in listed("names", "titles")
    return token.kind == "word" and len(token.text) > 1 and token.text[0] != "'" and not barred


def like_name(said: Said, at: int, *, careful: bool, alone: bool = False) -> bool:
    """Whether a word is written like a name, or is no word of ordinary talk.

    `careful` takes words without capitals only from the list of names, unless they stand `alone`.
    """
    token = said.tokens[at]
    if not any_name(said, at):
        return False
    if token.text in more_names():
        return True
    if said.cased:
        return unusual(said, at) or (token.case == "title" and token.text in listed("names", "also_words"))
    return (not careful or alone) and len(token.text) > 2 and token.text not in ordinary_words()


def unusual(said: Said, at: int) -> bool:
    """Whether a word stands in capitals and is none of ordinary talk."""
    token = said.tokens[at]
    return token.case in ("title", "upper") and token.text not in ordinary_words()


def known(said: Said, at: int) -> bool:
    """Whether a word is a name without a cue."""
    token = said.tokens[at]
    if token.kind != "word":
        return False
    if token.text in given_names():
        return True
    also = token.text in listed("names", "also_words")
    return also and said.cased and token.case == "title" and not opens(said, at)


def opens(said: Said, at: int) -> bool:
    """Whether a token is the first of its sentence."""
    return at == 0 or said.tokens[at - 1].text in ".!?:\n" or "\n" in said.tokens[at].gap


def is_word_here(said: Said, at: int) -> bool:
    """Whether a word of ordinary talk is meant as one."""
    token = said.tokens[at]
    return token.text in ordinary_words() and not (said.cased and token.case == "title")


def is_firm(said: Said, last: int) -> bool:
    """Whether the word after the name says that it is a firm's."""
    at = last + 1
    if at >= len(said.tokens) or said.tokens[last].text in given_names():
        return said.tokens[last].text in listed("names", "firms")
    return said.tokens[at].text in listed("names", "firms") and "\n" not in said.tokens[at].gap
