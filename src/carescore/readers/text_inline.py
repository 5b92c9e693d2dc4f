"""Text whose turns all stand on one line, as cells of tables hold them."""

from __future__ import annotations

import re
from typing import Final

from carescore.readers.role_words import role_of
from carescore.readers.text_labels import label_of

_MOST_LINES: Final = 3
# Up to four words and a colon; the first is capitalised.
_HEAD: Final = re.compile(
    r"(?P<before>\S)\s+(?P<head>[*_\[(]{0,3}[^\W\d_a-z][\w().'’-]*(?:[ ][\w().'’-]+){0,3}?[\])]?)"
    r"(?P<colon>\s?:[*_]{0,2}\s)"
)
_ENDS_SENTENCE: Final = ".!?…\"”’')]*"


def on_own_lines(text: str) -> str | None:
    """The text with a line for each turn, or `None` where it has lines already."""
    if "\n" not in text.strip() and "\\n" in text:
        return text.replace("\\r", "").replace("\\n", "\n")
    if text.strip().count("\n") >= _MOST_LINES:
        return None
    return _HEAD.sub(_parted, text)


def _parted(match: re.Match[str]) -> str:
    """A new line before a role, and before a name that follows the end of a sentence."""
    words = match["head"].split(" ")
    cut = next((cut for cut in range(len(words)) if _is_whole(" ".join(words[cut:]))), None)
    if cut is None:
        if match["before"] not in _ENDS_SENTENCE or label_of(match["head"]) is None:
            return match[0]
        cut = 0
    said = "".join(f" {word}" for word in words[:cut])
    return f"{match['before']}{said}\n{' '.join(words[cut:])}{match['colon']}"


def _is_whole(head: str) -> bool:
    """Whether every word belongs to a label: "Agent Rosa" does, "Hello Agent" begins with other words."""
    label = label_of(head) if not head[0].isdigit() else None
    return label is not None and label.sure and (label.name is not None or role_of(head) is not None)
