"""Clauses that an agent can say back to a customer: what they did, what befell them, how it is with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from carescore.coaching.clauses import clauses, turned
from carescore.coaching.grammar import grammar
from carescore.coaching.words import Vocabulary

_FEWEST, _MOST = 4, 11  # words of a clause said back: fewer say little, more tire the listener
_FEWEST_OF_NOBODY: Final = 2  # "nobody came" says enough


def told_of(text: str, verbs: Sequence[str], cannot: Sequence[str] = ()) -> list[str]:
    """What the customer says of themselves with one of the verbs, turned round: "you've not slept".

    With `cannot` also what they cannot do: "you can't flush the toilet".
    """
    trimmed = (_without_address(words) for words in clauses(text))
    found = (words for words in trimmed if _sayable(words) and _tells(words, verbs, cannot))
    return list(dict.fromkeys(turned(words) for words in found))


def state(text: str, vocabulary: Vocabulary) -> str | None:
    """What is wrong with what is theirs, or how it is with theirs: "your kids sleep in there"."""
    telling = {*vocabulary.plights, *vocabulary.people}
    for words in clauses(text):
        tells = telling & {*words, *(word.removesuffix("'s") for word in words)}
        is_state = words[0] in ("my", "our") and any(_is_state(word) for word in words[2:4])
        if tells and is_state and _sayable(words):
            return turned(words)
    return None


def of_somebody(text: str, vocabulary: Vocabulary) -> str | None:
    """How it is with the one they call for: "she's on oxygen"."""
    for words in clauses(text):
        if words[0] in ("he's", "she's", "shes", "hes") and _sayable(words):
            return turned(words)
    return None


def plight(text: str, vocabulary: Vocabulary) -> str | None:
    """How it is with something: "the heating's gone off", "there's no hot water"."""
    for words in clauses(text):
        of_a_lack = words[0] in ("there's", "theres") and words[1:2] == ["no"]
        of_a_thing = _is_state_of(words, vocabulary) and set(words) & set(vocabulary.plights)
        if (of_a_lack or of_a_thing) and _sayable(words):
            return turned(words)
    return None


def nobody(text: str, vocabulary: Vocabulary) -> str | None:
    """Who should have come and did not: "nobody came"."""
    for words in clauses(text):
        left_out = words[0] in ("nobody", "nobody's") and words[1:2] and words[1] in vocabulary.absent
        if left_out and _sayable(words, _FEWEST_OF_NOBODY) and words[-1] != "said":
            return turned(words)
    return None


def _without_address(words: list[str]) -> list[str]:
    """The clause without a closing "sir" or "please"; "i been" as "i've been"."""
    end = len(words)
    while end > 1 and words[end - 1] in grammar()["addressed"]:
        end -= 1
    return ["i've", *words[1:end]] if words[:2] == ["i", "been"] else words[:end]


def _sayable(words: Sequence[str], fewest: int = _FEWEST) -> bool:
    known = grammar()
    of_the_agent = not known["other_side"].isdisjoint(words)
    return fewest <= len(words) <= _MOST and not of_the_agent and words[-1] not in known["dangling"]


def _tells(words: Sequence[str], verbs: Sequence[str], cannot: Sequence[str]) -> bool:
    known = grammar()
    if words[0] not in known["starts"] or not known["winding"].isdisjoint(words[3:]):
        return False
    head = [word for word in words[1:6] if word not in known["between"]]
    if head[:1] == ["not"] or head[:1] == ["never"]:
        head = head[1:] if head[1:2] == ["slept"] else []
    if head and head[0] in known["cannot"]:
        return len(head) > 1 and head[1] in cannot
    said = " ".join(head)
    return any(said == verb or said.startswith(f"{verb} ") for verb in verbs)


def _is_state_of(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    if words[0] != "the" or len(words) < 3:
        return False
    thing = words[1].removesuffix("'s")
    return thing in vocabulary.known_things and (words[1] != thing or _is_state(words[2]))


def _is_state(word: str) -> bool:
    return word in grammar()["states"] or word.endswith(("'s", "'re"))
