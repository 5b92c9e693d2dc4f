"""`carescore scorecard`: check one's own, show the bundled one, list what may be named in it."""

from __future__ import annotations

import pytest

from carescore.call_features import feature_names
from carescore.codebook import BEHAVIOURS
from carescore.scorecard import load_scorecard, parse_scorecard

CARD = """
schema = "carescore.scorecard/1"
name = "team"
version = "2.0.1"
[[criteria]]
id = "warmth"
name = "Warmth"
weight = 3
applies_when = ["distress", "effort"]
points = { "shows empathy" = 2.0 }
[[criteria]]
id = "plan"
name = "Plan"
learned = "escalation_plan"
"""


def test_a_good_one_is_told_in_short(terminal, tmp_path):
    (tmp_path / "mine.toml").write_text(CARD, encoding="utf-8")
    ran = terminal.run("scorecard", "check", tmp_path / "mine.toml")
    assert ran.code == 0
    assert [" ".join(line.split()) for line in ran.out.splitlines()] == [
        "mine.toml: team 2.0.1 is fine: 2 criteria.",
        "warmth 75% applies when: distress, effort",
        "plan 25% applies when: always",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"team"', '"The Team"', "carescore: mine.toml: name: "),
        ("weight = 3", "weight = -3", "carescore: mine.toml: criteria[0].weight: "),
        (
            "weight = 3",
            "wait = 3",
            "criteria[0].wait: is not a key of a scorecard; see `carescore scorecard show`",
        ),
        ("shows empathy", "shows love", "there is no feature 'shows love'. `carescore scorecard features`"),
        ('learned = "escalation_plan"', 'learned = "plan"', "the model has learned no criterion 'plan'"),
        ('name = "Warmth"', 'name = "Mood"', "criteria[0].name: it asks how the agent feels or is ('mood')"),
        ("[[criteria]]", "[[criteria", "carescore: mine.toml: not valid TOML: "),
    ],
)
def test_a_bad_one_is_told_by_file_and_key(old, new, told, terminal, tmp_path):
    (tmp_path / "mine.toml").write_text(CARD.replace(old, new, 1), encoding="utf-8")
    ran = terminal.run("scorecard", "check", tmp_path / "mine.toml")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_one_that_is_not_there(terminal, tmp_path):
    ran = terminal.run("scorecard", "check", tmp_path / "nowhere.toml")
    assert (ran.code, ran.err) == (
        2,
        "carescore: nowhere.toml: cannot be opened (No such file or directory).\n",
    )


def test_the_bundled_one_is_shown_as_it_is(terminal):
    ran = terminal.run("scorecard", "show")
    assert ran.code == 0
    assert parse_scorecard(ran.out) == load_scorecard()
    assert ran.out.startswith("# The bundled scorecard of carescore.")


def test_everything_that_may_be_named_is_listed(terminal):
    ran = terminal.run("scorecard", "features")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert [line.strip() for line in lines[3:]] == list(feature_names())
    assert [name.strip() for line in lines[:2] for name in line.partition(":")[2].split(",")] == list(
        BEHAVIOURS
    )


@pytest.mark.parametrize("arguments", [["scorecard"], ["scorecard", "--help"]])
def test_help(arguments, terminal):
    ran = terminal.run(*arguments)
    assert all(command in ran.out + ran.err for command in ("check", "show", "features"))
