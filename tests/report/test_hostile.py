"""Whatever a transcript, a name or a saved result says, it stays text on pages, in sheets, in terminals."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest

from carescore.cli.destination import write_csv
from carescore.report.agent import agent_page
from carescore.report.call import call_page
from carescore.report.index import index_page
from carescore.report.tables import call_sheets, team_sheets
from carescore.report.team import team_page
from carescore.report.views import CallView, IndexView, TeamReport
from carescore.report.workbook import write_workbook
from carescore.results import CallScore
from carescore.scorecard import Scorecard, parse_scorecard
from carescore.team.celebrations import Celebration
from carescore.team.listening import CallToHear
from carescore.team.misses import Example
from carescore.trends import TeamView, team_view
from tests.report.examples import hostile_call, hostile_notes, hostile_result, result, team_results
from tests.report.payloads import PAYLOADS
from tests.report.reading import Element, elements, fragment, markdown_shape, shape

WORD = "word"
FORBIDDEN = {
    "script", "iframe", "object", "embed", "img", "image", "base", "form", "input", "video", "comment",
}  # fmt: skip


def label(text: str) -> str:
    """A payload as the name of a test, for terminals."""
    return text.encode("unicode_escape").decode()[:40]


@lru_cache(maxsize=2)
def results(text: str) -> list[CallScore]:
    """Calls of a team in which every text is the same, but each call is another."""
    known = team_results(6, agents=("Ana", "Ana", "Ben", "Ben", "Ben", "Ben"))
    hostile = [hostile_result(one, text, behaviour="kept") for one in known]
    dated = [
        replace(one, agent=f"{text} {before.agent}", started=before.started)
        for one, before in zip(hostile, known, strict=True)
    ]
    return [
        replace(one, receipt=replace(one.receipt, transcript_sha256=f"{number}{text}"))
        for number, one in enumerate([*dated, *hostile])
    ]


@lru_cache(maxsize=2)
def view(text: str) -> TeamView:
    """A team's view with the text wherever a view can have text."""
    seen = team_view(results(text))
    moment = Celebration(
        agent=text, call_id=text, source=text, started=text, turn=1, time=2.0, behaviour=text, praise=text,
        answered=text, quote=text,
    )  # fmt: skip
    example = Example(call_id=text, turn=1, time=2.0, quote=text)
    hear = CallToHear(
        call_id=text, agent=text, source=text, started=text, score=1.0, low=0.0, high=2.0, kinds=("random",),
        reasons=(text,),
    )  # fmt: skip
    parts = []
    for part in seen.parts:
        missed = tuple(replace(miss, opening=text, name=text, examples=(example,)) for miss in part.misses)
        parts.append(replace(part, celebrate=(moment,), misses=missed, listen=(hear,)))
    return replace(seen, parts=tuple(parts), notes=(text,), banner=(text,))


def html_pages(text: str) -> Iterator[tuple[str, list[Element]]]:
    """Every kind of page and of notebook output, with the text everywhere."""
    one, call, notes = hostile_result(result(), text), hostile_call(text), hostile_notes(text)
    calls, team = results(text), view(text)
    people = {" ".join(text.split()): "agent-1.html"}  # as the view spells names
    yield "call", elements(call_page(one, call, coaching=notes, home="index.html"))
    yield "saved call", elements(call_page(one))
    yield "unscored call", elements(call_page(replace(one, score=None, status="unscored"), call))
    yield "index", elements(index_page([*calls, replace(one, score=None)], links=[(text, "team.html")]))
    yield (
        "team",
        elements(team_page(team, calls, links={text: "call-1.html"}, people=people)),
    )
    yield "agent", elements(agent_page(team, calls, f"{text} Ana"))
    yield "result in a notebook", fragment(one._repr_html_())
    yield "team in a notebook", fragment(team._repr_html_())
    yield "scorecard in a notebook", fragment(own_scorecard(text)._repr_html_())


