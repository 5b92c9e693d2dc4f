"""Calls and teams as sheets, workbooks and rows."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from carescore.errors import UsageError
from carescore.report.tables import Sheet, call_sheets, team_sheets
from carescore.report.views import AgentReport, CallView, IndexView, TeamReport, calls_view
from carescore.report.workbook import write_workbook
from carescore.trends import team_view
from tests.report.examples import call, notes, result, team_results

TEAM = team_results()
VIEW = team_view(TEAM)


def test_a_call_has_sheets_for_criteria_quotes_moments_and_notes():
    sheets = {sheet.name: sheet for sheet in call_sheets([result()], [notes()])}
    counts = {name: len(sheet.rows) for name, sheet in sheets.items()}
    assert counts == {"Calls": 1, "Criteria": 2, "Evidence": 3, "Moments": 3, "Coaching": 4}
    assert [row["note"] for row in sheets["Coaching"].rows] == ["celebrate", "focus", "token", "token"]
    assert sheets["Coaching"].rows[2]["words"] == "Three days is long."
    assert sheets["Coaching"].rows[3]["words"] == "Say back one thing that they told you."
    for sheet in sheets.values():
        assert all(set(row) == set(sheet.columns) for row in sheet.rows)


def test_a_call_without_notes_has_an_empty_sheet_of_them():
    assert call_sheets([result()], [None])[-1].rows == ()
    assert "Coaching" not in [sheet.name for sheet in call_sheets([result()])]


@pytest.mark.parametrize("agent", [None, "Ana"])
def test_a_team_has_sheets_and_an_agent_those_rows_that_are_theirs(agent):
    sheets = {sheet.name: sheet for sheet in team_sheets(VIEW, agent=agent)}
    assert list(sheets) == ["Levels", "Missed", "Celebrate", "Listen", "Notes"]
    people = {row["agent"] for row in sheets["Levels"].rows}
    assert people == ({None, "Ana", "Ben"} if agent is None else {None, "Ana"})
    assert {row["agent"] for row in sheets["Celebrate"].rows} == (
        {"Ana", "Ben"} if agent is None else {"Ana"}
    )
    for sheet in sheets.values():
        assert all(set(row) >= set(sheet.columns) for row in sheet.rows)


def test_a_workbook_reads_back_as_it_was_written(tmp_path: Path):
    write_workbook(call_sheets([result()], [notes()]), tmp_path / "call.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "call.xlsx")
    assert book.sheet_names == ["Calls", "Criteria", "Evidence", "Moments", "Coaching"]
    rows = book.get_sheet_by_name("Criteria").to_python()
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["criterion"], first["score"], first["missed"]) == ("empathy", 70.0, 1)
    absent = dict(zip(rows[0], rows[2], strict=True))
    assert (absent["status"], absent["score"]) == ("not_applicable", "")  # missing, not 0


def test_the_same_results_give_the_same_workbook(tmp_path: Path):
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(team_sheets(VIEW), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")  # never the time of writing


def test_a_cell_holds_no_more_than_a_sheet_can(tmp_path: Path):
    sheet = Sheet("Long", ("quote",), ({"quote": "x" * 50_000},))
    write_workbook([sheet], tmp_path / "long.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "long.xlsx").get_sheet_by_index(0).to_python()
    assert len(str(rows[1][0])) == 32_767


def test_a_workbook_that_cannot_be_written_says_so(tmp_path: Path):
    with pytest.raises(UsageError, match=r"cannot be written"):
        write_workbook(team_sheets(VIEW), tmp_path / "no" / "such" / "folder.xlsx")


def test_without_the_package_for_excel_a_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"pip install 'carescore\[excel\]'"):
        write_workbook((), tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    ("view", "about", "rows"),
    [
        (CallView(result(), call()), "call call-1", 2),
        (IndexView(TEAM), "12 calls", 24),
        (TeamReport(VIEW, TEAM), "a team with 12 calls", 9),
        (AgentReport(VIEW, TEAM, "ana"), "agent Ana", 6),
    ],
)
def test_every_view_can_be_written_in_every_way(view, about, rows):
    columns, found = view.table()
    assert view.about == about
    assert len(list(found)) == rows
    assert len(columns) > 10
    assert view.sheets()
    assert view.page().startswith("<!doctype html>")
    assert view.page(markdown=True).startswith("# ")


@pytest.mark.parametrize(
    ("given", "call_id", "kind"),
    [
        ([(result(), call())], None, CallView),
        ([(result(), None)], None, CallView),
        ([(result(score=None), call())], None, CallView),
        ([(result(score=None), None)], None, IndexView),  # a file that could not even be read
        ([], None, IndexView),
        ([(one, None) for one in TEAM], None, IndexView),
        ([(one, None) for one in TEAM], "call-3", CallView),
    ],
)
def test_one_call_is_shown_by_itself_and_several_as_a_list(given, call_id, kind):
    assert isinstance(calls_view(given, call_id=call_id), kind)


@pytest.mark.parametrize(("call_id", "says"), [("call-99", "no call has"), ("call-1", "2 calls have")])
def test_a_call_is_picked_by_an_id_that_it_has_alone(call_id, says):
    given = [(one, None) for one in (*TEAM, TEAM[1])]
    with pytest.raises(UsageError, match=says):
        calls_view(given, call_id=call_id)
