"""WebVTT captions (`.vtt`): Zoom's `Name: text`, Teams' `<v Name>`, and what they look like by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carescore.readers.caption_cues import cues
from carescore.readers.caption_speakers import Cue, call_from_cues
from carescore.readers.html_text import unescaped
from carescore.readers.reader import Origin, Reader
from carescore.transcript import Transcript

_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>]{0,200})>|</v>")
_TAG: Final = re.compile(r"</?(?:[cibu]|v|ruby|rt|lang)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{0,20}>")


def _accepts(content: str) -> bool:
    return content.lstrip().startswith("WEBVTT") and "-->" in content


def _read(content: str, origin: Origin) -> Iterator[Transcript]:
    spoken = [
        Cue(cue.start, cue.end, tuple(_voices("\n".join(cue.lines))))
        for cue in cues(content, origin, empty_line_ends=True)
    ]
    yield call_from_cues(spoken, origin)


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """The lines of a cue, or its parts where tags name the voices: (voice, text)."""
    parts = _VOICE.split(payload) if "<v" in payload else [payload]
    if len(parts) == 1:
        yield from ((None, _plain(line)) for line in payload.split("\n"))
        return
    voices = [None, *parts[1::2]]
    for name, text in zip(voices, parts[0::2], strict=True):
        if text and not text.isspace():
            yield unescaped(name or "").strip() or None, _plain(text)


def _plain(text: str) -> str:
    """Text without tags and line breaks, with `&amp;` and the like as what they stand for."""
    if "<" in text or "&" in text:
        text = unescaped(_TAG.sub("", text))
    return " ".join(text.split())


READER: Final = Reader(
    id="vtt",
    name="WebVTT captions (Zoom, Teams)",
    content="text",
    roles="guessed",
    verified="real file",
    accepts=_accepts,
    read=_read,
)
