"""Reading: one file, a folder or a frame to calls in order, with each problem told and none in the way."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest

from carescore.errors import TranscriptError
from carescore.reading import UnreadableWarning, files, read, read_all, read_each
from carescore.transcript import Transcript

CALL = "Agent: Good morning, how can I help you?\nCustomer: My parcel is late.\n"
NAMED = "Ana: Good morning, how can I help you?\nRosa: My parcel is late.\n"
TWO = "call_id,speaker,text\na,agent,Good morning\na,customer,Hello\nb,agent,Good evening\nb,customer,Hi\n"


def put(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_one_file_is_one_call(tmp_path):
    put(tmp_path, one_txt=CALL)
    for where in (tmp_path / "one.txt", str(tmp_path / "one.txt")):
        call = read(where)
        assert (call.call_id, call.source, call.channel) == ("one", "one.txt", None)
        assert [(turn.role, turn.text) for turn in call.turns] == [
            ("agent", "Good morning, how can I help you?"),
            ("customer", "My parcel is late."),
        ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file."),
        ("folder", "^folder: it is a folder; read_all"),
        ("two.csv", r"^two.csv: it holds 2 calls \(2 readable\); read\(\) is for one"),
        ("empty.txt", "^empty.txt: the file is empty."),
        ("void.json", "^void.json: no transcript was recognised in it."),
    ],
)
def test_what_is_not_one_call_is_told(name, message, tmp_path):
    put(tmp_path, two_csv=TWO, empty_txt=" \n", void_json="[]", folder__x_txt=CALL)
    with pytest.raises(TranscriptError, match=message):
        read(tmp_path / name)


def test_the_format_the_channel_and_the_agent_can_be_said(tmp_path):
    put(tmp_path, one_txt=NAMED)
    call = read(tmp_path / "one.txt", agent="Rosa", channel="email", format="text")
    assert [(turn.role, turn.role_source) for turn in call.turns] == [
        ("customer", "given"),
        ("agent", "given"),
    ]
    assert (call.agent, call.channel, call.format) == ("Rosa", "email", "text")
    with pytest.raises(TranscriptError, match="there is no format named 'fax'"):
        read(tmp_path / "one.txt", format="fax")
    with pytest.raises(TranscriptError, match=r"^one\.txt, one: no speaker is called 'Zoë'"):
        read(tmp_path / "one.txt", agent="Zoë")


def test_a_folder_is_read_in_order_of_name_without_what_is_no_transcript(tmp_path):
    put(
        tmp_path,
        b_txt=CALL,
        a__z_txt=CALL,
        a__b_txt=CALL,
        _hidden_txt=CALL,
        README_md="# about",
        License_txt="free",
        PROVENANCE_tsv="a\tb",
        a___git__c_txt=CALL,
    )
    (tmp_path / "~$b.txt").write_text("lock", encoding="utf-8")
    assert [str(path.relative_to(tmp_path)) for path in files(tmp_path)] == ["a/b.txt", "a/z.txt", "b.txt"]
    assert [call.call_id for call in read_all(tmp_path)] == ["b", "z", "b"]


def test_what_cannot_be_read_stands_in_its_place(tmp_path):
    put(tmp_path, a_txt=CALL, b_json="{", c_csv=TWO, d_txt="")
    found = list(read_each([tmp_path / "d.txt", tmp_path, tmp_path / "gone.txt"]))
    assert [item.call_id if isinstance(item, Transcript) else item.source for item in found] == [
        "d.txt",
        "a",
        "b.json",
        "a",
        "b",
        "d.txt",
        str(tmp_path / "gone.txt"),
    ]


def test_read_all_warns_of_what_it_leaves_out(tmp_path):
    put(tmp_path, a_txt=CALL, b_json="{")
    with pytest.warns(UnreadableWarning, match="^b.json, line 1") as told:
        assert [call.call_id for call in read_all(tmp_path)] == ["a"]
    assert len(told) == 1
    assert told[0].filename == __file__


def test_read_all_tells_whoever_asks(tmp_path):
    put(tmp_path, a_txt=CALL, b_json="{")
    told: list[TranscriptError] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [call.call_id for call in read_all(tmp_path, on_error=told.append)] == ["a"]
    assert [error.source for error in told] == ["b.json"]


def test_a_single_bad_file_raises(tmp_path):
    put(tmp_path, b_json="{")
    with pytest.raises(TranscriptError, match=r"^b\.json, line 1"):
        list(read_all(tmp_path / "b.json"))
    with pytest.raises(TranscriptError, match="there is no such file or folder"):
        list(read_all(tmp_path / "gone"))


def test_an_empty_folder_is_told(tmp_path):
    with pytest.warns(UnreadableWarning, match="the folder has no files"):
        assert list(read_all(tmp_path)) == []


@pytest.mark.parametrize("key", ["one", "one.txt"])
def test_agents_by_call_id_or_file(key, tmp_path):
    put(tmp_path, one_txt=NAMED, two_txt=CALL)
    one, two = read_all(tmp_path, agent={key: "Rosa"})
    assert (one.agent, one.role_source) == ("Rosa", "given")
    assert two.role_source == "told"


def test_a_frame_holds_a_row_a_turn(tmp_path):
    frame = pd.DataFrame(
        {
            "call_id": ["a", "a", "b", "b"],
            "speaker": ["agent", "customer"] * 2,
            "text": ["Good morning", "Hello", "Good evening", None],
            "start": [0.0, 2.5, float("nan"), float("nan")],
        }
    )
    one, two = read_all(frame, channel="voice")
    assert [(turn.text, turn.start) for turn in one.turns] == [("Good morning", 0.0), ("Hello", 2.5)]
    assert [(turn.text, turn.start) for turn in two.turns] == [("Good evening", None)]
    assert {call.channel for call in (one, two)} == {"voice"}


def test_a_call_on_which_redaction_fails_is_left_out_and_never_shown_as_it_was(tmp_path, monkeypatch):
    import carescore.redact

    def failing(call):
        if call.call_id == "one":
            raise IndexError(call.turns[1].text)
        return call

    monkeypatch.setattr(carescore.redact, "redacted", failing)
    put(tmp_path, one_txt=CALL, two_txt=CALL)
    error, call = read_each(tmp_path, redact=True)
    assert call.redacted
    assert str(error) == (
        "one.txt, one: carescore failed to redact this call (IndexError), so it was left out."
    )
    with pytest.raises(TranscriptError, match="IndexError"):
        read(tmp_path / "one.txt", redact=True)
