"""Full disks, unreadable files, killed processes: what was delivered is whole, and the rest is a sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from carescore import Scorer, Transcript
from carescore.bundle import load_bundle
from carescore.errors import CareScoreError, ModelError
from carescore.reading import read_each
from carescore.report.tables import call_sheets
from carescore.report.workbook import write_workbook
from carescore.saved_results import read_results
from tests.cli.conftest import CALL
from tests.examples import call, save_tiny_model
from tests.report.examples import result

COMMAND = [sys.executable, "-m", "carescore"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two thousand calls."""
    path = tmp_path_factory.mktemp("many") / "calls.jsonl"
    sides = {"Agent": "agent", "Customer": "customer"}
    rows = [dict(zip(("role", "text"), line.split(": ", 1), strict=True)) for line in CALL.splitlines()]
    turns = [{"role": sides[row["role"]], "text": row["text"]} for row in rows]
    with path.open("w", encoding="utf-8") as file:
        for number in range(2_000):
            file.write(json.dumps({"call_id": f"call-{number:04d}", "turns": turns}) + "\n")
    return path


# ---- a file is whole or not there ---------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["json", "csv", "html", "txt", "parquet"])
def test_a_table_is_written_whole_or_not_at_all(
    ending: str, tmp_path: Path, tiny_model: Path, monkeypatch: Any
) -> None:
    from carescore.cli.output import write

    scorer = Scorer.load(model=tiny_model)
    output = tmp_path / f"out.{ending}"
    output.write_text("old")

    def results() -> Any:
        yield from scorer.score_many([call("A: hello", call_id=f"c{n}") for n in range(50)])
        raise MemoryError

    with pytest.raises(MemoryError):
        write(results(), "table" if ending == "txt" else ending, output)
    assert output.read_text() == "old"
    assert os.listdir(tmp_path) == [output.name]


def test_lines_are_there_one_by_one(tmp_path: Path, tiny_scorer: Scorer) -> None:
    from carescore.cli.output import write

    output = tmp_path / "out.jsonl"

    def results() -> Any:
        for number in range(5):
            assert not output.exists() or len(output.read_text().splitlines()) == number
            yield tiny_scorer.score(call("A: hello", call_id=f"c{number}"))

    assert write(results(), "jsonl", output) == 5


# ---- a full disk -------------------------------------------------------------------------------------

FULL = Path("/dev/full")  # takes nothing, and says that there is no space left


