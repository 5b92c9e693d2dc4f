"""`carescore evaluate`, `benchmark` and `cards`."""

from __future__ import annotations

import json

import pytest

from tests.evaluation.benchmarks import public
from tests.evaluation.cards.invented_readings import write_data


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_data(tmp_path_factory.mktemp("corpus") / "data")


@pytest.fixture
def calls_file(data):
    return data / "corpus" / "calls" / "part0.jsonl"


def test_labelled_calls_are_evaluated(terminal, calls_file, tiny_model):
    ran = terminal.run("evaluate", calls_file, "--model", tiny_model)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[:3] == [
        "CALLS",
        "  source  calls  turns  readers",
        "  part0      12     84  2",
    ]
    assert "the model was trained on none of them" in " ".join(ran.out.split())
    assert "STOCK PHRASES" in ran.out


@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("report.json", [], '{\n "schema": "carescore.evaluation/1"'),
        ("report.md", [], "## Calls"),
        ("report.txt", [], "CALLS"),
        ("report.txt", ["--format", "markdown"], "## Calls"),
    ],
)
def test_the_ending_or_the_option_tells_the_format(
    terminal, calls_file, tiny_model, tmp_path, name, options, begins
):
    ran = terminal.run("evaluate", calls_file, "--model", tiny_model, "--output", tmp_path / name, *options)
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give labelled calls to evaluate on, or --held-out"),
        (["--held-out", "--model", "x"], "--held-out fits its own models; leave out --model."),
        (["none.jsonl"], "there is no file or folder 'none.jsonl'."),
        (["--held-out", "--data", "none"], "no labelled call"),
    ],
)
def test_wrong_use_is_told(terminal, arguments, told):
    ran = terminal.run("evaluate", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_source_is_judged_by_a_model_that_has_not_seen_it(terminal, tmp_path):
    from tests.training.invented import write_corpus

    data = write_corpus(tmp_path / "data", calls=44)
    ran = terminal.run(
        "evaluate", "--held-out", "--data", data, "--source", "part1", "--output", tmp_path / "report.json"
    )
    assert ran.code == 0, ran.err
    assert ran.err == "fitting without part1: 22 calls\n"
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["left_out"]
    assert [source["source"] for source in report["sources"]] == ["part1"]
    f1 = {row["label"]: row["f1"]["value"] for row in report["labels"]}
    assert f1["distress"] > 0.8  # the words of one part are those of the other


def test_the_cards_are_written(terminal, data, calls_file, tiny_model, tmp_path):
    texts = tmp_path / "texts"
    public.write_set(texts, "annomi", public.annomi())
    report, figures = tmp_path / "report.json", tmp_path / "figures.json"
    terminal.run("evaluate", calls_file, "--model", tiny_model, "--output", report)
    ran = terminal.run("benchmark", "--public-texts", texts, "--model", tiny_model, "--output", figures)
    assert ran.code == 0, ran.err
    assert f"left out: 'casino' is not in {texts}" in ran.err
    ran = terminal.run(
        "cards", "--report", report, "--benchmarks", figures, "--model", tiny_model, "--data", data
    )
    assert ran.code == 0, ran.err
    assert ran.err.splitlines() == [f"wrote {tiny_model / 'CARD.md'}", f"wrote {data / 'README.md'}"]
    card = (tiny_model / "CARD.md").read_text(encoding="utf-8")
    assert "AnnoMI: open or closed" in card
    assert "# The data behind carescore" in (data / "README.md").read_text(encoding="utf-8")
    (tiny_model / "CARD.md").unlink()


def test_benchmarks_are_printed(terminal, tiny_model, tmp_path):
    public.write_set(tmp_path, "annomi", public.annomi())
    ran = terminal.run("benchmark", "--public-texts", tmp_path, "--model", tiny_model)
    assert ran.code == 0, ran.err
    assert "PUBLIC BENCHMARKS" in ran.out
    assert "AnnoMI: no, open or closed question" in ran.out
