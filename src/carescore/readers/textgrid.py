"""Praat TextGrids, long and short: each tier is a speaker, each interval with text a piece of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.reader import Origin, Reader
from carescore.readers.silence import is_silence
from carescore.readers.speech import no_speakers, voice_call
from carescore.transcript import Transcript, Turn

# Praat reads strings in quotes and numbers that stand free, and takes all else as comment.
_TOKEN: Final = re.compile(r'"((?:[^"]|"")*+)"|(?<!\S)([-+]?\d{1,15}(?:\.\d{0,15})?)(?!\S)')
_SILENT: Final = frozenset(("sil", "sp", "spn", "silence", "pause", "<p:>", "<p>", "<sil>", "#", "xxx", "_"))
# Tiers that repeat or annotate what another tier says.
_ANNOTATION: Final = re.compile(
    r"phones?|phonemes?|segments?|syllables?|tones?|notes?|comments?|misc|points?|pos|gestures?|events?|mau|kan",
    re.IGNORECASE,
)
_SPEECH: Final = re.compile(
    r"words?|utterances?|phrases?|sentences?|text|transcript(?:ion)?s?|speech|ort(?:-mau)?|ipus?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*[-–—:/|]\s+|\s*[_:/|]\s*")


@dataclass(frozen=True, slots=True)
class _Tier:
    """A named row of what is said: (start, end, text), from so many tokens of the file."""

    name: str
    intervals: tuple[tuple[float, float, str], ...]
    tokens: int


def _accepts(content: str) -> bool:
    return "ooTextFile" in content[:200] and '"TextGrid"' in content[:400]


def _read(content: str, origin: Origin) -> Iterator[Transcript]:
    speakers = _speakers(_tiers(content, origin))
    if not speakers:
        raise no_speakers(origin, "TextGrid", "Give each speaker a tier that bears their name.")
    pieces = [
        Turn(index=0, speaker=speaker, text=" ".join(text.split()), start=start, end=end)
        for speaker, tier in speakers.items()
        for start, end, text in tier.intervals
    ]
    yield voice_call(sorted(pieces, key=lambda piece: piece.start or 0.0), origin)


def _is_said(text: str) -> bool:
    bare = text.strip()
    return bool(bare) and bare.casefold() not in _SILENT and not is_silence(bare)


def _speakers(tiers: list[_Tier]) -> dict[str, _Tier]:
    """One tier for each speaker, the one with the longest pieces; annotations of another are left out."""
    found: dict[str, _Tier] = {}
    for tier in tiers:
        name = tier.name.strip()
        *before, kind = _BETWEEN.split(name)
        if not tier.intervals or _ANNOTATION.fullmatch(kind):
            continue
        speaker = " ".join(before) if _SPEECH.fullmatch(kind) else name
        other = found.get(speaker)
        if speaker and (other is None or len(tier.intervals) < len(other.intervals)):
            found[speaker] = tier
    return found


def _tiers(content: str, origin: Origin) -> list[_Tier]:
    """The tiers of intervals, with what is said in them; tiers of points are passed over."""
    tokens: list[str | float] = [
        float(match[2]) if match[1] is None else match[1] for match in _TOKEN.finditer(content)
    ]
    position = tokens.index("TextGrid") + 1 if "TextGrid" in tokens else len(tokens)
    tiers: list[_Tier] = []
    while position < len(tokens):
        kind = tokens[position]
        position += 1
        if kind in ("IntervalTier", "TextTier"):
            tier = _tier(tokens, position, 2 if kind == "IntervalTier" else 1)
            if tier is None:
                raise TranscriptError(
                    "the TextGrid is damaged or breaks off: a tier lacks intervals that it counts.",
                    source=origin.name,
                    place=f"tier {len(tiers) + 1}",
                )
            position += tier.tokens
            tiers.append(tier if kind == "IntervalTier" else replace(tier, intervals=()))
    return tiers


def _tier(tokens: list[str | float], position: int, numbers: int) -> _Tier | None:
    """One tier from its name on: name, from, to, count, then that many times and texts."""
    name, count = tokens[position : position + 1], tokens[position + 3 : position + 4]
    first = position + 4
    if not count or not isinstance(count[0], float) or not isinstance(name[0], str) or count[0] < 0:
        return None
    last = first + int(count[0]) * (numbers + 1)
    if last > len(tokens):
        return None
    intervals: list[tuple[float, float, str]] = []
    for place in range(first, last, numbers + 1):
        start, end, text = tokens[place], tokens[place + numbers - 1], tokens[place + numbers]
        if not isinstance(start, float) or not isinstance(end, float) or not isinstance(text, str):
            return None
        if _is_said(text):
            intervals.append((start, end, text.replace('""', '"')))
    return _Tier(name[0], tuple(intervals), last - position)


READER: Final = Reader(
    id="textgrid",
    name="Praat TextGrid",
    content="text",
    roles="guessed",
    verified="documentation",
    accepts=_accepts,
    read=_read,
)
