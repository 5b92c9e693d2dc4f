"""`--estimator`: scored with, verified with, gone on with, and refused in a sentence."""

from __future__ import annotations

import json

import pytest

from tests.estimators.made import good, put


@pytest.fixture
def mine(tmp_path):
    return put(tmp_path, good())


def test_scored_verified_and_gone_on_with(terminal, calls, tiny_model, mine, tmp_path):
    output = tmp_path / "out.jsonl"
    score = ("score", calls, "--model", tiny_model, "-o", output)
    own = ("--estimator", f"empathy={mine}@0.7")
    assert terminal.run(*score, *own).code == 0
    (used,) = json.loads(output.read_text().splitlines()[0])["receipt"]["estimators"]
    assert (used["behaviour"], used["threshold"]) == ("empathy", 0.7)
    verify = ("verify", output, "--transcript", calls, "--model", tiny_model)
    assert terminal.run(*verify, *own).code == 0
    ran = terminal.run(*verify)
    assert ran.code == 2
    assert "Give the same file: --estimator empathy=mine.skops@0.7" in ran.err
    assert terminal.run(*score, *own, "--resume").code == 0
    for other in ((), ("--estimator", f"empathy={mine}")):
        ran = terminal.run(*score, *other, "--resume")
        assert (ran.code, "with other estimators" in ran.err) == (2, True)
    plain = tmp_path / "plain.jsonl"
    terminal.run("score", calls, "--model", tiny_model, "-o", plain)
    ran = terminal.run("diff", plain, output)
    assert "Another estimator: 2 calls." in ran.out
    assert "own estimators: none → empathy by mine.skops (" in ran.out


@pytest.mark.parametrize("command", ["coach {}", "report {}", "team {}", "practice {}"])
def test_other_commands_take_it(command, terminal, calls, tiny_model, mine):
    given = [part.format(calls) for part in command.split()]
    plain, own = (
        terminal.run(*given, "--model", tiny_model, *more)
        for more in ((), ("--estimator", f"dismissive={mine}@0.01"))
    )
    assert plain.code == own.code == 0
    assert plain.out != own.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mine.skops", "an estimator is given as empathy=mine.skops"),
        ("empathy=", "an estimator is given as empathy=mine.skops"),
        ("empathy=none.skops", "none.skops: cannot be opened"),
        ("warmth=mine.skops", "there is no behaviour 'warmth'"),
        ("empathy=mine.skops@7", "the threshold of 'empathy' should be above 0 and at most 1"),
        ("empathy=calls/one.txt", "one.txt: not a skops file"),
    ],
)
def test_wrong_usage(given, said, terminal, calls, mine, tiny_model, monkeypatch):
    monkeypatch.chdir(calls.parent)
    ran = terminal.run("score", "calls", "--model", tiny_model, "--estimator", given)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
