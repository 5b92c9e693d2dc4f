"""Scorecards: every mistake is named with its file and key, and the hash tells what was asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carescore.codebook import CRITERIA
from carescore.errors import ScorecardError
from carescore.scorecard import LARGEST_FILE, bundled_text, load_scorecard, parse_scorecard
from carescore.scorer import Scorer
from tests.examples import call

HEAD = """
schema = "carescore.scorecard/1"
name = "team"
version = "1.2.3"
"""
CRITERION = """
[[criteria]]
id = "empathy"
name = "Empathy"
points = { "shows empathy" = 2.0 }
"""
GOOD = HEAD + CRITERION


def with_head(line: str) -> str:
    return HEAD + line + "\n" + CRITERION


def with_key(line: str) -> str:
    return GOOD + line + "\n"


def with_moment(**keys: str) -> str:
    rule = {"when": '["distress"]', "expect": '["empathy"]', **keys}
    return with_key("moments = [{ " + ", ".join(f"{key} = {value}" for key, value in rule.items()) + " }]")


BAD = [
    ("", "schema: is missing"),
    ("name = ", "not valid TOML"),
    (GOOD + "x = [" * 5000, "TOML|nested too deeply"),
    (GOOD.replace("/1", "/2"), "schema: "),
    (GOOD.replace("team", "My Team"), "name: "),
    (GOOD.replace("1.2.3", "1.2"), "version: "),
    (HEAD, "criteria: is missing"),
    (HEAD + "criteria = []", "criteria: "),
    (with_head('colour = "red"'), "colour: is not a key of a scorecard"),
    (with_head("pass_mark = 101"), "pass_mark: "),
    (with_head("pass_mark = nan"), "pass_mark: "),
    (with_head("minimum_words = -1"), "minimum_words: "),
    (with_head("minimum_words = 1.5"), "minimum_words: "),
    (with_head("minimum_turns = 0"), "minimum_turns: "),
    (with_head('minimum_turns = "many"'), "minimum_turns: "),
    (GOOD + CRITERION, "two criteria have the id 'empathy'"),
    (with_key("weight = 0"), "every criterion has the weight 0"),
    (with_key("weight = -1"), r"criteria\[0\]\.weight: "),
    (with_key("weight = inf"), r"criteria\[0\]\.weight: "),
    (with_key("weight = nan"), r"criteria\[0\]\.weight: "),
    (with_key("wieght = 1"), r"criteria\[0\]\.wieght: is not a key of a scorecard"),
    (GOOD.replace('id = "empathy"', 'id = "Empathy!"'), r"criteria\[0\]\.id: "),
    (GOOD.replace('id = "empathy"\n', ""), r"criteria\[0\]\.id: is missing"),
    (GOOD.replace('name = "Empathy"', 'name = ""'), r"criteria\[0\]\.name: "),
    (with_key("start = 11"), r"criteria\[0\]\.start: "),
    (with_key("critical_below = 0.5"), r"criteria\[0\]\.critical_below: "),
    (with_key('critical = "perhaps"'), r"criteria\[0\]\.critical: "),
    (with_key('learned = "empathy"'), r"criteria\[0\]: give either points .* or learned"),
    (GOOD.replace("points", "features").replace('{ "shows empathy" = 2.0 }', "[]"), "give either points"),
    (GOOD.replace("2.0", '"two"'), r"criteria\[0\]\.points\.shows empathy: "),
    (GOOD.replace("2.0", "nan"), r"criteria\[0\]\.points\.shows empathy: "),
    (GOOD.replace("2.0", "1e17"), r"criteria\[0\]\.points\.shows empathy: "),
    (with_key("applies_when = []"), r"criteria\[0\]\.applies_when: say \[\"always\"\] alone"),
    (with_key('applies_when = ["always", "distress"]'), r"criteria\[0\]\.applies_when: say"),
    (with_key('applies_when = ["sadness"]'), r"criteria\[0\]\.applies_when: 'sadness' is not a behaviour"),
    (with_key('evidence = ["empaty"]'), r"criteria\[0\]\.evidence: 'empaty' is not a behaviour"),
    (with_moment(when="[]"), r"criteria\[0\]\.moments\[0\]\.when: "),
    (with_moment(when='["rage"]'), r"criteria\[0\]\.moments\[0\]\.when: 'rage' is not a behaviour"),
    (with_moment(expect='["distress"]'), r"moments\[0\]: 'distress' is the customer's"),
    (with_moment(token='["effort"]'), r"moments\[0\]: 'effort' is the customer's"),
    (with_moment(within="0"), r"criteria\[0\]\.moments\[0\]\.within: "),
    (with_moment(within="11"), r"criteria\[0\]\.moments\[0\]\.within: "),
    (with_moment(soon="true"), r"criteria\[0\]\.moments\[0\]\.soon: is not a key"),
]


def test_the_template_of_this_table_is_good():
    assert parse_scorecard(GOOD).label == "team 1.2.3"
    assert parse_scorecard(with_moment()).criteria[0].moments[0].within == 1


@pytest.mark.parametrize(("text", "message"), BAD, ids=[message for _, message in BAD])
def test_a_mistake_is_named_with_file_and_key(text, message, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScorecardError, match=message) as raised:
        load_scorecard(file)
    assert str(raised.value).startswith("mine.toml: ")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("name", "The agent's emotions"),
        ("name", "Agent sentiment"),
        ("asks", "Did the agent sound free of STRESS?"),
        ("asks", "Was the mood of the agent good?"),
        ("name", "Personality"),
    ],
)
def test_feelings_of_the_agent_are_not_graded(key, text):
    card = (
        GOOD.replace('name = "Empathy"', f'name = "{text}"')
        if key == "name"
        else with_key(f'asks = "{text}"')
    )
    with pytest.raises(ScorecardError, match=rf"criteria\[0\]\.{key}: it asks how the agent .*never that"):
        parse_scorecard(card)


def test_what_the_customer_feels_may_be_asked_about():
    card = parse_scorecard(with_key('asks = "Was the customer\'s stress answered in words?"'))
    assert card.criteria[0].asks.startswith("Was the customer")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "cannot be opened"),
        (Path.mkdir, "it is not a file"),
        (lambda path: path.write_bytes(b"name = '\xe9'"), "not UTF-8 at byte 8"),
        (lambda path: path.write_bytes(b"#" * (LARGEST_FILE + 1)), "larger than"),
        (os.mkfifo, "it is not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "it is not a file"),
    ],
    ids=["missing", "folder", "latin-1", "huge", "pipe", "device"],
)
def test_a_file_that_is_no_text_is_refused(make, message, tmp_path):
    make(tmp_path / "mine.toml")
    with pytest.raises(ScorecardError, match=rf"^mine\.toml: .*{message}"):
        load_scorecard(tmp_path / "mine.toml")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load_scorecard(tmp_path / "mine.toml") == parse_scorecard(GOOD)


FULL = with_head('description = "d"\npass_mark = 70\nminimum_words = 5\nminimum_turns = 2') + (
    'asks = "Was it met?"\n'
    "weight = 2\n"
    'applies_when = ["distress"]\n'
    "start = 1.5\n"
    'evidence = ["empathy"]\n'
    "critical = true\n"
    "critical_below = 2.5\n"
    'moments = [{ when = ["distress"], expect = ["empathy"], token = ["apology"], within = 2 }]\n'
)


@pytest.mark.parametrize(
    "same",
    [
        "# a comment\n" + FULL,
        FULL.replace(" = ", "="),
        FULL.replace("weight = 2\n", "weight = 2.0   # two\n"),
        FULL.replace('name = "Empathy"\n', "").replace('id = "empathy"', 'name = "Empathy"\nid = "empathy"'),
        FULL.replace("\n", "\r\n"),
    ],
    ids=["comment", "spacing", "2.0 for 2", "order of keys", "line ends"],
)
def test_the_hash_does_not_change_with_the_writing(same):
    assert same != FULL
    assert parse_scorecard(same).sha256 == parse_scorecard(FULL).sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"team"', '"teem"'),
        ("1.2.3", "1.2.4"),
        ('"d"', '"e"'),
        ("pass_mark = 70", "pass_mark = 71"),
        ("minimum_words = 5", "minimum_words = 6"),
        ("minimum_turns = 2", "minimum_turns = 1"),
        ('id = "empathy"', 'id = "empathie"'),
        ('name = "Empathy"', 'name = "Care"'),
        ("2.0", "2.5"),
        ("shows empathy", "often empathy"),
        ("Was it met?", "Was it?"),
        ("weight = 2", "weight = 3"),
        ('applies_when = ["distress"]', 'applies_when = ["effort"]'),
        ("start = 1.5", "start = 1.25"),
        ('evidence = ["empathy"]', 'evidence = ["apology"]'),
        ("critical = true", "critical = false"),
        ("critical_below = 2.5", "critical_below = 3"),
        ('when = ["distress"], e', 'when = ["effort"], e'),
        ('expect = ["empathy"]', 'expect = ["ownership"]'),
        ('token = ["apology"]', 'token = ["reassurance"]'),
        ("within = 2", "within = 3"),
    ],
)
def test_the_hash_changes_with_every_value(old, new):
    assert FULL.count(old) == 1
    assert parse_scorecard(FULL.replace(old, new)).sha256 != parse_scorecard(FULL).sha256


def test_the_bundled_scorecard_asks_for_the_criteria_of_the_codebook():
    card = load_scorecard()
    assert card == parse_scorecard(bundled_text())
    assert tuple(criterion.id for criterion in card.criteria) == CRITERIA
    assert sum(criterion.weight for criterion in card.criteria) == pytest.approx(1.0)


def test_a_team_scores_with_its_own_points(tiny_model, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(FULL, encoding="utf-8")
    scorer = Scorer.load(model=tiny_model, scorecard=file)
    result = scorer.score(
        call("C: I am frustrated", "A: how exhausting", "C: yes", "A: there you are, that is it for now")
    )
    empathy = result.criteria["empathy"]
    assert [(line.feature, round(line.points, 1)) for line in empathy.arithmetic] == [
        ("base", 1.5),
        ("shows empathy", 2.0),
    ]
    assert empathy.rating == pytest.approx(3.5, abs=0.01)
    assert (result.passed, result.critical) == (False, ())
    assert result.receipt.scorecard == "team 1.2.3"
    assert result.receipt.scorecard_sha256 == parse_scorecard(FULL).sha256


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (GOOD.replace("shows empathy", "shows empaty"), "there is no feature 'shows empaty'"),
        (with_key('features = ["moments meet"]'), "there is no feature 'moments meet'"),
        (
            HEAD + '[[criteria]]\nid = "a"\nname = "A"\nlearned = "warmth"',
            r"the model has learned no criterion 'warmth' \(it has: empathy,",
        ),
    ],
)
def test_what_the_model_does_not_know_is_named(card, message, tiny_scorer):
    with pytest.raises(ScorecardError, match=message):
        Scorer(tiny_scorer.bundle, parse_scorecard(card))
