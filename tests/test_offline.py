"""The guard that the whole suite runs under: no test, and nothing a test starts, can reach a network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection

import offline_guard as guard
import pytest
from joblib import Parallel, delayed


def connect(family: socket.AddressFamily, address: tuple[object, ...]) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.connect(address)


def send(data: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(data, ("192.0.2.1", 53))


TRIES: dict[str, Callable[[], object]] = {
    "an address": lambda: connect(socket.AF_INET, ("192.0.2.1", 443)),
    "an address of IPv6": lambda: connect(socket.AF_INET6, ("2001:db8::1", 443, 0, 0)),
    "this machine": lambda: connect(socket.AF_INET, ("127.0.0.1", 9)),
    "a datagram": lambda: send(b"hello"),
    "a name": lambda: socket.getaddrinfo("example.invalid", 443),
    "a name, the old way": lambda: socket.gethostbyname("example.invalid"),
    "a name of an address": lambda: socket.gethostbyaddr("192.0.2.1"),
    "a page": lambda: urllib.request.urlopen("http://example.invalid/"),
    "a connection": lambda: HTTPConnection("example.invalid").connect(),
}


@pytest.fixture
def forgiven() -> Iterator[None]:
    """Attempts in this test are the test's own."""
    yield
    guard.attempts.clear()


@pytest.mark.parametrize("name", TRIES)
def test_nothing_is_reached(name: str, forgiven: None) -> None:
    before = len(guard.attempts)
    with pytest.raises(guard.Online, match="without a network"):
        TRIES[name]()
    assert len(guard.attempts) == before + 1


def test_an_attempt_that_was_swallowed_is_told_all_the_same(forgiven: None) -> None:
    try:
        TRIES["an address"]()
    except Exception:  # noqa: BLE001  as careless code would
        assert guard.attempts == ["socket.connect"]  # what the fixture of tests/conftest.py looks at


def attempt() -> str:
    """What comes of an attempt, told by the name of its error."""
    try:
        socket.getaddrinfo("example.invalid", 443)
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    return "reached"


def test_children_are_guarded_too() -> None:
    code = "import socket; socket.getaddrinfo('example.invalid', 443)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "carescore must work without a network" in ran.stderr


def test_workers_are_guarded_too(forgiven: None) -> None:
    assert Parallel(n_jobs=2)(delayed(attempt)() for _ in range(2)) == ["Online", "Online"]


def test_what_stays_in_this_machine_is_let_through() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"hello")
        assert other.recv(5) == b"hello"
    assert os.environ["PYTHONPATH"].split(os.pathsep)[0].endswith("offline")
