"""The editable files of coaching: what it says, the lines it suggests, and the words it recognises."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from carescore.codebook import BEHAVIOURS
from carescore.computed_once import computed_once
from carescore.errors import UsageError
from carescore.notes import HowMissed

FILES: Final = ("words.toml", "lines.toml", "vocabulary.toml")
LARGEST_FILE: Final = 256 * 1024

SLOTS: Final = (
    "hold", "wait", "calls", "did", "did2", "hit", "yours", "they", "plight", "nobody", "told", "event",
    "person", "feeling", "tired", "lack", "money", "thing", "lost", "term",
)  # fmt: skip
_SLOT: Final = re.compile(r"\{(\w*)\}")

Sentence = Field(min_length=1, max_length=400)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(computed_once,))


class OpeningWords(_Strict):
    """What is said of an opening that was missed, or met in token only."""

    missed: str = Sentence
    token: str = Sentence


class BehaviourWords(_Strict):
    """Why a behaviour matters when it is there, and how to work on it."""

    praise: str = Field(default="", max_length=400)
    title: str = Sentence
    why: str = Sentence
    try_: str = Field(alias="try", min_length=1, max_length=400)


class StoryWords(_Strict):
    """The sentences of the story this customer will tell."""

    peak_met: str = Sentence
    peak_token: str = Sentence
    peak_missed: str = Sentence
    stuck_met: str = Sentence
    stuck_missed: str = Sentence
    push_met: str = Sentence
    push_missed: str = Sentence
    peak_pleased: str = Sentence
    end_well: str = Sentence
    end_open: str = Sentence
    end_plain: str = ""


class NoteWords(_Strict):
    """`words.toml`: every sentence that coaching says."""

    schema_: Literal["carescore.words/1"] = Field(alias="schema")
    openings: Mapping[str, OpeningWords]
    behaviours: Mapping[str, BehaviourWords]
    story: StoryWords

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if "other" not in self.openings:
            raise ValueError("[openings.other] is missing; it is said of openings without an entry")
        return self

    def happened(self, trigger: str, outcome: HowMissed) -> str:
        """The sentence on how an opening was not met."""
        said = self.openings.get(trigger, self.openings["other"])
        return said.missed if outcome == "missed" else said.token


class Line(_Strict):
    """One line to try; `lines.toml` explains its keys."""

    when: tuple[str, ...] = Field(min_length=1)
    shows: str
    text: str = Field(min_length=10, max_length=300)
    channel: tuple[Literal["voice", "chat", "email"], ...] = ()
    said: tuple[str, ...] = ()
    not_said: tuple[str, ...] = ()
    grave: bool = False
    place: Literal["before", "after"] = "before"

    @field_validator("when")
    @classmethod
    def _openings(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name != "always" and name not in BEHAVIOURS:
                raise ValueError(f"'{name}' is not a behaviour of the codebook")
        return names

    @field_validator("text")
    @classmethod
    def _in_their_words(cls, text: str) -> str:
        slots = _SLOT.findall(text)
        for slot in slots:
            if slot not in SLOTS:
                raise ValueError(f"there is no slot '{{{slot}}}' (there are: {', '.join(SLOTS)})")
        if not slots:
            raise ValueError("a line without a {slot} would be the same in every call; give it one")
        return text

    @computed_once
    def slots(self) -> frozenset[str]:
        """The slots that must be filled."""
        return frozenset(_SLOT.findall(self.text))

    def filled(self, slots: Mapping[str, str]) -> str:
        """The line in the customer's words, each sentence with a capital."""
        said = _SLOT.sub(lambda match: slots[match[1]], self.text)
        return re.sub(r"(^|[.!?] )([a-z])", lambda match: match[1] + match[2].upper(), said)


class Lines(_Strict):
    """`lines.toml`: every line that coaching may try."""

    schema_: Literal["carescore.lines/1"] = Field(alias="schema")
    line: tuple[Line, ...] = Field(max_length=2000)


