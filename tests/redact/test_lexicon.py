"""The editable words: every list is read, every cue is found where it stands, no name is an ordinary word."""

from __future__ import annotations

import tomllib

import pytest

from carescore.redact.lexicon import FORMS, cue_phrases, given_names, ordinary_words
from carescore.redact.pieces import split
from tests.examples import SOURCES

HOME = SOURCES / "redact"
WORDS = tomllib.loads((HOME / "words.toml").read_text(encoding="utf-8"))
CODE = "".join(path.read_text(encoding="utf-8") for path in HOME.glob("*.py"))


@pytest.mark.parametrize(
    ("part", "name"), [(p, n) for p, lists in WORDS.items() if p != "cues" for n in lists]
)
def test_every_list_is_read(part, name):
    assert f'"{name}"' in CODE
    assert WORDS[part][name].split()


@pytest.mark.parametrize(("form", "how"), [(f, h) for f, cues in WORDS["cues"].items() for h in cues])
def test_every_cue_is_found_where_it_stands(form, how):
    assert form in FORMS
    for phrase in filter(None, WORDS["cues"][form][how].split("|")):
        tokens = split(phrase)
        assert cue_phrases().find(tokens)[0][:2] == (0, len(tokens) - 1), phrase


def test_names_are_no_ordinary_words():
    assert given_names() & ordinary_words() == frozenset()
    assert {"will", "may", "grace", "advisor", "london"} <= ordinary_words()
    assert {"priya", "gerald"} <= given_names()
