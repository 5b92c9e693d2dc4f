"""Verifications as text to read: what came out the same, and exactly what did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from carescore.differences import CallDifference
from carescore.differences_text import call_lines
from carescore.render import counted
from carescore.safe_text import visible
from carescore.verification import Verification

_WHAT_TO_DO: Final = {
    "model": "Another model than the result's. Give that one with --model FOLDER.",
    "scorecard": "Another scorecard than the result's. Give that one with --scorecard FILE.",
    "transcript": "Other words, roles or times than the result was made from. Give the file as it was "
    "scored, and say what you said then (--agent, --agents, --redact).",
}


def verification_lines(found: Verification) -> Iterator[str]:
    """A line where all is the same, else everything that differs."""
    if found.difference is None:
        yield f"{found.call_id}: NOT FOUND among the transcripts"
        return
    yield f"{found.call_id}: {'the same numbers' if found.same else 'DIFFERS'}"
    if not found.same:
        for cause in found.difference.causes:
            if cause in _WHAT_TO_DO:
                yield f"  {_WHAT_TO_DO[cause]}"
        yield from _score(found.difference)
        yield from list(call_lines(found.difference))[1:]


def verification_text(found: Sequence[Verification]) -> str:
    """All verifications, then notes once each, and a count at the end."""
    lines = [line for one in found for line in verification_lines(one)]
    notes = Counter(note for one in found for note in one.notes)
    lines += [f"note ({counted(count, 'result')}): {note}." for note, count in notes.items()]
    same = sum(one.same for one in found)
    lines.append(f"{same} of {counted(len(found), 'result')} verified.")
    return "\n".join(visible(line) for line in lines) + "\n"


def _score(found: CallDifference) -> Iterator[str]:
    for change in found.call:
        if change.field in ("score", "low", "high"):
            yield f"  {change.field}: {_number(change.old)} saved, {_number(change.new)} now"


def _number(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
