"""Tables: CSV and its relatives, parquet, Excel, pandas frames. One set of rows, many clothes."""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.frame import transcripts_from_frame
from carescore.readers.source import Source
from carescore.transcript import Transcript

Found = list[Transcript | TranscriptError]


def _read(content: str | bytes, name: str = "calls.csv", **options: Any) -> Found:
    data = content if isinstance(content, bytes) else content.encode()
    return list(transcripts(Source(name, data=data), **options))


def _calls(found: Found) -> dict[str, list[tuple[str, str]]]:
    assert all(isinstance(call, Transcript) for call in found), found
    return {c.call_id: [(t.role, t.text) for t in c.turns] for c in found if isinstance(c, Transcript)}


def _call(content: str | bytes, **options: Any) -> Transcript:
    (call,) = _read(content, **options)
    assert isinstance(call, Transcript), call
    return call


TWO_CALLS = {"1": [("agent", "Hi."), ("customer", "Hello,\n\nyou.")], "2": [("agent", "Yes?")]}
HEADER = ("Call ID", "Speaker", "Text")
ROWS = (("1", "Agent", "Hi."), ("1", "Customer", "Hello,\n\nyou."), ("2", "Agent", "Yes?"))


def _as_csv(separator: str, *, rows: tuple[tuple[str, ...], ...] = ROWS, end: str = "\n") -> str:
    quoted = [[f'"{cell}"' if "\n" in cell else cell for cell in row] for row in (HEADER, *rows)]
    return end.join(separator.join(row) for row in quoted) + end


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_as_csv(","), id="comma (a comma stands in quotes)"),
        pytest.param(_as_csv("\t"), id="tab"),
        pytest.param(_as_csv(";"), id="semicolon"),
        pytest.param(_as_csv("|"), id="bar"),
        pytest.param(_as_csv(",", end="\r\n"), id="CRLF"),
        pytest.param(_as_csv(",").replace("\n", "\r"), id="CR"),
        pytest.param("\ufeff" + _as_csv(","), id="UTF-8 with BOM"),
        pytest.param(_as_csv("\t").encode("utf-16"), id="UTF-16"),
        pytest.param("sep=;\n" + _as_csv(";"), id="Excel's hint"),
        pytest.param("Calls of May,,\n,,\n" + _as_csv(","), id="lines above the header"),
        pytest.param(_as_csv(",", rows=(ROWS[0], ROWS[2], ROWS[1])), id="rows of calls mixed"),
        pytest.param(_as_csv(",").replace("Yes?", "Yes?,,"), id="empty cells too many"),
        pytest.param(_as_csv(",") + ",,\n\n", id="empty rows"),
        pytest.param("call_id,role,message\n" + _as_csv(",").split("\n", 1)[1], id="other names"),
    ],
)
def test_one_row_a_turn(content: str | bytes) -> None:
    assert _calls(_read(content)) == TWO_CALLS


def test_a_file_is_read_as_text_is(tmp_path: Path) -> None:
    path = tmp_path / "may.csv"
    path.write_bytes(b"\xef\xbb\xbf" + _as_csv(",", end="\r\n").encode())
    assert _calls(list(transcripts(Source.from_path(path)))) == TWO_CALLS
    path.write_bytes("speaker,text\nAgent,It’s fine\nCustomer,café\n".encode("cp1252"))
    (call,) = transcripts(Source.from_path(path))
    assert isinstance(call, Transcript)
    assert (call.call_id, [t.text for t in call.turns]) == ("may", ["It’s fine", "café"])


class _Counted(Source):
    """A source that counts the lines it gives."""

    given = 0

    def lines(self) -> Iterator[tuple[int, str]]:
        for line in super().lines():
            self.given += 1
            yield line


