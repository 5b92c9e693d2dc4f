"""Ratings from CSV files of either shape; what is wrong is named by line, never by what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from carescore.errors import UsageError
from carescore.raters.ratings import Rating, machine_ratings, read_ratings, with_call_ids
from tests.team.examples import criterion, result

LONG = "call_id,rater,criterion,rating\nc1,Ana,empathy,4\nc1,Ben,empathy,NA\nc2,Ana,empathy,\n"
WIDE = "Call ID;Reviewer;Empathy;Escalation plan;Comment\nc1;Ana;4;n/a;good, 5\nc1;Ben;3,5;2;\n"
TAB = "conversation_id\tgrader\tempathy\nc1\tAna\t4\n"
ALONE = "file,empathy\nc1,4\nc2,1\n"
BOM = "\ufeff" + LONG


def given(*rows: tuple[str, str, str, float | None]) -> tuple[Rating, ...]:
    return tuple(Rating(call_id=c, rater=r, criterion=k, rating=v) for c, r, k, v in rows)


@pytest.mark.parametrize(
    ("text", "ratings"),
    [
        (LONG, given(("c1", "Ana", "empathy", 4.0), ("c1", "Ben", "empathy", None))),
        (BOM, given(("c1", "Ana", "empathy", 4.0), ("c1", "Ben", "empathy", None))),
        (
            WIDE,
            given(
                ("c1", "Ana", "empathy", 4.0),
                ("c1", "Ana", "escalation_plan", None),
                ("c1", "Ben", "empathy", 3.5),
                ("c1", "Ben", "escalation_plan", 2.0),
            ),
        ),
        (TAB, given(("c1", "Ana", "empathy", 4.0))),
        (ALONE, given(("c1", "rater", "empathy", 4.0), ("c2", "rater", "empathy", 1.0))),
    ],
)
def test_shapes(tmp_path: Path, text: str, ratings: tuple[Rating, ...]) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    assert read_ratings(path) == ratings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no ratings in it"),
        ("call_id,rater,criterion,rating\n", "no ratings in it"),
        ("rater,empathy\nAna,4\n", "no column for the call"),
        ('{"quote": "my card is 4929"}\n{"quote": "my card is 4929"}\n', "no column for the call"),
        (f"call_id,rater,criterion,rating\nc1,Ana,{'my card is 4929 ' * 30},4\n", "longer than"),
        ("call_id,rater,comment\nc1,Ana,my card is 4929\n", "no ratings found"),
        (
            "call_id,rater,criterion,rating\nc1,Ana,empathy,my card is 4929\n",
            "line 2, column 4: not a rating",
        ),
        ("call_id,rater,criterion,rating\nc1,Ana,empathy,6\n", "line 2, column 4: not a rating"),
        ("call_id,rater,criterion,rating\nc1,Ana,empathy,nan\n", "not a rating"),
        ("call_id,rater,empathy\nc1,Ana,4\nc2,Ana,7\nc3,Ana,2\n", "line 3, column 3: not a rating"),
        ("call_id,rater,criterion,rating\nc1,,empathy,4\n", "column 4: a rating needs a call"),
        (
            "call_id,rater,criterion,rating\nc1,Ana,empathy,4\nc1,Ana,Empathy,3\n",
            "line 3, column 4: the rater has rated",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_ratings(path)
    assert said in str(error.value)
    assert "4929" not in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        read_ratings(tmp_path / "missing.csv")
    (tmp_path / "latin.csv").write_bytes("call_id,rater,empathy\nc1,José,4\n".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_ratings(tmp_path / "latin.csv")


def test_the_machines_ratings() -> None:
    rows = [criterion("empathy", 75.0), criterion("ownership", None), criterion("clarity", None)]
    rows[2] = replace(rows[2], status="not_enough_evidence")
    assert [(r.criterion, r.rating) for r in machine_ratings([result("c", criteria=rows)])] == [
        ("empathy", 4.0),
        ("ownership", None),
    ]


@pytest.mark.parametrize("named", ["c1", "calls/monday.txt", "monday.txt", "monday"])
def test_calls_may_be_named_by_their_file(named: str) -> None:
    scored = {"c1": result("c1", source="calls/monday.txt")}
    ratings = given((named, "Ana", "empathy", 4.0), ("other", "Ana", "empathy", 4.0))
    assert [r.call_id for r in with_call_ids(ratings, scored)] == ["c1", "other"]
