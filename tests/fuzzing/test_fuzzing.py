"""Whatever bytes a file holds, only our own errors come out: changed sound files, and bytes of all kinds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.seeds import CORPUS, seeds
from tests.fuzzing.targets import TARGETS, feed

# What a change may put in: the signs that file formats are made of, and numbers at their edges.
PIECES = (
    *(bytes([code]) for code in b"\x00\xff\n\t\"'{[]},:<=#-"),
    *(b"\xed\xa0\x80", b"\x1b[2J", b"\r\n", b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 400, b""),
    *(b"\\u0000", b"\\ud800", b"[" * 2_000, b'{"a":' * 2_000, "\u202e".encode(), "\ufeff".encode()),
    *(b"2024-02-30T25:61:61Z", b"00:00:01 --> "),
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.sampled_from(PIECES), st.binary(max_size=8))),
    max_size=4,
)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some replaced: where (as a share of the length), how many, and by what."""
    for share, length, piece in changes:
        place = int(share * len(data))
        data = data[:place] + piece + data[place + length :]
    return data


@pytest.mark.parametrize("target", TARGETS)
def test_sound_files_and_the_corpus_are_handled(target: str) -> None:
    assert seeds(target)
    for data in seeds(target):
        feed(target, data)


@pytest.mark.parametrize("target", TARGETS)
def test_changed_files_give_only_our_errors(target: str) -> None:
    @settings(max_examples=80, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(seeds(target)), CHANGES)
    def run(data: bytes, changes: list[tuple[float, int, bytes]]) -> None:
        feed(target, changed(data, changes))

    run()


@pytest.mark.parametrize("target", TARGETS)
def test_any_bytes_give_only_our_errors(target: str) -> None:
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
    def run(data: bytes) -> None:
        feed(target, data)

    run()


@pytest.mark.heavy
@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_ten_minutes_of_atheris(target: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.run_atheris", target, str(tmp_path), "600"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4_000:]


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 200_000