def test_a_call_is_given_as_soon_as_its_last_row_was_read(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("call_id,speaker,text\n" + "".join(f"{n},Agent,Hi {n}\n" for n in range(3000)))
    source = _Counted("many.csv", path=path)
    first = next(transcripts(source))
    assert isinstance(first, Transcript)
    assert (first.call_id, first.turns[0].text) == ("0", "Hi 0")
    assert source.given < 3001 + 100  # once for where calls end, and the first rows


def test_every_column() -> None:
    call = _call(
        "conversation_id;turn;participant;role;utterance;start_ms;end_ms;confidence;channel;agent_name;call_date\n"
        "A7;2;Luz;customer;My meter.;2500;4000;88;phone;Maren;2024-05-01\n"
        "A7;1;Maren;agent;Hello?;0;2000;0.5;phone;Maren;2024-05-01\n"
        "A7;3;Luz;customer;It is stuck.;4000;5000;;phone;Maren;2024-05-01\n"
    )
    assert (call.call_id, call.channel, call.agent, call.started) == ("A7", "voice", "Maren", "2024-05-01")
    assert [(t.speaker, t.role, t.text, t.start, t.end, t.confidence) for t in call.turns] == [
        ("Maren", "agent", "Hello?", 0.0, 2.0, 0.5),
        ("Luz", "customer", "My meter. It is stuck.", 2.5, 5.0, 0.88),
    ]


@pytest.mark.parametrize(
    ("times", "starts", "started"),
    [
        (("0", "1.5", "61"), [0.0, 1.5, 61.0], None),
        (("0s", "", "61s"), [0.0, None, 61.0], None),
        (("00:00:03", "00:00:04.5", "00:01:04"), [3.0, 4.5, 64.0], None),
        (("2:59:58 PM", "3:00:00 PM", "3:01:00 PM"), [0.0, 2.0, 62.0], None),
        (
            ("11/22/2024 23:59:58", "11/23/2024 0:00:00", "11/23/2024 0:01:00"),
            [0.0, 2.0, 62.0],
            "2024-11-22",
        ),
        (
            ("2024-05-01T10:00:00Z", "2024-05-01T10:00:02.5Z", "2024-05-01T11:00:00+01:00"),
            [0.0, 0.0, 2.5],
            "2024-05-01T10:00:00+00:00",
        ),
        (("1714557600", "1714557601", "1714557602"), [0.0, 1.0, 2.0], "2024-05-01T10:00:00+00:00"),
        (("1714557600000", "1714557600500", "1714557602000"), [0.0, 0.5, 2.0], "2024-05-01T10:00:00+00:00"),
    ],
)
def test_times_are_seconds_from_the_start(
    times: tuple[str, ...], starts: list[float | None], started: str | None
) -> None:
    rows = "".join(
        f"{who},{time},words\n" for who, time in zip(("Agent", "Luz", "Agent"), times, strict=True)
    )
    call = _call("speaker,time,text\n" + rows)
    assert [turn.start for turn in call.turns] == starts
    assert call.started == started


@pytest.mark.parametrize("start", ["9" * 400, "-" + "9" * 400, "1" + "0" * 30])
def test_bug_a_whole_number_beyond_floats_raised_overflow_error(start: str) -> None:
    first = f'{{"role": "agent", "text": "Hi", "start": {start}}}'
    turns = f'{{"turns": [{first}, {{"role": "user", "text": "Yo"}}]}}'
    for content, name in ((turns, "a.json"), (f"role,text,start\nagent,Hi,{start}\nuser,Yo,1\n", "a.csv")):
        assert "a time cannot be read" in str(_read(content, name)[0])


def test_milliseconds_under_a_plain_name_are_seen_by_the_pace() -> None:
    words = " ".join(["word"] * 12)
    call = _call(f"speaker,text,start,end\nAgent,{words},0,4500\nCustomer,{words},5000,9000\n")
    assert [(turn.start, turn.end) for turn in call.turns] == [(0.0, 4.5), (5.0, 9.0)]
    assert "milliseconds" in call.warnings[0]


def test_gaps_are_counted() -> None:
    call = _call("speaker,text\nAgent,Hi\nCustomer,\n,What?\n")
    assert [(turn.speaker, turn.text) for turn in call.turns] == [("Agent", "Hi"), ("unknown", "What?")]
    assert call.warnings == ("1 of 3 turns have no text and were left out.", "1 of 2 turns have no speaker.")


def test_one_row_a_call() -> None:
    found = _read(
        "id,agent,date,transcript\n"
        '7,Maren,2024-05-01,"Agent: Hi.\nCustomer: Hello."\n'
        "8,Ivo,2024-05-01,nobody is named here\n"
        "9,Ivo,2024-05-01,\n"
        '10,Ivo,2024-05-01,"[{""speaker"": ""agent"", ""text"": ""Yes?""}]"\n'
        "11,Ivo,2024-05-01\n"
    )
    calls = [call for call in found if isinstance(call, Transcript)]
    assert _calls(list(calls)) == {"7": [("agent", "Hi."), ("customer", "Hello.")], "10": [("agent", "Yes?")]}
    assert [(call.agent, call.started, call.format) for call in calls] == [
        ("Maren", "2024-05-01", "csv"),
        ("Ivo", "2024-05-01", "csv"),
    ]
    errors = [str(error) for error in found if isinstance(error, TranscriptError)]
    assert [error.split(":")[0] for error in errors] == [f"calls.csv, line {n}" for n in (4, 5, 7)]
    assert "no speakers" in errors[0]


@pytest.mark.parametrize(
    ("content", "good", "sentence"),
    [
        (
            "call_id,speaker,text\n1,Agent,a\n2,Agent,b,secret\n3,Agent,c\n",
            ["1", "3"],
            "line 3: this row has 4 cells",
        ),
        ("call_id,speaker,text\n1,Agent,a\n2,Agent\n3,Agent,c\n", ["1", "3"], "line 3: this row has 2 cells"),
        (
            'call_id,speaker,text\n1,Agent,a\n2,Agent,"secret\n3,Agent,c\n',
            [],
            "line 3: the quotes of this row",
        ),
        (
            'call_id,speaker,text\n1,Agent,a\n2,Agent,b\n3,Agent,"secret" x\n',
            ["1"],
            "line 4: the quotes of this row",
        ),
        (
            "call_id,speaker,text\n1,Agent,a\n,Agent,secret\n3,Agent,c\n",
            ["1", "3"],
            "line 3: rows without a call id",
        ),
        (
            "call_id,speaker,text,start\n1,Agent,a,0\n2,Agent,b,secret\n",
            ["1"],
            "line 3, start: a time cannot be read",
        ),
        ("call_id,speaker,text\n1,,a\n2,Agent,b\n", ["2"], "1: its turns have no speakers"),
        ("call_id,speaker,text\n", [], "a header and no rows"),
        ("call,started,length\n1,2024-05-01,7\n", [], "Found: call, started, length. Expected 'text'"),
        ("Agent,secret\nCustomer,words\n", [], "The first row has no such names. Expected 'text'"),
        ("call,secret words that the customer said here,x\n1,2,3\n", [], "no speakers"),
    ],
)
def test_what_is_wrong_is_named_by_line(content: str, good: list[str], sentence: str) -> None:
    found = _read(content)
    assert [call.call_id for call in found if isinstance(call, Transcript)] == good
    (error,) = [str(error) for error in found if isinstance(error, TranscriptError)]
    assert sentence in error
    assert "secret" not in error


def test_a_first_row_that_is_no_header_is_not_shown() -> None:
    (error,) = _read("1,secret words of a customer 4111\n", format="csv")
    assert "secret" not in str(error)
    assert "Expected 'text'" in str(error)


def test_text_that_is_no_table_stays_text() -> None:
    assert _call("Agent: Hi, you, there\nCustomer: Well, yes, hello\n").format == "text"
    assert _call("| Speaker | Text |\n|---|---|\n| Agent | Hi |\n| Customer | Hello |\n").format == "text"


# Parquet, Excel and frames


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def _excel(frame: pd.DataFrame, **options: Any) -> bytes:
    buffer = io.BytesIO()
    frame.to_excel(buffer, index=False, engine="xlsxwriter", **options)
    return buffer.getvalue()


FRAME = _frame([dict(zip(HEADER, row, strict=True)) for row in ROWS])


def test_the_same_rows_in_every_container() -> None:
    assert _calls(_read(_parquet(FRAME))) == TWO_CALLS
    assert _calls(_read(_excel(FRAME))) == TWO_CALLS
    assert _calls(_read(_excel(FRAME, startrow=4))) == TWO_CALLS
    assert _calls(list(transcripts_from_frame(FRAME))) == TWO_CALLS
    assert {call.format for call in transcripts_from_frame(FRAME) if isinstance(call, Transcript)} == {
        "frame"
    }


def test_typed_cells() -> None:
    day = dt.datetime(2024, 5, 1, 10, 0, 0)
    frame = _frame(
        [
            {"call_id": 7.0, "speaker": 1, "text": "Hi", "time": day, "confidence": 0.5},
            {"call_id": 7.0, "speaker": 2, "text": None, "time": None, "confidence": None},
            {
                "call_id": 7.0,
                "speaker": 2,
                "text": "4512",
                "time": day + dt.timedelta(seconds=2.5),
                "confidence": None,
            },
        ]
    )
    for found in (_read(_parquet(frame)), list(transcripts_from_frame(frame)), _read(_excel(frame))):
        (call,) = found
        assert isinstance(call, Transcript), call
        assert call.call_id == "7"
        assert call.started == "2024-05-01T10:00:00+00:00"
        assert [(t.speaker, t.text, t.start, t.confidence) for t in call.turns] == [
            ("speaker 1", "Hi", 0.0, 0.5),
            ("speaker 2", "4512", 2.5, None),
        ]


def test_turns_as_a_list_in_a_row_a_call() -> None:
    frame = _frame(
        [
            {
                "id": "1",
                "turns": [{"speaker": "agent", "text": "Hi."}, {"speaker": "customer", "text": "Hello."}],
            },
            {"id": "2", "turns": [{"speaker": "agent", "text": "Yes?"}]},
        ]
    )
    expected = {"1": [("agent", "Hi."), ("customer", "Hello.")], "2": [("agent", "Yes?")]}
    assert _calls(_read(_parquet(frame))) == expected
    assert _calls(list(transcripts_from_frame(frame))) == expected


def test_frames_with_anything_in_them() -> None:
    odd = _frame([{"speaker": "agent", "text": ["secret"]}, {"speaker": None, "text": float("nan")}])
    (error,) = transcripts_from_frame(odd)
    assert str(error) == "frame, row 1, text: expected text, found list."
    assert "lacks a column" in str(next(transcripts_from_frame(_frame([{"a": 1}]))))
    assert "no rows" in str(next(transcripts_from_frame(FRAME.iloc[:0])))
    missing = pd.DataFrame({"speaker": ["agent", pd.NA], "text": ["Hi", pd.NA], "start": [pd.NaT, pd.NaT]})
    (call,) = transcripts_from_frame(missing)
    assert isinstance(call, Transcript)
    assert [turn.text for turn in call.turns] == ["Hi"]


def test_every_sheet_with_turns_is_read() -> None:
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter") as book:
        _frame([{"report": "May", "calls": 2}]).to_excel(book, sheet_name="About", index=False)
        for name, words in (("one", "Hi."), ("two", "Yes?")):
            _frame([{"speaker": "agent", "text": words}]).to_excel(book, sheet_name=name, index=False)
    assert _calls(_read(buffer.getvalue(), "may.xlsx")) == {
        "may.xlsx-one": [("agent", "Hi.")],
        "may.xlsx-two": [("agent", "Yes?")],
    }


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


WIDE = b'<c r="A1"/><c r="XFD1048576"/>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (_parquet(FRAME)[:300], "damaged or incomplete"),
        (b"PAR1" + b"x" * 500 + b"PAR1", "damaged or incomplete"),
        (_excel(FRAME)[:2000], "damaged"),
        (_zip(word__document_xml=b"<w/>"), "no Excel workbook"),
        (_zip(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=WIDE), "unpacks to more than"),
        (_zip(xl__workbook_xml=b"<x/>", xl__big_xml=b"\0" * (513 << 20)), "unpacks to more than"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as .xlsx or CSV"),
    ],
)
def test_damaged_and_hostile_files(data: bytes, sentence: str) -> None:
    (error,) = _read(data, "may.bin")
    assert isinstance(error, TranscriptError)
    assert sentence in str(error)


