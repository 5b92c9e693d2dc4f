"""How much is lost when calls are badly written down: no punctuation, words lost, swapped or filled in."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from carescore.evaluation.bootstrap import Number, number
from carescore.evaluation.judged import Judged, ScorerOf, find
from carescore.evaluation.labels import macro_f1, scores
from carescore.evaluation.word_lists import word_list
from carescore.intervals import Floats
from carescore.training.corpus import LabelledCall
from carescore.training.degrade import degraded

LARGEST_LOSS: Final = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Mean F1 over labels on calls changed in one way, and its change from the calls as they are.

    `same` is the share of the labels found that are found in both.
    """

    change: str
    f1: Number
    difference: Number
    same: float


def distorted(
    calls: Sequence[LabelledCall], change: Callable[[str, random.Random], str], seed: str
) -> list[LabelledCall]:
    """The calls with every turn's text changed."""
    chance = random.Random(seed)
    return [
        replace(call, turns=tuple(replace(turn, text=change(turn.text, chance)) for turn in call.turns))
        for call in calls
    ]


def losses(judged: Judged, scorer_of: ScorerOf, weights: Floats, seed: int) -> tuple[Loss, ...]:
    """What each distortion costs."""
    support = judged.truth.sum(axis=0)
    clean = macro_f1(scores(judged, judged.found, weights)[2], support)
    rows = []
    for name, change in CHANGES.items():
        found = find(distorted(judged.calls, change, f"{seed} {name}"), scorer_of)
        f1 = macro_f1(scores(judged, found, weights)[2], support)
        both = int((found.present & judged.found.present).sum())
        either = int((found.present | judged.found.present).sum())
        rows.append(
            Loss(
                change=name,
                f1=number(f1),
                difference=number(f1 - clean),
                same=round(both / either, 4) if either else 1.0,
            )
        )
    return tuple(rows)


def without_punctuation(text: str, chance: random.Random) -> str:
    """The text without punctuation and case."""
    return degraded(text, "flat", chance)


def dropped(text: str, chance: random.Random) -> str:
    """The text with some words left out, at least one kept."""
    words = text.split()
    kept = [word for word in words if chance.random() >= word_list("distortions.toml")["dropped"]]
    return " ".join(kept or words[:1])


def swapped(text: str, chance: random.Random) -> str:
    """The text with some words in the place of the next."""
    words = text.split()
    for place in range(len(words) - 1):
        if chance.random() < word_list("distortions.toml")["swapped"]:
            words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def filled(text: str, chance: random.Random) -> str:
    """The text with fillers between its words."""
    lists = word_list("distortions.toml")
    words = []
    for word in text.split():
        if chance.random() < lists["filled"]:
            words.append(chance.choice(lists["fillers"]))
        words.append(word)
    return " ".join(words)


CHANGES: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "no punctuation or case": without_punctuation,
    "10% of words dropped": dropped,
    "10% of words swapped": swapped,
    "10% fillers": filled,
}
