"""`carescore score`: exit codes, formats that read back, and text that steers nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pyarrow.parquet
import pytest

from carescore.codebook import BEHAVIOURS
from carescore.frame import COLUMNS
from carescore.results import CallScore, result_schema
from carescore.scorecard import load_scorecard
from tests.cli.conftest import CALL

CARD = """
schema = "carescore.scorecard/1"
name = "team"
version = "1.0.0"
[[criteria]]
id = "warmth"
name = "Warmth"
start = 2
points = { "shows empathy" = 2.0 }
evidence = ["empathy"]
"""


def test_a_table_for_the_terminal(terminal, calls, tiny_model):
    ran = terminal.run("score", calls, "--model", tiny_model)
    assert ran.code == 0
    assert ran.err == ""
    header, one, two, *rest = ran.out.splitlines()
    assert header.split()[:4] == ["CALL", "SCORE", "90%", "EMPATHY"]
    assert one.split()[0] == "one"
    assert two.split()[0] == "two"
    assert float(one.split()[1]) > float(two.split()[1])
    assert "n/a" in one
    assert "drafts" in rest[-1]


def parsed(format: str, content: bytes) -> list[str]:
    """The ids of the calls in what was written."""
    text = "" if format == "parquet" else content.decode("utf-8")
    if format == "json":
        return [row["call_id"] for row in json.loads(text)]
    if format == "jsonl":
        return [json.loads(line)["call_id"] for line in text.splitlines()]
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert tuple(rows[0]) == COLUMNS
        return list(dict.fromkeys(row["call_id"] for row in rows))
    table = pyarrow.parquet.read_table(io.BytesIO(content))
    assert tuple(table.column_names) == COLUMNS
    return list(dict.fromkeys(table.column("call_id").to_pylist()))


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "parquet"])
@pytest.mark.parametrize("told", [True, False], ids=["by --format", "by the ending"])
def test_what_is_written_reads_back(format, told, terminal, calls, tiny_model, tmp_path):
    output = tmp_path / ("out.x" if told else f"out.{format.upper()}")
    asked = ("--format", format) if told else ()
    ran = terminal.run("score", calls, "--model", tiny_model, "-o", output, *asked)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert parsed(format, output.read_bytes()) == ["one", "two"]


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_standard_output_is_the_same_as_a_file(format, terminal, calls, tiny_model, tmp_path):
    shown = terminal.run("score", calls, "--model", tiny_model, "--format", format)
    terminal.run("score", calls, "--model", tiny_model, "-o", tmp_path / f"out.{format}")
    assert shown.out.encode() == (tmp_path / f"out.{format}").read_bytes()


def test_results_are_those_of_the_schema(terminal, calls):
    ran = terminal.run("score", calls, "--format", "jsonl")
    for line in ran.out.splitlines():
        data = json.loads(line)
        jsonschema.validate(data, result_schema())
        assert CallScore.from_dict(data).to_json() == line


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_calls_give_no_results(jobs, terminal, tmp_path, tiny_model):
    (tmp_path / "empty").mkdir()
    ran = terminal.run("score", tmp_path / "empty", "--model", tiny_model, "--format", "json", "-j", jobs)
    assert ran.code == 1
    assert [row["status"] for row in json.loads(ran.out)] == ["unscored"]
    assert "1 of 1 calls could not be scored." in ran.err


# 0: all calls scored; 1: some were not; 2: wrong usage
CODES = {
    "all scored": (("calls",), 0, ""),
    "one of them empty": (
        ("calls", "empty.txt"),
        1,
        "not scored: empty.txt: the file is empty.\n1 of 3 calls",
    ),
    "no transcript": (("noise.bin",), 1, "not scored: noise.bin: "),
    "too short": (("short.txt",), 1, "not scored: short.txt, short: It has 5 words; "),
    "no such file": (("nowhere.txt",), 2, "carescore: there is no file or folder 'nowhere.txt'."),
    "no path": ((), 2, "Missing argument"),
    "an unknown option": (("calls", "--speed"), 2, "No such option"),
    "an unknown format": (("calls", "--format", "xml"), 2, "'xml' is not one of"),
    "an unknown ending": (("calls", "-o", "out.xls"), 2, "'out.xls' does not say a known format"),
    "parquet for a terminal": (("calls", "--format", "parquet"), 2, "parquet is not text"),
    "an unknown input format": (("calls", "--input-format", "fax"), 2, "there is no format named 'fax'"),
    "the wrong input format": (("calls", "--input-format", "deepgram"), 1, "not scored: "),
    "no such scorecard": (
        ("calls", "--scorecard", "nowhere.toml"),
        2,
        "carescore: nowhere.toml: cannot be opened",
    ),
    "a bad scorecard": (("calls", "--scorecard", "bad.toml"), 2, "carescore: bad.toml: criteria: is missing"),
    "no such model": (("calls", "--model", "nowhere"), 2, "carescore: nowhere: not a carescore model"),
    "a model that is none": (("calls", "--model", "calls"), 2, "carescore: calls: not a carescore model"),
    "no workers": (("calls", "-j", "0"), 2, "carescore: n_jobs=0"),
    "a folder to write to": (
        ("calls", "-o", "calls.csv"),
        2,
        "carescore: calls.csv: cannot be written (Is a directory)",
    ),
    "nowhere to write": (("calls", "-o", "no/out.json"), 2, "cannot be written (No such file or directory)"),
    "nowhere for parquet": (("calls", "-o", "no/out.parquet"), 2, "no/out.parquet: cannot be written"),
    "agents in three columns": (
        ("calls", "--agents", "three.csv"),
        2,
        "three.csv, line 2: expected two columns",
    ),
    "no such agents": (("calls", "--agents", "nowhere.csv"), 2, "nowhere.csv: cannot be read as CSV"),
    "agents in bytes": (("calls", "--agents", "noise.bin"), 2, "noise.bin: cannot be read as CSV"),
}


@pytest.mark.parametrize("name", CODES)
def test_exit_codes(name, terminal, calls, tiny_model, monkeypatch):
    arguments, code, told = CODES[name]
    monkeypatch.chdir(calls.parent)
    Path("empty.txt").write_text("", encoding="utf-8")
    Path("noise.bin").write_bytes(bytes(range(256)) * 4)
    Path("short.txt").write_text("Agent: Hello there\nCustomer: I am frustrated\n", encoding="utf-8")
    Path("bad.toml").write_text(CARD.partition("[[")[0], encoding="utf-8")
    Path("three.csv").write_text("one.txt,Ana\ntwo.txt,Ben,x\n", encoding="utf-8")
    Path("calls.csv").mkdir()
    model = () if "--model" in arguments else ("--model", tiny_model)
    ran = terminal.run("score", *arguments, *model)
    assert (ran.code, told in ran.err) == (code, True), ran.err
    assert "Traceback" not in ran.err


def test_all_that_can_be_scored_is_delivered(terminal, calls, tiny_model):
    (calls / "a.txt").write_bytes(b"\x00\x01")
    (calls / "z.json").write_text("{", encoding="utf-8")
    ran = terminal.run("score", calls, "--model", tiny_model, "--format", "jsonl")
    assert ran.code == 1
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [(row["source"], row["status"]) for row in found] == [
        ("a.txt", "unscored"),
        ("one.txt", "draft"),
        ("two.txt", "draft"),
        ("z.json", "unscored"),
    ]
    assert "2 of 4 calls could not be scored." in ran.err


def test_a_team_s_own_scorecard(terminal, calls, tiny_model, tmp_path):
    (tmp_path / "mine.toml").write_text(CARD, encoding="utf-8")
    ran = terminal.run(
        "score", calls, "--model", tiny_model, "--scorecard", tmp_path / "mine.toml", "--format", "jsonl"
    )
    results = [CallScore.from_dict(json.loads(line)) for line in ran.out.splitlines()]
    assert [list(result.criteria) for result in results] == [["warmth"], ["warmth"]]
    one, two = (result.criteria["warmth"].rating for result in results)
    assert two < 2.1 < 3.5 < one
    assert results[0].criteria["warmth"].evidence[0].quote == "How exhausting."


def table_of(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["call_id", "speaker", "text"])
        writer.writerows(rows)
    return path


TURNS = [tuple(line.split(": ", 1)) for line in CALL.splitlines()]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "=\t"])
def test_no_cell_of_a_csv_file_is_a_formula(start, terminal, tiny_model, tmp_path):
    rows = [(f'{start}HYPERLINK("http://x")', who, f"{start}cmd exhausting {text}") for who, text in TURNS]
    file = table_of(tmp_path / "calls.csv", rows)
    ran = terminal.run("score", file, "--model", tiny_model, "--format", "csv")
    assert ran.code == 0, ran.err
    found = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert len(found) == 9
    for row in found:
        assert row["call_id"].lstrip("'").strip().startswith(start.strip())
        for name in ("call_id", "quote", "reason", "source", "agent"):
            assert not row[name].lstrip().startswith(("=", "+", "-", "@")), (name, row[name])


@pytest.mark.parametrize("format", ["table", "json"])
@pytest.mark.parametrize(
    "odd", ["\x1b[31mred", "\x1b]0;title\x07", "\u202eevil", "a\rb", "\x9b2J", "\u2066x"]
)
def test_no_call_id_steers_the_terminal(odd, format, terminal, tiny_model, tmp_path):
    document = {"call_id": odd, "turns": [{"speaker": who.lower(), "text": text} for who, text in TURNS]}
    short = {
        "call_id": odd + "2",
        "turns": [{"speaker": "agent", "text": odd}, {"speaker": "customer", "text": odd}],
    }
    file = tmp_path / "calls.json"
    file.write_text(json.dumps([document, short]), encoding="utf-8")
    ran = terminal.run("score", file, "--model", tiny_model, "--format", format)
    assert ran.code == 1
    assert "not scored: " in ran.err
    steering = {"\x1b", "\x07", "\x9b", "\r", "\u202e", "\u2066"}
    assert set(ran.err) & steering == set()
    if format == "table":
        assert set(ran.out) & steering == set()
        assert len(ran.out.splitlines()) == 5
    else:
        assert json.loads(ran.out)[0]["call_id"].strip() == odd.strip()


def test_bug_an_error_showed_the_escapes_of_a_stranger_s_scorecard(terminal, calls, tiny_model, tmp_path):
    card = CARD.replace("shows empathy", "shows \\u001b[2J\\u202e")
    (tmp_path / "mine.toml").write_text(card, encoding="utf-8")
    ran = terminal.run("score", calls, "--model", tiny_model, "--scorecard", tmp_path / "mine.toml")
    assert ran.code == 2
    assert "there is no feature 'shows" in ran.err
    assert set(ran.err) & {"\x1b", "\u202e"} == set()


@pytest.mark.parametrize(("name", "sides"), [("Ana", ["agent", "customer"]), ("Rosa", ["customer", "agent"])])
def test_who_the_agent_is_can_be_said(name, sides, terminal, calls, tiny_model):
    named = CALL.replace("Agent", "Ana").replace("Customer", "Rosa")
    (calls / "one.txt").write_text(named, encoding="utf-8")
    ran = terminal.run(
        "score", calls / "one.txt", "--model", tiny_model, "--format", "jsonl", "--agent", name
    )
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert (result["role_source"], result["agent"]) == ("given", name)
    assert [turn["speaker"] for turn in result["turns"]] == sides * 2


def test_agents_by_file_or_call(terminal, calls, tiny_model, tmp_path):
    (calls / "three.txt").write_text(
        CALL.replace("Agent", "Ana").replace("Customer", "Rosa"), encoding="utf-8"
    )
    (tmp_path / "agents.csv").write_text("\ufeffthree.txt, Ana \n\n", encoding="utf-8")
    ran = terminal.run(
        "score",
        calls / "three.txt",
        "--model",
        tiny_model,
        "--format",
        "jsonl",
        "--agents",
        tmp_path / "agents.csv",
    )
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert (result["role_source"], result["agent"]) == ("given", "Ana")
    assert [turn["speaker"] for turn in result["turns"]] == ["agent", "customer"] * 2


def test_long_names_are_cut_and_columns_stay_in_line(terminal, calls, tiny_model):
    (calls / ("x" * 80 + ".txt")).write_text(CALL, encoding="utf-8")
    lines = terminal.run("score", calls, "--model", tiny_model).out.splitlines()[:4]
    assert len({len(line) for line in lines}) == 1
    assert "x" * 27 + "…" in lines[3]


def test_a_reader_that_leaves_early_is_no_error(calls, tiny_model):
    command = [
        sys.executable,
        "-m",
        "carescore",
        "score",
        str(calls),
        "--model",
        str(tiny_model),
        "--format",
        "json",
    ]
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


def test_any_terminal_can_show_the_table(calls, tiny_model):
    (calls / "ünï😀.txt").write_text(CALL, encoding="utf-8")
    command = [sys.executable, "-m", "carescore", "score", str(calls), "--model", str(tiny_model)]
    ran = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=True
    )
    assert ran.stdout.splitlines()[3].startswith(b"?n?? ")


def test_the_bundled_model_and_scorecard_are_the_default(terminal, calls):
    result = json.loads(terminal.run("score", calls / "one.txt", "--format", "json").out)[0]
    assert result["receipt"]["model"].startswith("care ")
    assert result["receipt"]["scorecard_sha256"] == load_scorecard().sha256
    assert {name for turn in result["turns"] for name in turn["behaviours"]} <= set(BEHAVIOURS)
