"""The words to quote for a behaviour: the sentence of the turn that speaks for it most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from carescore.behaviours import BehaviourModel
from carescore.features import context_of_nothing, extract
from carescore.moments import columns_of
from carescore.pieces import pieces_of
from carescore.results import Evidence
from carescore.runs import bounds, first_largest, places
from carescore.spans import sentences
from carescore.tokens import Pieces, Tokenizer, Tokens
from carescore.transcript import Turn

Wanted = Sequence[tuple[Turn, str, float]]
Read = tuple[Tokens, Pieces]
# For each text that is quoted, by its number, the offsets of its sentences.
Spans = Mapping[int, Sequence[tuple[int, int]]]


def quotes(wanted: Wanted, model: BehaviourModel, tokenizer: Tokenizer) -> list[Evidence]:
    """For each (turn, behaviour, probability) the evidence, in the same order.

    Each sentence is judged by itself, out of context; a turn of one sentence is quoted whole.
    """
    places: dict[str, int] = {}
    numbers = [places.setdefault(turn.text, len(places)) for turn, _, _ in wanted]
    turns, behaviours, chances = zip(*wanted, strict=True) if wanted else ((), (), ())
    return quotes_of_read(turns, behaviours, chances, numbers, tokenizer.read(list(places)), model)


def quotes_of_read(
    turns: Sequence[Turn],
    behaviours: Sequence[str],
    chances: Sequence[float],
    numbers: Sequence[int],
    read: Read,
    model: BehaviourModel,
) -> list[Evidence]:
    """The same for turns that are read already; `numbers` has for each the number of its text."""
    texts = {number: turn.text for number, turn in zip(numbers, turns, strict=True)}
    spans = {number: sentences(text) or [(0, 0)] for number, text in texts.items()}
    best = [0] * len(turns)
    several = [place for place, number in enumerate(numbers) if len(spans[number]) > 1]
    if several:
        of_several = [numbers[place] for place in several]
        wanted = [behaviours[place] for place in several]
        surest = _surest(of_several, wanted, texts, spans, read, model)
        for place, sentence in zip(several, surest, strict=True):
            best[place] = sentence
    return [
        _evidence(turn, behaviour, chance, spans[number][sentence])
        for turn, behaviour, chance, number, sentence in zip(
            turns, behaviours, chances, numbers, best, strict=True
        )
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


def _surest(
    numbers: Sequence[int],
    behaviours: Sequence[str],
    texts: Mapping[int, str],
    spans: Spans,
    read: Read,
    model: BehaviourModel,
) -> list[int]:
    """For each text and behaviour the sentence that speaks for it most, the first of equals."""
    distinct = list(dict.fromkeys(numbers))
    counts = np.array([len(spans[number]) for number in distinct], dtype=np.int64)
    row_of = {number: row for row, number in enumerate(distinct)}
    rows = np.array([row_of[number] for number in numbers], dtype=np.int64)
    columns = np.array([columns_of(model.labels)[name] for name in behaviours], dtype=np.int64)
    agent = np.zeros(len(distinct), dtype=bool)
    customer = agent.copy()
    agent[rows[model.of_agent[columns]]] = True
    customer[rows[~model.of_agent[columns]]] = True
    tokens = _sentences(distinct, texts, spans, read)
    features = extract(tokens, context_of_nothing(len(tokens.counts)))
    margins = model.margins(features, agent=np.repeat(agent, counts), customer=np.repeat(customer, counts))
    lengths = counts[rows]
    sentence = places(bounds(counts)[rows], lengths)
    best: list[int] = first_largest(margins[sentence, np.repeat(columns, lengths)], lengths).tolist()
    return best


def _sentences(numbers: Sequence[int], texts: Mapping[int, str], spans: Spans, read: Read) -> Tokens:
    """The tokens of every sentence of some texts.

    Sentences begin and end at white space, so each is made of whole pieces of its text.
    """
    tokens, pieces = read
    rows = np.array(numbers, dtype=np.int64)
    in_text = np.diff(pieces.offsets)[rows]
    in_sentence: list[int] = []
    for number, expected in zip(numbers, in_text.tolist(), strict=True):
        text = texts[number]
        found = [len(text[start:end].split()) for start, end in spans[number]]
        if sum(found) != expected:  # a word that is too long for one was read in several pieces
            found = [len(pieces_of(text[start:end])) for start, end in spans[number]]
        in_sentence += found
    lengths = np.diff(pieces.starts)[places(pieces.offsets[rows], in_text)]
    ids = tokens.ids[places(tokens.offsets[rows], tokens.counts[rows])]
    return Tokens(ids=ids, offsets=bounds(lengths)[bounds(np.array(in_sentence))])
