"""Sources: half characters, as tools leave them that cut text or names at a byte, stop nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
