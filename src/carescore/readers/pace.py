"""Whether a call's times can be true: a wrong unit makes the talk a thousand times too fast or too slow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from carescore.transcript import Turn

_FEWEST_WORDS: Final = 20
_SLOWEST, _FASTEST = 1.0, 600.0  # words a minute; holds make a call slow, nothing makes it this fast


def unlikely_pace(turns: Sequence[Turn]) -> str | None:
    """A warning where the words a minute, silences included, are none that people speak."""
    starts = [turn.start for turn in turns if turn.start is not None]
    ends = [turn.end for turn in turns if turn.end is not None]
    words = sum(len(turn.text.split()) for turn in turns)
    if not starts or not ends or words < _FEWEST_WORDS:
        return None
    minutes = (max(ends) - min(starts)) / 60
    if minutes > 0 and _SLOWEST <= words / minutes <= _FASTEST:
        return None
    return (
        f"Its times cannot be true: {words:,} words between {min(starts):,.3f} and {max(ends):,.3f} seconds. "
        "They may be in another unit; do not rely on what is measured in time."
    )
