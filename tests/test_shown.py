"""Results, scorecards, scorers and team views show themselves, and say the same in plain text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from IPython.core.formatters import DisplayFormatter

from carescore.results import CallScore
from carescore.scorecard import load_scorecard
from carescore.scorer import Scorer
from carescore.trends import team_view
from tests.report.examples import result, team_results
from tests.report.reading import fragment


@pytest.fixture(params=["result", "unscored", "scorecard", "scorer", "team", "empty team"])
def shown(request: pytest.FixtureRequest, tiny_scorer: Scorer) -> object:
    """Each thing that shows itself."""
    things = {
        "result": result(warnings=("Turn 3 has no time.",), critical=("empathy",)),
        "unscored": result(score=None),
        "scorecard": load_scorecard(),
        "scorer": tiny_scorer,
        "team": team_view(team_results()),
        "empty team": team_view([]),
    }
    return things[request.param]


def test_a_notebook_gets_html_and_a_plain_twin(shown):
    data, _ = DisplayFormatter().format(shown)
    assert data["text/plain"] == str(shown)
    assert data["text/html"] == shown._repr_html_()
    assert "\x1b" not in data["text/html"]


def test_the_html_keeps_to_its_own_corner_and_runs_nothing(shown):
    page = fragment(shown._repr_html_())
    outer = [element for element in page if element.attributes.get("class") == "carescore view"]
    assert len(outer) == 1
    assert not [e for e in page if e.name in ("script", "img", "link", "iframe", "h1", "h2", "h3")]
    assert not [e for e in page if "id" in e.attributes]  # two outputs of one notebook would share it
    assert "://" not in shown._repr_html_()


@pytest.mark.parametrize(
    ("theme", "background"),
    [
        ('[data-jp-theme-light="true"]', "#ffffff"),
        ('[data-jp-theme-light="false"]', "#14181d"),
        (".vscode-light", "#ffffff"),
        (".vscode-dark", "#14181d"),
        (".light", "#ffffff"),
        (".dark", "#14181d"),
    ],
)
def test_bug_a_light_notebook_on_a_dark_system_showed_light_words_on_light_rows(theme, background):
    style = result()._repr_html_()
    rule = style[style.index(f"{theme} .carescore.view") :]
    assert f"--back: {background};" in rule[: rule.index("}")]
    assert ".carescore.view table tr:nth-child(n) { background: none;" in style


@pytest.mark.parametrize(
    ("thing", "lines"),
    [
        (result(), ["Call call-1", "70 of 100 (90% interval 60 to 80), a draft for a person to use"]),
        (result(), ["  Empathy            70   50 to 90   1 met  1 token  1 missed"]),
        (result(), ["  Clarity           does not apply"]),
        (result("x", None), ["Call x", "Not scored. Too short."]),
        (result(agent="Ana", day="2024-05-31T09:05"), ["Call call-1, Ana, 2024-05-31 09:05"]),
        (result(warnings=("No times.",)), ["Note: No times."]),
        (
            load_scorecard(),
            ["Scorecard care 1.0.0", "Calls with fewer than 20 words or 1 agent turn are not scored."],
        ),
    ],
)
def test_plain_text_has_the_numbers(thing, lines):
    said = str(thing).splitlines()
    assert [line for line in lines if line not in said] == []


def test_html_and_plain_text_tell_the_same_numbers():
    page = " ".join(element.text for element in fragment(result()._repr_html_()))
    assert "70 of 100" in page
    assert "Does not apply".lower() in page.lower()


def test_a_result_compares_and_reads_back_as_before():
    one = result()
    assert CallScore.from_dict(one.to_dict()) == one
    assert "_shown_by" not in one.to_dict()
    assert load_scorecard().sha256 == load_scorecard().sha256
    assert "_shown_by" not in load_scorecard().model_dump()


def test_nothing_is_loaded_to_show_before_something_is_shown():
    code = "import sys, carescore.results, carescore.scorecard; assert 'jinja2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