@pytest.mark.parametrize(
    "command",
    ["score --format jsonl", "coach", "report"],
)
def test_a_full_disk_is_told_in_a_sentence(command: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(CALL * 3, encoding="utf-8")
    code = f"""
import sys
from carescore.cli import main
sys.argv = ["carescore", *{command.split()!r}, {str(tmp_path / "one.txt")!r}]
main()
"""
    with FULL.open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 2, ran.stderr
    assert ran.stderr.splitlines()[-1] == (
        "carescore: the standard output cannot be written (No space left on device)."
    )
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("ending", ["jsonl", "xlsx"])
def test_a_full_disk_under_a_file(ending: str, tmp_path: Path) -> None:
    from carescore.cli.output import write

    output = tmp_path / f"out.{ending}"
    output.symlink_to(FULL)
    writing = partial(write_workbook, call_sheets([result()]), output)
    if ending == "jsonl":
        writing = partial(write, [result()], ending, output)
    with pytest.raises(CareScoreError, match=r"cannot be written \(No space left on device"):
        writing()


@pytest.mark.parametrize("where", ["no/such/folder/out.csv", "a-file/out.csv"])
def test_a_place_that_is_not_there(where: str, tmp_path: Path) -> None:
    from carescore.cli.output import write

    (tmp_path / "a-file").write_text("x")
    for format in ("csv", "jsonl", "parquet"):
        with pytest.raises(CareScoreError, match="cannot be written"):
            write([result()], format, tmp_path / where)


# ---- what cannot be read -----------------------------------------------------------------------------


def test_an_unreadable_file_costs_no_other(tmp_path: Path, monkeypatch: Any) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(CALL, encoding="utf-8")
    plain = Path.open

    def failing(self: Path, *args: Any, **named: Any) -> Any:
        if self.name == "b.txt":
            raise OSError(5, "Input/output error", str(self))
        return plain(self, *args, **named)

    monkeypatch.setattr(Path, "open", failing)
    found = list(read_each(tmp_path))
    assert [isinstance(item, Transcript) for item in found] == [True, False, True]
    assert "b.txt" in str(found[1])
    assert "Input/output error" in str(found[1])


def test_a_model_cut_off_while_it_was_written_is_refused(tmp_path: Path) -> None:
    folder = save_tiny_model(tmp_path / "mine")
    for path in folder.iterdir():
        whole_content = path.read_bytes()
        for length in (0, 1, len(whole_content) // 2, len(whole_content) - 2):
            path.write_bytes(whole_content[:length])
            with pytest.raises(ModelError, match="mine"):
                load_bundle(folder)
        path.write_bytes(whole_content)


def test_results_cut_off_are_told_by_line(tmp_path: Path) -> None:
    line = result().to_json() + "\n"
    path = tmp_path / "results.jsonl"
    path.write_text(line * 2 + line[: len(line) // 2], encoding="utf-8")
    found = read_results(path)
    assert [next(found).call_id, next(found).call_id] == ["call-1", "call-1"]
    with pytest.raises(CareScoreError, match=r"results.jsonl, line 3: .* cut off"):
        next(found)


# ---- processes that end ------------------------------------------------------------------------------


def started(many: Path, output: Path, *more: str) -> subprocess.Popen[str]:
    """`carescore score` at work on many calls, with the first results written."""
    running = subprocess.Popen(
        [*COMMAND, "score", str(many), "--output", str(output), *more],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that a signal reaches it and its workers alone
    )
    ends = time.monotonic() + 60
    while time.monotonic() < ends and running.poll() is None:
        if output.suffix != ".jsonl" and list(output.parent.glob(".carescore-*")):
            break
        if output.exists() and output.stat().st_size > 20_000:
            break
        time.sleep(0.005)
    return running


STOPS: dict[str, Callable[[subprocess.Popen[str]], None]] = {
    "killed": lambda running: running.kill(),
    "stopped by Ctrl-C": lambda running: running.send_signal(signal.SIGINT),
    "stopped by SIGTERM": lambda running: running.terminate(),
}


@pytest.mark.parametrize("stop", STOPS)
def test_a_stopped_run_leaves_whole_lines(stop: str, many: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    running = started(many, output)
    STOPS[stop](running)
    _, said = running.communicate(timeout=60)
    *lines, last = output.read_text(encoding="utf-8").split("\n")
    assert lines
    assert [json.loads(line)["call_id"] for line in lines] == [f"call-{n:04d}" for n in range(len(lines))]
    assert last == "" or stop == "killed"  # what was half written is one line at most, and --resume cuts it
    assert "Traceback" not in said


def test_a_killed_run_leaves_the_old_table(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old")
    running = started(many, output)
    running.kill()
    running.communicate(timeout=60)
    assert output.read_text() == "old" or running.returncode == 0


@pytest.mark.slow
def test_a_killed_worker_is_told_and_what_was_done_stays(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    running = started(many, output, "--jobs", "2")
    for child in children(running.pid):
        os.kill(child, signal.SIGKILL)
    _, said = running.communicate(timeout=120)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["call_id"] for line in lines] == [f"call-{n:04d}" for n in range(len(lines))]
    if running.returncode:
        assert "Traceback" not in said
        assert "worker" in said
    else:
        assert len(lines) == 2_000


def children(parent: int) -> list[int]:
    """The workers that this process started, but not the one that cleans up after them."""
    found = map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    return [child for child in found if b"tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]
