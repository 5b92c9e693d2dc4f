"""What should change nothing: other names, places, gender words, spellings and ways of speaking."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from carescore.evaluation.judged import OF_AGENT, Judged, ScorerOf, find, score
from carescore.evaluation.word_lists import word_list
from carescore.intervals import Floats
from carescore.results import CallScore
from carescore.training.corpus import LabelledCall

LARGEST_CHANGE: Final = 0.02
_ROUNDS: Final = 3  # how often each name or place is swapped for another


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Turns in which words of one kind were swapped, beside the same turns as they were.

    `flips` is the share of these pairs in which some label comes or goes; `largest` and `mean` are the
    change of probability, `usual` the 95% quantile of each pair's largest one; `rating` is the largest
    change of any criterion's rating in the calls concerned.
    """

    kind: str
    pairs: int
    flips: float | None
    largest: float | None
    usual: float | None
    mean: float | None
    rating: float | None


def swaps(judged: Judged, scorer_of: ScorerOf, seed: int) -> tuple[Swap, ...]:
    """Each kind of swap, in the order of the editable list; and all together."""
    parts: list[tuple[str, Floats, Floats, list[float]]] = []
    for entry in word_list("swaps.toml")["swaps"]:
        changes, flipped, ratings = [np.zeros((0, len(OF_AGENT)))], [np.zeros((0, len(OF_AGENT)))], [0.0]
        for turn in range(_ROUNDS if "any" in entry else 1):
            chance = random.Random(f"{seed} {entry['name']} {turn}")
            change, flip, moved = _compared(judged, _Words(entry, chance), scorer_of)
            changes.append(change)
            flipped.append(flip)
            ratings.extend(moved)
        parts.append((entry["name"], np.vstack(changes), np.vstack(flipped), ratings))
    everything = [np.vstack([part[place] for part in parts]) for place in (1, 2)]
    moved = [rating for part in parts for rating in part[3]]
    return tuple(
        _row(name, change, flip, ratings)
        for name, change, flip, ratings in [*parts, ("all", everything[0], everything[1], moved)]
    )


class _Words:
    """Swaps the words of one list, keeping their case."""

    def __init__(self, entry: Mapping[str, Any], chance: random.Random) -> None:
        self._chance = chance
        self._any: list[str] = entry.get("any", [])
        pairs = [tuple(pair) for pair in entry.get("pairs", ())]
        if entry.get("both_ways"):
            pairs += [(second, first) for first, second in pairs]
        self._to: dict[str, str] = {}
        for first, second in pairs:
            self._to.setdefault(first.lower(), second)
        known = sorted([*self._to, *(word.lower() for word in self._any)], key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w'’])(?:{'|'.join(map(re.escape, known))})(?![\w'’])", re.I)

    def call(self, call: LabelledCall) -> LabelledCall:
        """The call with its words swapped, the same word in the same way throughout."""
        chosen: dict[str, str] = {}
        turns = tuple(replace(turn, text=self._text(turn.text, chosen)) for turn in call.turns)
        return replace(call, turns=turns)

    def _text(self, text: str, chosen: dict[str, str]) -> str:
        return self._pattern.sub(lambda match: self._other(match.group(), chosen), text)

    def _other(self, word: str, chosen: dict[str, str]) -> str:
        plain = word.lower()
        if plain not in chosen:
            others = [name for name in self._any if name.lower() != plain]
            chosen[plain] = self._to.get(plain) or self._chance.choice(others)
        other = chosen[plain]
        if word.islower():
            return other.lower()
        return other.upper() if word.isupper() and len(word) > 1 else other[:1].upper() + other[1:]


def _compared(judged: Judged, words: _Words, scorer_of: ScorerOf) -> tuple[Floats, Floats, list[float]]:
    """Changes and flips (pairs × labels) in the turns that were changed, and changes of ratings by call."""
    swapped = [words.call(call) for call in judged.calls]
    concerned = [index for index, call in enumerate(swapped) if call != judged.calls[index]]
    if not concerned:
        none = np.zeros((0, len(OF_AGENT)))
        return none, none, []
    calls = [swapped[index] for index in concerned]
    found = find(calls, scorer_of)
    before = np.isin(judged.call, concerned)
    pairs = np.array(list(_changed([judged.calls[index] for index in concerned], calls)))
    change = np.abs(found.probabilities - judged.found.probabilities[before])[pairs]
    flip = (found.present != judged.found.present[before])[pairs].astype(np.float64)
    moved = [
        _moved(judged.results[index], result)
        for index, result in zip(concerned, score(calls, scorer_of), strict=True)
    ]
    return change, flip, moved


def _changed(before: Sequence[LabelledCall], after: Sequence[LabelledCall]) -> Iterator[bool]:
    for old, new in zip(before, after, strict=True):
        for one, other in zip(old.turns, new.turns, strict=True):
            yield one.text != other.text and one.side in ("agent", "customer")


def _moved(before: CallScore, after: CallScore) -> float:
    """The largest change of a rating."""
    both = [(before.criteria[name].rating, after.criteria[name].rating) for name in before.criteria]
    return max((abs(a - b) for a, b in both if a is not None and b is not None), default=0.0)


def _row(kind: str, change: Floats, flip: Floats, ratings: Sequence[float]) -> Swap:
    if not len(change):
        return Swap(kind=kind, pairs=0, flips=None, largest=None, usual=None, mean=None, rating=None)
    own = change.sum() / (change > 0).sum() if (change > 0).any() else 0.0
    return Swap(
        kind=kind,
        pairs=len(change),
        flips=round(float(flip.any(axis=1).mean()), 4),
        largest=round(float(change.max()), 4),
        usual=round(float(np.quantile(change.max(axis=1), 0.95)), 4),
        mean=round(float(own), 4),
        rating=round(max(ratings, default=0.0), 4),
    )
