"""Go on where scoring was interrupted: the calls whose results are in a file already are not scored again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from carescore.batch import name_of
from carescore.errors import UsageError
from carescore.results import SCHEMA
from carescore.saved_results import LARGEST_LINE
from carescore.transcript import Transcript
from carescore.version import __version__

if TYPE_CHECKING:
    from carescore.scorer import Scorer

_MADE_WITH: Final = ("carescore", "model_sha256", "scorecard_sha256")
_BEGINNING: Final = f'{{"schema":"{SCHEMA}"'.encode()


class Scored:
    """The calls in a file of results, JSON lines, by name; about 150 bytes of memory a call.

    A last line without an end, as a killed process leaves it, is cut off the file. `count` says how many
    calls there are; `changed` how many of those passed over since had other words than when they were scored.
    Raises `UsageError`, and leaves the file as it is, where it holds anything else.
    """

    def __init__(self, output: Path) -> None:
        self.count = 0
        self.changed = 0
        self._name = output.name
        self._words: dict[int, list[int]] = {}  # by name of the call: the fingerprints of its words
        self._made_with: tuple[object, ...] | None = None
        self._redacted: bool | None = None
        try:
            if output.exists():
                with output.open("rb+") as file:
                    self._read(file)
        except OSError as error:
            raise UsageError(f"{output}: cannot be opened ({error.strerror}).") from None

    def check(self, scorer: Scorer, *, redact: bool) -> None:
        """Refuse to go on with another model, scorecard, estimator or version: one could not compare results.

        Likewise with `redact` where the file's calls were not redacted, and the other way round.
        """
        asked = (_asked(asdict(own.receipt)) for own in scorer.estimators)
        now = (__version__, scorer.bundle.sha256, scorer.scorecard.sha256, *asked)
        if self._made_with not in (None, now):
            raise UsageError(
                f"{self._name}: its results were made with another model, scorecard or version of carescore "
                "than this run would use, or with other estimators. Give the same --model, --scorecard and "
                "--estimator, or write to a new file."
            )
        if self._redacted not in (None, redact):
            how = "made with --redact. Give it" if self._redacted else "made without --redact. Leave it out"
            raise UsageError(f"{self._name}: its results were {how}, or write to a new file.")

    def left(self, calls: Iterable[Any]) -> Iterator[Any]:
        """The calls that are not in the file, in their order; an error has the name of its file.

        A call in the file is passed over even if it has other words by now, or was read in another way.
        """
        for call in calls:
            if not self._has(call):
                yield call

    def _has(self, call: object) -> bool:
        waiting = self._words.get(_short(name_of(call)))
        if not waiting:
            return False
        words = _short(call.sha256) if isinstance(call, Transcript) else None
        if words in waiting:
            waiting.remove(words)
        else:
            waiting.pop()
            self.changed += isinstance(call, Transcript)
        return True

    def _read(self, file: IO[bytes]) -> None:
        number = end = 0
        while line := file.readline(LARGEST_LINE):
            number += 1
            torn = not line.endswith(b"\n")
            if torn and (line.startswith(_BEGINNING) or _BEGINNING.startswith(line)):
                file.truncate(end)
                return
            self._add(line, number)
            end += len(line)

    def _add(self, line: bytes, number: int) -> None:
        try:
            data = json.loads(line)
            name, receipt = (data["call_id"], data["source"]), data["receipt"]
            made_with = (*(receipt[key] for key in _MADE_WITH), *map(_asked, receipt.get("estimators") or ()))
            words, redacted = receipt["transcript_sha256"], receipt.get("redacted")
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UsageError(
                f"{self._name}, line {number}: not a result that carescore wrote, so nothing is added to "
                "this file. Take the line out, or write to a new file."
            ) from None
        if self._made_with not in (None, made_with):
            raise UsageError(
                f"{self._name}, line {number}: made with another model, scorecard or version of carescore "
                "than the lines above it. Write to a new file."
            )
        self._made_with = made_with
        self._redacted = self._redacted if redacted is None else redacted is True
        self._words.setdefault(_short(name), []).append(_short(words))
        self.count += 1


def _asked(estimator: Mapping[str, Any]) -> tuple[object, ...]:
    return estimator["behaviour"], estimator["sha256"], estimator["threshold"]


def _short(name: object) -> int:
    """Eight bytes that stand for a name or a fingerprint."""
    return int.from_bytes(blake2b(repr(name).encode("utf-8", "surrogatepass"), digest_size=8).digest())
