"""Clauses of what a customer said, and how the agent would say them back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from carescore.coaching.grammar import grammar

LONGEST_READ: Final = 1_500  # characters of a turn in which people say what there is to say back

_BREAKS: Final = re.compile(r"[.!?;:,()\[\]\"“”…/]+|\s[-–—]+\s|—|–")


def plain(text: str) -> str:
    """The start of a text in lower case with plain apostrophes and single spaces."""
    return " ".join(text[:LONGEST_READ].lower().replace("’", "'").split())


def names_in(text: str) -> dict[str, str]:
    """Words that the start of a text writes with a capital inside a sentence, by their lower-case form."""
    found: dict[str, str] = {}
    for match in re.finditer(r"(?<=[a-z,;] )[A-Z][A-Za-z'’-]*[a-z]\b", text[:LONGEST_READ]):
        found.setdefault(match[0].lower().replace("’", "'"), match[0].replace("’", "'"))
    return found


def clauses(text: str) -> Iterator[list[str]]:
    """The words of each clause of a plain text, cut at punctuation and at the words clauses hang on.

    >>> [" ".join(words) for words in clauses("i was in all day, i lost a day's pay and nobody came")]
    ['i was in all day', "i lost a day's pay", 'nobody came']
    """
    known = grammar()
    for piece in _BREAKS.split(known.fillers.sub("", text)):
        clause: list[str] = []
        for word in piece.split():
            begins = word in known["starts"] and bool(clause) and clause[-1] not in known["runs_on"]
            if begins or word in known["joints"] or word in known["skipped"]:
                if clause:
                    yield clause
                clause = [] if word in known["skipped"] else [word]
            else:
                clause.append(word)
        if clause:
            yield clause


def turned(words: Sequence[str]) -> str:
    """The clause as the other side would say it, stammers removed, weekdays and months with a capital.

    >>> turned("i was sat in our hallway since monday".split())
    'you were sat in your hallway since Monday'
    """
    known = grammar()
    said: list[str] = []
    for place, raw in enumerate(words):
        word = known.spelt_out.get(raw, raw)
        if place and words[place - 1] in ("i", "we") and raw in known.after_i:
            word = known.after_i[raw]
        elif raw == "me" and words[place + 1 : place + 2] and words[place + 1] in known["owned_by_me"]:
            word = "your"  # as in much of Britain and Ireland: "me uniforms"
        else:
            word = known.turned.get(word, word)
        if word.removesuffix("'s").removesuffix("s") in known["proper"]:
            word = word.capitalize()
        if not said or said[-1].lower() != word.lower():
            said.append(word)
    return " ".join(said)
