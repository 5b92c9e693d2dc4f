"""SubRip captions (`.srt`) with speakers' names before the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carescore.readers.caption_cues import cues
from carescore.readers.caption_speakers import Cue, call_from_cues
from carescore.readers.html_text import unescaped
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Transcript

_OPENING: Final = re.compile(
    r"(?:\d{1,9}\s*\n)?\s{0,9}(?:\d{1,3}:)?\d{1,3}:\d{1,2}[,.]\d{1,3}[ \t]*-->[ \t]*\d"
)
_TAG: Final = re.compile(r"</?(?:[ibus]|font)(?:\s[^<>]{0,200})?>|\{\\[^{}]{0,100}\}", re.IGNORECASE)


def _accepts(content: str) -> bool:
    return _OPENING.match(content.lstrip()) is not None


def _read(content: str, origin: Origin) -> Iterator[Transcript]:
    spoken = [
        Cue(cue.start, cue.end, tuple((None, _plain(line)) for line in cue.lines))
        for cue in cues(content, origin, empty_line_ends=False)
    ]
    yield call_from_cues(spoken, origin)


def _plain(line: str) -> str:
    """A line without the marks of fonts and places, with `&amp;` and the like as what they stand for."""
    if "<" in line or "{" in line or "&" in line:
        line = unescaped(_TAG.sub("", line))
    return " ".join(line.split())


READER: Final = Reader(
    id="srt",
    name="SubRip captions",
    content="text",
    roles="guessed",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
