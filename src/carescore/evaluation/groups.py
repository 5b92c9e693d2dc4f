"""Whether some kinds of calls are found or rated worse than others: channel, source, way of writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from carescore.evaluation.bootstrap import Number, divided, of_pairs
from carescore.evaluation.judged import Judged
from carescore.evaluation.ratings import pairs_of
from carescore.evaluation.word_lists import word_list
from carescore.intervals import Floats
from carescore.raters import measures
from carescore.raters.pairs import MINIMUM_CALLS
from carescore.training.corpus import LabelledCall

LARGEST_GAP: Final = 0.10  # RSMTool's limit for the difference of standardised means of a group
_SPARSE: Final = 0.03  # marks a word, under which a text was written by a recogniser
_MARKS: Final = re.compile(r"[.?!,;:]")
_CAPITALS: Final = re.compile(r"\b[A-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Calls of one kind. `f1` is over all labels of all turns together (micro), so that groups compare.

    `weighted_kappa` and `standardised_difference` are of `overall`, over `rated` calls: how far the
    machine's standardised mean lies from the readers' (DSM), flagged beyond `LARGEST_GAP`; `sure` if its
    whole interval does.
    """

    kind: str
    group: str
    calls: int
    rated: int
    f1: Number
    weighted_kappa: Number
    standardised_difference: Number
    flagged: bool
    sure: bool


def groups(judged: Judged, seed: int) -> tuple[Group, ...]:
    """Each kind's groups of `MINIMUM_CALLS` calls or more, where there are two of them."""
    rows: list[Group] = []
    for kind, of in KINDS.items():
        names = [of(call) for call in judged.calls]
        large = [name for name in dict.fromkeys(names) if name and names.count(name) >= MINIMUM_CALLS]
        if len(large) > 1:
            rows.extend(
                _group(kind, name, np.array([n == name for n in names]), judged, seed) for name in large
            )
    return tuple(rows)


def _group(
    kind: str, name: str, inside: np.ndarray[tuple[int], np.dtype[np.bool_]], judged: Judged, seed: int
) -> Group:
    chosen, reader, machine = pairs_of("overall", judged)
    here = inside[chosen] if chosen else np.zeros(0, dtype=bool)
    apart = _standardised(machine) - _standardised(reader)
    gap = of_pairs(lambda first, _: np.asarray(first.mean(axis=-1)), apart[here], apart[here], seed)
    flagged = gap.value is not None and abs(gap.value) > LARGEST_GAP
    ends = (gap.low, gap.high)
    return Group(
        kind=kind,
        group=name,
        calls=int(inside.sum()),
        rated=int(here.sum()),
        f1=_micro_f1(judged, inside, seed),
        weighted_kappa=of_pairs(measures.weighted_kappa, reader[here], machine[here], seed),
        standardised_difference=gap,
        flagged=flagged,
        sure=flagged
        and ends[0] is not None
        and ends[1] is not None
        and (ends[0] > LARGEST_GAP or ends[1] < -LARGEST_GAP),
    )


def _standardised(ratings: Floats) -> Floats:
    """Ratings in standard deviations from the mean of all calls."""
    spread = float(ratings.std(ddof=1)) if len(ratings) > 1 else 0.0
    return (ratings - ratings.mean()) / spread if spread else np.zeros(len(ratings))


def _micro_f1(judged: Judged, inside: np.ndarray[tuple[int], np.dtype[np.bool_]], seed: int) -> Number:
    hits = (judged.truth & judged.found.present).sum(axis=1)
    either = judged.truth.sum(axis=1) + judged.found.present.sum(axis=1)
    per_call = np.zeros((len(judged.calls), 2))
    np.add.at(per_call, judged.call, np.stack([2 * hits, either], axis=1))
    own = per_call[inside]

    def f1(first: Floats, second: Floats) -> Floats:
        return divided(np.asarray(first.sum(axis=-1)), np.asarray(second.sum(axis=-1)))

    return of_pairs(f1, own[:, 0], own[:, 1], seed)


def _style(call: LabelledCall) -> str:
    """Whether the text has punctuation, or is as most recognisers give it."""
    text = " ".join(turn.text for turn in call.turns)
    marks = len(_MARKS.findall(text)) + len(_CAPITALS.findall(text))
    return "as recognised" if marks < _SPARSE * len(text.split()) else "punctuated"


def _spelling(call: LabelledCall) -> str:
    """British or American, by the words that the two spell differently; empty for none or both."""
    entry = next(entry for entry in word_list("swaps.toml")["swaps"] if entry["name"] == "spelling variety")
    words = set(re.findall(r"[a-z]+", " ".join(turn.text for turn in call.turns).lower()))
    british = any(first in words for first, second in entry["pairs"])
    american = any(second in words for first, second in entry["pairs"])
    return "" if british == american else "British" if british else "American"


KINDS: Final[dict[str, Callable[[LabelledCall], str]]] = {
    "channel": lambda call: call.channel,
    "source": lambda call: call.source,
    "domain": lambda call: "" if call.domain == call.source else call.domain,
    "writing": _style,
    "spelling": _spelling,
}
