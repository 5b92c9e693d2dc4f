"""Nothing is written unless asked: commands that print leave every folder as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CALL

# Told by the interpreter itself, so that a file that is gone again at the end is seen as well.
WATCH = """
import os, sys
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
MAKES = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "sqlite3.connect"}
told = []
def watch(event, arguments):
    if event == "open" and (arguments[2] or 0) & WRITES and arguments[0] != os.devnull:
        told.append(f"{event} {arguments[0]}")
    elif event in MAKES:
        told.append(f"{event} {arguments[0]}")
sys.addaudithook(watch)
import atexit
atexit.register(lambda: [sys.__stderr__.write(f"WROTE {line}\\n") for line in told])
"""
RUN = f"""{WATCH}
from carescore.cli import main
for command in COMMANDS:
    sys.argv = ["carescore", *command.split(), *sys.argv[-1:]]
    try:
        main()
    except SystemExit as end:
        assert not end.code, command
    assert not told, (command, told)
"""
COMMANDS = (
    *("score", "score --format jsonl", "score --format json", "score --format csv", "score --format html"),
    *("coach", "report", "team", "talk", "practice", "redact"),
)


PLACES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "cwd")


def watched(tmp_path: Path, arguments: list[str], code: str = RUN) -> tuple[list[str], list[str], str]:
    """What a command wrote, what lies in the folders it might have used, and what it printed."""
    folders = {
        name: tmp_path / name for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "cwd")
    }
    for folder in folders.values():
        folder.mkdir()
    calls = tmp_path / "calls"
    calls.mkdir()
    for name in ("one try 1.txt", "one try 2.txt"):
        (calls / name).write_text(CALL, encoding="utf-8")
    places = {name: str(folder) for name, folder in folders.items() if name != "cwd"}
    ran = subprocess.run(
        [sys.executable, "-c", f"COMMANDS = {COMMANDS}\n{code}", *arguments],
        cwd=folders["cwd"],
        env={**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    wrote = [line for line in ran.stderr.splitlines() if line.startswith("WROTE ")]
    left = [str(path) for folder in folders.values() for path in folder.rglob("*")]
    return wrote, left, ran.stdout


def test_commands_that_print_write_nothing(tmp_path: Path) -> None:
    wrote, left, printed = watched(tmp_path, [str(tmp_path / "calls")])
    assert len(printed) > 20_000  # every command said something, or it would not have ended well
    assert wrote == []
    assert left == []


@pytest.mark.slow
def test_workers_leave_nothing_behind(tmp_path: Path) -> None:
    code = "import sys; from carescore.cli import main; main()"
    _, left, printed = watched(tmp_path, ["score", str(tmp_path / "calls"), "--jobs", "2"], code)
    assert printed
    assert left == []


def test_this_watch_sees_what_it_looks_for(tmp_path: Path) -> None:
    code = f"{WATCH}\nopen('kept.txt', 'w').write('x'); os.mkdir('made'); print('done')"
    wrote, left, _ = watched(tmp_path, [], code)
    assert wrote == ["WROTE open kept.txt", "WROTE os.mkdir made"]
    assert len(left) == 2
