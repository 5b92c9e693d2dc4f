"""What is given to the user, in order: each call under an id of its own, and errors that name the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.many import SeenIds
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Transcript

Call = Transcript | TranscriptError

_EXPECTED: Final = (
    "Expected lines such as 'Agent: …', captions, a table with a row a turn, or an export that "
    "`carescore formats` lists."
)
# After as many parts of a file without one call, it is taken to hold none.
_MOST_UNKNOWN: Final = 1_000


def unknown(origin: Origin, chosen: Reader | None) -> TranscriptError:
    """The error for what no format, or not the chosen one, accepts."""
    problem = f"this is not {chosen.name}" if chosen is not None else "no transcript was recognised in it"
    return TranscriptError(f"{problem}. {_EXPECTED}", source=origin.name, place=origin.place)


def unique_ids(calls: Iterator[Call]) -> Iterator[Call]:
    """Number calls that share an id, so that no result hides another."""
    seen = SeenIds()
    for call in calls:
        if isinstance(call, TranscriptError):
            yield call
            continue
        count = seen.count(call.call_id)
        yield call if count == 1 else replace(call, call_id=f"{call.call_id}-{count}")


def told_once(calls: Iterator[Call]) -> Iterator[Call]:
    """One error for neighbouring parts that are no calls; where all are such, reading stops early."""
    skipped: list[TranscriptError] = []  # the first and the last of them
    count, found = 0, False
    for call in calls:
        if isinstance(call, TranscriptError) and call.message.endswith(_EXPECTED):
            skipped = [*skipped[:1], call]
            count += 1
            if found or count < _MOST_UNKNOWN:
                continue
            yield _together(skipped, " Reading stopped there.")
            return
        if skipped:
            yield _together(skipped)
        skipped, count, found = [], 0, True
        yield call
    if skipped:
        yield _together(skipped)


def _together(errors: list[TranscriptError], after: str = "") -> TranscriptError:
    first, last = errors[0], errors[-1]
    if first is last:
        return first
    place = f"{first.place} to {last.place}"
    return TranscriptError(first.message + after, source=first.source, place=place)


def named(error: TranscriptError, source: str) -> TranscriptError:
    """The error with the name of the file, which a call that is refused while it is made cannot know."""
    if error.source is not None:
        return error
    return TranscriptError(error.message, source=source, place=error.place)
