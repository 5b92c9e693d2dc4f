"""Who is who: names of one person under one value, and found again wherever the call says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carescore.redact.name_words import could_be_name
from carescore.redact.names import Named, names, words_of, written_names
from carescore.redact.said import Said
from carescore.redact.things import Taken, Thing, place_of, runs

_SHORTEST: Final = 3  # letters of a name that is looked for everywhere


class People:
    """The people of a call, known by the words of their names."""

    def __init__(self) -> None:
        self._owner: dict[str, str] = {}

    def meet(self, words: Sequence[str]) -> str:
        """The value of the person so named; a first name tells people of one family apart."""
        known = self._owner.get(words[0])
        if known is None and len(words) == 1:
            known = words[0]
        person = known or " ".join(words)
        for word in words:
            self._owner.setdefault(word, person)
        return person

    def items(self) -> Iterator[tuple[str, str]]:
        """Each word of a name with the person's value."""
        yield from self._owner.items()

    def owner(self, word: str) -> str | None:
        """Whose name a word is."""
        return self._owner.get(word)


def people(turns: Sequence[Said], labels: Sequence[Said], taken: Taken) -> tuple[list[Thing], People]:
    """Every name in the turns; `labels` are texts beside them that give names away."""
    told = [(said, named) for said in turns for named in names(said, taken)]
    shown = [(said, list(written_names(said))) for said in labels]
    known = People()
    mentions = [words for said, named in told if (words := words_of(said, named))]
    mentions += [words for said, found in shown if (words := [w for n in found for w in words_of(said, n)])]
    for words in sorted(mentions, key=len, reverse=True):
        known.meet(words)
    things = [
        Thing("name", _value(known, said, named), [place_of(said, named.first, named.last)])
        for said, named in told
    ]
    things.extend(_elsewhere(turns, known, taken))
    return things, known


def _value(known: People, said: Said, named: Named) -> str:
    words = words_of(said, named)
    owner = known.owner(words[0]) if words else None
    return owner or " ".join(words) or said.text[said.tokens[named.first].start : said.tokens[named.last].end]


def _elsewhere(turns: Sequence[Said], known: People, taken: Taken) -> Iterator[Thing]:
    """Known names in turns that do not say that they are names."""
    for said in turns:
        places = [
            at
            for at, token in enumerate(said.tokens)
            if len(token.text) >= _SHORTEST
            and known.owner(token.text) is not None
            and (said.turn, at) not in taken
            and could_be_name(said, at)
        ]
        for first, last in runs(places):
            taken.take(said.turn, range(first, last + 1))
            yield Thing("name", known.owner(said.tokens[first].text) or "", [place_of(said, first, last)])
