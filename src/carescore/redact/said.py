"""What is said in a call, turn by turn, with the cues in it: what is announced and what was asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carescore.redact.lexicon import cue_phrases, listed, together
from carescore.redact.pieces import Token, split
from carescore.redact.spoken import Element, element
from carescore.transcript import Transcript

_REACH: Final = 12  # words between a cue and what it announces
_NEAR: Final = 5  # the same where they must all be linking words
_BACK: Final = 4  # turns after which a question is forgotten
_AFTER: Final = 4  # words between a thing and a cue that comes after it
_PAIR: Final = 8  # words between two that announce something together


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from token `first` to token `last` that announce or ask for a form."""

    first: int
    last: int
    form: str
    near: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as tokens. `cased` tells whether capitals in it mean something; `words` counts its words and
    `others` those that are neither digits nor letters; `elements` has what is said from each token on as
    digits or a letter, `asked` what the other side asked for last."""

    turn: int
    side: str
    text: str
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    cued: frozenset[int]
    cased: bool
    words: int
    others: int
    elements: tuple[Element | None, ...]
    asked: tuple[str, ...] = ()

    def cues_between(self, first: int, last: int) -> Sequence[Cue]:
        """The cues that begin at the tokens `first` to `last`."""
        left = bisect_left(self.cues, first, key=_begin)
        return self.cues[left : bisect_left(self.cues, last + 1, key=_begin)]


def said_in(call: Transcript) -> tuple[Said, ...]:
    """Every turn, each knowing what the other side asked for last."""
    found: list[Said] = []
    for place, turn in enumerate(call.turns):
        side = turn.role if turn.role in ("agent", "customer") else turn.speaker
        found.append(_said(place, side, turn.text, tuple(_asked(found, side))))
    return tuple(found)


def alone(text: str) -> Said:
    """A text that nobody says, such as a label or a file name."""
    return _said(-1, "", text, ())


def hints(said: Said, first: int, last: int) -> Iterator[str]:
    """The forms that words around the tokens `first` to `last` speak of, the likeliest first."""
    yield from (form for form, _ in weighed(said, first, last))


def weighed(said: Said, first: int, last: int) -> Iterator[tuple[str, bool]]:
    """The same, each with whether only linking words stand between."""
    before = said.cues_between(first - _REACH - _NEAR, first - 1)[::-1]
    linked = [cue for cue in before if _linked(said, cue.last + 1, first)]
    yield from ((cue.form, True) for cue in linked if not cue.near)
    yield from ((cue.form, True) for cue in linked if cue.near)
    yield from ((cue.form, False) for cue in before if not cue.near and cue.last >= first - _REACH)
    for cue in said.cues_between(last + 1, last + _AFTER):
        if not cue.near and _linked(said, last + 1, cue.first):
            yield cue.form, True
            break
    yield from ((form, False) for form in said.asked)


def announced(said: Said, first: int, forms: Sequence[str]) -> bool:
    """Whether one of some forms is announced or asked for before a token."""
    return any(form in forms for form in hints(said, first, first))


def _begin(cue: Cue) -> int:
    return cue.first


def _linked(said: Said, first: int, end: int) -> bool:
    """Whether only linking words, or other cues, stand between."""
    links = listed("links", "words")
    return end - first <= _NEAR and all(
        said.tokens[at].text in links or at in said.cued for at in range(first, end)
    )


def _said(turn: int, side: str, text: str, asked: tuple[str, ...]) -> Said:
    tokens = split(text)
    cues = tuple(
        Cue(first, last, value.split()[0], value.endswith("near"))
        for first, last, value in cue_phrases().find(tokens)
    )
    cued = frozenset(place for cue in cues for place in range(cue.first, cue.last + 1))
    cues = tuple(sorted((*cues, *_pairs(tokens, cued)), key=_begin))
    elements = tuple(element(tokens, place) for place in range(len(tokens)))
    return Said(
        turn=turn,
        side=side,
        text=text,
        tokens=tokens,
        cues=cues,
        cued=cued,
        cased=any(token.case == "title" for token in tokens) and any(map(str.islower, text)),
        elements=elements,
        words=sum(token.kind == "word" for token in tokens),
        others=sum(
            token.kind == "word" and found is None for token, found in zip(tokens, elements, strict=True)
        ),
        asked=asked,
    )


def _pairs(tokens: Sequence[Token], cued: frozenset[int]) -> Iterator[Cue]:
    """Two words that announce something together, "code" and "texted", at the later of the two."""
    latest: dict[tuple[str, int], int] = {}
    for place, token in enumerate(tokens):
        for form, side in together().get(token.text, ()):
            if side == 0 and place and tokens[place - 1].text in listed("together", "others"):
                continue
            latest[form, side] = place
            other = latest.get((form, 1 - side))
            if other is not None and place - other <= _PAIR and place not in cued:
                yield Cue(place, place, form, near=False)


def _asked(before: Sequence[Said], side: str) -> Iterator[str]:
    """The forms in the latest turn of the other side that has any, in their order."""
    for said in reversed(before[-_BACK:]):
        if said.side != side and said.cues:
            yield from dict.fromkeys(cue.form for cue in sorted(said.cues, key=lambda cue: cue.near))
            return
    if len(before) > 1 and before[-2].side == side and _is_part(before[-2]) and _is_nod(before[-1]):
        yield from before[-2].asked


def _is_part(said: Said) -> bool:
    """Whether a turn is little but digits or letters, a part of something longer."""
    return said.words <= _REACH and any(said.elements)


def _is_nod(said: Said) -> bool:
    """Whether a turn only lets the other side go on."""
    return all(token.kind == "mark" or token.text in listed("numbers", "go_on") for token in said.tokens)
