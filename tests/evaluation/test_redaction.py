"""Figures of redaction: how they are counted, and what they are on our own test set."""

from __future__ import annotations

import builtins

import pytest

from carescore.errors import UsageError
from carescore.evaluation.redaction.marked_set import Mark, read_marked
from carescore.evaluation.redaction.measure import by_carescore, disturbed, measure
from carescore.evaluation.redaction.moved_scores import moved_scores
from carescore.evaluation.redaction.presidio import by_presidio
from carescore.redact import FORMS
from carescore.scorer import Scorer
from tests.examples import REPOSITORY, corpus_sample

SETS = REPOSITORY / "data" / "redaction"
PARTS = ("develop", "reported", "second_develop", "held_out")


@pytest.fixture
def marked(tmp_path):
    def read(text: str):
        path = tmp_path / "set.txt"
        path.write_text(text, encoding="utf-8")
        return read_marked([path])

    return read


def test_braces_mark_what_is_private(marked):
    (one,) = marked("= email written\nC: Dear {name: Ann},\nit is {card: 41}.\nA: ok\n")
    assert [turn.text for turn in one.call.turns] == ["Dear Ann,\nit is 41.", "ok"]
    assert [turn.role for turn in one.call.turns] == ["customer", "agent"]
    assert one.marks == (Mark(0, 5, 8, "name"), Mark(0, 16, 18, "card"))
    assert (one.style, one.call.channel) == ("written", "email")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A: hello", "set.txt, line 1: expected '= CHANNEL STYLE'"),
        ("= voice shouted\nA: hello", "set.txt, line 1: expected '= CHANNEL STYLE'"),
        ("\n= voice spoken\nhello", "set.txt, line 3: a turn begins with 'A: ' or 'C: '"),
        ("= voice spoken\nA: {shoe: 41}", "snippet at line 1: 'shoe' is no form"),
    ],
)
def test_a_wrong_line_is_named(marked, text, message):
    with pytest.raises(UsageError, match=message):
        marked(text)


def test_figures_count_whole_things_and_any_overlap(marked):
    snippets = marked(
        "= chat written\nC: {card: 41 11} and {name: Ann Lee}, {cvv: 12}\n\n= chat written\nC: six\n"
    )

    def finder(call):
        if call.turns[0].text == "six":
            return [Mark(0, 0, 3, "name")]
        # all of the card, under another form; half of the name
        return [Mark(0, 0, 5, "account"), Mark(0, 10, 13, "name")]

    rows = {row.form: row for row in measure(snippets, finder)}
    assert list(rows) == ["card", "cvv", "account", "name", "all"]
    card, name, account, everything = (rows[form] for form in ("card", "name", "account", "all"))
    assert (card.recall, card.named, card.precision, card.f2) == (1.0, 0, None, None)
    assert (name.recall, name.precision) == (0.0, 0.5)
    assert (account.recall, account.precision) == (None, 1.0)
    assert (everything.marked, everything.found, everything.taken, everything.right) == (3, 1, 3, 2)
    assert everything.f2 == pytest.approx(5 * (2 / 3) * (1 / 3) / (4 * (2 / 3) + 1 / 3))
    assert disturbed(snippets, finder) == (1, 1)


def test_the_published_set_is_large_and_marks_every_form_in_each_part():
    parts = {name: read_marked([SETS / f"{name}.txt"]) for name in PARTS}
    both = [one for part in parts.values() for one in part]
    assert len({(id(one), mark.turn) for one in both for mark in one.marks}) >= 600
    assert sum(len(one.call.turns) for one in both if not one.marks) >= 230
    for part in parts.values():
        assert {mark.form for one in part for mark in one.marks} == set(FORMS)
    texts = [tuple(turn.text for turn in one.call.turns) for one in both]
    assert len(set(texts)) == len(texts)


# What the sets show now; a change of the rules that loses more than a few of them should be seen.
@pytest.mark.parametrize(
    ("name", "recall"), [("develop", 0.98), ("reported", 0.98), ("second_develop", 0.98), ("held_out", 0.94)]
)
def test_recall_and_precision_do_not_fall(name, recall):
    snippets = read_marked([SETS / f"{name}.txt"])
    everything = measure(snippets, by_carescore)[-1]
    assert everything.recall >= recall
    assert everything.precision >= 0.98
    assert disturbed(snippets, by_carescore)[0] <= 1


@pytest.mark.parametrize(
    ("form", "recall"), [("card", 0.99), ("cvv", 0.99), ("iban", 0.99), ("phone", 0.97), ("email", 0.97)]
)
def test_what_harms_most_is_found_in_what_the_rules_were_written_for(form, recall):
    snippets = read_marked([SETS / f"{name}.txt" for name in PARTS if name != "held_out"])
    (row,) = (row for row in measure(snippets, by_carescore) if row.form == form)
    assert row.recall >= recall


def test_presidio_is_asked_for_where_it_is_missing(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("presidio"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match="pip install presidio-analyzer"):
        by_presidio("en_core_web_sm")


def test_redaction_hardly_moves_scores():
    table = moved_scores(corpus_sample(80), Scorer.load())
    cells = {row[0]: row[1:] for row in table.rows}
    compared, within, mean, _ = cells["score of the call"]
    assert int(compared) == 80
    assert float(within.rstrip("%")) >= 90.0  # 95.3% of all calls, and a sample of 80 may be unlucky
    assert float(mean) <= 0.03
    assert list(cells)[:3] == ["score of the call", "every rating", "empathy"]


def test_scores_do_not_move_where_nothing_is_redacted():
    rows = moved_scores(corpus_sample(4), Scorer.load(), forms=("iban",)).rows
    assert rows[0][2:] == ["100.0%", ".000", ".00"]
