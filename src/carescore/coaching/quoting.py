"""Quotes for notes: verbatim pieces of turns, with speaker and time."""

from __future__ import annotations

from typing import Final

from carescore.notes import Quote
from carescore.results import Evidence
from carescore.spans import sentences
from carescore.transcript import Transcript

_LONGEST: Final = 240  # characters of a turn that are quoted whole
_BARE_CHECK: Final = 6  # words of a question that only asks whether it is so


def of_evidence(call: Transcript, evidence: Evidence) -> Quote:
    """The words that an evidence points to; of a turn without full stops the whole, if it is not long."""
    return _quote(call, evidence.turn, *span_of(call, evidence))


def span_of(call: Transcript, evidence: Evidence) -> tuple[int, int]:
    """Where the words of `of_evidence` stand in the turn.

    "Have I got that right?" says little without the sentence that it asks about, which then belongs to it.
    """
    text = call.turns[evidence.turn].text
    if len(text) <= _LONGEST and not any(mark in text for mark in ".!?"):
        return 0, len(text)
    if evidence.behaviour == "understanding_check" and len(evidence.quote.split()) <= _BARE_CHECK:
        ahead = [start for start, end in sentences(text) if end <= evidence.start]
        if ahead and evidence.end - ahead[-1] <= _LONGEST:
            return ahead[-1], evidence.end
    return evidence.start, evidence.end


def turn_or(call: Transcript, evidence: Evidence) -> Quote:
    """The whole turn if it is not long, else the words that the evidence points to."""
    text = call.turns[evidence.turn].text
    return _quote(call, evidence.turn, 0, len(text)) if len(text) <= _LONGEST else of_evidence(call, evidence)


def opening_words(call: Transcript, turn: int) -> Quote:
    """A turn whole, or its first sentences if it is long."""
    text = call.turns[turn].text
    spans = sentences(text) or [(0, len(text))]
    end = spans[0][1]
    for _, stop in spans:
        if stop - spans[0][0] > _LONGEST:
            break
        end = stop
    return _quote(call, turn, spans[0][0], end)


def closing_words(call: Transcript, turn: int) -> Quote:
    """A turn whole, or its last sentences if it is long."""
    text = call.turns[turn].text
    spans = sentences(text) or [(0, len(text))]
    start = spans[-1][0]
    for begin, _ in reversed(spans):
        if spans[-1][1] - begin > _LONGEST:
            break
        start = begin
    return _quote(call, turn, start, spans[-1][1])


def _quote(call: Transcript, turn: int, start: int, end: int) -> Quote:
    said = call.turns[turn]
    return Quote(turn=turn, speaker=said.speaker, role=said.role, text=said.text[start:end], time=said.start)
