"""Going on with a file of results: nothing twice, nothing lost, and no other file touched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carescore.errors import TranscriptError, UsageError
from carescore.resume import Scored
from carescore.scorer import Scorer
from tests.examples import call

LINES = (
    "C: I called twice and I am frustrated, this is not what we need now",
    "A: how exhausting. I see to it myself, you have it by monday",
)
CALLS = [call(*LINES, call_id=name, source="calls.jsonl") for name in "abc"]
ITEMS = [
    *CALLS,
    TranscriptError("not readable.", source="d.txt"),
    TranscriptError("no.", place="call 7"),
    None,
]


@pytest.fixture
def lines(tiny_scorer) -> list[bytes]:
    return [one.to_json().encode() + b"\n" for one in tiny_scorer.score_many(ITEMS)]


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out.jsonl"


@pytest.mark.parametrize("done", range(len(ITEMS) + 1))
@pytest.mark.parametrize("torn", [0, 1, 12, 40, 400])
def test_what_is_there_is_left_out_and_a_torn_line_is_scored_again(done, torn, lines, output):
    rest = lines[done][:torn] if done < len(lines) else b""
    output.write_bytes(b"".join(lines[:done]) + rest)
    scored = Scored(output)
    assert output.read_bytes() == b"".join(lines[:done])
    assert (scored.count, list(scored.left(ITEMS)), scored.changed) == (done, ITEMS[done:], 0)


def test_no_file_yet(output):
    scored = Scored(output)
    assert (scored.count, list(scored.left(ITEMS))) == (0, ITEMS)
    assert not output.exists()


def test_calls_of_one_name_are_told_apart_by_their_words(tiny_scorer, output):
    first, second = call(*LINES, call_id="x"), call(*reversed(LINES), call_id="x")
    output.write_text(tiny_scorer.score(second).to_json() + "\n", encoding="utf-8")
    assert list(Scored(output).left([second, first])) == [first]
    output.write_text("".join(tiny_scorer.score(one).to_json() + "\n" for one in (first, second)))
    assert list(Scored(output).left([first, second, first])) == [first]


def test_a_call_with_other_words_by_now_is_counted_and_not_doubled(lines, output):
    output.write_bytes(lines[0])
    scored = Scored(output)
    assert list(scored.left([replace(CALLS[0], turns=CALLS[0].turns[:1]), CALLS[1]])) == [CALLS[1]]
    assert scored.changed == 1


@pytest.mark.parametrize(
    "content",
    [
        b"my notes",
        b"{}\n",
        b"[1]\n",
        b"\xff\xfe\n",
        b'{"call_id":"a"',
        b"\n",
        b"[" * 100_000 + b"\n",
        b'{"schema":1}\n',
    ],
    ids=["text", "object", "array", "bytes", "another object", "empty line", "nested", "another schema"],
)
def test_a_file_that_holds_anything_else_is_left_as_it_is(content, lines, output):
    output.write_bytes(lines[0] + content)
    with pytest.raises(UsageError, match=r"^out\.jsonl, line 2: not a result that carescore wrote"):
        Scored(output)
    assert output.read_bytes() == lines[0] + content


def test_another_model_or_scorecard_is_refused(tiny_scorer, scorer, lines, output):
    output.write_bytes(lines[0])
    Scored(output).check(tiny_scorer, redact=False)
    card = tiny_scorer.scorecard.model_copy(update={"minimum_turns": 3})
    for other in (scorer, Scorer(tiny_scorer.bundle, card)):
        with pytest.raises(UsageError, match=r"^out\.jsonl: its results were made with another"):
            Scored(output).check(other, redact=False)
    output.write_text(lines[0].decode() + scorer.score(CALLS[1]).to_json() + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^out\.jsonl, line 2: made with another model"):
        Scored(output)


def test_a_folder_cannot_be_gone_on_with(tmp_path):
    with pytest.raises(UsageError, match=r"cannot be opened \(Is a directory\)"):
        Scored(tmp_path)
