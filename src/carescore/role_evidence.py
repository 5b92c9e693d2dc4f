"""What there is in a call to tell its agent by: each cue of `role_cues`, measured for each speaker.

Pure counting in one pass over the words and a few set operations a speaker; no language model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from carescore.readers.role_words import role_of
from carescore.role_cues import AGENTS_ONLY, CUES, NUMBER_WORDS, PHRASES, SERVICE_WORDS
from carescore.transcript import Channel, Turn

_ENOUGH_QUESTIONS: Final = 4
_FEW_WORDS: Final = 7
_MANY_WORDS: Final = 14
# A first turn of so few words may be a customer who picks up ("Hello?").
_JUST_HELLO: Final = 3
_OWN_STORY: Final = 3

# Stands between turns, so that no phrase reaches over the end of one.
_END: Final = "\x1f"
_TO_SPACE: Final = {code for code in range(128) if not chr(code).isalnum()} - {ord(_END)} | set(
    map(ord, "‘’“”–—…\u00a0")
)
_PLAIN: Final = dict.fromkeys(_TO_SPACE, " ")
_PHONE: Final = re.compile(r"\+?[\d*][\d*() -]{5,}")
_PARTS: Final = re.compile(r"[\W_]+")
_KINDS: Final = {tuple(phrase.split()): kind for kind, cue in enumerate(PHRASES) for phrase in cue.phrases}
_ONE: Final = frozenset(phrase[0] for phrase in _KINDS if len(phrase) == 1)
_TWO: Final = frozenset(phrase for phrase in _KINDS if len(phrase) == 2)
_THREE: Final = frozenset(phrase for phrase in _KINDS if len(phrase) == 3)
_AGENTS_ONLY: Final = tuple(kind for kind, cue in enumerate(PHRASES) if cue.reads in AGENTS_ONLY)
_WEIGHTS: Final = tuple(cue.weight for cue in CUES)


@dataclass(slots=True)
class _Heard:
    """What one speaker said, while it is being gathered."""

    opening: list[str]
    words: list[str] = field(default_factory=list)
    turns: int = 0
    sentences: int = 0
    short_answers: int = 0
    long_answers: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value for each of `CUES`, between -1 and 1; the number of words; those of them about a service."""

    values: tuple[float, ...]
    words: int
    service: frozenset[str]

    @property
    def score(self) -> float:
        """Log-odds of an agent, of use only beside another speaker's."""
        return sum(weight * value for weight, value in zip(_WEIGHTS, self.values, strict=True))

    @property
    def agents_only(self) -> int:
        """How many cues are there that only an agent gives."""
        return sum(self.values[kind] > 0 for kind in _AGENTS_ONLY)


def evidence(turns: Sequence[Turn], channel: Channel | None) -> dict[str, Evidence]:
    """The measures of each speaker."""
    heard = _heard(turns)
    first = next(iter(heard), None)
    return {speaker: _measured(speaker, said, speaker == first, channel) for speaker, said in heard.items()}


def _heard(turns: Sequence[Turn]) -> dict[str, _Heard]:
    heard: dict[str, _Heard] = {}
    asked: str | None = None
    texts = _END.join(turn.text.replace(_END, " ") for turn in turns).lower().translate(_PLAIN).split(_END)
    for turn, text in zip(turns, texts, strict=True):
        words = text.split()
        said = heard.get(turn.speaker)
        if said is None:
            said = heard[turn.speaker] = _Heard(opening=words)
        said.words += words
        said.words.append(_END)
        said.turns += 1
        written = turn.text.strip()
        said.sentences += written[:1].isupper() and written[-1:] in ".?!"
        if asked is not None and asked != turn.speaker:
            heard[asked].short_answers += len(words) <= _FEW_WORDS
            heard[asked].long_answers += len(words) >= _MANY_WORDS
        asked = turn.speaker if "?" in written else None
    return heard


def _measured(speaker: str, said: _Heard, first: bool, channel: Channel | None) -> Evidence:
    count = Counter(said.words)
    mine, yours = count["my"] + count["mine"], count["your"] + count["yours"]
    own, other = count["i"] + count["me"], count["you"]
    numbers = sum([n for word, n in count.items() if word in NUMBER_WORDS or word.isdecimal()])
    opens = first and len(said.opening) > _JUST_HELLO
    story = sum([word in ("i", "my", "me") for word in said.opening])
    values = (
        *_phrases(said.words),
        (yours - mine) / (yours + mine + 2),
        (other - own) / (other + own + 3),
        numbers / (len(said.words) + 10),
        said.sentences / (said.turns + 1),
        min(said.short_answers / _ENOUGH_QUESTIONS, 1.0),
        min(said.long_answers / _ENOUGH_QUESTIONS, 1.0),
        min(story / _OWN_STORY, 1.0),
        float(opens and channel == "voice"),
        float(first and channel in ("chat", "email")),
        _label(speaker),
    )
    return Evidence(values, len(said.words) - said.turns, SERVICE_WORDS.intersection(count))


def _phrases(words: list[str]) -> list[float]:
    """The share of enough different phrases, for each kind."""
    second, third = words[1:], words[2:]
    found = [0] * len(PHRASES)
    for word in _ONE.intersection(words):
        found[_KINDS[(word,)]] += 1
    for two in _TWO.intersection(zip(words, second, strict=False)):
        found[_KINDS[two]] += 1
    for three in _THREE.intersection(zip(words, second, third, strict=False)):
        found[_KINDS[three]] += 1
    return [min(n / cue.enough, 1.0) for n, cue in zip(found, PHRASES, strict=True)]


def _label(speaker: str) -> float:
    """Whether the label holds an agent's or a customer's word ("support_lee"), or is a phone number."""
    if _PHONE.fullmatch(speaker):
        return -1.0
    roles = {role_of(part) for part in _PARTS.split(speaker)}
    return float("agent" in roles) - float("customer" in roles)
