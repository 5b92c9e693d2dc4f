"""Names in what stands beside the turns: speakers' labels, the call's id, the name of its file, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from carescore.redact.said import alone
from carescore.redact.things import runs
from carescore.transcript import Transcript


def without_names(call: Transcript, words: Mapping[str, str]) -> Transcript:
    """The call with known names replaced beside its turns; `words` has the placeholder of each word."""
    labels = {label: _without(label, words) for label in call.speakers}
    turns = tuple(
        turn if labels[turn.speaker] == turn.speaker else replace(turn, speaker=labels[turn.speaker])
        for turn in call.turns
    )
    guess = call.role_guess
    if guess is not None:
        speaker = labels.get(guess.speaker, guess.speaker)
        guess = replace(
            guess, speaker=speaker, reasons=tuple(_without(line, words) for line in guess.reasons)
        )
    return replace(
        call,
        turns=turns,
        call_id=_without(call.call_id, words),
        source=None if call.source is None else _without(call.source, words),
        role_guess=guess,
        warnings=tuple(_without(sentence, words) for sentence in call.warnings),
    )


def _without(text: str, words: Mapping[str, str]) -> str:
    tokens = alone(text).tokens
    pieces, done = [], 0
    for first, last in runs(at for at, token in enumerate(tokens) if token.text in words):
        pieces += [text[done : tokens[first].start], words[tokens[first].text]]
        done = tokens[last].end
    return "".join([*pieces, text[done:]])
