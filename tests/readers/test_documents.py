"""JSON files that hold several documents, or one inside wrappers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

TURNS = [
    {"speaker": "agent", "text": "Hello, this is the ferry office."},
    {"speaker": "customer", "text": "My ticket has the wrong day."},
]
LATER = [
    {"speaker": "agent", "text": "Good evening, ferry office."},
    {"speaker": "customer", "text": "I lost a bag."},
]


def _read(content: Any, name: str = "ferry.json") -> list[Transcript | TranscriptError]:
    text = content if isinstance(content, str) else json.dumps(content)
    return list(transcripts(Source.from_text(text, name)))


def _ids(content: Any) -> list[str]:
    return [call.call_id for call in _read(content) if isinstance(call, Transcript)]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ({"c-1": TURNS, "c-2": LATER}, ["c-1", "c-2"]),
        ({"exported": "2025", "total": {"calls": 2}, "c-1": TURNS, "c-2": LATER}, ["c-1", "c-2"]),
        ({"calls": {"c-1": {"turns": TURNS}, "c-2": {"turns": LATER}}}, ["c-1", "c-2"]),
        ({"c-1": {"id": "own", "turns": TURNS}, "c-2": {"turns": LATER}}, ["own", "c-2"]),
    ],
)
def test_bug_of_calls_under_their_ids_only_the_first_was_read(content: Any, ids: list[str]) -> None:
    assert _ids(content) == ids


def test_values_of_another_shape_are_no_further_calls() -> None:
    formatted = [{"role": "assistant", "content": turn["text"]} for turn in TURNS]
    assert len(_read({"spoken": TURNS, "spokenFormatted": formatted})) == 1


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ({"ok": True, "data": {"call": {"id": "x", "turns": TURNS}}}, 1),
        ({"data": {"page": 1, "payload": [{"id": "x", "turns": TURNS}, {"id": "y", "turns": LATER}]}}, 2),
        ({"results": [{"call": {"turns": TURNS}}, {"call": {"turns": LATER}}]}, 2),
        ([{"call": {"data": {"turns": TURNS}}}, {"call": {"data": {"turns": LATER}}}], 2),
    ],
)
def test_bug_a_call_inside_two_wrappers_was_not_found(content: Any, count: int) -> None:
    calls = _read(content)
    assert [isinstance(call, Transcript) for call in calls] == [True] * count


def test_bug_a_phrase_a_line_was_refused_line_by_line() -> None:
    phrases = [
        {
            "RecognitionStatus": "Success",
            "Offset": 20_000_000 * n,
            "Duration": 10_000_000,
            "DisplayText": f"Sentence {n}.",
            "SpeakerId": f"Guest-{n % 2}",
        }
        for n in range(6)
    ]
    (call,) = _read("\n".join(map(json.dumps, phrases)), "session.jsonl")
    assert isinstance(call, Transcript)
    assert (call.format, len(call.turns)) == ("azure-speech", 6)
    call, error = _read("\n".join([*map(json.dumps, phrases), '{"Offset":']), "session.jsonl")[::-1]
    assert isinstance(call, Transcript)
    assert "line 7" in str(error)


@pytest.mark.parametrize("as_lines", [True, False])
def test_bug_a_wrong_file_gave_an_error_for_each_of_its_lines(as_lines: bool) -> None:
    rows = [{"sku": n, "stock": {"left": n}} for n in range(400)]
    (error,) = _read("\n".join(map(json.dumps, rows)) if as_lines else rows)
    assert "no transcript was recognised" in str(error)
    assert ("line 1 to line 400" if as_lines else "item 1 to item 400") in str(error)


def test_what_is_no_call_between_calls_is_told_in_its_place() -> None:
    call = {"turns": TURNS}
    first, error, second = _read([call, {"sku": 1}, {"sku": 2}, call])
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert "item 2 to item 3" in str(error)


def test_a_long_wrong_file_is_given_up_early_and_says_so() -> None:
    (error,) = _read([{"sku": n} for n in range(5_000)])
    assert "item 1 to item 1000: " in str(error)
    assert str(error).endswith("Reading stopped there.")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"turns": [{"speaker": "agent", "text": "word " * 300_000}, TURNS[1]]}, "long.json"),
        ("call_id,role,text\n7,agent," + "word " * 300_000 + "\n7,customer,Yes\n", "long.csv"),
        ("Agent: " + "word " * 300_000 + "\nCustomer: Yes\n", "long.txt"),
    ],
)
def test_bug_a_call_too_large_was_refused_without_the_name_of_its_file(content: Any, name: str) -> None:
    (error,) = _read(content, name)
    assert str(error).startswith(f"{name}, ")
    assert "characters" in str(error)


def test_words_without_speakers_deep_inside_are_no_call() -> None:
    (error,) = _read({"results": [{"best": [{"transcript": "hello there"}]} for _ in range(9)]})
    assert "no transcript was recognised" in str(error)
