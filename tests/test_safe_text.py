"""Text of strangers on its way to a terminal, a table or Markdown."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.safe_text import as_json, cell, markdown, visible
from tests.report.payloads import PAYLOADS
from tests.report.reading import markdown_shape, markdown_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, with ümläuts and 日本語 🎂", "plain, with ümläuts and 日本語 🎂"),
        ("a\x1b[31mb", "a [31mb"),
        ("a\tb\nc\rd", "a b c d"),
        ("a\u202eb\u200bc\ufeffd", "abcd"),
        ("a\u2028b\x85c\x7fd", "a b c d"),
        ("a\ud800b", "a\ufffdb"),
        ("", ""),
    ],
)
def test_what_steers_is_taken_out(text, expected):
    assert visible(text) == expected


def test_what_is_to_be_kept_is_kept():
    assert visible("a\nb\tc", keep="\n") == "a\nb c"


@given(st.text())
def test_nothing_that_steers_is_left(text):
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert visible(shown) == shown


def test_json_shows_nothing_that_steers_and_loses_nothing():
    halves = range(0xDFFF, 0xD7FF, -1)  # backwards, or each two of them would be one character
    every = "".join(map(chr, (*range(0xD800), *halves, *range(0xE000, sys.maxunicode + 1))))
    shown = as_json(every, indent=1)
    assert (json.loads(shown) == every) is True  # the difference would fill the terminal
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@given(st.text())
def test_json_of_plain_text_is_left_as_it_is(text):
    assert json.loads(as_json(text)) == text
    if text.isprintable():
        assert as_json(text) == json.dumps(text, ensure_ascii=False)


def test_json_has_no_number_that_is_none():
    with pytest.raises(ValueError, match="JSON"):
        as_json({"a": float("nan")})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("\t=1+1", "' =1+1"),
        ("\u200b=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-2 points", "'-2 points"),
        ("a=b", "a=b"),
        ("\x1b[31mred", " [31mred"),
        ("", ""),
        (-2.5, -2.5),
        (None, None),
        (True, True),
    ],
)
def test_a_cell_is_no_formula(value, expected):
    assert cell(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, 3.5 points at 10:30 - fine!", "plain words, 3.5 points at 10:30 - fine!"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("1.5 items", "1.5 items"),
        ("a | b", "a \\| b"),
        ("<b>", "&lt;b&gt;"),
        ("me@example.com", "me@\u2060example&#46;com"),
        ("see https://example.com", "see https&#58;//example&#46;com"),
    ],
)
def test_markdown_marks_are_shown_as_they_are(text, expected):
    assert markdown(text) == expected


@pytest.mark.parametrize(
    "frame", ["{}\n", "> “{}”\n", "- {}\n", "| a | b |\n| --- | --- |\n| {} | {} |\n", "**{}**\n", "# {}\n"]
)
@pytest.mark.parametrize("text", PAYLOADS, ids=lambda text: text.encode("unicode_escape").decode()[:30])
def test_no_text_is_markdown_wherever_it_stands(text, frame):
    assert markdown_shape(frame.replace("{}", markdown(text))) == markdown_shape(frame.replace("{}", "word"))


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_a_reader_of_markdown_sees_the_text_itself(text):
    seen = " ".join(markdown_text(f"word {markdown(text)} word").replace("\u2060", "").split())
    assert seen == " ".join(f"word {visible(text)} word".split())
