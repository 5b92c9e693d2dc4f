"""The words to quote for a behaviour: the sentence of the turn that speaks for it most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carescore.behaviours import BehaviourModel
from carescore.features import context_of_single_turns, extract
from carescore.results import Evidence
from carescore.spans import sentences
from carescore.tokens import Tokenizer
from carescore.transcript import Turn


def quotes(
    wanted: Sequence[tuple[Turn, str, float]], model: BehaviourModel, tokenizer: Tokenizer
) -> list[Evidence]:
    """For each (turn, behaviour, probability) the evidence, in the same order.

    Each sentence is judged by itself, out of context; a turn of one sentence is quoted whole.
    """
    spans = {turn.text: sentences(turn.text) for turn, _, _ in wanted}
    several = [text for text, found in spans.items() if len(found) > 1]
    pieces = [text[start:end] for text in several for start, end in spans[text]]
    texts = [part for piece in pieces for part in (piece, "")]
    context = context_of_single_turns(len(pieces), [False] * len(pieces))
    margins = model.margins(extract(tokenizer.ids(texts), context))
    ends = np.cumsum([len(spans[text]) for text in several])
    rows = dict(zip(several, np.split(margins, ends[:-1]) if several else (), strict=True))
    column_of = {label: column for column, label in enumerate(model.labels)}

    def best(text: str, behaviour: str) -> tuple[int, int]:
        found = spans[text] or [(0, 0)]
        return found[int(np.argmax(rows[text][:, column_of[behaviour]]))] if text in rows else found[0]

    return [
        _evidence(turn, behaviour, probability, best(turn.text, behaviour))
        for turn, behaviour, probability in wanted
    ]


def _evidence(turn: Turn, behaviour: str, probability: float, span: tuple[int, int]) -> Evidence:
    start, end = span
    return Evidence(
        turn=turn.index,
        start=start,
        end=end,
        quote=turn.text[start:end],
        behaviour=behaviour,
        probability=probability,
        time=turn.start,
    )
