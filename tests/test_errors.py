"""Errors: where something is wrong comes first, and errors survive the way between processes."""

from __future__ import annotations

import pickle

import pytest

from carescore import errors
from carescore.errors import CareScoreError, ModelError, ModelVersionError, TranscriptError


@pytest.mark.parametrize(
    ("source", "place", "text"),
    [
        (None, None, "not read."),
        ("a.txt", None, "a.txt: not read."),
        (None, "line 3", "line 3: not read."),
        ("a.txt", "line 3", "a.txt, line 3: not read."),
    ],
)
def test_a_transcript_error_says_where_and_travels(source, place, text):
    error = TranscriptError("not read.", source=source, place=place)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    for one in (error, again):
        assert str(one) == text
        assert (one.message, one.source, one.place) == ("not read.", source, place)
    assert type(again) is TranscriptError


def test_one_base_catches_every_error_and_the_docstring_draws_them_all():
    kinds = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type)}
    assert all(issubclass(kind, CareScoreError) for kind in kinds.values())
    assert issubclass(ModelVersionError, ModelError)
    assert {name for name in kinds if name not in errors.__doc__} == set()
    assert len(kinds) >= 7
