"""How a workbook looks when it is opened, and that writing one leaves nothing beside it."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path

import pytest

from carescore.report.tables import Sheet
from carescore.report.workbook import write_workbook

SHEET = Sheet(
    "One", ("call_id", "quote"), ({"call_id": "a", "quote": "two\nlines"}, {"call_id": "b", "quote": None})
)


def parts(tmp_path: Path, *sheets: Sheet) -> dict[str, str]:
    write_workbook(sheets, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def attributes(xml: str, element: str) -> list[dict[str, str]]:
    return [dict(re.findall(r'(\w+)="([^"]*)"', found)) for found in re.findall(rf"<{element} [^>]*>", xml)]


def test_headings_stay_in_sight_and_can_be_filtered(tmp_path: Path):
    page = parts(tmp_path, SHEET)["xl/worksheets/sheet1.xml"]
    (pane,) = attributes(page, "pane")
    assert (pane["xSplit"], pane["ySplit"], pane["topLeftCell"]) == ("1", "1", "B2")
    assert [found["ref"] for found in attributes(page, "autoFilter")] == ["A1:B3"]


def test_a_sheet_without_rows_can_be_filtered_too(tmp_path: Path):
    page = parts(tmp_path, Sheet("One", ("call_id", "quote"), ()))["xl/worksheets/sheet1.xml"]
    assert [found["ref"] for found in attributes(page, "autoFilter")] == ["A1:B2"]


def test_headings_are_bold_and_long_text_is_wide_and_wrapped(tmp_path: Path):
    book = parts(tmp_path, SHEET)
    page, styles = book["xl/worksheets/sheet1.xml"], book["xl/styles.xml"]
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1].split("</cellXfs>")[0])
    fonts = re.findall(r"<font>.*?</font>", styles)
    narrow, wide = attributes(page, "col")
    assert 13 < float(narrow["width"]) < 16
    assert float(wide["width"]) > 55
    assert "style" not in narrow
    assert 'wrapText="1"' in formats[int(wide["style"])]
    assert 'vertical="top"' in formats[int(wide["style"])]
    cells = attributes(page, "c")
    (heading,) = {cell["s"] for cell in cells if cell["r"] in ("A1", "B1")}
    (font,) = re.findall(r'fontId="(\d+)"', formats[int(heading)])
    assert "<b/>" in fonts[int(font)]
    assert {cell["r"]: cell.get("t") for cell in cells} == {
        "A1": "s",
        "B1": "s",
        "A2": "s",
        "B2": "s",
        "A3": "s",
    }


def test_what_customers_said_lies_in_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    parts(tmp_path, SHEET)
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]
