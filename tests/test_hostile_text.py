"""Six hundred hostile texts in every field and every output: all of them come out as nothing but text.

`tests/report/test_hostile.py` reads pages as browsers do, for each of the texts that reports are tested with.
Here are all texts on every page (where markup is what counts: its characters, one after the other), and the
commands as people run them, from files in which strangers chose every word, name and number.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from carescore.report.agent import agent_page
from carescore.report.call import call_page
from carescore.report.index import index_page
from carescore.report.tables import call_sheets
from carescore.report.team import team_page
from carescore.report.workbook import write_workbook
from carescore.safe_text import cell, markdown
from tests.cli.running import Ran, Terminal
from tests.hostile import CONTROLS, FORMULAS, MARKUP, TEXTS
from tests.report.examples import hostile_call, hostile_notes, hostile_result, result
from tests.report.reading import elements, markdown_shape, shape
from tests.report.test_hostile import CARD, own_scorecard, results, view

FORMULA = ("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠")
STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
# Line feeds part lines; the joiner is ours, set in Markdown behind an "@" so that nobody is called.
OURS = {"\n", "\u2060"}


def steering(shown: str) -> set[str]:
    """The characters of an output that do something to a terminal or to the order of reading."""
    if shown.isascii() and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown):
        return set()
    return {hex(ord(c)) for c in set(shown) - OURS if unicodedata.category(c) in STEERING}


# ---- pages and notebooks -----------------------------------------------------------------------------


def pages(text: str) -> Iterator[tuple[str, str]]:
    """Every page and notebook output, with the text in every field."""
    one, call, notes = hostile_result(result(), text), hostile_call(text), hostile_notes(text)
    calls, team = results(text), view(text)
    yield "call", call_page(one, call, coaching=notes, home="index.html")
    yield "unscored call", call_page(replace(one, score=None, status="unscored"), call)
    yield "index", index_page([*calls, replace(one, score=None)], links=[(text, "team.html")])
    yield "team", team_page(team, calls, links={text: "call-1.html"})
    yield "agent", agent_page(team, calls, f"{text} Ana")
    yield "result in a notebook", one._repr_html_()
    yield "team in a notebook", team._repr_html_()
    yield "scorecard in a notebook", own_scorecard(text)._repr_html_()


def skeleton(page: str) -> str:
    """The characters that make markup, in their order: what a text must not add to or take from."""
    return re.sub(r"[^<>\"']+", "", page)


@cache
def plain() -> dict[str, str]:
    return {name: skeleton(page) for name, page in pages("word")}


@pytest.mark.parametrize("start", range(0, len(TEXTS), 50))
def test_no_text_adds_a_character_of_markup(start: int) -> None:
    for text in TEXTS[start : start + 50]:
        for name, page in pages(text):
            assert skeleton(page) == plain()[name], (name, ascii(text)[:80])
            assert not steering(page), (name, ascii(text)[:80])


@pytest.mark.parametrize("text", MARKUP[::19], ids=lambda text: ascii(text)[:30])
def test_browsers_see_the_elements_of_a_harmless_page(text: str) -> None:
    known = dict(pages("word"))
    for name, page in pages(text):
        assert shape(elements(page)) == shape(elements(known[name])), name


# ---- Markdown and tables -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame", ["{}\n\n", "> “{}”\n\n", "- {}\n", "| a | b |\n| --- | --- |\n| {} | {} |\n\n", "# {}\n"]
)
def test_no_text_is_markdown(frame: str) -> None:
    for start in range(0, len(TEXTS), 30):
        some = TEXTS[start : start + 30]
        document = "".join(
            frame.replace("{}", f"x{markdown(text)}" if not start else markdown(text) or "x") for text in some
        )
        assert not steering(document)
        for text in some:
            one = frame.replace("{}", markdown(text) or "word")
            assert markdown_shape(one) == markdown_shape(frame.replace("{}", "word")), ascii(text)[:80]


def test_no_cell_is_a_formula() -> None:
    for text in TEXTS:
        value = cell(text)
        assert not value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")), ascii(
            text
        )
        assert not steering(value)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    hostile = [hostile_result(result(), text) for text in TEXTS]
    sheets = call_sheets(hostile, [hostile_notes(text) for text in TEXTS])
    write_workbook(sheets, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert not [name for name in book.namelist() if "external" in name.lower() or "vba" in name.lower()]
        for name in book.namelist():
            if name.startswith("xl/worksheets/"):
                page = book.read(name).decode()
                assert "<f>" not in page
                assert "hyperlink" not in page
        strings = book.read("xl/sharedStrings.xml").decode()
    assert not steering(strings)
    assert not [word for word in re.findall(r"_x[0-9A-F]{4}_", strings) if word != "_x005F_"]


# ---- commands ----------------------------------------------------------------------------------------


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(capsys, monkeypatch)


def speakable(text: str) -> str:
    """The text as a file in UTF-8 can hold it."""
    return text.encode("utf-8", "replace").decode()


def calls_file(folder: Path) -> Path:
    """A file of calls in which each text is a call's id, its agent, a speaker and what is said."""
    path = folder / "calls.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(TEXTS):
            said = speakable(text)
            turns = [
                {
                    "speaker": said,
                    "role": "customer",
                    "text": f"{said} I am so frustrated, I called you twice",
                },
                {
                    "speaker": f"{said} A",
                    "role": "agent",
                    "text": "How exhausting, I see to it myself by Monday",
                },
                {"speaker": said, "role": "customer", "text": said},
            ]
            facts = {"call_id": f"{said}{number}" if number % 2 else said, "agent": said, "started": said}
            file.write(json.dumps({**facts, "turns": turns}) + "\n")
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of calls, and a file of results of them, with every text in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    calls_file(folder)
    with (folder / "results.jsonl").open("w", encoding="utf-8") as file:
        for text in TEXTS:
            kept = hostile_result(result(), speakable(text), behaviour="kept")
            file.write(replace(kept, channel="voice").to_json() + "\n")
    return folder


