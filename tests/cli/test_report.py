"""`carescore report` and the page of `carescore score`, as their users run them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.running import Terminal
from tests.report.examples import team_results
from tests.report.payloads import CONTROLS
from tests.report.reading import elements, markdown_shape, reader_text


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Results of a team, saved."""
    path = tmp_path / "results.jsonl"
    path.write_text("".join(one.to_json() + "\n" for one in team_results(12)), encoding="utf-8")
    return path


def test_one_transcript_gives_the_page_of_the_call(
    terminal: Terminal, calls: Path, tmp_path: Path, tiny_model: Path
):
    output = tmp_path / "report.html"
    ran = terminal.run("report", calls / "one.txt", "--output", output, "--model", tiny_model)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(f"wrote {output}, about call one\n")
    page = reader_text(output.read_text(encoding="utf-8"))
    assert "Call one" in page
    assert "Coaching" in page
    assert "What was said" in page


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "12 scored calls"),
        (["--team"], "Team, 12 calls"),
        (["--team", "--from", "2024-03-01", "--to", "2024-03-20"], "Team, 3 calls"),
        (["--agent", "ana"], "6 scored calls"),
        (["--call", "call-3"], "made from a saved result"),
    ],
)
def test_saved_results_give_each_page(
    terminal: Terminal, saved: Path, tmp_path: Path, options: list[str], says: str
):
    ran = terminal.run("report", saved, "-o", tmp_path / "r.html", *options)
    assert ran.code == 0
    assert says in reader_text((tmp_path / "r.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("options", [[], ["--team"], ["--agent", "Ben"], ["--call", "call-3"]])
def test_every_page_comes_as_markdown_csv_and_workbook_too(
    terminal: Terminal, saved: Path, tmp_path: Path, options: list[str]
):
    for ending in ("md", "csv", "xlsx"):
        assert terminal.run("report", saved, "-o", tmp_path / f"r.{ending}", *options).code == 0
    assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# ")
    assert "table_open " in markdown_shape((tmp_path / "r.md").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8"))))
    assert rows
    assert len(CalamineWorkbook.from_path(tmp_path / "r.xlsx").sheet_names) >= 4
    said = terminal.run("report", saved, "--format", "csv", *options)
    assert said.out == (tmp_path / "r.csv").read_text(encoding="utf-8")


def test_a_folder_gets_a_page_for_every_call_and_agent(terminal: Terminal, saved: Path, tmp_path: Path):
    ran = terminal.run("report", saved, "-o", tmp_path / "pages")
    assert ran.code == 0
    assert ran.err == f"wrote 16 pages to {tmp_path / 'pages'}; open {tmp_path / 'pages' / 'index.html'}\n"
    assert len(list((tmp_path / "pages").iterdir())) == 16


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--team", "--agent", "Ana"], "different pages"),
        (["--call", "x", "--team"], "different pages"),
        (["--agent", "Zoe"], "no scored call names the agent 'Zoe' (named are: Ana, Ben)"),
        (["--call", "call-99"], "no call has the id 'call-99'"),
        (["--format", "xlsx"], "say where to write it"),
        (["-o", "r.docx"], "does not say a known format"),
        (["-o", "no/such/folder/r.html"], "cannot be written"),
        (["--team", "--from", "May"], "a day is written as"),
        (["--team", "-o", "."], "give a file name"),
    ],
)
def test_wrong_usage_is_a_sentence(
    terminal: Terminal,
    saved: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    says: str,
):
    monkeypatch.chdir(tmp_path)
    ran = terminal.run("report", saved, *arguments)
    assert ran.code == 2
    assert says in ran.err


def test_a_terminal_gets_no_page_of_html(terminal: Terminal, saved: Path, monkeypatch: pytest.MonkeyPatch):
    assert terminal.run("report", saved, "--team").out.startswith("<!doctype html>")  # as for a pipe
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = terminal.run("report", saved, "--team")
    assert (ran.code, ran.out) == (2, "")
    assert "--output report.html" in ran.err


def test_an_empty_folder_gives_a_page_that_says_so(terminal: Terminal, tmp_path: Path, tiny_model: Path):
    (tmp_path / "calls").mkdir()
    for options in ([], ["--team"]):
        ran = terminal.run(
            "report", tmp_path / "calls", "-o", tmp_path / "r.html", "--model", tiny_model, *options
        )
        assert ran.code == 1
        assert f"not read: the folder '{tmp_path / 'calls'}' has no files." in ran.err
        page = reader_text((tmp_path / "r.html").read_text(encoding="utf-8"))
        assert ("There is no call to show." if options else "There is no scored call to show.") in page
        assert "1 call" not in page


def test_the_same_calls_give_the_same_bytes(
    terminal: Terminal, calls: Path, tmp_path: Path, tiny_model: Path
):
    for name in ("a", "b"):
        assert terminal.run("report", calls, "-o", tmp_path / name, "--model", tiny_model).code == 0
    pages = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("a", "b")]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("text", CONTROLS, ids=lambda text: text.encode("unicode_escape").decode())
def test_no_escape_code_of_a_name_reaches_the_terminal(
    terminal: Terminal, tmp_path: Path, tiny_model: Path, text: str
):
    name = text.replace("\x00", "").replace("\n", "").encode("utf-8", "replace").decode()
    call = f"{name}: Hello, how can I help you?\nCustomer: I am frustrated.\n" * 3
    (tmp_path / "a.txt").write_text(call, encoding="utf-8")
    for options in (
        ["--format", "markdown"],
        ["--format", "csv"],
        ["--team", "--format", "csv"],
        ["--agent", text],
    ):
        ran = terminal.run("report", tmp_path / "a.txt", "--model", tiny_model, *options)
        for said in (ran.out, ran.err):
            assert not {c for c in said if c < " " or "\x7f" <= c <= "\x9f"} - {"\n", "\t"}
            assert not {"\u202e", "\u2066"} & set(said)


def test_scored_calls_can_be_listed_on_a_page(
    terminal: Terminal, calls: Path, tmp_path: Path, tiny_model: Path
):
    output = tmp_path / "scored.html"
    ran = terminal.run("score", calls, "--output", output, "--model", tiny_model)
    assert ran.code == 0
    page = output.read_text(encoding="utf-8")
    assert "2 scored calls" in reader_text(page)
    assert "How exhausting." in reader_text(page)
    assert not [e for e in elements(page) if e.name == "script"]
    assert terminal.run("score", calls, "--format", "html", "--model", tiny_model).out == page
