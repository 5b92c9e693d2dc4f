"""What a team grades: criteria with weights, when each applies, its moments and its arithmetic.

A scorecard is a TOML file that a non-programmer can read; `scorecards/care.toml` is the bundled one and
explains every key. A scorecard never changes what a result was scored with: its hash is in the receipt.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.errors import ScorecardError
from carescore.refused_words import refused_word
from carescore.shown import Shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LARGEST_FILE: Final = 256 * 1024
_NO_FEELINGS: Final = (
    ".{key}: it asks how the agent feels or is ('{word}'). carescore grades what was said and done, never "
    "that: words do not show it, and inferring it at work is banned or tightly limited in the EU (AI Act, "
    "Art. 5(1)(f) and Annex III 4(b)). Grade a behaviour instead, or say that it is the customer's"
)

Behaviour = Annotated[str, Field(min_length=1, max_length=40)]
Points = Annotated[float, Field(ge=-100, le=100)]  # beyond these, sums would lose the digits of a rating
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in BEHAVIOURS:
            raise ValueError(f"'{name}' is not a behaviour of the codebook")
    return names


def _refuse_feelings(texts: Mapping[str, str]) -> None:
    """Raise `ValueError` where the texts of one thing ask how the agent feels; it begins with the key."""
    word = refused_word(list(texts.values()))
    if word is not None:
        key = next(key for key, text in texts.items() if word.split()[0] in text.lower())
        raise ValueError(_NO_FEELINGS.format(key=key, word=word))


class MomentRule(_Strict):
    """When one of `when` occurs, one of `expect` should follow within so many agent turns.

    Where only behaviours of `token` follow, the moment was met in token only. A trigger that the agent
    shows (a refusal) may be met in the same turn.
    """

    when: tuple[Behaviour, ...] = Field(min_length=1)
    expect: tuple[Behaviour, ...] = Field(min_length=1)
    token: tuple[Behaviour, ...] = ()
    within: int = Field(default=1, ge=1, le=10)

    @field_validator("when", "expect", "token")
    @classmethod
    def _behaviours(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return _known(names)

    @model_validator(mode="after")
    def _agent_answers(self) -> Self:
        for name in (*self.expect, *self.token):
            if name not in AGENT_BEHAVIOURS:
                raise ValueError(f"'{name}' is the customer's; only what the agent does can be expected")
        return self


class Criterion(_Strict):
    """One thing that is graded.

    It applies when one of `applies_when` occurs (`["always"]`: in every call). Its rating is the sum of
    `start` and its `points`, feature by feature; with `learned = "name"` both come from the model's
    criterion of that name, fitted to people's ratings.
    """

    id: Identifier
    name: str = Field(min_length=1, max_length=120)
    asks: str = Field(default="", max_length=600)
    weight: float = Field(default=1.0, ge=0, le=1000)
    applies_when: tuple[Behaviour, ...] = ("always",)
    learned: str | None = None
    start: float = Field(default=1.0, ge=-10, le=10)
    points: Mapping[str, Points] = Field(default_factory=dict)
    features: tuple[str, ...] = ()
    moments: tuple[MomentRule, ...] = ()
    evidence: tuple[Behaviour, ...] = ()
    critical: bool = False
    critical_below: float = Field(default=2.0, ge=1, le=5)

    @field_validator("applies_when")
    @classmethod
    def _applicability(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if names == ("always",):
            return names
        if "always" in names or not names:
            raise ValueError('say ["always"] alone, or the behaviours that give an opportunity')
        return _known(names)

    @field_validator("evidence")
    @classmethod
    def _quotes(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return _known(names)

    @model_validator(mode="after")
    def _no_feelings(self) -> Self:
        _refuse_feelings({"id": self.id, "name": self.name, "asks": self.asks})
        return self

    @model_validator(mode="after")
    def _one_arithmetic(self) -> Self:
        if (self.learned is None) == (not self.points):
            raise ValueError('give either points (feature = number) or learned = "criterion of the model"')
        return self


class Scorecard(Shown, _Strict):
    """A named, versioned set of criteria. `minimum_words` and `minimum_turns` (of the agent) gate scoring."""

    _shown_by: ClassVar[str] = "scorecard"

    schema_: Literal["carescore.scorecard/1"] = Field(alias="schema")
    name: Identifier
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    description: str = Field(default="", max_length=2000)
    pass_mark: float | None = Field(default=None, ge=0, le=100)
    minimum_words: int = Field(default=20, ge=0, le=100_000)
    minimum_turns: int = Field(default=1, ge=1, le=1000)
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def _no_feelings(self) -> Self:
        _refuse_feelings({"name": self.name, "description": self.description})
        return self

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [criterion.id for criterion in self.criteria]
        for name in ids:
            if ids.count(name) > 1:
                raise ValueError(f"two criteria have the id '{name}'")
        if not any(criterion.weight for criterion in self.criteria):
            raise ValueError("every criterion has the weight 0, so no score can be formed")
        return self

    @property
    def sha256(self) -> str:
        """Fingerprint of what it asks, whatever its spacing and comments."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()

    @property
    def label(self) -> str:
        """Name and version, as receipts show it."""
        return f"{self.name} {self.version}"


def load_scorecard(where: str | Path | None = None) -> Scorecard:
    """The scorecard in a TOML file, or the bundled one. Raises `ScorecardError` naming file and key.

    >>> load_scorecard().name
    'care'
    """
    if where is None:
        return parse_scorecard(bundled_text(), "care.toml")
    path = Path(where)
    try:
        if path.exists() and not path.is_file():  # a device or a pipe may never end
            raise ScorecardError(f"{path.name}: cannot be opened (it is not a file).")
        if path.stat().st_size > LARGEST_FILE:
            raise ScorecardError(f"{path.name}: larger than {LARGEST_FILE:,} bytes; no scorecard is.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ScorecardError(f"{path.name}: cannot be opened ({error.strerror}).") from None
    except UnicodeDecodeError as error:
        raise ScorecardError(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8.") from None
    return parse_scorecard(text, path.name)


def parse_scorecard(text: str, name: str = "scorecard") -> Scorecard:
    """The scorecard in a TOML text; `name` is what errors call it."""
    try:
        return Scorecard.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ScorecardError(f"{name}: not valid TOML: {error}.") from None
    except RecursionError:
        raise ScorecardError(f"{name}: nested too deeply to be a scorecard.") from None
    except ValidationError as error:
        problems = "; ".join(_sentence(detail) for detail in _own(error.errors())[:5])
        raise ScorecardError(f"{name}: {problems}.") from None


def bundled_text() -> str:
    """The bundled scorecard as TOML text."""
    return files("carescore").joinpath("scorecards/care.toml").read_text(encoding="utf-8")


def _sentence(detail: ErrorDetails) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).strip(".")
    message: Any = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        message = "is not a key of a scorecard; see `carescore scorecard show` for the keys"
    elif detail["type"] == "missing":
        message = "is missing"
    if message.startswith("."):  # a fault of the whole that names one of its keys
        return f"{place}{message}" if place else message.removeprefix(".")
    return f"{place}: {message}" if place else message


def _own(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """The faults without those that follow from others: a list is not too short that holds a faulty entry."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(other[: len(detail["loc"])] == detail["loc"] != other for other in places)
    ]
