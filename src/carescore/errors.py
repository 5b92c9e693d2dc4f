"""Errors of carescore. Each says what to do, and none carries what a customer said.

CareScoreError
├── TranscriptError       a file or object cannot be read as a transcript
├── ScorecardError        a scorecard file is not usable
├── ModelError            a model folder is not usable
│   └── ModelVersionError the model does not fit this library
├── TrainingError         training data is missing or wrong
└── UsageError            a call of the library that cannot be answered
"""

from __future__ import annotations


class CareScoreError(Exception):
    """Base of every error that carescore raises on purpose."""


class TranscriptError(CareScoreError):
    """A transcript cannot be read: names the file, the place and what was expected.

    `source` is the file name or `None`; `place` is a line, key or call id inside it.
    """

    def __init__(self, message: str, *, source: str | None = None, place: str | None = None) -> None:
        self.message = message
        self.source = source
        self.place = place
        where = ", ".join(part for part in (source, place) if part)
        super().__init__(f"{where}: {message}" if where else message)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the trip between worker processes."""
        return (_transcript_error, (self.message, self.source, self.place))


def _transcript_error(message: str, source: str | None, place: str | None) -> TranscriptError:
    return TranscriptError(message, source=source, place=place)


class ScorecardError(CareScoreError):
    """A scorecard is not usable: names the file and the key."""


class ModelError(CareScoreError):
    """A folder is not a usable carescore model."""


class ModelVersionError(ModelError):
    """A model was made for another version of the library, or no longer gives its own scores."""


class TrainingError(CareScoreError):
    """Training data is missing, unreadable or too small."""


class UsageError(CareScoreError):
    """The library was asked for something that it cannot do as asked."""
