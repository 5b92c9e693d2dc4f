"""The banner: averages of few calls, or of calls that nobody reviewed, say so wherever they are shown."""

from __future__ import annotations

import pytest

from carescore.report.agent import agent_page
from carescore.review.log import ReviewLog
from carescore.review.reviewed import reviewed_results
from carescore.team.banner import ENOUGH, agent_banner
from carescore.trends import team_view
from tests.team.examples import drawn, result, team

ROWS = [
    (ENOUGH, ENOUGH, []),
    (ENOUGH, ENOUGH - 1, ["1 of 20 calls reviewed by no person"]),
    (ENOUGH - 1, ENOUGH - 1, ["19 calls are too few"]),
    (3, 0, ["3 of 3 calls reviewed by no person", "3 calls are too few"]),
    (1, 0, ["1 of 1 call reviewed", "1 call"]),
]


@pytest.mark.parametrize(("calls", "reviewed", "said"), ROWS)
def test_the_banner_of_an_agent(calls, reviewed, said):
    found = agent_banner(calls, reviewed)
    assert len(found) == len(said)
    for sentence, words in zip(found, said, strict=True):
        assert words in sentence


CALLS = team({"Ana": drawn(60, 30, seed=1), "Ben": drawn(60, 6, seed=2)})


def test_agents_with_few_calls_are_named_above_the_team():
    banner = " ".join(team_view(CALLS).banner)
    assert "Ben (6 calls)" in banner
    assert "Ana (" not in banner


@pytest.mark.parametrize("markdown", [True, False])
def test_the_page_of_an_agent_shows_it_until_a_person_has_reviewed_all(markdown, tmp_path):
    view = team_view(CALLS)
    assert "30 of 30 calls reviewed by no person" in agent_page(view, CALLS, "Ana", markdown=markdown)
    assert "6 calls are too few for an average" in agent_page(view, CALLS, "Ben", markdown=markdown)
    log = ReviewLog(tmp_path / "r.db")
    log.open(CALLS, who="Cy")
    for one in CALLS:
        if one.agent == "Ana":
            log.note(one.call_id, who="Cy")
    seen = team_view(CALLS, reviewed=reviewed_results(log.reviews()))
    assert (seen.reviewed, dict(seen.reviewed_of)) == (30, {"Ana": 30, "Ben": 0})
    assert "reviewed by no person" not in agent_page(seen, CALLS, "Ana", markdown=markdown)
    assert "6 of them reviewed by no person" in seen.banner[0]


def test_only_the_very_result_that_was_reviewed_counts(tmp_path):
    one = result("c1", 50.0)
    log = ReviewLog(tmp_path / "r.db")
    log.open([one], who="Cy")
    assert not reviewed_results(log.reviews())(one)
    log.note("c1", who="Cy")
    is_reviewed = reviewed_results(log.reviews())
    assert is_reviewed(one)
    assert not is_reviewed(result("c1", 50.0, receipt={"model_sha256": "c" * 64}))
    assert not is_reviewed(result("c2", 50.0))
