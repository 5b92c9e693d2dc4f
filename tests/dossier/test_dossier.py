"""The dossier: every figure is one that a file holds and is named with, nothing is claimed without one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from string import Template

import pytest

from carescore.dossier.dossier import PAGES, copy_templates, gathered, pages
from carescore.dossier.facts import NOT_MEASURED, Fact, result_facts, section
from carescore.errors import UsageError
from carescore.review.log import ReviewLog
from carescore.scorer import Scorer
from tests.cli.running import Terminal
from tests.examples import REPOSITORY
from tests.team.examples import result

RESULTS = [
    result("a", 50.0, agent="Ana Quill", day="2025-01-31T09:00:00"),
    result("b", None, agent="Ana Quill", day="2025-02-01"),
    result("c", 60.0, agent="Ben", role_source="guessed"),
]


@pytest.fixture
def bare(tiny_model, tmp_path):
    """The figures where there is a model and nothing else."""
    return gathered(model=tiny_model, data=tmp_path / "none")


def test_without_figures_every_page_says_so(bare):
    written = dict(pages(bare))
    assert tuple(written) == PAGES
    for name, text in written.items():
        assert NOT_MEASURED in text.lower(), name
        assert "$" not in text, name
        assert "None" not in text, name
    assert {name for name, fact in bare.items() if fact.source is None} >= {
        "figures",
        "limits",
        "reviewed",
        "scored",
    }
    assert all(fact.text == NOT_MEASURED for fact in bare.values() if fact.source is None)


def test_figures_are_those_of_the_files(tiny_model, tmp_path):
    log = ReviewLog(tmp_path / "r.db")
    log.open(RESULTS, who="Dee")
    log.note("a", who="Dee")
    log.dispute("a", criterion="empathy", who="Ana Quill", reason="x")
    (tmp_path / "r.jsonl").write_text("".join(one.to_json() + "\n" for one in RESULTS), encoding="utf-8")
    facts = gathered(
        model=tiny_model, data=tmp_path, results=[tmp_path / "r.jsonl"], reviews=tmp_path / "r.db"
    )
    expected = {
        "model": ("tiny 1.0.0", "tiny/manifest.json"),
        "model_sha256": (f"`{Scorer.load(model=tiny_model).bundle.sha256}`", "tiny/manifest.json"),
        "trained_calls": ("2", "tiny/manifest.json"),
        "scored": ("2", "r.jsonl"),
        "unscored": ("1", "r.jsonl"),
        "agents": ("2", "r.jsonl"),
        "guessed": ("1", "r.jsonl"),
        "first_day": ("2025-01-31", "r.jsonl"),
        "last_day": ("2025-02-01", "r.jsonl"),
        "in_log": ("3", "r.db"),
        "reviewed": ("1", "r.db"),
        "disputes": ("1", "r.db"),
        "open_disputes": ("1", "r.db"),
        "upheld": ("0", "r.db"),
        "chain": ("whole, 5 rows", "carescore review check r.db"),
    }
    for name, (text, source) in expected.items():
        assert facts[name] == Fact(text, source), name
    for name, text in pages(facts):
        assert "Quill" not in text, name


def test_the_bundled_model_s_figures_are_in_its_card():
    facts = gathered(data=REPOSITORY / "data")
    card = (REPOSITORY / "models" / "care" / "CARD.md").read_text(encoding="utf-8")
    for name in ("figures", "ratings", "limits", "swaps", "groups", "bad_writing", "public"):
        fact = facts[name]
        assert fact.source == "care/CARD.md", name
        for line in fact.text.splitlines():
            assert line.startswith("**") or line in card, (name, line)
    written = dict(pages(facts))
    for text in written.values():
        assert re.findall(r"^#+ ", text, re.MULTILINE)[0] == "# "


def test_every_page_tells_where_its_fields_come_from(bare):
    for name, text in pages(bare):
        table = text.split("## Where this comes from")[1]
        used = set(Template(_bundled(name)).get_identifiers()) - {"sources"}
        assert {
            row.replace(" ", "_") for row in re.findall(r"^\| ([a-z0-9 ]+) \|", table, re.MULTILINE)
        } >= used


def test_no_page_promises_what_the_employer_has_to(bare):
    notice = dict(pages(bare))["notice-to-workers.md"]
    assert "_Confirm, or\ntake out: no rating alone decides" in notice
    assert notice.count("_to fill in") + notice.count("_To fill in") >= 6


def test_ones_own_wording(bare, tmp_path):
    copy_templates(tmp_path / "own")
    with pytest.raises(UsageError, match="not overwritten"):
        copy_templates(tmp_path / "own")
    for name in PAGES[1:]:
        (tmp_path / "own" / name).unlink()
    (tmp_path / "own" / PAGES[0]).write_text("Ours: $model, reviewed $reviewed", encoding="utf-8")
    written = dict(pages(bare, templates=tmp_path / "own"))
    assert written[PAGES[0]] == "Ours: tiny 1.0.0, reviewed not measured"
    assert written[PAGES[1]].startswith("# Data sheet")
    (tmp_path / "own" / PAGES[0]).write_text("$accuracy", encoding="utf-8")
    with pytest.raises(UsageError, match=r"model-card\.md: asks for \$accuracy, which is no field"):
        list(pages(bare, templates=tmp_path / "own"))


def test_a_date_is_no_markup():
    odd = [result("a", day="<b>2025")]
    assert result_facts(odd, "r.jsonl")["first_day"].text == "&lt;b&gt;2025"


@pytest.mark.parametrize(
    ("heading", "found"),
    [("Two$", "two\n\n**Three**\n\nthree"), ("Three$", "three"), ("Four$", None), ("Empty$", None)],
)
def test_sections(heading, found):
    text = "# One\n\none\n\n## Two\n\ntwo\n\n### Three\n\nthree\n\n## Empty\n\n# End\n\nend\n"
    assert section(text, heading) == found


def test_the_command(terminal_run, tiny_model, tmp_path):
    copied = shutil.copytree(tiny_model, tmp_path / "model")
    ran = terminal_run("dossier", "--output", tmp_path / "d", "--model", copied, "--data", tmp_path)
    assert ran.code == 0, ran.err
    assert sorted(path.name for path in (tmp_path / "d").iterdir()) == sorted(PAGES)
    assert "fields are not measured" in ran.err
    first = {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()}
    terminal_run("dossier", "--output", tmp_path / "d", "--model", copied, "--data", tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} == first
    assert terminal_run("dossier").code == 2


@pytest.fixture
def terminal_run(capsys, monkeypatch):
    return Terminal(capsys, monkeypatch).run


def _bundled(name: str) -> str:
    folder = Path(REPOSITORY / "src" / "carescore" / "dossier" / "templates")
    return (folder / name).read_text(encoding="utf-8")
