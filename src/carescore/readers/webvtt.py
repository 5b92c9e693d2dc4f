"""WebVTT captions (`.vtt`): Zoom's `Name: text`, Teams' `<v Name>`, and what they look like by hand.

Teams' metadata have each cue as a JSON object, and Webex writes the name beside the cue's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.caption_cues import TimedLines, cues
from carescore.readers.caption_speakers import Cue, call_from_cues
from carescore.readers.fields import optional_record, optional_text
from carescore.readers.html_text import unescaped
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import parse_json
from carescore.transcript import Transcript

_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>]{0,200})>|</v>")
_WEBEX_ID: Final = re.compile(r'\d{1,9} "([^"]{1,200})" \(\d+\)')
_TAG: Final = re.compile(r"</?(?:[cibu]|v|ruby|rt|lang)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{0,20}>")


def _accepts(content: str) -> bool:
    return content.lstrip().startswith("WEBVTT")  # no other format begins so


def _read(content: str, origin: Origin) -> Iterator[Transcript]:
    found = [(cue, tuple(_lines(cue, origin))) for cue in cues(content, origin, empty_line_ends=True)]
    broken = sum(cue.lines != () and lines == () for cue, lines in found)
    call = call_from_cues([Cue(cue.start, cue.end, lines) for cue, lines in found], origin)
    yield call.with_warning(f"{broken:,} captions are broken JSON and were left out.") if broken else call


def _lines(cue: TimedLines, origin: Origin) -> Iterator[tuple[str | None, str]]:
    """What a cue holds, with the voice that it names in any of the ways that are known."""
    payload = "\n".join(cue.lines)
    if payload.startswith("{") and '"spokenText"' in payload:
        yield from _teams_metadata(payload, origin)
        return
    name = _WEBEX_ID.fullmatch(cue.id)
    for voice, text in _voices(payload):
        yield voice or (name[1] if name is not None else None), text


def _teams_metadata(payload: str, origin: Origin) -> Iterator[tuple[str | None, str]]:
    """Speaker and words of a cue that is a JSON object; nothing where that is broken."""
    try:
        found = optional_record(parse_json(payload, origin.name))
    except TranscriptError:
        return
    yield optional_text(found.get("speakerName")) or None, _plain(optional_text(found.get("spokenText")))


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
