"""A document with one value after another dropped or replaced: whatever a file may hold by mistake."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

WRONG = (
    None,
    True,
    -1,
    0,
    1.5,
    10**300,
    "",
    "x",
    "nan",
    "12:00",
    [],
    [None],
    [[]],
    {},
    {"x": 1},
    [{"x": []}],
)


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside the document."""
    items = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def spoiled(document: Any, *, rounds: int = 40) -> Iterator[Any]:
    """Copies with each value dropped, each replaced by some wrong ones, and some with many replaced."""
    chance = random.Random(7)
    paths = list(places(document))
    for path in paths:
        yield _changed(document, [path], drop=True, value=None)
        for value in chance.sample(WRONG, 5):
            yield _changed(document, [path], drop=False, value=value)
    for _ in range(rounds):
        yield _changed(
            document, chance.sample(paths, min(4, len(paths))), drop=False, value=chance.choice(WRONG)
        )


def calls_of(document: Any, name: str = "call.json") -> list[Transcript | TranscriptError]:
    """What the library reads of a document, its format not told."""
    return list(transcripts(Source.from_text(json.dumps(document), name)))


def call_of(document: Any) -> Transcript:
    """The one call of a document that holds one."""
    (call,) = calls_of(document)
    assert isinstance(call, Transcript), call
    return call


def refusal_of(document: Any) -> str:
    """The sentence by which a document is refused."""
    (error,) = calls_of(document)
    assert isinstance(error, TranscriptError), error
    return str(error)


def assert_only_transcript_errors(document: Any, *secrets: str) -> None:
    """Spoiled copies give calls or errors, nothing else is raised, and no error quotes what was said."""
    for copy_ in spoiled(document):
        for found in calls_of(copy_):
            assert isinstance(found, (Transcript, TranscriptError))
            if isinstance(found, TranscriptError):
                assert not any(secret in str(found) for secret in secrets)


def _changed(document: Any, paths: list[tuple[Any, ...]], *, drop: bool, value: Any) -> Any:
    result = copy.deepcopy(document)
    for path in sorted(paths, key=len, reverse=True):
        parent = result
        try:
            for key in path[:-1]:
                parent = parent[key]
            if drop:
                del parent[path[-1]]
            else:
                parent[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return result
