"""Ctrl-C and SIGTERM in real processes: what was written is whole, and the last line says what is safe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from carescore.cli.stoppable import Stoppable, ended_in_order
from carescore.reading import read_all
from carescore.scorer import Scorer
from tests.cli.conftest import CALL

# Runs a command that says when it has scored so many calls, and then waits for a signal.
WAITS = """
import signal, sys
from carescore.cli import main
from carescore.scorer import Scorer
after, sys.argv = int(sys.argv[1]), ["carescore", *sys.argv[2:]]
whole, one = Scorer.score_many, Scorer.score
def wait():
    print("SCORED", file=sys.stderr, flush=True)
    signal.pause()
def score_many(*arguments, **options):
    for number, result in enumerate(whole(*arguments, **options)):
        if number == after:
            wait()
        yield result
def score(*arguments, count=[], **options):
    count.append(1)
    if len(count) == after + 1:
        wait()
    return one(*arguments, **options)
Scorer.score_many, Scorer.score = score_many, score
main()
"""
ENDS = {"SIGINT": 130, "SIGTERM": 143}


@pytest.fixture
def many(calls):
    """Ten calls more, each an attempt at a scenario of its own."""
    for number in range(10):
        (calls / f"{chr(97 + number)} call.txt").write_text(CALL, encoding="utf-8")
    return calls


def stopped(by: str, after: int, *command: object) -> tuple[int, str]:
    """The exit code of a command stopped after so many calls, and what it said on standard error."""
    running = subprocess.Popen(
        [sys.executable, "-c", WAITS, str(after), *map(str, command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in running.stderr:
        if line == "SCORED\n":
            break
    running.send_signal(getattr(signal, by))
    _, said = running.communicate(timeout=60)
    return running.returncode, said


@pytest.mark.parametrize("by", ENDS)
def test_scoring_goes_on_where_it_was_stopped(by, terminal, many, tiny_model, tmp_path):
    output = tmp_path / "out.jsonl"
    command = ("score", many, "--model", tiny_model, "-o", output)
    code, said = stopped(by, 5, *command)
    assert code == ENDS[by]
    assert said == f"stopped: 5 results are safe in {output}. Go on with the same command and --resume.\n"
    assert [json.loads(line)["status"] for line in output.read_text().splitlines()] == ["draft"] * 5
    assert terminal.run(*command, "--resume").code == 0
    once = [result.to_json() for result in Scorer.load(model=tiny_model).score_many(read_all(many))]
    assert output.read_text().splitlines() == once


@pytest.mark.parametrize("by", ENDS)
def test_tables_keep_what_is_done(by, many, tiny_model, tmp_path):
    output = tmp_path / "out.csv"
    code, said = stopped(by, 5, "score", many, "--model", tiny_model, "-o", output)
    assert code == ENDS[by]
    assert said.startswith(f"stopped: 5 results are safe in {output}. Only JSON lines")
    assert len({line.split(",")[0] for line in output.read_text().splitlines()[1:]}) == 5
    assert set(os.listdir(tmp_path)) == {"calls", "out.csv"}


@pytest.mark.parametrize("by", ENDS)
def test_practice_keeps_the_scenarios_compared(by, many, tiny_model, tmp_path):
    output = tmp_path / "out.txt"
    code, said = stopped(by, 4, "practice", many, "--model", tiny_model, "-o", output)
    assert code == ENDS[by]
    assert said == f"stopped: 4 scenarios are safe in {output}; the others were not compared.\n"
    assert output.read_text().count("SCENARIO") == 4
    assert output.read_text().endswith("nothing to compare yet.\n")


@pytest.mark.parametrize("by", ENDS)
def test_a_report_stays_as_it_was(by, many, tiny_model, tmp_path):
    output = tmp_path / "team.html"
    output.write_text("old")
    code, said = stopped(by, 4, "report", many, "--team", "--model", tiny_model, "-o", output)
    assert code == ENDS[by]
    assert said.startswith("stopped: 4 calls were scored and nothing was written.")
    assert output.read_text() == "old"
    assert len(os.listdir(tmp_path)) == 2


def test_pages_of_a_folder_are_whole(terminal, many, tiny_model, tmp_path, monkeypatch):
    from carescore.report import folder as module

    whole = module.pages

    def pages(*arguments):
        for number, page in enumerate(whole(*arguments)):
            if number == 3:
                os.kill(os.getpid(), signal.SIGTERM)
            yield page

    monkeypatch.setattr(module, "pages", pages)
    ran = terminal.run("report", many, "--model", tiny_model, "-o", tmp_path / "pages")
    assert (ran.code, ran.err) == (
        143,
        f"stopped: 3 pages are safe in {tmp_path / 'pages'}; the others are as they were.\n",
    )
    found = sorted((tmp_path / "pages").iterdir())
    assert len(found) == 3
    assert all(path.read_text().rstrip().endswith("</html>") for path in found)


def test_other_commands_leave_nothing_half_written(many, tiny_model, tmp_path):
    output = tmp_path / "notes.txt"
    code, said = stopped("SIGTERM", 4, "coach", many, "--model", tiny_model, "-o", output)
    assert (code, said) == (143, "")
    assert os.listdir(tmp_path) == ["calls"]


@pytest.mark.slow
def test_sigterm_to_all_processes_at_once(many, tiny_model, tmp_path):
    """As a service manager stops a program: the workers get the signal too."""
    for number in range(1_500):
        (many / f"n{number:04d}.txt").write_text(CALL, encoding="utf-8")
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "carescore", "score", str(many), "-j", "2", "-o", str(output)]
    running = subprocess.Popen(
        [*command, "--model", str(tiny_model)], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not (output.exists() and output.stat().st_size):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGTERM)
    _, said = running.communicate(timeout=60)
    lines = output.read_text().splitlines()
    assert running.returncode == 143
    assert f"stopped: {len(lines):,} results are safe" in said
    assert len({json.loads(line)["call_id"] for line in lines}) == len(lines) > 0


def test_a_second_signal_ends_the_program():
    with pytest.raises(SystemExit) as ended:  # noqa: PT012
        for _ in Stoppable(iter("abc")):
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 143


def test_handlers_are_given_back():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with ended_in_order():
        assert list(Stoppable("ab")) == ["a", "b"]
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_what_somebody_else_decided_stays():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ended_in_order():
            for _ in Stoppable("ab"):
                os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
