"""Timed words and phrases to turns: what every recogniser's reader shares.

A recogniser writes words with a speaker or a channel. In one stream of words a turn ends where the
speaker changes; on separate channels people talk over each other, so a turn ends where its channel
pauses and another one speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from carescore.transcript import Turn

# A shorter gap is inside a phrase: splitting there would cut a sentence for every "mhm" said over it.
_SHORTEST_PAUSE: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A recognised word or phrase, its times in seconds.

    `attached` ones, as punctuation is, have no space before them.
    """

    text: str
    speaker: str | None
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    attached: bool = False


# A way to make turns of words.
Arrange = Callable[[Iterable[Word]], list[Turn]]


def turns_in_order(words: Iterable[Word]) -> list[Turn]:
    """One stream as turns: a turn ends where the speaker changes, but never before punctuation."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and (word.attached or runs[-1][0].speaker == word.speaker):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_turn(run) for run in runs]


def turns_by_start(phrases: Iterable[Word]) -> list[Turn]:
    """Phrases as turns in order of their start; times of overlapping talk are kept."""
    groups = sorted(_timed_groups(phrases), key=lambda item: item[0])
    return turns_in_order(phrase for _, group in groups for phrase in group)


def turns_by_channel(words: Iterable[Word]) -> list[Turn]:
    """Single words of several channels as turns in order of start; overlapping times are kept.

    A channel's turn goes on until it pauses while another channel speaks, so that a "yeah" said over
    a sentence does not cut the sentence in two.
    """
    pieces: list[list[Word]] = []
    current: dict[str | None, list[Word]] = {}
    ends = _LatestEnds()
    for start, group in sorted(_timed_groups(words), key=lambda item: item[0]):
        speaker = group[0].speaker
        own_end = ends.of(speaker)
        paused = start - own_end >= _SHORTEST_PAUSE and ends.of_others(speaker) > own_end
        if speaker not in current or paused:
            current[speaker] = []
            pieces.append(current[speaker])
        current[speaker].extend(group)
        ends.note(speaker, max(_end_of(group, start), own_end))
    return turns_in_order(word for piece in pieces for word in piece)


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is known, if anything is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


class _LatestEnds:
    """The latest end of speech on each channel, and on all channels but one, in constant time."""

    def __init__(self) -> None:
        self._ends: dict[str | None, float] = {}
        self._last: str | None = None
        self._second = float("-inf")

    def of(self, speaker: str | None) -> float:
        """The latest end of this channel."""
        return self._ends.get(speaker, float("-inf"))

    def of_others(self, speaker: str | None) -> float:
        """The latest end of any other channel."""
        return self._second if speaker == self._last else self.of(self._last)

    def note(self, speaker: str | None, end: float) -> None:
        """Take in that this channel spoke until `end`."""
        if speaker != self._last:
            if end >= self.of(self._last):
                self._second = self.of(self._last)
                self._last = speaker
            else:
                self._second = max(self._second, end)
        self._ends[speaker] = end


def _timed_groups(words: Iterable[Word]) -> list[tuple[float, list[Word]]]:
    """Each word with what is attached to it, and its start (its predecessor's where it has none)."""
    groups: list[tuple[float, list[Word]]] = []
    start = 0.0
    for word in words:
        if word.attached and groups and groups[-1][1][-1].speaker == word.speaker:
            groups[-1][1].append(word)
            continue
        start = start if word.start is None else word.start
        groups.append((start, [word]))
    return groups


def _end_of(group: list[Word], start: float) -> float:
    return max((word.end for word in group if word.end is not None), default=start)


def _turn(words: list[Word]) -> Turn:
    return Turn(
        index=0,
        speaker=words[0].speaker or "",
        text="".join(word.text if word.attached else f" {word.text}" for word in words).strip(),
        start=next((word.start for word in words if word.start is not None), None),
        end=max((word.end for word in words if word.end is not None), default=None),
        confidence=mean(word.confidence for word in words),
    )
