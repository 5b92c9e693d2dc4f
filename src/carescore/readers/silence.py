"""What recognisers write where nobody spoke."""

from __future__ import annotations

import re
from typing import Final

_SOUNDS: Final = (
    "blank[ _]audio|silence|no[ _]speech|pause|music|music playing|hold music|noise|background noise|"
    "static|beep|ringing|phone ringing|dial tone"
)
# "[BLANK_AUDIO]", "(silence)", "*music*", "[_BEG_]", "♪", "...": each a whole piece, never part of one.
_SILENCE: Final = re.compile(
    rf"\W*[\[(<*♪]\s*(?:{_SOUNDS}|_[A-Z]+_(?:\d+)?)\s*[\])>*♪]\W*|[.…♪\s]+", re.IGNORECASE
)
_LONGEST: Final = 40


def is_silence(text: str) -> bool:
    """Whether a recognised piece stands for silence or a sound, so that nobody said it.

    >>> is_silence("[BLANK_AUDIO]"), is_silence("..."), is_silence("[PII]"), is_silence("Thank you.")
    (True, True, False, False)
    """
    return not text[:1].isalnum() and len(text) <= _LONGEST and _SILENCE.fullmatch(text) is not None