def harmless(ran: Ran) -> None:
    assert ran.code in (0, 1), ran.err[:500]
    assert not steering(ran.out)
    assert not steering(ran.err)


COMMANDS = (
    "score --format table", "score --format json", "score --format jsonl", "score --format csv",
    "score --format html", "coach", "coach --format jsonl", "talk", "talk --format json",
    "talk --format csv", "team", "report --format markdown", "report --format csv",
    "report --team --format markdown", "report --team --format csv", "redact",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_what_steers(command: str, files: Path, terminal: Terminal, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    ran = terminal.run(*command.split(), files / "calls.jsonl")
    harmless(ran)
    assert len(ran.out) > 200
    if "csv" in command:
        no_formulas(ran.out)
    if command.endswith("jsonl"):
        assert all(json.loads(line) for line in ran.out.splitlines())
    assert not [record for record in caplog.records if record.name.startswith("carescore")]


@pytest.mark.parametrize("command", ["report", "report --format csv", "team", "report --team"])
def test_no_saved_result_steers(command: str, files: Path, terminal: Terminal) -> None:
    ran = terminal.run(*command.split(), files / "results.jsonl")
    harmless(ran)
    if "csv" in command:
        no_formulas(ran.out)


def no_formulas(text: str) -> None:
    for row in csv.reader(io.StringIO(text)):
        for value in row:
            assert not value.lstrip().startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠")), ascii(
                value
            )
            assert not value.lstrip().startswith("-") or float(value) < 0


@pytest.mark.slow
def test_names_of_files_are_only_text(tmp_path: Path, terminal: Terminal) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    texts = [
        text
        for text in TEXTS
        if "/" not in text and "\x00" not in text and len(text.encode("utf-8", "replace")) < 200
    ]
    for number, text in enumerate(texts):
        said = (
            "Agent: Hello, how can I help?\nCustomer: I called you twice\n"
            if number % 3
            else "nothing to read"
        )
        (folder / f"{speakable(text)}.txt").write_text(said, encoding="utf-8")
    assert len(list(folder.iterdir())) > 300
    for format in ("table", "csv", "html"):
        harmless(terminal.run("score", folder, "--format", format))
    harmless(terminal.run("report", folder, "--output", tmp_path / "pages"))
    assert all(
        re.fullmatch(r"(index|team|agent-\d+|call-\d+)\.html", page.name)
        for page in (tmp_path / "pages").iterdir()
    )
    harmless(terminal.run("practice", folder))
    harmless(terminal.run("redact", folder, "--output", tmp_path / "redacted"))
    assert all(re.fullmatch(r"[\w.() -]+\.json", page.name) for page in (tmp_path / "redacted").iterdir())


def test_notes_and_people_of_reviews_are_only_text(files: Path, tmp_path: Path, terminal: Terminal) -> None:
    log = tmp_path / "log.db"
    saved = tmp_path / "one.jsonl"
    saved.write_text(result("call-1").to_json() + "\n", encoding="utf-8")
    harmless(terminal.run("review", "open", log, saved, "--by", "Ana"))
    for text in (*FORMULAS[::9], *CONTROLS[::20], *MARKUP[::40]):
        said = speakable(text).replace("\x00", "")
        ran = terminal.run("review", "note", log, "call-1", "--by", f"B{said}", "--note", f"{said}x")
        assert not steering(ran.out + ran.err)
    for format in ("text", "json", "csv"):
        for more in ((), ("--call", "call-1")):
            ran = terminal.run("review", "list", log, "--format", format, *more)
            harmless(ran)
            if format == "csv":
                no_formulas(ran.out)


def test_names_on_scorecards_are_only_text(
    tmp_path: Path, terminal: Terminal, tiny_model: Path, files: Path
) -> None:
    one = tmp_path / "call.txt"
    one.write_text(
        "Agent: How exhausting, I see to it myself\nCustomer: I called you twice, I am frustrated\n" * 4
    )
    for number, text in enumerate(TEXTS[::120]):
        own = tmp_path / "own.toml"
        own.write_text(CARD.replace('"Empathy"', json.dumps(speakable(text)[:120])), encoding="utf-8")
        ran = terminal.run("scorecard", "check", own)
        assert not steering(ran.out + ran.err)
        if number % 3 == 0:
            ran = terminal.run("score", one, "--scorecard", own, "--model", tiny_model)
            assert not steering(ran.out + ran.err)


# ---- errors ------------------------------------------------------------------------------------------


def test_errors_are_sentences_that_steer_nothing(tmp_path: Path, terminal: Terminal) -> None:
    saved = tmp_path / "saved.jsonl"
    saved.write_text(result().to_json() + "\n", encoding="utf-8")
    for text in TEXTS[::75]:
        said = speakable(text).replace("\x00", "")[:50].replace("/", "")
        own = tmp_path / "own.toml"
        own.write_text(f"{json.dumps(said)} = 1\n", encoding="utf-8")
        for command in (
            ("score", f"{tmp_path}/{said}"), ("scorecard", "check", own), ("score", own, "--scorecard", own),
            ("score", own, "--format", said), ("report", saved, "--agent", said), (said,),
        ):  # fmt: skip
            ran = terminal.run(*command)
            assert ran.code in (0, 1, 2)
            assert not steering(ran.out + ran.err), ascii(ran.err)
            assert "Traceback" not in ran.err
