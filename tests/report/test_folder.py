"""A folder of pages that lead to one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from carescore.errors import UsageError
from carescore.report.folder import pages, write_folder
from carescore.scorer import Scorer
from carescore.trends import team_view
from tests.coaching.examples import cold_call, warm_call
from tests.report.examples import call, result, team_results
from tests.report.reading import elements

TEAM = team_results(6)
GIVEN = [(one, call(one.call_id)) for one in TEAM]


def test_every_link_of_every_page_leads_to_a_page_of_the_folder():
    written = dict(pages(GIVEN, team_view(TEAM)))
    assert set(written) == {
        "index.html",
        "team.html",
        "agent-0001.html",
        "agent-0002.html",
        *(f"call-{number:05d}.html" for number in range(1, 7)),
    }
    for name, page in written.items():
        found = [e.attributes["href"] for e in elements(page) if e.name == "a"]
        outside = [address for address in found if not address.startswith("#")]
        assert set(outside) <= set(written), name
        assert outside, name


def test_pages_lead_on_by_name_and_show_what_they_are_about():
    written = dict(pages(GIVEN, team_view(TEAM)))
    links = {
        name: {e.attributes["href"] for e in elements(page) if e.name == "a"}
        for name, page in written.items()
    }
    calls = {name for name in written if name.startswith("call-")}
    assert calls <= links["index.html"]
    assert any(links[name] & calls for name in written if name.startswith("agent-"))
    assert ">Team</a>" in written["index.html"]
    assert {"agent-0001.html", "agent-0002.html"} <= links["team.html"]
    assert "All calls by their score" in written["team.html"]
    assert {"#t0", "#t1", "#t2"} <= links["call-00001.html"]  # the turns, for those who want to read around


def test_a_page_shows_how_a_colleague_met_the_like(scorer: Scorer):
    given = [(scorer.score(one), one) for one in (cold_call(), warm_call())]
    written = dict(pages(given, team_view(result for result, _ in given)))
    assert "How Ines met the like (call warm, turn " in written["call-00001.html"]
    assert "met the like" not in written["call-00002.html"]


def test_calls_that_share_an_id_are_not_linked_by_it():
    twins = [TEAM[0], TEAM[0], TEAM[1]]
    written = dict(pages([(one, None) for one in twins], team_view(twins)))
    addresses = [e.attributes["href"] for e in elements(written["team.html"]) if e.name == "a"]
    assert "call-00003.html" in addresses
    assert not {"call-00001.html", "call-00002.html"} & set(addresses)
    assert {"call-00001.html", "call-00002.html"} <= {
        e.attributes["href"] for e in elements(written["index.html"]) if e.name == "a"
    }


def test_names_of_files_come_from_numbers_and_not_from_transcripts(tmp_path: Path):
    evil = result("../../evil", agent="../evil", day="../evil")
    assert write_folder(pages([(evil, None)], team_view([evil])), tmp_path / "pages") == 4
    assert sorted(p.name for p in tmp_path.rglob("*")) == [
        "agent-0001.html", "call-00001.html", "index.html", "pages", "team.html",
    ]  # fmt: skip


def test_a_folder_may_be_written_again(tmp_path: Path):
    for text in ("one", "two — zwei"):
        assert write_folder([("a.html", text)], tmp_path / "in" / "pages") == 1
    assert (tmp_path / "in" / "pages" / "a.html").read_bytes() == "two — zwei".encode()


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        write_folder(pages(GIVEN, team_view(TEAM)), tmp_path / "file")
