"""Calls that a person should listen to next: a fair random sample first, then extremes and doubtful ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from carescore.results import CallScore

RANDOM: Final = 5
EXTREMES: Final = 2  # at each end
UNCERTAIN: Final = 3
CRITICAL: Final = 3
UNSCORED: Final = 2

Kind = Literal["random", "critical", "lowest", "highest", "uncertain", "not scored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToHear:
    """A call, why it was chosen (`kinds`), and each reason as a sentence, in the same order."""

    call_id: str
    agent: str | None
    source: str | None
    started: str | None
    score: float | None
    low: float | None
    high: float | None
    kinds: tuple[Kind, ...]
    reasons: tuple[str, ...]


def calls_to_hear(results: Sequence[CallScore], *, seed: int = 0) -> tuple[CallToHear, ...]:
    """The calls with their reasons; a call chosen twice is listed once with both.

    The same results and seed give the same calls, in whatever order the results come.
    """
    known = sorted(results, key=lambda result: _ticket(result, seed))
    chosen: dict[int, tuple[CallScore, list[tuple[Kind, str]]]] = {}
    for result, kind, reason in _choices(known, seed):
        chosen.setdefault(id(result), (result, []))[1].append((kind, reason))
    return tuple(_to_hear(result, reasons) for result, reasons in chosen.values())


def _choices(known: Sequence[CallScore], seed: int) -> Iterator[tuple[CallScore, Kind, str]]:
    scored = [result for result in known if result.score is not None]
    for result in scored[:RANDOM]:
        yield result, "random", f"Drawn at random (seed {seed}), to hear what is usual."
    for result in [result for result in _by_score(scored) if result.critical][:CRITICAL]:
        yield result, "critical", f"A critical criterion is failed: {', '.join(result.critical)}."
    if len(scored) > RANDOM:
        yield from _extremes(_by_score(scored))
        doubtful = sorted(scored, key=lambda result: (-_width(result), result.call_id))
        for result in doubtful[:UNCERTAIN]:
            yield result, "uncertain", f"{_doubt(result)} Your ears decide."
    for result in [result for result in known if result.score is None][:UNSCORED]:
        yield result, "not scored", f"It could not be scored: {result.reason}"


def _extremes(ordered: Sequence[CallScore]) -> Iterator[tuple[CallScore, Kind, str]]:
    for place, result in enumerate(ordered[:EXTREMES]):
        rank = "lowest" if place == 0 else "second lowest"
        yield result, "lowest", f"The {rank} score of {len(ordered)}: was it the call, or the machine?"
    for place, result in enumerate(reversed(ordered[-EXTREMES:])):
        rank = "highest" if place == 0 else "second highest"
        yield result, "highest", f"The {rank} score of {len(ordered)}: what can others learn from it?"


def _by_score(scored: Sequence[CallScore]) -> list[CallScore]:
    return sorted(scored, key=lambda result: (result.score or 0.0, result.call_id))


def _width(result: CallScore) -> float:
    return 0.0 if result.low is None or result.high is None else result.high - result.low


def _doubt(result: CallScore) -> str:
    span = f"{result.low:.0f} to {result.high:.0f}"
    sentence = f"The machine is least sure here: the score may be anything from {span}."
    return sentence + (" Who the agent is was guessed." if result.role_source == "guessed" else "")


def _ticket(result: CallScore, seed: int) -> str:
    """A lottery ticket that depends on the call and the seed alone, not on the order or number of calls."""
    text = f"{seed}\0{result.call_id}\0{result.receipt.transcript_sha256}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _to_hear(result: CallScore, reasons: Sequence[tuple[Kind, str]]) -> CallToHear:
    return CallToHear(
        call_id=result.call_id,
        agent=result.agent,
        source=result.source,
        started=result.started,
        score=result.score,
        low=result.low,
        high=result.high,
        kinds=tuple(kind for kind, _ in reasons),
        reasons=tuple(reason for _, reason in reasons),
    )
