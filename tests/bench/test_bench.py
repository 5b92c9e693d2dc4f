"""`carescore bench`: figures against goals, calls of 28 turns, and what is missing said."""

from __future__ import annotations

import json
import sys

import pytest

from carescore.bench import growth, others, processes, run, scoring, stopwatch, texts
from carescore.bench.figures import Figure
from carescore.bench.others import Given, Missing, compared
from carescore.bench.processes import memory_figures
from carescore.bench.run import Part
from carescore.bench.sizing import sizing_figures
from carescore.bench.stopwatch import in_turn, ratio
from carescore.bench.table import as_data, tables
from carescore.bench.texts import TURNS, bench_calls
from carescore.errors import UsageError
from carescore.evaluation.tables import as_text
from tests.cli.running import Terminal


@pytest.mark.parametrize(
    ("value", "goal", "at_least", "met"),
    [
        (1.9, 2.0, False, True),
        (2.1, 2.0, False, False),
        (2.1, 2.0, True, True),
        (1.9, 2.0, True, False),
        (0.0, 0.0, False, True),
        (None, 2.0, False, None),
        (5.0, None, True, None),
    ],
)
def test_goals_are_upper_or_lower_limits(value, goal, at_least, met):
    assert Figure(name="x", value=value, unit="×", goal=goal, at_least=at_least).met is met


def test_a_table_says_what_was_measured_and_what_is_missing():
    part = Part(
        "Title",
        (
            Figure(name="fast", value=0.123, unit="×", goal=0.5, how="so"),
            Figure(name="calls", value=1234.5, unit="calls/s", goal=500, at_least=True),
            Figure(name="other", value=None, unit="×", goal=1, at_least=True, how="pip install it"),
        ),
        "A note.",
    )
    lines = as_text(tables([part])).splitlines()
    assert [line.split() for line in lines[2:5]] == [
        ["fast", "0.12", "×", "≤", "0.5", "×", "met", "so"],
        ["calls", "1,234", "calls/s", "≥", "500", "calls/s", "met"],
        ["other", "–", "≥", "1", "×", "pip", "install", "it"],
    ]
    assert lines[5].strip() == "A note."
    assert [row["met"] for row in as_data([part])["parts"][0]["figures"]] == [True, True, None]


def test_calls_have_28_turns_and_words_of_the_corpus(tmp_path):
    calls = bench_calls(())
    assert len(calls) > 300
    assert {len(call.turns) for call in calls} == {TURNS}
    assert [turn.index for turn in calls[7].turns] == list(range(TURNS))
    few = tmp_path / "few.txt"
    few.write_text("Agent: Hello\nCustomer: Hello\n", encoding="utf-8")
    with pytest.raises(UsageError, match="2 turns are too few to measure with"):
        bench_calls([few])


def test_ratios_are_of_the_same_round():
    assert ratio({"a": [1.0, 30.0, 3.0], "b": [2.0, 10.0, 2.0]}, "a", "b") == 1.5
    found = in_turn({"a": lambda: None, "b": lambda: None}, 3)
    assert {name: len(seconds) for name, seconds in found.items()} == {"a": 3, "b": 3}


def test_doubling_is_told_from_squaring(monkeypatch):
    seconds = {"linear": lambda n: float(n), "square": lambda n: float(n) ** 2}
    for name, expected in (("linear", 2.0), ("square", 4.0)):
        last: list[int] = []
        monkeypatch.setattr(
            growth, "cpu", lambda run, name=name, last=last: (run(), seconds[name](last[-1]))[1]
        )
        assert growth._doubled(last.append, 100) == pytest.approx(expected)


def test_what_is_not_installed_is_said(tiny_scorer, monkeypatch):
    for name in ("vaderSentiment.vaderSentiment", "convokit", "transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    calls = bench_calls(())[:3]
    monkeypatch.setattr(others, "_OTHERS", [one for one in others._OTHERS if "scikit" not in one.name])
    said = {
        figure.name: (figure.value, figure.how) for figure in compared(tiny_scorer, calls, Given("no_model"))
    }
    assert said == {
        "VADER, one sentiment": (None, "pip install 'carescore[bench]'"),
        "spaCy with tagger and parser": (
            None,
            "--spacy-model NAME: 'no_model' is not installed; see https://spacy.io/models",
        ),
        "ConvoKit politeness, end to end": (None, "pip install 'carescore[bench]'"),
        "a small encoder, forward pass only": (
            None,
            "--encoder FOLDER, with the weights of a small encoder such as MiniLM-L6",
        ),
    }
    given = Given("no_model", encoder="nowhere")
    assert others._encoder(calls, tiny_scorer, given) == Missing("pip install 'carescore[bench]'")


def test_others_are_measured_beside_behaviours_and_whole_results(scorer):
    other = others._Other("the same", lambda calls, *_: lambda: list(scorer.score_many(calls)), 10, 0.01)
    figure = others._figure(other, scorer, bench_calls(())[:10], Given())
    assert figure.met
    assert "beside all behaviours; beside whole results" in figure.how


@pytest.mark.slow
def test_the_whole_bench_runs_small(tiny_model, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(texts, "_MOST_TURNS", 20 * TURNS)
    monkeypatch.setattr(scoring, "_ROUNDS", 1)
    monkeypatch.setattr(processes, "_ROUNDS", 1)
    monkeypatch.setattr(run, "growth_figures", lambda *_: [])
    monkeypatch.setattr(run, "two_processes", lambda *_: [])
    monkeypatch.setattr(run, "compared", lambda *_: [])
    output = tmp_path / "bench.json"
    ran = Terminal(capsys, monkeypatch).run("bench", "--model", tiny_model, "--soak", 200, "-o", output)
    assert ran.code in (0, 1)
    assert "measuring scoring beside bare tokenization …" in ran.err
    data = json.loads(output.read_text(encoding="utf-8"))
    values = {figure["name"]: figure["value"] for part in data["parts"] for figure in part["figures"]}
    assert len(values) == 13
    assert all(value > 0 for name, value in values.items() if name != "growth of memory")


def test_sizing_is_worked_out_from_one_call():
    assert sizing_figures(0.0036)[0].value == pytest.approx(1_000_000)


@pytest.mark.slow
@pytest.mark.heavy
def test_memory_stays_flat_over_two_hundred_thousand_calls():
    most, grown = memory_figures(200_000)
    assert most.met
    assert grown.met, f"{grown.value} MB"


def test_the_stopwatch_counts_work_and_not_waiting():
    import time

    assert stopwatch.cpu(lambda: time.sleep(0.05)) < 0.04
