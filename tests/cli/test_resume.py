"""`carescore score` stopped and gone on with: results whole, exit code 130, nothing twice."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys

import pyarrow.parquet
import pytest

from carescore.cli.stoppable import Stoppable
from carescore.scorer import Scorer
from tests.cli.conftest import CALL


@pytest.fixture
def many(calls):
    """Twenty calls more."""
    for number in range(20):
        (calls / f"x{number:02}.txt").write_text(CALL, encoding="utf-8")
    return calls


@pytest.fixture
def stopped_after(monkeypatch):
    """Ctrl-C while the next call is scored, after so many results."""

    whole = Scorer.score_many

    def stop(count: int) -> None:
        def score_many(*arguments, **options):
            for number, result in enumerate(whole(*arguments, **options)):
                if number == count:
                    os.kill(os.getpid(), signal.SIGINT)
                yield result

        monkeypatch.setattr(Scorer, "score_many", score_many)

    return stop


@pytest.mark.parametrize("format", ["jsonl", "json", "csv", "parquet", "table", "html"])
def test_what_is_done_is_kept_whole(format, terminal, many, tiny_model, tmp_path, stopped_after):
    output = tmp_path / "out"
    stopped_after(5)
    ran = terminal.run("score", many, "--model", tiny_model, "--format", format, "-o", output)
    assert ran.code == 130
    how = "same command and --resume" if format == "jsonl" else "continued, with --resume"
    assert ran.err.splitlines()[-1].startswith(f"stopped: 5 results are safe in {output}.")
    assert how in ran.err
    content = output.read_bytes()
    if format == "parquet":
        assert pyarrow.parquet.read_table(output).num_rows == 45
    elif format == "csv":
        assert len(list(csv.reader(io.StringIO(content.decode())))) == 46
    elif format == "json":
        assert len(json.loads(content)) == 5
    elif format == "jsonl":
        assert content.count(b"\n") == 5
    else:
        assert b"one" in content


def test_ctrl_c_without_a_file_says_how_to_do_better(terminal, many, tiny_model, stopped_after):
    stopped_after(3)
    ran = terminal.run("score", many, "--model", tiny_model)
    assert ran.code == 130
    assert "stopped: 3 calls were scored. To go on later, write to --output FILE.jsonl." in ran.err
    assert "x00" in ran.out


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_going_on_gives_the_bytes_of_one_run(jobs, terminal, many, tiny_model, tmp_path, stopped_after):
    whole, output = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    command = ("score", many, "--model", tiny_model, "-j", jobs)
    assert terminal.run(*command, "-o", whole).code == 0
    stopped_after(7)
    assert terminal.run(*command, "-o", output, "--resume").code == 130
    with output.open("ab") as file:
        file.write(whole.read_bytes().splitlines()[7][:99])  # as a kill would leave it
    stopped_after(10**6)
    ran = terminal.run(*command, "-o", output, "--resume")
    assert (ran.code, ran.out, ran.err) == (0, "", "7 results are in out.jsonl already.\n")
    assert output.read_bytes() == whole.read_bytes()
    again = terminal.run(*command, "-o", output, "--resume")
    assert (again.code, again.err) == (0, "22 results are in out.jsonl already.\n")
    assert output.read_bytes() == whole.read_bytes()


def test_results_may_lie_among_the_calls(terminal, many, tiny_model):
    output = many / "results.jsonl"
    for resume in ((), ("--resume",)):
        assert terminal.run("score", many, "--model", tiny_model, "-o", output, *resume).code == 0
        assert output.read_bytes().count(b"\n") == 22


@pytest.mark.parametrize(
    "arguments", [(), ("-o", "out.csv"), ("-o", "out.parquet"), ("-o", "out.json"), ("--format", "jsonl")]
)
def test_only_json_lines_in_a_file_can_be_gone_on_with(arguments, terminal, many, tiny_model, monkeypatch):
    monkeypatch.chdir(many)
    ran = terminal.run("score", many, "--model", tiny_model, "--resume", *arguments)
    assert ran.code == 2
    assert "--resume adds to a file of JSON lines" in ran.err


def test_a_call_changed_since_is_told(terminal, calls, tiny_model, tmp_path):
    command = ("score", calls, "--model", tiny_model, "-o", tmp_path / "out.jsonl", "--resume")
    assert terminal.run(*command).code == 0
    (calls / "two.txt").write_text(CALL + "Customer: And one more thing.\n", encoding="utf-8")
    ran = terminal.run(*command)
    assert ran.code == 1
    assert "1 of the calls passed over have other words than when scored." in ran.err


def test_ctrl_c_while_a_result_is_written_waits_for_its_end():
    written = []
    stoppable = Stoppable(iter("abc"))
    for result in stoppable:
        os.kill(os.getpid(), signal.SIGINT)
        written.append(result)
    assert written == ["a"]
    assert stoppable.code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_ends_the_program():
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012
        for _ in Stoppable(iter("abc")):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)


KILLED = """
import os, signal, sys
from carescore.cli import main
from carescore.scorer import Scorer
whole = Scorer.score_many
def score_many(*arguments, **options):
    for number, result in enumerate(whole(*arguments, **options)):
        if number == 9:
            os.kill(os.getpid(), signal.SIGKILL)
        yield result
Scorer.score_many = score_many
sys.argv = ["carescore", *sys.argv[1:]]
main()
"""


def test_a_killed_process_leaves_what_was_done(terminal, many, tiny_model, tmp_path):
    output = tmp_path / "out.jsonl"
    command = ["score", str(many), "--model", str(tiny_model), "-o", str(output)]
    killed = subprocess.run([sys.executable, "-c", KILLED, *command], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert output.read_bytes().count(b"\n") == 9
    assert terminal.run(*command, "--resume").code == 0
    assert output.read_bytes().count(b"\n") == 22