class Vocabulary(_Strict):
    """`vocabulary.toml`: the words that tell what a customer is talking about. All lower case."""

    schema_: Literal["carescore.vocabulary/1"] = Field(alias="schema")
    things: tuple[str, ...]
    events: tuple[str, ...]
    lacks: tuple[str, ...]
    plights: tuple[str, ...]
    promises: tuple[str, ...]
    at_once: tuple[str, ...]
    content_starts: tuple[str, ...]
    absent: tuple[str, ...]
    people: tuple[str, ...]
    feelings: tuple[str, ...]
    deeds: tuple[str, ...]
    blows: tuple[str, ...]
    cannot: tuple[str, ...]
    grave: tuple[str, ...]
    stock: tuple[str, ...]
    everyday: tuple[str, ...]
    plain: tuple[str, ...]

    def alternatives(self, name: str) -> str:
        """The words of one list as a regular expression, the longest first."""
        return "|".join(map(re.escape, sorted(getattr(self, name), key=lambda word: (-len(word), word))))

    @computed_once
    def known_things(self) -> frozenset[str]:
        """The things, to look one up."""
        return frozenset(self.things)

    def is_grave(self, text: str) -> bool:
        """Whether the text (lower case) tells of a death or a like blow."""
        return bool(self._grave.search(text))

    def is_stock(self, text: str) -> bool:
        """Whether the text is built around a sentence that would fit any call."""
        return bool(self._stock.search(text.lower().replace("’", "'")))

    def is_everyday(self, text: str) -> bool:
        """Whether the text says "let's" only to open the next step."""
        said = text.lower().replace("’", "'")
        return any(phrase in said for phrase in self.everyday)

    def is_promise(self, text: str) -> bool:
        """Whether the text leaves something for later, or hands the case on."""
        said = text.lower().replace("’", "'")
        return any(w in said for w in self.promises) and not any(w in said for w in self.at_once)

    def begins_content(self, text: str) -> bool:
        """Whether the text begins like somebody who is content."""
        return text.lower().replace("’", "'").startswith(self.content_starts)

    def content(self, text: str) -> frozenset[str]:
        """The words that carry meaning, without a plural's s: four letters or more, or digits, none plain."""
        words = re.findall(r"[a-z0-9£$€']+", text.lower().replace("’", "'"))
        return frozenset(
            word.removesuffix("'s").removesuffix("s")
            for word in words
            if (len(word) > 3 or word[0].isdigit()) and word not in self._plain
        )

    @computed_once
    def _plain(self) -> frozenset[str]:
        return frozenset(self.plain)

    @computed_once
    def _grave(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.alternatives('grave')})\b")

    @computed_once
    def _stock(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.alternatives('stock')})".replace(r"\*", r"\w++"))


class Words(_Strict):
    """The three files together."""

    notes: NoteWords
    lines: Lines
    vocabulary: Vocabulary


@cache
def bundled_words() -> Words:
    """The words that come with the library."""
    return _words({name: bundled_text(name) for name in FILES})


def load_words(folder: str | Path | None = None) -> Words:
    """The words in a folder with one or more of `FILES`; those that it lacks are the bundled ones.

    Raises `UsageError` naming the file and the key if one of them cannot be used.
    """
    if folder is None:
        return bundled_words()
    path = Path(folder)
    own = {name: _read(path / name) for name in FILES if (path / name).is_file()}
    if not own:
        raise UsageError(f"{path.name}: the folder has none of {', '.join(FILES)}.")
    return _words({name: own.get(name) or bundled_text(name) for name in FILES})


def bundled_text(name: str) -> str:
    """One of the bundled files as text."""
    return files("carescore.coaching").joinpath(name).read_text(encoding="utf-8")


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path.name}: larger than {LARGEST_FILE:,} bytes; no file of words is.")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__}).") from None


def _words(texts: Mapping[str, str]) -> Words:
    return Words(
        notes=_parsed(NoteWords, "words.toml", texts["words.toml"]),
        lines=_parsed(Lines, "lines.toml", texts["lines.toml"]),
        vocabulary=_parsed(Vocabulary, "vocabulary.toml", texts["vocabulary.toml"]),
    )


_Model = TypeVar("_Model", bound=_Strict)


def _parsed(model: type[_Model], name: str, text: str) -> _Model:
    try:
        data: dict[str, Any] = tomllib.loads(text)
        return model.model_validate(data)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: not valid TOML: {error}.") from None
    except RecursionError:
        raise UsageError(f"{name}: nested too deeply.") from None
    except ValidationError as error:
        detail = error.errors()[0]
        place = ".".join(str(part) for part in detail["loc"])
        raise UsageError(f"{name}: {place}: {detail['msg'].removeprefix('Value error, ')}.") from None
