"""What a reader is: a name, what it accepts, and how it turns content into transcripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from carescore.errors import TranscriptError
from carescore.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Origin:
    """Where content came from, for ids and error messages.

    `name` is what errors show, `call_id` the id of a call that has none of its own, `path` the file
    (for readers that need a second file beside it), `place` a line or item inside it.
    """

    name: str
    call_id: str
    path: Path | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One format.

    `content` says what `accepts` and `read` are given: decoded text with `\\n` line ends, a parsed JSON
    document (one object of a JSONL file or of an array of calls), or bytes (`accepts` sees the first 64 kB,
    `read` gets the `Source`).
    `roles`: whether the format says who the agent is (told, joined from another part, guessed by us,
    or none: it has no speakers). `verified`: on a file that a real system wrote, or only from its
    documentation. `accepts` must be cheap, must not raise, and should ask for two or more signs. `read` may
    yield an error in the place of one bad call among many, and raises where nothing more can be read.
    """

    id: str
    name: str
    content: Literal["text", "json", "bytes"]
    roles: Literal["told", "joined", "guessed", "none"]
    verified: Literal["real file", "documentation"]
    accepts: Callable[[Any], bool]
    read: Callable[[Any, Origin], Iterator[Transcript | TranscriptError]]
