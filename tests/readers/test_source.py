"""Sources: half characters, as tools leave them that cut text or names at a byte, stop nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source, parse_json


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r'"so glad \ud83d"', "so glad \ufffd"),
        (r'"\ude00 so glad"', "\ufffd so glad"),
        (r'"so glad \ud83d\ude00"', "so glad \U0001f600"),
        (r'["\ud83d", {"\udc00": "\uD83D"}]', ["\ufffd", {"\ufffd": "\ufffd"}]),
        (r'"a path \\ud83d"', "a path \\ud83d"),
        ('"\ufffd"', "\ufffd"),
    ],
)
def test_bug_half_an_emoji_in_json_stopped_every_call_of_its_batch(written, expected):
    assert parse_json(written, "a.json") == expected


def test_bug_a_file_name_in_latin_1_stopped_the_writing_of_results(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(
        "Agent: Hello, how can I help you today?\nCustomer: My parcel is late.\n", encoding="utf-8"
    )
    (call,) = transcripts(Source.from_path(path))
    assert (call.call_id, call.source) == ("caf\ufffd", "caf\ufffd.txt")


TALK = "Agent: Guten Tag, Café Müller – how can I help?\nCustomer: My “crème” order isn’t here: £5.\n"


def _read(data):
    (call,) = transcripts(Source("call.txt", data=data))
    return [turn.text for turn in call.turns], call.warnings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_every_encoding_gives_the_same_words(encoding):
    assert _read(TALK.encode(encoding)) == _read(TALK.encode())
    assert _read(TALK.encode(encoding))[1] == ()


def test_bug_one_byte_of_another_encoding_garbled_all_others():
    first, second = TALK.splitlines(keepends=True)
    mixed = first.encode() + second.encode("cp1252")
    assert _read(mixed) == _read(TALK.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_bug_a_file_cut_inside_a_character_was_garbled_or_refused(encoding):
    data = (TALK.rstrip() + " ☎").encode(encoding)
    texts, warnings = _read(data[: len(data) - 1])
    assert texts == _read(TALK.encode())[0]
    assert warnings == ("The file breaks off in the middle of a character.",)


def test_a_single_letter_of_windows_at_the_end_is_no_broken_character():
    assert _read("Agent: Bonjour.\nCustomer: Un café".encode("cp1252")) == (["Bonjour.", "Un café"], ())


def test_characters_that_no_known_encoding_has_are_told():
    texts, warnings = _read("Agent: こんにちは、元気ですか。ソ\nCustomer: はい。\n".encode("shift_jis"))
    assert len(texts) == 2
    assert warnings == ("Some characters could not be read. Save the file as UTF-8.",)


@pytest.mark.parametrize(
    ("text", "place", "what_to_do"),
    [
        ('{"a": 1}\n{"b": 2}', "line 2, column 1", "one line each (JSONL), or in one array"),
        ('{"a": 1 "b": 2}', "line 1, column 9", "mend it there"),
        ("[" * 100_000, None, "without what is around it"),
        ('{"a": ' + "9" * 5_000 + "}", None, "Write null"),
    ],
)
def test_bug_broken_json_was_refused_without_saying_what_to_do(text, place, what_to_do):
    with pytest.raises(TranscriptError) as error:
        parse_json(text, "call.json")
    assert (error.value.source, error.value.place) == ("call.json", place)
    assert what_to_do in str(error.value)


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\r\n"])
def test_a_file_with_nothing_but_the_mark_of_its_encoding_is_empty(data):
    (error,) = transcripts(Source("call.txt", data=data))
    assert str(error) == "call.txt: the file is empty."
