"""Files are whole or as they were; only the owner sees one half written; erasure finds what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from carescore.errors import UsageError
from carescore.retention.kept_files import kind_of
from carescore.whole_file import whole
from tests.report.examples import result


@pytest.fixture
def usual_rights():
    """The rights that new files are to have."""
    before = os.umask(0o022)
    yield 0o644
    os.umask(before)


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_file_takes_the_place_of_the_old_one_at_the_end(tmp_path):
    output = tmp_path / "out.csv"
    output.write_text("old")
    output.chmod(0o640)
    with whole(output) as path:
        path.write_text("new")
        assert output.read_text() == "old"
        assert (path.suffix, path.name[0], rights(path)) == (".csv", ".", 0o600)
    assert (output.read_text(), rights(output)) == ("new", 0o640)
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("private", [False, True])
def test_a_new_file_has_the_usual_rights_or_its_owner_s_alone(private, tmp_path, usual_rights):
    output = tmp_path / "out"
    with whole(output, private=private) as path:
        path.write_text("new")
        assert rights(path) == 0o600
    assert rights(output) == (0o600 if private else usual_rights)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(28, "No space left on device"), UsageError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (MemoryError(), MemoryError),
    ],
)
@pytest.mark.parametrize("old", ["old", None])
def test_a_fault_leaves_what_was_there(fault, told, old, tmp_path):
    output = tmp_path / "out.csv"
    if old is not None:
        output.write_text(old)

    def write() -> None:
        with whole(output) as path:
            path.write_text("ne")
            raise fault

    with pytest.raises(told) as caught:
        write()
    if told is UsageError:
        stays = " It is as it was." if old else ""
        assert str(caught.value) == f"{output}: cannot be written (No space left on device).{stays}"
    assert os.listdir(tmp_path) == (["out.csv"] if old else [])
    assert old is None or output.read_text() == old


def test_a_link_goes_on_pointing(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "there" / "real.csv")
    for text in ("one", "two"):
        with whole(tmp_path / "link.csv") as path:
            path.write_text(text)
        assert (tmp_path / "link.csv").is_symlink()
        assert (tmp_path / "there" / "real.csv").read_text() == text


@pytest.mark.parametrize("name", ["é" * 120, "a." + "b" * 240, "none/out.csv"])
def test_names_of_any_length_and_places_that_are_not_there(name, tmp_path):
    output = tmp_path / name
    if output.parent.exists():
        with whole(output) as path:
            path.write_text("new")
        assert output.read_text() == "new"
    else:
        with (
            pytest.raises(UsageError, match=r"cannot be written \(No such file or directory\)\.$"),
            whole(output),
        ):
            raise AssertionError("there is nowhere to write")


def test_what_is_no_file_is_written_as_it_is():
    with whole(Path(os.devnull)) as path:
        assert path == Path(os.devnull)


KILLED = """
import os, signal, sys
from pathlib import Path
from carescore.whole_file import whole
with whole(Path(sys.argv[1])) as path:
    path.write_text(sys.argv[2])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_erasure_knows_what_a_killed_process_left(tmp_path):
    output = tmp_path / "out.jsonl"
    ran = subprocess.run([sys.executable, "-c", KILLED, output, result().to_json() + "\n"], check=False)
    assert ran.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert (left.name[:11], rights(left), kind_of(left).name) == (".carescore-", 0o600, "results")
