"""Time grows with a text and not with its square, whatever stands in it; what is too long is refused.

Comparable tools hang on a line of brackets or of emoji. Other tests hold single readers and parts of coaching
to the same (`tests/growth.py`); here are the ways that every call goes: reading, roles, scoring, coaching,
pages. Scorecards hold no regular expressions, so nobody can bring a slow one.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from carescore import Scorer, Transcript, Turn
from carescore.coaching.words import bundled_text, load_words
from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.report.call import call_page
from carescore.roles import assign
from carescore.safe_text import as_json, cell, markdown, visible
from carescore.scorecard import Criterion, MomentRule, Scorecard
from carescore.transcript import MAX_CHARACTERS, MAX_TURNS
from tests.growth import linear

KINDS: dict[str, str] = {
    "brackets": "(",
    "dots": ".,",
    "equals": "=",
    "stars and lines": "*_-|#",
    "quotes": "\"'`",
    "emoji": "😀",
    "joined emoji": "👩\u200d👩\u200d👧 ",
    "flags": "🇫🇷",
    "combining marks": "e\u0301\u0302\u0323",
    "one word": "ab",
    "words": "so then ",
    "numbers": "4111 1111 ",
    "addresses": "a@b.co ",
    "links": "http://a.co/?b=",
    "spaces": " ",
    "lines": "\n",
    "labels": "\nA: ",
    "times": "\n00:00:01.000 --> ",
    "tags": "<b ",
    "open comments": "<!--",
    "references": "&#60;&amp",
    "nested": "[[{",
    "commas": ",",
    "escapes": "\\u",
    "surrogates": "\ud83d",
    "bidi": "\u202e",
    "full width": "＝",
    "Chinese": "汉",
    "apostrophes": "it's ",
    "questions": "why? ",
}


def text_of(kind: str, length: int) -> str:
    pattern = KINDS[kind]
    return (pattern * (length // len(pattern) + 1))[:length]


def call_of(text: str, turns: int = 4) -> Transcript:
    """A call in which both sides say the text."""
    sides: list[Any] = ["customer", "agent"]
    rows = tuple(
        Turn(index=n, speaker=sides[n % 2], role=sides[n % 2], role_source="told", text=text)
        for n in range(turns)
    )
    return Transcript(call_id="long", turns=rows)


SAYABLE = [kind for kind in KINDS if kind != "surrogates"]


@pytest.mark.parametrize("kind", SAYABLE)
def test_scoring_takes_linear_time(kind: str, scorer: Scorer) -> None:
    linear(scorer.score, lambda length: call_of(f"please help {text_of(kind, length)}"), 40_000)


@pytest.mark.slow
@pytest.mark.parametrize("kind", SAYABLE)
def test_coaching_and_pages_take_linear_time(kind: str, scorer: Scorer) -> None:
    def shown(call: Transcript) -> str:
        result = scorer.score(call)
        return call_page(result, call, coaching=scorer.coach(call, result))

    linear(shown, lambda length: call_of(f"I called twice {text_of(kind, length)}"), 20_000)


def as_rows(text: str) -> str:
    return json.dumps({"turns": [{"role": "agent", "text": "hi"}, {"role": "customer", "text": text}]})


FILES: dict[str, Callable[[str], str]] = {
    "call.txt": lambda text: f"Agent: hello\nCustomer: {text}\n",
    "call.vtt": lambda text: f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>{text}\n",
    "call.srt": lambda text: f"1\n00:00:00,000 --> 00:00:01,000\nAna: {text}\n",
    "call.csv": lambda text: f'call_id,speaker,text\n1,agent,hi\n1,customer,"{text}"\n',
    "call.json": as_rows,
    "call.jsonl": as_rows,
    "call.eml": lambda text: f"From: a@b.co\nTo: c@d.co\nSubject: x\n\n{text}\n",
    "call.html": lambda text: f"<html><body><p>Agent: hi</p><p>Customer: {text}</p></body></html>",
    "call.cha": lambda text: f"@Begin\n*AGT:\thi .\n*CUS:\t{text}\n@End\n",
    "call.md": lambda text: f"**Agent:** hi\n\n**Customer:** {text}\n",
    "bare.txt": lambda text: text,
    "bare.json": lambda text: f"[{text}",
    "bare.csv": lambda text: f"call_id,speaker,text\n{text}",
    "bare.vtt": lambda text: f"WEBVTT\n\n{text}",
    "bare.eml": lambda text: f"Subject: {text}",
}


def read(given: tuple[str, str]) -> None:
    """Read a text as a file of this name and find its roles; refusing it is an answer too."""
    name, text = given
    for found in transcripts(Source.from_text(text, name)):
        if isinstance(found, Transcript):
            try:
                assign(found)
            except TranscriptError:
                continue


@pytest.mark.parametrize("name", FILES)
def test_reading_takes_linear_time(name: str) -> None:
    for kind in KINDS:
        linear(read, lambda length, kind=kind: (name, FILES[name](text_of(kind, length))), 8_000)


@pytest.mark.parametrize("escape", [visible, cell, markdown, as_json])
def test_making_text_harmless_takes_linear_time(escape: Callable[[str], object]) -> None:
    for kind in KINDS:
        linear(escape, lambda length, kind=kind: text_of(kind, length), 50_000)


# ---- the largest there may be ------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", SAYABLE)
def test_a_million_characters_are_scored(kind: str, scorer: Scorer) -> None:
    result = scorer.score(call_of(text_of(kind, MAX_CHARACTERS // 2), turns=2))
    assert result.to_json()


def test_what_is_too_long_is_refused_with_what_to_do() -> None:
    with pytest.raises(TranscriptError, match=r"1,000,002 characters; at most 1,000,000.*Split"):
        call_of("x" * (MAX_CHARACTERS // 2 + 1), turns=2)
    with pytest.raises(TranscriptError, match=r"10,001 turns; at most 10,000.*Split"):
        call_of("x", turns=MAX_TURNS + 1)


# ---- nobody's regular expressions --------------------------------------------------------------------


def test_scorecards_hold_no_regular_expressions() -> None:
    text_fields = {
        f"{model.__name__}.{name}"
        for model in (Scorecard, Criterion, MomentRule)
        for name, field in model.model_fields.items()
        if field.annotation is str
    }
    assert text_fields == {
        "Scorecard.name", "Scorecard.version", "Scorecard.description", "Criterion.id", "Criterion.name",
        "Criterion.asks",
    }, "a new field of text: if it is a pattern, run it with a limit of time"  # fmt: skip


@pytest.mark.parametrize(
    "phrase", ["*" * 30 + "x", "*a" * 30, "* " * 30 + "x", "(a+)+$", "(?:" * 20, "[a-", "\\", "a{9999}"]
)
def test_words_of_coaching_are_words_and_no_patterns(phrase: str, tmp_path: Any) -> None:
    text = bundled_text("vocabulary.toml")
    for name in ("stock", "grave"):
        text = re.sub(rf"(?m)^{name} = \[", lambda found: f"{found[0]}{json.dumps(phrase)}, ", text)
    assert tomllib.loads(text)["stock"][0] == phrase
    (tmp_path / "vocabulary.toml").write_text(text, encoding="utf-8")
    vocabulary = load_words(tmp_path).vocabulary
    linear(vocabulary.is_stock, lambda length: "a" * length, 2_000)
    linear(vocabulary.is_stock, lambda length: "a " * length, 500)
    linear(vocabulary.is_grave, lambda length: "a" * length, 20_000)
    assert not vocabulary.is_grave("aaaa")
