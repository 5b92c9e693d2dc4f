"""The model card and the data card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carescore.errors import UsageError
from carescore.evaluation.benchmarks.saved import SavedFigures
from carescore.evaluation.benchmarks.table import Figure
from carescore.evaluation.bootstrap import Number
from carescore.evaluation.cards.data_card import data_card
from carescore.evaluation.cards.limits import limits
from carescore.evaluation.cards.model_card import model_card
from carescore.evaluation.labelled import Labelled
from carescore.evaluation.report import evaluate
from tests.evaluation.cards.invented_readings import write, write_data
from tests.evaluation.scripted import SCORER_OF
from tests.evaluation.test_report import some_calls


@pytest.fixture(scope="module")
def found():
    calls = some_calls()
    labelled = Labelled(calls=calls, readers=(2,) * 7 + (1,) * 5, files=("a.jsonl",) * 12, missing={})
    return evaluate(labelled, SCORER_OF, left_out=True)


@pytest.fixture
def data(tmp_path):
    return write_data(tmp_path / "data")


def test_the_model_card_holds_facts_figures_and_limits(tiny_model, found):
    figures = SavedFigures(model="tiny", figures=(Figure("politeness", Number(value=0.61), None),))
    card = model_card(tiny_model, [found], figures)
    for told in (
        "# Model card: tiny 1.0.0",
        "What it must not be used for",
        "12 calls, 5 by one reader, 7 by 2 readers",
        "each judged by a model fitted without its source",
        "| greeting |  | 12 | 12 |",
        "| Stanford politeness, Wikipedia | accuracy | .610 |",
        "measured on the public sets below, and nowhere else",
        "| `invented.jsonl` | 2 | 4 |",
        "Too rare here to judge",
        "Made with python 3",
    ):
        assert told in card, told
    assert "$" not in card
    assert "has not been measured" in model_card(tiny_model, [found])


def test_it_says_how_honest_the_figures_are(tiny_model, found):
    seen = replace(found, left_out=False, trained_on=12)
    for report, told in {
        "not trained on": replace(seen, trained_on=0),
        "the model was trained on (figures look better": seen,
        "partly trained on": replace(seen, trained_on=5),
    }.items():
        assert report in model_card(tiny_model, [told]).replace("\\", "")


def test_the_data_card_counts_and_says_who_wrote_and_read(data):
    card = data_card(data)
    for told in (
        "**Machine-written.**",
        "**Machine-read.**",
        "| `corpus/calls/part0.jsonl` | 12 | 84 | 12 |",
        "| `corpus/bank/agent.tsv` | 2 | 1 |",
        "| `labels/star.jsonl` | 1 | 1 | 0 | star | 1 |",
        "| star | Dialogues | someone/STAR | MIT | Them 2020 | train |",
        "| greeting | 12 | 0 | .00",
        "12 calls with 84 turns that two readers read apart",
        "Read by one reader only: star.",
    ):
        assert told in card, told
    assert "$" not in card
    assert "| 2 |" in next(line for line in card.splitlines() if "part0.jsonl" in line)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda data: (data / "labels" / "sources.toml").unlink(),
            "nothing is known about the source 'star'",
        ),
        (
            lambda data: (data / "labels" / "sources.toml").write_text('[star]\nuse = "evaluate only"\n'),
            "the source 'star' is for evaluation only",
        ),
        (
            lambda data: (data / "labels" / "sources.toml").write_text("["),
            "sources.toml: cannot be read as TOML",
        ),
    ],
)
def test_a_source_without_a_licence_stops_it(data, change, told):
    change(data)
    with pytest.raises(UsageError, match=told):
        data_card(data)


def test_evaluation_only_sources_may_lie_where_nothing_trains(data):
    row = {"source": "annomi", "conv_id": "1", "turns": [{"rows": [0], "speaker": "agent", "labels": []}]}
    write(data / "labels" / "evaluate" / "annomi.jsonl", [row])
    with pytest.raises(UsageError, match="annomi"):
        data_card(data)
    with (data / "labels" / "sources.toml").open("a") as file:
        file.write('[annomi]\nname = "Interviews"\nuse = "evaluate only"\n')
    assert "labels/evaluate/annomi.jsonl" in data_card(data)


def test_a_folder_without_calls(tmp_path):
    with pytest.raises(UsageError, match="no labelled calls there"):
        data_card(tmp_path)


def test_every_limit_is_a_sentence(found):
    told = list(limits(found))
    assert told
    assert all(sentence.endswith(".") for sentence in told)
    weak = replace(found.labels[5], label="empathy", f1=Number(value=0.2), support=100)
    assert next(limits(replace(found, labels=(weak,)))).startswith("Found badly (F1 under .60)")
