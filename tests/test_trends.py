"""The team view as a whole: versions kept apart, bad input, order, and what a person reads."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from carescore.errors import UsageError
from carescore.results import CallScore
from carescore.team.levels import Level, Measure, agent_levels, team_level
from carescore.trends import SCHEMA, TeamView, team_view
from tests.growth import linear
from tests.team.examples import criterion, drawn, moment, quote, result, team

OTHER = {"scorecard": "care 1.1.0", "scorecard_sha256": "c" * 64}


def level(view: TeamView, agent: str | None, measure: str = "score", part: int = 0) -> Level:
    chosen = view.parts[part]
    profile = chosen.team if agent is None else next(p for p in chosen.agents if p.agent == agent)
    return next(level for level in profile.levels if level.criterion == measure)


@pytest.mark.parametrize("changed", [OTHER, {"model": "care 2.0.0", "model_sha256": "d" * 64}])
def test_calls_scored_in_different_ways_are_never_averaged(changed: dict[str, str]) -> None:
    old = [result(f"a{n}", 40.0, agent="Ana") for n in range(10)]
    new = [result(f"b{n}", 80.0, agent="Ana", receipt=changed) for n in range(6)]
    view = team_view([*new, *old])
    assert [part.calls for part in view.parts] == [10, 6]
    assert [level(view, "Ana", part=n).level for n in (0, 1)] == [pytest.approx(40), pytest.approx(80)]
    assert any(
        "never averaged together" in sentence and changed.get("scorecard", "care 2.0.0") in sentence
        for sentence in view.banner
    )


def test_two_models_of_one_name_are_told_apart_by_their_hashes() -> None:
    view = team_view([result("a"), result("b", receipt={"model_sha256": "d" * 64})])
    told = next(sentence for sentence in view.banner if "never averaged" in sentence)
    assert "aaaaaaaa" in told
    assert "dddddddd" in told


def test_versions_of_the_library_are_named_and_averaged() -> None:
    view = team_view([result("a"), result("b", receipt={"carescore": "0.2.0"})])
    assert len(view.parts) == 1
    assert any("0.1.0 and 0.2.0" in note for note in view.notes)


def test_agents_stand_in_order_of_the_alphabet_whatever_their_levels() -> None:
    scores = {"Zoe": drawn(90, 20, seed=1), "Ana": drawn(30, 20, seed=2), "Mia": drawn(60, 20, seed=3)}
    view = team_view(team(scores))
    assert [profile.agent for profile in view.parts[0].agents] == ["Ana", "Mia", "Zoe"]
    assert view.parts[0].orders[0].groups == (("Zoe",), ("Mia",), ("Ana",))
    text = view.to_text()
    assert text.index("Ana ") < text.index("Mia ") < text.index("Zoe ")
    assert "Zoe above Ana, Mia" in text


def test_clear_changes_are_told_once_for_each_agent() -> None:
    calls = team(
        {"Ana": drawn(30, 30, seed=1, spread=5, slope=1.5), "Ben": drawn(60, 30, seed=2, spread=15)}, apart=2
    )
    text = " ".join(team_view(calls).to_text().split())
    assert "Ana: call score up by" in text
    assert "; up in empathy." in text
    assert "Ben: call score" not in text
    calm = team({"Ana": drawn(60, 30, seed=3), "Ben": drawn(60, 30, seed=4)}, apart=2)
    assert "No agent and no criterion shows a clear change." in team_view(calm).to_text()


def test_levels_on_real_scores_cover_the_truth() -> None:
    """Scores that crowd at both ends, as scores do: agents who differ, 5 to 40 calls each."""
    random_ = np.random.default_rng(0)
    pool = np.concatenate([random_.beta(1.5, 8, 200), random_.beta(6, 1.5, 300)]) * 100
    measure, covered = Measure("score", "Call score"), []
    for _ in range(150):
        truth, scores = {}, {}
        for agent in "ABCDEFGH":
            weights = np.exp(0.5 * random_.standard_normal() * (pool - 50) / 34)
            weights /= weights.sum()
            truth[agent] = float(weights @ pool)
            scores[agent] = random_.choice(pool, random_.integers(5, 40), p=weights)
        levels = agent_levels(measure, scores, team_level(measure, np.concatenate(list(scores.values()))))
        for agent, found in levels.items():
            assert found.low is not None
            assert found.high is not None
            covered.append(found.low <= truth[agent] <= found.high)
    assert np.mean(covered) == pytest.approx(0.90, abs=0.05)


def test_identical_agents_are_not_ranked_in_the_text_either() -> None:
    view = team_view(team({name: drawn(60, 15, seed=seed) for seed, name in enumerate("ABCDEF")}))
    assert all(not order.above for order in view.parts[0].orders)
    assert "Nobody stands clearly above anybody else" in view.to_text()


def test_spellings_of_one_name_are_one_agent_and_calls_without_one_count_for_the_team() -> None:
    names = ["Ana Silva"] * 3 + ["ana  silva", "ANA SILVA "] + [None, " "]
    view = team_view([result(f"c{n}", 50.0 + n, agent=name) for n, name in enumerate(names)])
    assert [(p.agent, p.calls) for p in view.parts[0].agents] == [("Ana Silva", 5)]
    assert view.parts[0].team.calls == 7
    assert any("team only: 2 calls" in note for note in view.notes)


def test_a_call_that_comes_twice_counts_once() -> None:
    calls = [result(f"c{n}", 50.0) for n in range(6)]
    view = team_view([*calls, *calls[:2]])
    assert view.calls == 6
    assert any("counted once: 2 calls" in note for note in view.notes)


def test_a_period_leaves_out_other_days_and_calls_without_one() -> None:
    calls = [*team({"Ana": drawn(60, 30, seed=1)}), result("undated", 50.0)]
    view = team_view(calls, period=("2024-03-05", "2024-03-09"))
    assert (view.calls, view.first, view.last) == (5, "2024-03-05", "2024-03-09")
    assert (view.parts[0].first, view.parts[0].last) == ("2024-03-05", "2024-03-09")
    assert any("was asked for: 1 call" in note for note in view.notes)


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([], "no results to look at"),
        ([result("one")], "first look"),
        ([result("one", None)], "Nothing could be scored"),
        ([result(f"c{n}", criteria=[criterion("empathy", None)]) for n in range(9)], "no average"),
        ([result("guess", role_source="guessed")], "was guessed"),
    ],
)
def test_little_or_nothing_gives_a_clear_page(results: list[CallScore], said: str) -> None:
    view = team_view(results)
    assert said in " ".join(view.to_text().split())
    json.loads(view.to_json())
    assert len(view.to_frame()) == (2 * len(view.parts[0].agents) + 2 if results else 0)


def test_the_banner_says_draft_until_every_call_is_reviewed() -> None:
    calls = [result(f"c{n}") for n in range(3)]
    reviewed: Any = "reviewed"
    some, all_ = (
        [replace(calls[0], status=reviewed), *calls[1:]],
        [replace(c, status=reviewed) for c in calls],
    )
    assert team_view(calls).banner[0].startswith("DRAFT of 3 calls that no person")
    assert "2 of them reviewed by no person" in team_view(some).banner[0]
    assert "DRAFT" not in team_view(all_).to_text()
    assert team_view(all_).reviewed == 3


def test_bad_input_says_what_it_was() -> None:
    with pytest.raises(UsageError, match="result 2 is a str"):
        team_view([result("a"), "b"])  # type: ignore[list-item]


def test_plain_data_and_rows_agree_and_carry_reasons() -> None:
    view = team_view(team({"Ana": drawn(60, 30, seed=1), "Ben": drawn(60, 3, seed=2)}))
    data = json.loads(view.to_json())
    assert data["schema"] == SCHEMA
    assert data["parts"][0]["team"]["levels"][0]["level"] == level(view, None).level
    frame = view.to_frame()
    assert list(frame["who"].unique()) == ["team", "agent"]
    ben = frame[(frame["agent"] == "Ben") & (frame["criterion"] == "score")].iloc[0]
    assert ben["level"] != ben["level"]
    assert "only 3 calls" in ben["reason"]
    assert frame["level"].dtype == "float64"


def test_the_same_results_in_any_order_give_the_same_bytes() -> None:
    results = [
        replace(
            one,
            criteria={
                "empathy": criterion(
                    "empathy",
                    one.score,
                    moments=[moment(0, "distress", "missed" if n % 3 else "met")],
                    evidence=[quote(1, "empathy", f"Quite some words number {n} for you here.")],
                )
            },
        )
        for n, one in enumerate(team({name: drawn(70, 12, seed=seed) for seed, name in enumerate("ABC")}))
    ]
    shuffled = random.Random(3).sample(results, len(results))
    assert team_view(results, seed=5).to_json() == team_view(shuffled, seed=5).to_json()
    assert team_view(results, seed=5).to_json() != team_view(results, seed=6).to_json()


def test_hostile_names_steer_no_terminal() -> None:
    name = "Ana\x1b[31m\u202eevil\nTeam"
    view = team_view([result(f"c{n}\x1b]0;x\x07", 50.0 + n, agent=name) for n in range(6)])
    assert not {"\x1b", "\u202e", "\x07"} & set(view.to_text())
    assert "Ana [31mevil Team" in view.to_text()


def test_the_time_grows_with_the_calls_not_with_their_square() -> None:
    linear(
        lambda results: team_view(results).to_text(),
        lambda agents: team({f"Agent {n:02}": drawn(60, 50, seed=n) for n in range(agents)}),
        10,
    )
