"""Whether twice the input takes twice the time: calls, turns, characters, and hostile text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from carescore.bench.figures import Figure
from carescore.bench.stopwatch import cpu
from carescore.scorer import Scorer
from carescore.transcript import Transcript, Turn

_ROUNDS: Final = 4
_TALK: Final = "I am so sorry, that must be hard. I will call them for you today! "
_HOSTILE: Final = ("(", "?!", "a", ". ", "http://a.b/", "[X_1] ")
_MOST: Final = 2.1


def growth_figures(scorer: Scorer, calls: Sequence[Transcript]) -> list[Figure]:
    """The time of twice as much beside the time of as much."""
    how = f"processor time, mean of three doublings, best of {_ROUNDS} runs"
    many = [*calls] * 8
    cases: list[tuple[str, Callable[[int], object], int]] = [
        ("twice the calls", lambda n: list(scorer.score_many(many[:n])), 64),
        ("twice the turns", lambda n: scorer.score(_call([f"{k} {_TALK}" for k in range(n)])), 1_000),
        ("twice the characters", lambda n: scorer.score(_call([_TALK * (n // 66)] * 4)), 25_000),
    ]
    figures = [
        Figure(name=name, value=_doubled(run, size), unit="×", goal=_MOST, how=how)
        for name, run, size in cases
    ]
    worst = max(
        _doubled(lambda n, text=text: scorer.score(_call([_TALK, text * (n // len(text)), _TALK])), 100_000)  # type: ignore[misc]
        for text in _HOSTILE
    )
    name = "twice the hostile text, worst of six"
    return [*figures, Figure(name=name, value=worst, unit="×", goal=_MOST, how=how)]


def _doubled(run: Callable[[int], object], size: int) -> float:
    """The mean of three doublings: single ones stand out where arrays outgrow a cache."""
    best = [float("inf")] * 2
    for _ in range(_ROUNDS):
        for place, times in enumerate((1, 8)):
            best[place] = min(best[place], cpu(lambda times=times: run(times * size)))  # type: ignore[misc]
    return float((best[1] / best[0]) ** (1 / 3))


def _call(texts: Sequence[str]) -> Transcript:
    sides = ("customer", "agent")
    turns = (
        Turn(index=n, speaker=sides[n % 2], role="customer" if n % 2 == 0 else "agent", text=text)
        for n, text in enumerate(texts)
    )
    return Transcript(call_id="grown", turns=tuple(turns))
