"""The public benchmarks on invented copies that the scripted scorer reads rightly."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from carescore.errors import UsageError
from carescore.evaluation.benchmarks.run import SETS, benchmark
from carescore.evaluation.benchmarks.saved import as_json, read_figures
from carescore.evaluation.benchmarks.table import benchmark_table
from carescore.evaluation.tables import as_text
from carescore.evaluation.word_lists import word_list
from tests.evaluation.benchmarks import public
from tests.evaluation.scripted import SCORER_OF


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    public.write_set(folder, "annomi", public.annomi())
    public.write_set(folder, "stanford_politeness", public.politeness())
    public.write_set(folder, "casino", public.casino())
    public.write_set(folder, "stc3_helpdesk.train", public.stc3())
    return folder


@pytest.fixture(scope="module")
def figures(texts):
    found, missing = benchmark(texts, SCORER_OF)
    assert missing == []
    return {figure.task: figure for figure in found}


@pytest.mark.parametrize(
    ("task", "value"),
    [
        ("annomi_question", 1.0),
        ("annomi_question_kind", 1.0),
        ("annomi_open_or_closed", 1.0),
        # half of the reflections are called empathy, so recall is .5: (2/3 + 6/7) / 2
        ("annomi_reflection", 0.7619),
        ("annomi_reflection_or_empathy", 1.0),
        ("politeness", 1.0),
        ("casino_showing_empathy", 1.0),
        ("casino_small_talk", 1.0),
        ("casino_elicit_pref", 1.0),
    ],
)
def test_carescore_as_it_is(figures, task, value):
    assert figures[task].as_it_is.value == pytest.approx(value, abs=2e-3)


@pytest.mark.parametrize(
    "task", ["annomi_question_kind", "annomi_reflection", "politeness", "casino_small_talk"]
)
def test_its_probabilities_as_features(figures, task):
    assert figures[task].probe.value == pytest.approx(1.0)


def test_people_are_told_where_they_can_be_computed(figures):
    raters = np.array([[n % 5 - 2, n % 5 - 2 + n % 2] for n in range(12)], dtype=float)
    overall = 1 + np.arange(12) % 5
    found = figures["stc3_effectiveness"]
    assert found.as_it_is.value == pytest.approx(np.corrcoef(overall, raters.mean(axis=1))[0, 1], abs=1e-4)
    assert found.one_person == pytest.approx(np.corrcoef(raters.T)[0, 1], abs=1e-4)
    assert found.cases == 12
    assert figures["politeness"].one_person is None


def test_what_was_trained_on_is_left_out(texts, tmp_path):
    labels = tmp_path / "labels"
    labels.mkdir()
    rows = [{"source": "casino", "conv_id": f"casino-{n}", "turns": []} for n in range(10)]
    (labels / "casino.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found, _ = benchmark(texts, SCORER_OF, data=tmp_path)
    assert not any(figure.task.startswith("casino") for figure in found)


def test_every_figure_stands_beside_its_sources(figures):
    known = {task["id"] for task in word_list("benchmarks/published.toml")["tasks"]}
    assert set(figures) == known
    text = as_text([benchmark_table(list(figures.values()))])
    assert ".849" in text
    assert "ConvoKit" in text
    assert "NTCIR-14" in text


def test_figures_are_saved_and_read_back(figures, tmp_path):
    path = tmp_path / "figures.json"
    path.write_text(as_json("scripted 1.0.0", list(figures.values())), encoding="utf-8")
    again = read_figures(path)
    assert again.model == "scripted 1.0.0"
    assert again.figures == tuple(figures.values())
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"figures\.json: not saved benchmark figures"):
        read_figures(path)


def test_sets_that_are_not_there_are_told(tmp_path):
    public.write_set(tmp_path / "some", "annomi", public.annomi(5))
    found, missing = benchmark(tmp_path / "some", SCORER_OF)
    assert {figure.task.split("_")[0] for figure in found} == {"annomi"}
    assert missing == [name for name in SETS if name != "annomi"]
    with pytest.raises(UsageError, match="there is no folder"):
        benchmark(tmp_path / "none", SCORER_OF)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds none of the public sets: annomi"):
        benchmark(tmp_path / "empty", SCORER_OF)


@pytest.mark.parametrize(
    "content",
    [
        b"not gzip",
        gzip.compress(b"{}\n", mtime=0),
        gzip.compress(b"[]\n", mtime=0),
        gzip.compress(b"{\n", mtime=0),
    ],
)
def test_a_broken_set_is_named(tmp_path, content):
    (tmp_path / "annomi.jsonl.gz").write_bytes(content)
    with pytest.raises(UsageError, match=r"annomi\.jsonl\.gz: cannot be read"):
        benchmark(tmp_path, SCORER_OF)
