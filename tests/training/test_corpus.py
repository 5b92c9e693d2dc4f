"""Labelled data: every mistake is told by file and line."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import pytest

from carescore.errors import TrainingError
from carescore.training.corpus import (
    BankTurn,
    InputFile,
    LabelledCall,
    LabelledTurn,
    PublicTexts,
    input_file,
    read_bank,
    read_calls,
    read_standoff,
)

GOOD: dict[str, Any] = {
    "conv_id": "c-1",
    "channel": "chat",
    "domain": "shop",
    "source": "written by hand",
    "turns": [
        {"speaker": "customer", "text": "I am upset", "labels": ["distress"]},
        {"speaker": "agent", "text": "Oh no", "labels": ["empathy", "apology"]},
        {"speaker": "system", "text": "closed"},
    ],
    "ratings": {"empathy": 3, "clarity": None},
}


def with_turn(**keys: Any) -> dict[str, Any]:
    return {**GOOD, "turns": [GOOD["turns"][0], {**GOOD["turns"][1], **keys}]}


def test_calls_are_read(tmp_path):
    file = tmp_path / "shop.jsonl"
    file.write_text(json.dumps(GOOD) + "\n\n" + json.dumps({"turns": []}) + "\r\n", encoding="utf-8")
    one, two = read_calls(file)
    assert one == LabelledCall(
        conv_id="c-1",
        source="shop",
        channel="chat",
        domain="shop",
        turns=(
            LabelledTurn("customer", "I am upset", frozenset({"distress"})),
            LabelledTurn("agent", "Oh no", frozenset({"empathy", "apology"})),
            LabelledTurn("system", "closed", frozenset()),
        ),
        ratings={"empathy": 3, "clarity": None},
    )
    assert two == LabelledCall("shop.jsonl, line 3", "shop", "", "", (), {})


WRONG = {
    "no JSON": ("{", "broken JSON"),
    "nested deeply": ("[" * 100_000, "broken JSON"),
    "a list": ("[]", "expected an object"),
    "no turns": (json.dumps({"conv_id": "c"}), "'turns' should be a list of objects"),
    "turns in a string": (json.dumps({"turns": "hello"}), "'turns' should be a list of objects"),
    "turns that are strings": (json.dumps({"turns": ["hello"]}), "'turns' should be a list of objects"),
    "no speaker": (json.dumps({"turns": [{"text": "hello"}]}), "'speaker' should be text"),
    "no text": (json.dumps({"turns": [{"speaker": "agent"}]}), "'text' should be text"),
    "text that is a number": (json.dumps(with_turn(text=5)), "'text' should be text"),
    "a speaker in a list": (json.dumps(with_turn(speaker=["agent"])), "'speaker' should be text"),
    "labels in a string": (json.dumps(with_turn(labels="empathy")), "'labels' should be a list of names"),
    "labels that are null": (json.dumps(with_turn(labels=None)), "'labels' should be a list of names"),
    "a label in a list": (json.dumps(with_turn(labels=[["empathy"]])), "'labels' should be a list of names"),
    "an unknown label": (
        json.dumps(with_turn(labels=["love"])),
        "'love' is not a label for a turn of the agent",
    ),
    "a label of the other side": (
        json.dumps(with_turn(labels=["distress"])),
        "'distress' is not a label for",
    ),
    "a label on a note": (json.dumps(with_turn(speaker="system")), "is not a label for a turn of the system"),
    "ratings in a list": (json.dumps({**GOOD, "ratings": [3]}), "'ratings' should be an object"),
    "an unknown criterion": (json.dumps({**GOOD, "ratings": {"love": 3}}), "rating 'love' should be 1 to 5"),
    "a rating of 6": (json.dumps({**GOOD, "ratings": {"empathy": 6}}), "rating 'empathy' should be 1 to 5"),
    "a rating of 2.5": (
        json.dumps({**GOOD, "ratings": {"empathy": 2.5}}),
        "rating 'empathy' should be 1 to 5",
    ),
    "a rating of true": (
        json.dumps({**GOOD, "ratings": {"empathy": True}}),
        "rating 'empathy' should be 1 to 5",
    ),
    "a rating in words": (
        json.dumps({**GOOD, "ratings": {"empathy": "4"}}),
        "rating 'empathy' should be 1 to 5",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_call_is_told_by_file_and_line(name, tmp_path):
    line, message = WRONG[name]
    file = tmp_path / "shop.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=rf"^shop\.jsonl, line 3: .*{message}"):
        read_calls(file)


@pytest.mark.parametrize("read", [read_calls, read_bank])
@pytest.mark.parametrize(
    ("content", "kind"), [(None, "FileNotFoundError"), (b"\xff\xfe", "UnicodeDecodeError")]
)
def test_a_file_that_cannot_be_read_is_named(read, content, kind, tmp_path):
    if content is not None:
        (tmp_path / "x.tsv").write_bytes(content)
    with pytest.raises(TrainingError, match=rf"^x\.tsv: cannot be read \({kind}\)"):
        read(tmp_path / "x.tsv")


def test_the_bank_is_read(tmp_path):
    (tmp_path / "mixed.tsv").write_text(
        "empathy,apology\tI am upset\tOh no\n\n-\t\tyes\n\tso\tok\u2028then\n", encoding="utf-8"
    )
    (tmp_path / "customer.tsv").write_text("distress\tyes\tI am upset\n", encoding="utf-8")
    assert read_bank(tmp_path / "mixed.tsv") == [
        BankTurn("agent", "I am upset", "Oh no", frozenset({"empathy", "apology"})),
        BankTurn("agent", "", "yes", frozenset()),
        BankTurn("agent", "so", "ok\u2028then", frozenset()),
    ]
    assert read_bank(tmp_path / "customer.tsv") == [
        BankTurn("customer", "yes", "I am upset", frozenset({"distress"}))
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("empathy\tonly two", "expected labels, context and text between two tabs"),
        ("empathy\ta\tb\tc", "expected labels, context and text between two tabs"),
        ("love\t\tb", "'love' is not a label for a turn of the agent"),
        ("distress\t\tb", "'distress' is not a label for a turn of the agent"),
        ("empathy, apology\t\tb", "' apology' is not a label"),
    ],
)
def test_what_is_wrong_in_the_bank_is_told_by_file_and_line(line, message, tmp_path):
    (tmp_path / "mixed.tsv").write_text(f"-\t\tyes\n{line}\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=rf"^mixed\.tsv, line 2: {message}"):
        read_bank(tmp_path / "mixed.tsv")


STANDOFF: dict[str, Any] = {
    "source": "public",
    "conv_id": 7,
    "turns": [
        {"rows": [0], "speaker": "customer", "labels": ["distress"]},
        {"rows": [1, 2], "speaker": "agent", "labels": []},
        {"rows": [9], "speaker": "agent", "labels": ["empathy"]},
    ],
    "ratings": {"overall": 2},
}
PUBLIC = ["I am  upset", "Oh", "no"]


@pytest.mark.parametrize("packed", [True, False])
def test_standoff_labels_find_their_texts(packed, tmp_path):
    (tmp_path / "labels.jsonl").write_text(json.dumps(STANDOFF) + "\n", encoding="utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    if packed:
        rows = [json.dumps({"conv_id": "7", "turn": n, "text": text}) for n, text in enumerate(PUBLIC)]
        with gzip.open(texts / "public.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(rows))
    else:
        row = {"source": "public", "conv_id": "7", "turns": [{"text": text} for text in PUBLIC]}
        (texts / "calls.jsonl").write_text(json.dumps(row), encoding="utf-8")
    public = PublicTexts(texts)
    (call,) = read_standoff(tmp_path / "labels.jsonl", public)
    assert [(turn.side, turn.text, turn.labels) for turn in call.turns] == [
        ("customer", "I am upset", {"distress"}),
        ("agent", "Oh no", set()),
    ]
    assert (call.source, call.conv_id, call.ratings) == ("public", "7", {"overall": 2})
    assert public.missing == {"public": 1}


def test_standoff_labels_without_their_texts_are_counted(tmp_path):
    (tmp_path / "labels.jsonl").write_text(json.dumps(STANDOFF) + "\n", encoding="utf-8")
    nowhere = PublicTexts(None)
    assert read_standoff(tmp_path / "labels.jsonl", nowhere) == []
    assert nowhere.missing == {"public": 3}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"source": None}, "'source' should be text"),
        ({"turns": None}, "'turns' should be a list"),
        ({"turns": [{"speaker": "agent", "labels": []}]}, "'rows' should be a list of numbers"),
        ({"turns": [{"speaker": "agent", "labels": [], "rows": "0"}]}, "'rows' should be a list of numbers"),
        ({"turns": [{"rows": [0], "labels": []}]}, "'speaker' should be text"),
        ({"turns": [{"rows": [0], "speaker": "agent", "labels": ["distress"]}]}, "'distress' is not a label"),
        ({"ratings": {"overall": 9}}, "rating 'overall' should be 1 to 5"),
    ],
)
def test_what_is_wrong_in_standoff_labels_is_told_by_file_and_line(change, message, tmp_path):
    (tmp_path / "labels.jsonl").write_text(json.dumps({**STANDOFF, **change}) + "\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=rf"^labels\.jsonl, line 1: {message}"):
        read_standoff(tmp_path / "labels.jsonl", PublicTexts(None))


def test_a_file_s_entry_in_the_manifest(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"{}\n")
    assert input_file(tmp_path / "x.jsonl", 1, 2) == InputFile(
        "x.jsonl", hashlib.sha256(b"{}\n").hexdigest(), 1, 2
    )