def documents(text: str) -> Iterator[tuple[str, str]]:
    """Every kind of Markdown document, with the text everywhere."""
    one = hostile_result(result(), text)
    yield "call", call_page(one, hostile_call(text), coaching=hostile_notes(text), markdown=True)
    yield "index", index_page([*results(text), replace(one, score=None)], markdown=True)
    yield "team", team_page(view(text), results(text), markdown=True)
    yield "agent", agent_page(view(text), results(text), f"{text} Ana", markdown=True)


def texts(text: str) -> Iterator[str]:
    """Every kind of plain text."""
    one = hostile_result(result(), text)
    yield str(one)
    yield str(view(text))
    yield str(own_scorecard(text))


CARD = """
schema = "carescore.scorecard/1"
name = "own"
version = "1.0.0"
[[criteria]]
id = "empathy"
name = "Empathy"
points = { "shows empathy" = 1.0 }
"""


def own_scorecard(text: str) -> Scorecard:
    """A scorecard with the text in its words."""
    card = parse_scorecard(CARD)
    text = text.encode("utf-8", "replace").decode()  # a scorecard refuses halves of surrogate pairs
    criteria = tuple(row.model_copy(update={"name": text, "asks": text}) for row in card.criteria)
    return card.model_copy(update={"description": text, "criteria": criteria})


@cache
def harmless() -> dict[str, Any]:
    return {
        "html": {name: shape(page) for name, page in html_pages(WORD)},
        "markdown": {name: markdown_shape(page) for name, page in documents(WORD)},
    }


@pytest.mark.parametrize("text", PAYLOADS, ids=label)
def test_no_text_becomes_markup_on_any_page(text: str) -> None:
    for name, page in html_pages(text):
        assert shape(page) == harmless()["html"][name], name
        assert not FORBIDDEN & {element.name for element in page}
        for element in page:
            assert not [key for key in element.attributes if key.startswith("on")]
            address = element.attributes.get("href", "#")
            assert address.startswith("#") or address in ADDRESSES, (name, address)


ADDRESSES = {"data:,", "index.html", "team.html", "call-1.html", "agent-1.html"}


@pytest.mark.parametrize("text", PAYLOADS, ids=label)
def test_no_text_becomes_markdown(text: str) -> None:
    for name, page in documents(text):
        assert markdown_shape(page) == harmless()["markdown"][name], name


@pytest.mark.parametrize("text", PAYLOADS, ids=label)
def test_nothing_that_steers_a_terminal_or_turns_the_reading_order_gets_through(text: str) -> None:
    pages = [call_page(hostile_result(result(), text), hostile_call(text), coaching=hostile_notes(text))]
    for shown in (*pages, *(page for _, page in documents(text)), *texts(text)):
        found = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert found <= {"\n", "\u2060"}, [hex(ord(c)) for c in found]


def test_text_is_shown_whole_and_not_swallowed() -> None:
    said = "a <b> & \"c\" 'd' {{ e }} `f` *g* =h"
    page = elements(
        call_page(hostile_result(result(), said), hostile_call(said), coaching=hostile_notes(said))
    )
    shown = [element.text for element in page if element.attributes.get("class") == "text"]
    assert len(shown) == 3
    assert all(said in " ".join(text.split()) for text in shown)


# ---- tables ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", PAYLOADS, ids=label)
def test_no_cell_of_a_csv_file_is_a_formula(text: str, tmp_path: Path) -> None:
    one = hostile_result(result(), text)
    for number, shown in enumerate((CallView(one), IndexView([one]), TeamReport(view(text), results(text)))):
        path = tmp_path / f"{number}.csv"
        columns, rows = shown.table()
        write_csv(columns, rows, path)
        cells = [value for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))) for value in row]
        assert len(cells) > len(columns)
        for value in cells:
            assert not value.lstrip().startswith(("=", "+", "@", "\t", "\r", "＝"))
            assert not value.lstrip().startswith("-") or float(value) < 0
            assert not [c for c in value if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]


@pytest.mark.parametrize("text", PAYLOADS, ids=label)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str, tmp_path: Path) -> None:
    sheets = (*call_sheets([hostile_result(result(), text)], [hostile_notes(text)]), *team_sheets(view(text)))
    write_workbook(sheets, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(pages) == len(sheets)
    for page in pages:
        assert "<f>" not in page
        assert "hyperlink" not in page
