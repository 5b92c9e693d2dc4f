"""What the pages of calls, teams and agents say, above all where there is little to say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carescore.errors import UsageError
from carescore.report.agent import agent_page
from carescore.report.index import index_page
from carescore.report.team import team_page
from carescore.trends import team_view
from tests.report.examples import result, team_results
from tests.report.reading import elements
from tests.report.reading import reader_text as text_of
from tests.report.test_call_page import headings
from tests.team.examples import team as scored_team

TEAM = team_results(24, agents=("Ana", "Ben", None))
VIEW = team_view(TEAM)


def team_text(results, **options):
    return text_of(team_page(team_view(results), results, **options))


def test_the_team_page_celebrates_first_and_ends_with_what_to_hear():
    assert headings(team_page(VIEW, TEAM))[:3] == [
        "Team, 24 calls",
        "Worth celebrating",
        "Where the team stands",
    ]
    assert headings(team_page(VIEW, TEAM))[-2:] == ["Listen to next", "Notes"]


@pytest.mark.parametrize(
    ("results", "says", "leaves_out"),
    [
        ([], "There are no results to look at", "Worth celebrating"),
        ([result("a", None)], "there is none so far", "Call score of each agent"),
        (
            team_results(1),
            "Averages are shown from 5 scored calls on; there is 1 so far.",
            "Levels of the team",
        ),
        (team_results(4, agents=("Ana",)), "no average is shown: Ana (4).", "Call score of each agent"),
        (team_results(12, agents=(None,)), "No call names its agent", "In order of the alphabet"),
        (team_results(12), "In order of the alphabet, not of their levels.", "no average is shown"),
        (scored_team({"Ana": [50.0] * 3}), "There was no opening to meet.", "90% interval of that share"),
        ([replace(r, started=None) for r in TEAM], "Without a date that can be read", "One dot is one call"),
    ],
    ids=["nothing", "unscored", "one", "few", "nameless", "names", "no moments", "undated"],
)
def test_a_team_of_few_calls_gets_sentences_and_no_invented_numbers(results, says, leaves_out):
    assert says in team_text(results)
    assert leaves_out not in team_text(results)


def test_versions_are_shown_apart_and_told_by_name():
    other = [
        replace(
            r,
            call_id=f"new-{r.call_id}",
            receipt=replace(r.receipt, scorecard="care 2.0.0", scorecard_sha256="c" * 64),
        )
        for r in TEAM[:6]
    ]
    page = team_page(team_view([*TEAM, *other]), [*TEAM, *other])
    assert "never averaged together" in text_of(page)
    assert "Scorecard care 2.0.0" in text_of(page)
    assert headings(page).count("Worth celebrating") == 2
    for several in (page, agent_page(team_view([*TEAM, *other]), [*TEAM, *other], "Ana")):
        names = [e.attributes["aria-labelledby"] for e in elements(several) if e.name == "section"]
        known = {e.attributes["id"] for e in elements(several) if "id" in e.attributes}
        assert len(set(names)) == len(names)
        assert {"celebrate1 part1", "celebrate2 part2"} <= set(names)
        assert {part for name in names for part in name.split()} <= known
    assert "Not scored alike: care 1.0.0" in text_of(index_page([*TEAM, *other]))


def test_agents_are_linked_where_they_have_a_page_and_named_where_not():
    page = elements(team_page(VIEW, TEAM, people={"Ana": "agent-1.html"}, links={"call-1": "call-1.html"}))
    addresses = {e.attributes["href"]: e.text for e in page if e.name == "a"}
    assert addresses["agent-1.html"] == "Ana"
    assert "Ben" not in addresses.values()
    assert addresses["call-1.html"] == "call-1"


def test_the_agent_page_compares_with_the_team_and_lists_all_calls():
    page = agent_page(VIEW, TEAM, " ana ")
    assert headings(page)[0] == "Ana"
    assert headings(page)[-1] == "Calls"
    text = text_of(page)
    for number in range(0, 24, 3):
        assert f"call-{number} " in text
    assert "call-1 " not in text
    assert "8 scored calls" in text


def test_an_agent_with_few_calls_gets_no_levels_and_no_shares():
    few = team_results(3, agents=("Ana",))
    text = text_of(agent_page(team_view(few), few, "Ana"))
    assert "Levels are shown from 5 scored calls on; there are 3 so far." in text
    assert "missed 3 of 3" in text
    assert "%;" not in text


@pytest.mark.parametrize("name", ["Zoe", "", "An"])
def test_an_agent_that_no_call_names_is_told_with_those_that_are(name):
    with pytest.raises(UsageError, match=r"named are: Ana, Ben\)"):
        agent_page(VIEW, TEAM, name)


def test_a_period_leaves_the_same_calls_out_of_the_numbers_and_the_drawing():
    view = team_view(TEAM, period=("2024-03-01", "2024-03-29"))
    assert "Team, 5 calls" in headings(team_page(view, TEAM))
    assert team_page(view, TEAM).count("h0M") == 4
    assert "2 scored calls" in text_of(agent_page(view, TEAM, "Ana"))


def test_the_list_of_calls_has_each_quote_once_with_its_criteria():
    full = next(iter(result().criteria.values()))
    twice = result(criteria=(full, replace(full, id="overall", name="Overall")))
    text = text_of(index_page([twice]))
    assert text.count("Thank you, truly.") == 1
    assert "unresolved (Empathy, Overall)" in text


@pytest.mark.parametrize(
    ("results", "says"),
    [
        ([], "There is no scored call to show."),
        ([result("x", None)], "x: Too short."),
        (TEAM, "24 scored calls"),
    ],
)
def test_the_list_of_calls_says_what_is_not_scored(results, says):
    assert says in text_of(index_page(results))