def test_a_part_larger_than_it_says_is_refused() -> None:
    data = _zip(xl__workbook_xml=b"<x/>", xl__big_xml=b"x" * 100_000)
    lying = data.replace((100_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    (error,) = _read(lying, "may.xlsx")
    assert "damaged" in str(error)


def test_excel_without_its_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (error,) = _read(_excel(FRAME), "may.xlsx")
    assert "pip install 'carescore[excel]'" in str(error)


def test_spoiled_tables_give_calls_or_errors() -> None:
    chance = random.Random(5)
    texts = [_as_csv(","), 'id,transcript\n7,"Agent: Harbour\nCustomer: Hello."\n']
    pieces = ['"', ",", "\n", "\x00", "nan", "1e999", "{", "[[", "\r", ";", "call_id", "99999999999999999999"]
    for _ in range(400):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        end = start + chance.randrange(8)
        for found in _read(text[:start] + chance.choice(pieces) + text[end:]):
            assert isinstance(found, (Transcript, TranscriptError))
            assert isinstance(found, Transcript) or "Harbour" not in str(found)


@pytest.mark.parametrize("make", [_parquet, _excel])
def test_spoiled_containers_give_calls_or_errors(make: Any) -> None:
    chance = random.Random(6)
    data = make(FRAME)
    for _ in range(120):
        spoiled = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            spoiled[chance.randrange(4, len(spoiled))] = chance.randrange(256)
        for found in _read(bytes(spoiled)):
            assert isinstance(found, (Transcript, TranscriptError))


def test_columns_that_tell_nothing_are_not_unpacked() -> None:
    frame = FRAME.assign(audio=[b"x" * 1000] * 3, vector=[[0.5] * 10] * 3)
    assert _calls(_read(_parquet(frame))) == TWO_CALLS
    assert _calls(_read(_parquet(frame.rename(columns={"vector": "vector.small"})))) == TWO_CALLS


def test_a_row_group_beyond_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carescore.readers.parquet._LARGEST_GROUP", 50)
    (error,) = _read(_parquet(FRAME))
    assert "smaller row groups" in str(error)


def test_html_in_cells_becomes_text() -> None:
    call = _call(
        "speaker,message\nAgent,<p>I&#39;m here.</p><p>One<br>two</p>\n"
        "Customer,It&#39;s 2 &lt; 3 &amp; more\nAgent,R&D is 2 < 3\n"
    )
    assert [turn.text for turn in call.turns] == [
        "I'm here.\n\nOne\ntwo",
        "It's 2 < 3 & more",
        "R&D is 2 < 3",
    ]
